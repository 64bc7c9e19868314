import type { Condition, ConditionField, ConditionTree, GroupKind } from './contract.ts'

/** A condition and the way to it through its tree: `all.0.any.2`. */
export interface PlacedCondition {
  condition: Condition
  path: string[]
}

/** All conditions of a tree, from left to right. */
export function conditionsIn(tree: ConditionTree, path: string[] = []): PlacedCondition[] {
  if ('field' in tree) return [{ condition: tree, path }]
  const [kind, branches] = groupOf(tree)
  return branches.flatMap((branch, index) => conditionsIn(branch, [...path, kind, String(index)]))
}

/** The same tree with other values. */
export function mapValues(
  tree: ConditionTree,
  map: (field: ConditionField, value: string) => string,
): ConditionTree {
  if ('all' in tree) return { all: tree.all.map((branch) => mapValues(branch, map)) }
  if ('any' in tree) return { any: tree.any.map((branch) => mapValues(branch, map)) }
  if ('none' in tree) return { none: tree.none.map((branch) => mapValues(branch, map)) }
  const { field, value } = tree
  if (value === undefined) return tree
  return {
    ...tree,
    value: Array.isArray(value) ? value.map((each) => map(field, each)) : map(field, value),
  }
}

/** A group's kind and its branches. */
export function groupOf(group: Exclude<ConditionTree, Condition>): [GroupKind, ConditionTree[]] {
  if ('all' in group) return ['all', group.all]
  return 'any' in group ? ['any', group.any] : ['none', group.none]
}
