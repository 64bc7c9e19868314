import type { MacroView } from '../../../../server/macros/contract.ts'
import { matchOptions } from '../../../ui/options.ts'

const MAX_QUERY = 40

/** What stands behind a slash that begins a word, up to the caret; null where there is none. */
export function slashQuery(textBefore: string): string | null {
  const found = new RegExp(`(?:^|\\s)/(?!\\s)([^/\\n]{0,${MAX_QUERY}})$`, 'u').exec(textBefore)
  return found ? (found[1] ?? '') : null
}

/** Ready answers for what was typed: a shortcut that begins so comes first, then names and folders that hold every word. */
export function findMacros(macros: readonly MacroView[], query: string): MacroView[] {
  const typed = query.trim().toLowerCase()
  if (typed === '') return [...macros]
  const byShortcut = macros
    .filter(({ shortcut }) => shortcut?.startsWith(typed))
    .toSorted((a, b) => Number(b.shortcut === typed) - Number(a.shortcut === typed))
  const options = macros.map((macro) => ({
    value: macro.id,
    label: macro.name,
    hint: `${macro.folder} ${macro.shortcut ?? ''}`,
    macro,
  }))
  const byName = matchOptions(options, typed).map(({ macro }) => macro)
  return [...byShortcut, ...byName.filter((macro) => !byShortcut.includes(macro))]
}
