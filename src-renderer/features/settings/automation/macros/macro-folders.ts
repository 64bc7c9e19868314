import type { MacroView } from '../../../../../server/macros/contract.ts'
import { findMacros } from '../../../ticket/macros/find-macros.ts'

export interface Folder<Macro> {
  path: string
  /** `Financeiro › Boletos`; empty for what lies in none. */
  title: string
  macros: Macro[]
}

/** The library by folder: what lies in none first, then by path. What is searched for keeps its folders. */
export function inFolders<Macro extends MacroView>(macros: readonly Macro[], query: string): Folder<Macro>[] {
  const found = new Set(findMacros(macros, query).map(({ id }) => id))
  const byPath = Map.groupBy(
    macros.filter(({ id }) => found.has(id)),
    ({ folder }) => folder,
  )
  return [...byPath]
    .map(([path, inside]) => ({ path, title: titleOf(path), macros: inside }))
    .sort((a, b) => a.title.localeCompare(b.title))
}

export const titleOf = (path: string): string => path.split('/').join(' › ')

/** Every folder that there is, and those that these lie in, by path. */
export function foldersOf(macros: readonly Pick<MacroView, 'folder'>[]): string[] {
  const paths = macros.flatMap(({ folder }) => {
    const parts = folder === '' ? [] : folder.split('/')
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  })
  return [...new Set(paths)].sort((a, b) => a.localeCompare(b))
}
