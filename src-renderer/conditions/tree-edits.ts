import {
  groupKinds,
  MAX_DEPTH,
  type Condition,
  type ConditionTree,
  type GroupKind,
} from '../../server/conditions/contract.ts'

export type ConditionGroup = Exclude<ConditionTree, Condition>

/** The way to a branch: which one of its group, of that group's group … Empty is the tree itself. */
export type Way = readonly number[]

export const isGroup = (tree: ConditionTree): tree is ConditionGroup => !('field' in tree)

export const kindOf = (group: ConditionGroup): GroupKind => groupKinds.find((kind) => kind in group) ?? 'all'

export const branchesOf = (group: ConditionGroup): readonly ConditionTree[] =>
  'all' in group ? group.all : 'any' in group ? group.any : group.none

export function groupOf(kind: GroupKind, branches: readonly ConditionTree[]): ConditionGroup {
  const copy = [...branches]
  return kind === 'all' ? { all: copy } : kind === 'any' ? { any: copy } : { none: copy }
}

/** A tree as the editor shows it: a group always, be it of a single condition or of none yet. */
export const asGroup = (tree: ConditionTree | null): ConditionGroup =>
  tree === null ? { all: [] } : isGroup(tree) ? tree : { all: [tree] }

const withBranches = (group: ConditionGroup, branches: readonly ConditionTree[]) =>
  groupOf(kindOf(group), branches)

export function branchAt(root: ConditionGroup, way: Way): ConditionTree | undefined {
  let branch: ConditionTree | undefined = root
  for (const index of way) branch = branch && isGroup(branch) ? branchesOf(branch)[index] : undefined
  return branch
}

/** The branches that a way ends among, changed. */
function changedAt(
  group: ConditionGroup,
  [index, ...rest]: Way,
  change: (branches: readonly ConditionTree[]) => readonly ConditionTree[],
): ConditionGroup {
  if (index === undefined) return withBranches(group, change(branchesOf(group)))
  const branches = branchesOf(group)
  const branch = branches[index]
  if (!branch || !isGroup(branch)) return group
  return withBranches(group, branches.with(index, changedAt(branch, rest, change)))
}

const parentOf = (way: Way): Way => way.slice(0, -1)
const placeOf = (way: Way): number => way.at(-1) ?? 0

export function replaced(root: ConditionGroup, way: Way, branch: ConditionTree): ConditionGroup {
  if (way.length === 0) return asGroup(branch)
  return changedAt(root, parentOf(way), (branches) => branches.with(placeOf(way), branch))
}

export const removed = (root: ConditionGroup, way: Way): ConditionGroup =>
  changedAt(root, parentOf(way), (branches) => branches.toSpliced(placeOf(way), 1))

const inserted = (root: ConditionGroup, way: Way, branch: ConditionTree): ConditionGroup =>
  changedAt(root, parentOf(way), (branches) => branches.toSpliced(placeOf(way), 0, branch))

export const appended = (root: ConditionGroup, way: Way, branch: ConditionTree): ConditionGroup =>
  changedAt(root, way, (branches) => [...branches, branch])

export const withKind = (root: ConditionGroup, way: Way, kind: GroupKind): ConditionGroup => {
  const group = branchAt(root, way)
  return group && isGroup(group) ? replaced(root, way, groupOf(kind, branchesOf(group))) : root
}

/** What can be done with a branch by a step, and where it is afterwards. */
export interface Moved {
  tree: ConditionGroup
  way: Way
}
export type Step = 'up' | 'down' | 'in' | 'out'
export const steps: readonly Step[] = ['up', 'down', 'in', 'out']

/** Null when there is no such step from here. */
export function moved(root: ConditionGroup, way: Way, step: Step): Moved | null {
  const branch = branchAt(root, way)
  const group = branchAt(root, parentOf(way))
  if (!branch || !group || !isGroup(group) || way.length === 0) return null
  if (step === 'in') return movedIn(root, way, branch, group)
  if (step === 'out') return movedOut(root, way, branch)
  const place = placeOf(way)
  const to = step === 'up' ? place - 1 : place + 1
  if (to < 0 || to >= branchesOf(group).length) return null
  const there = [...parentOf(way), to]
  return { tree: inserted(removed(root, way), there, branch), way: there }
}

/** Into the group right before it; where there is none, into a new one of its own. */
function movedIn(root: ConditionGroup, way: Way, branch: ConditionTree, group: ConditionGroup): Moved | null {
  if (way.length + depthOf(branch) >= MAX_DEPTH) return null
  const before = branchesOf(group)[placeOf(way) - 1]
  if (!before || !isGroup(before)) return { tree: replaced(root, way, { any: [branch] }), way: [...way, 0] }
  const target = [...parentOf(way), placeOf(way) - 1]
  return {
    tree: appended(removed(root, way), target, branch),
    way: [...target, branchesOf(before).length],
  }
}

/** Behind the group that it was in; a group that is left empty goes. */
function movedOut(root: ConditionGroup, way: Way, branch: ConditionTree): Moved | null {
  const group = parentOf(way)
  if (group.length === 0) return null
  const without = removed(root, way)
  const left = branchAt(without, group)
  const isEmpty = left !== undefined && isGroup(left) && branchesOf(left).length === 0
  const there = [...parentOf(group), placeOf(group) + (isEmpty ? 0 : 1)]
  return { tree: inserted(isEmpty ? removed(without, group) : without, there, branch), way: there }
}

/** How many groups stand one within another in it. */
function depthOf(tree: ConditionTree): number {
  return isGroup(tree) ? 1 + Math.max(0, ...branchesOf(tree).map(depthOf)) : 0
}

/** Whether another group fits into the one at the end of this way. */
export const hasRoomFor = (way: Way): boolean => way.length + 1 < MAX_DEPTH

/** A way as the server writes it: `all.0.any.2`. */
export function serverPath(root: ConditionGroup, way: Way): string {
  const parts = way.flatMap((index, depth) => {
    const group = branchAt(root, way.slice(0, depth))
    return group && isGroup(group) ? [kindOf(group), String(index)] : []
  })
  return parts.join('.')
}
