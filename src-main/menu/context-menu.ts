/** What a right click offers. Electron shows nothing by itself, not even "Paste". */
import type { Language } from '../ipc/contract.ts'
import type { MenuEntry } from './model.ts'
import { menuWords } from './words.ts'

/** What was clicked. */
export interface ContextTarget {
  readonly isEditable: boolean
  readonly hasSelection: boolean
  /** What the spelling checker would write instead of the word under the pointer. */
  readonly corrections: readonly string[]
}

/** `correction` replaces the misspelt word. */
export type ContextEntry = MenuEntry | { readonly correction: string }

/** Nothing at all where there is nothing to copy and nowhere to paste. */
export function contextMenu(target: ContextTarget, language: Language): readonly ContextEntry[] {
  const words = menuWords[language]
  const corrections = target.corrections.map((correction) => ({ correction }))
  const item = (role: 'cut' | 'copy' | 'paste' | 'selectAll'): MenuEntry => ({ role, label: words[role] })
  if (!target.isEditable) return target.hasSelection ? [item('copy')] : []
  return [
    ...corrections,
    ...(corrections.length > 0 ? (['separator'] as const) : []),
    ...(target.hasSelection ? [item('cut'), item('copy')] : []),
    item('paste'),
    'separator',
    item('selectAll'),
  ]
}
