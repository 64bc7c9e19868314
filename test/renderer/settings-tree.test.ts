import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  flattenTree,
  indent,
  landing,
  moveAmongSiblings,
  movesSomething,
  outdent,
  subtree,
  type Branch,
  type Move,
} from '../../src-renderer/features/settings/lists/tree.ts'

const rows: Branch[] = [
  { id: 'printers', parentId: null },
  { id: 'toner', parentId: 'printers' },
  { id: 'jam', parentId: 'printers' },
  { id: 'paper', parentId: 'jam' },
  { id: 'network', parentId: null },
]
const drawn = (branches: readonly Branch[]) =>
  flattenTree(branches).map(({ row, depth }) => `${' '.repeat(depth)}${row.id}`)

/** What the list looks like after a move. */
function after(branches: readonly Branch[], { id, parentId, siblings }: Move) {
  const moved = branches.map((row) => (row.id === id ? { ...row, parentId } : row))
  const ordered = siblings.flatMap((each) => moved.find((row) => row.id === each) ?? [])
  return drawn([...moved.filter((row) => !ordered.includes(row)), ...ordered])
}

test('a tree is drawn with every row below its parent, and a row whose parent is not listed at the root', () => {
  expect(drawn(rows)).toEqual(['printers', ' toner', ' jam', '  paper', 'network'])
  expect(drawn(rows.filter(({ id }) => id !== 'jam'))).toEqual(['printers', ' toner', 'paper', 'network'])
})

test('a row comes with everything below it', () => {
  expect(subtree(flattenTree(rows), 'printers').map(({ row }) => row.id)).toEqual([
    'printers',
    'toner',
    'jam',
    'paper',
  ])
  expect(subtree(flattenTree(rows), 'network').map(({ row }) => row.id)).toEqual(['network'])
})

describe('with the keyboard', () => {
  test('a row moves one place among its siblings and stops at the ends', () => {
    expect(moveAmongSiblings(rows, 'jam', -1)).toEqual({
      id: 'jam',
      parentId: 'printers',
      siblings: ['jam', 'toner'],
    })
    expect(moveAmongSiblings(rows, 'jam', 1)).toBeNull()
    expect(moveAmongSiblings(rows, 'printers', -1)).toBeNull()
  })

  test('a row moves into the sibling above it, as its last child', () => {
    expect(indent(rows, 'network', 5)).toEqual({
      id: 'network',
      parentId: 'printers',
      siblings: ['toner', 'jam', 'network'],
    })
    expect(indent(rows, 'printers', 5)).toBeNull()
  })

  test('a branch that would grow too deep stays', () => {
    expect(indent(rows, 'jam', 4)).not.toBeNull()
    expect(indent(rows, 'jam', 3)).toBeNull()
  })

  test('a row moves out to the place right below its parent', () => {
    expect(outdent(rows, 'toner')).toEqual({
      id: 'toner',
      parentId: null,
      siblings: ['printers', 'toner', 'network'],
    })
    expect(outdent(rows, 'network')).toBeNull()
  })
})

describe('with the pointer', () => {
  test('a row dropped between two siblings becomes theirs', () => {
    const { move } = landing(rows, 'network', 2, 1, 5)
    expect(after(rows, move)).toEqual(['printers', ' toner', ' network', ' jam', '  paper'])
  })

  test('how far to the right it is held decides the level at the end of a branch', () => {
    expect(landing(rows, 'network', 4, 0, 5).move.parentId).toBeNull()
    expect(landing(rows, 'network', 4, 1, 5).move.parentId).toBe('printers')
    expect(landing(rows, 'network', 4, 2, 5).move.parentId).toBe('jam')
    expect(landing(rows, 'network', 4, 9, 5).move.parentId).toBe('paper')
  })

  test('a flat list stays flat wherever the row is held', () => {
    const flat: Branch[] = ['a', 'b', 'c'].map((id) => ({ id, parentId: null }))
    expect(landing(flat, 'c', 0, 3, 1)).toEqual({
      depth: 0,
      move: { id: 'c', parentId: null, siblings: ['c', 'a', 'b'] },
    })
  })

  test('a row put back where it was moves nothing', () => {
    expect(movesSomething(rows, landing(rows, 'toner', 1, 1, 5).move)).toBe(false)
    expect(movesSomething(rows, landing(rows, 'toner', 3, 1, 5).move)).toBe(true)
  })

  test('wherever it lands, no branch turns back on itself, grows too deep or loses a row', () => {
    const trees = fc.array(fc.nat(9), { minLength: 2, maxLength: 10 }).map((parents) =>
      parents.reduce<Branch[]>((made, pick, index) => {
        const parent = index === 0 ? undefined : made[pick % (index + 1)]
        const depth = parent ? (flattenTree(made).find(({ row }) => row.id === parent.id)?.depth ?? 0) : 0
        return [...made, { id: String(index), parentId: parent && depth < 3 ? parent.id : null }]
      }, []),
    )
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(12), fc.integer({ min: -2, max: 8 }), (tree, pick, gap, depth) => {
        const dragged = String(pick % tree.length)
        const { move } = landing(tree, dragged, gap, depth, 5)
        const next = tree.map((row) => (row.id === dragged ? { ...row, parentId: move.parentId } : row))
        const leaves = flattenTree(next)
        expect(leaves).toHaveLength(tree.length)
        expect(Math.max(...leaves.map((leaf) => leaf.depth))).toBeLessThan(5)
        expect([...move.siblings].sort()).toEqual(
          next
            .filter((row) => row.parentId === move.parentId)
            .map(({ id }) => id)
            .sort(),
        )
      }),
    )
  })
})
