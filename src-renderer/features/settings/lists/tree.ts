/** Lists whose rows may lie inside one another; a flat list is a tree of one level. */

export interface Branch {
  id: string
  parentId: string | null
}

export interface Leaf<Row> {
  row: Row
  depth: number
}

/** A row's new place: under which parent, and that parent's children in their new order. */
export interface Move {
  id: string
  parentId: string | null
  siblings: string[]
}

/** The rows as they are drawn, children below their parent. Siblings keep the order they come in. */
export function flattenTree<Row extends Branch>(rows: readonly Row[]): Leaf<Row>[] {
  const ids = new Set(rows.map(({ id }) => id))
  const below = (parentId: string | null, depth: number): Leaf<Row>[] =>
    rows
      .filter((row) => (row.parentId !== null && ids.has(row.parentId) ? row.parentId : null) === parentId)
      .flatMap((row) => [{ row, depth }, ...below(row.id, depth + 1)])
  return below(null, 0)
}

/** The row with everything below it, in `leaves`. */
export function subtree<Row extends Branch>(leaves: readonly Leaf<Row>[], id: string): Leaf<Row>[] {
  const start = leaves.findIndex(({ row }) => row.id === id)
  const root = leaves[start]
  if (!root) return []
  const end = leaves.findIndex(({ depth }, index) => index > start && depth <= root.depth)
  return leaves.slice(start, end < 0 ? undefined : end)
}

/** One place up or down among its siblings; null at the end of the way. */
export function moveAmongSiblings<Row extends Branch>(
  rows: readonly Row[],
  id: string,
  by: 1 | -1,
): Move | null {
  const row = rows.find((each) => each.id === id)
  if (!row) return null
  const siblings = childrenOf(rows, row.parentId)
  const from = siblings.indexOf(id)
  const to = from + by
  if (to < 0 || to >= siblings.length) return null
  return { id, parentId: row.parentId, siblings: siblings.toSpliced(from, 1).toSpliced(to, 0, id) }
}

/** Becomes the last child of the sibling above; null where there is none, or the branch would grow too deep. */
export function indent<Row extends Branch>(rows: readonly Row[], id: string, maxDepth: number): Move | null {
  const row = rows.find((each) => each.id === id)
  if (!row) return null
  const siblings = childrenOf(rows, row.parentId)
  const above = siblings[siblings.indexOf(id) - 1]
  const leaves = flattenTree(rows)
  const deepest = Math.max(...subtree(leaves, id).map(({ depth }) => depth))
  if (!above || deepest + 1 >= maxDepth) return null
  return { id, parentId: above, siblings: [...childrenOf(rows, above), id] }
}

/** Moves out of its parent, to the place right below it; null for a row that lies in none. */
export function outdent<Row extends Branch>(rows: readonly Row[], id: string): Move | null {
  const parent = rows.find((each) => each.id === rows.find((row) => row.id === id)?.parentId)
  if (!parent) return null
  const siblings = childrenOf(rows, parent.parentId)
  return {
    id,
    parentId: parent.parentId,
    siblings: siblings.toSpliced(siblings.indexOf(parent.id) + 1, 0, id),
  }
}

/**
 * Where a dragged row would land: `gap` counts the rows above the pointer among those not dragged, `wantedDepth` is how far to the
 * right it is held. The depth gives way to what the neighbours allow.
 */
export function landing<Row extends Branch>(
  rows: readonly Row[],
  id: string,
  gap: number,
  wantedDepth: number,
  maxDepth: number,
): { depth: number; move: Move } {
  const all = flattenTree(rows)
  const dragged = subtree(all, id)
  const height = Math.max(...dragged.map(({ depth }) => depth)) - (dragged[0]?.depth ?? 0)
  const rest = all.filter((leaf) => !dragged.includes(leaf))
  const above = rest[gap - 1]
  const below = rest[gap]
  const most = Math.min(above ? above.depth + 1 : 0, maxDepth - 1 - height)
  const least = Math.min(below?.depth ?? 0, most)
  const depth = Math.max(least, Math.min(wantedDepth, most))
  const parent = depth === 0 ? null : rest.slice(0, gap).findLast((leaf) => leaf.depth === depth - 1)
  const parentId = parent?.row.id ?? null
  const isSibling = ({ row }: Leaf<Row>) => parentOf(rows, row) === parentId
  const before = rest.slice(0, gap).filter(isSibling)
  const after = rest.slice(gap).filter(isSibling)
  const siblings = [...before.map(({ row }) => row.id), id, ...after.map(({ row }) => row.id)]
  return { depth, move: { id, parentId, siblings } }
}

/** Whether a move changes anything. */
export function movesSomething<Row extends Branch>(
  rows: readonly Row[],
  { id, parentId, siblings }: Move,
): boolean {
  const row = rows.find((each) => each.id === id)
  return (
    row !== undefined &&
    (parentOf(rows, row) !== parentId || childrenOf(rows, parentId).join() !== siblings.join())
  )
}

const childrenOf = <Row extends Branch>(rows: readonly Row[], parentId: string | null): string[] =>
  rows.filter((row) => parentOf(rows, row) === parentId).map(({ id }) => id)

/** A row whose parent is not in the list stands at the root. */
const parentOf = <Row extends Branch>(rows: readonly Row[], row: Row): string | null =>
  rows.some(({ id }) => id === row.parentId) ? row.parentId : null
