import type { Option } from '../../../ui/options.ts'
import type { NounRow } from './nouns.ts'
import { flattenTree, subtree } from './tree.ts'

/** Where a category may lie: anywhere but within itself, and not so deep that its own branch would grow past `levels`. */
export function parentOptions(rows: readonly NounRow[], id: string | null, levels: number): Option[] {
  const leaves = flattenTree(rows.filter(({ archived }) => !archived))
  const own = id === null ? [] : subtree(leaves, id)
  const height = own.length === 0 ? 0 : Math.max(...own.map(({ depth }) => depth)) - (own[0]?.depth ?? 0)
  const names: string[] = []
  return leaves.flatMap((leaf) => {
    names.splice(leaf.depth, names.length, leaf.row.name)
    const fits = !own.includes(leaf) && leaf.depth + 1 + height < levels
    return fits ? [{ value: leaf.row.id, label: names.join(' › ') }] : []
  })
}
