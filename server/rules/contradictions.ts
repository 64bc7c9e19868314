import { statusClasses } from '../catalog/contract.ts'
import { foldName } from '../catalog/fold-name.ts'
import {
  channels,
  filterFields,
  type Condition,
  type FilterField,
  type FilterTree,
} from '../tickets/filter.contract.ts'
import { rowNamed, type ConditionNames } from './conditions.ts'
import { groupOf } from './trees.ts'

/** A condition that must hold for the whole tree to hold; `negated`: that must not. */
interface Demand {
  condition: Condition
  negated: boolean
}

/** What one demand says of its field's value. */
interface Claim {
  ids: ReadonlySet<string>
  /** Whether a field that is not set counts among them. */
  unset: boolean
  /** It must be one of them; else it must be none of them. */
  isOneOf: boolean
}

/** Fields that every ticket has. */
const alwaysSet: ReadonlySet<FilterField> = new Set([
  'subject',
  'statusClass',
  'status',
  'priority',
  'requester',
  'channel',
])

/** All that the field can ever be, where that is known. */
const universes: Partial<Record<FilterField, readonly string[]>> = {
  statusClass: statusClasses,
  channel: channels,
}

/**
 * Whether it is certain that no ticket can ever match. Only what is plain to see is found: a group without conditions, and
 * conditions that leave a field no value. Never true of a tree that some ticket could match.
 */
export function neverMatches(tree: FilterTree, names: ConditionNames): boolean {
  if (leavesNoValue(demandsOf(tree, false), names)) return true
  if ('field' in tree) return false
  const [kind, branches] = groupOf(tree)
  if (branches.length === 0) return true
  const isNever = (branch: FilterTree) => neverMatches(branch, names)
  return kind === 'all' ? branches.some(isNever) : kind === 'any' && branches.every(isNever)
}

/** Alternatives demand nothing of their own, but a group of one is that one. */
function demandsOf(tree: FilterTree, negated: boolean): Demand[] {
  if ('field' in tree) return [{ condition: tree, negated }]
  const [kind, branches] = groupOf(tree)
  const bindsEach = kind === 'any' ? negated : !negated
  const inside = kind === 'none' ? !negated : negated
  return bindsEach || branches.length === 1 ? branches.flatMap((branch) => demandsOf(branch, inside)) : []
}

/** Whether no value of some field meets all that is demanded of it. */
function leavesNoValue(demands: readonly Demand[], names: ConditionNames): boolean {
  const byField = Map.groupBy(demands, ({ condition }) => condition.field)
  return [...byField].some(([field, ofField]) => {
    const claims = ofField.flatMap((demand) => claimOf(demand, names) ?? [])
    const mayBeUnset = !alwaysSet.has(field) && claims.every(({ isOneOf, unset }) => isOneOf === unset)
    return !mayBeUnset && valuesLeft(claims, universes[field])?.length === 0
  })
}

/** Undefined while the field may be anything but a few values. */
function valuesLeft(claims: readonly Claim[], universe: readonly string[] | undefined): string[] | undefined {
  const start = universe ?? claims.find(({ isOneOf }) => isOneOf)?.ids
  return start && [...start].filter((id) => claims.every(({ ids, isOneOf }) => ids.has(id) === isOneOf))
}

/** Undefined for what is not a choice among values. */
function claimOf({ condition, negated }: Demand, names: ConditionNames): Claim | undefined {
  const { field, op, value = [] } = condition
  const kind = filterFields[field]
  if (kind === 'tags' || kind === 'instant' || op === 'contains' || op === 'startsWith') return undefined
  const isOneOf = (op === 'is' || op === 'in' || op === 'empty') !== negated
  if (op === 'empty' || op === 'notEmpty') return { ids: new Set(), unset: true, isOneOf }
  const values = Array.isArray(value) ? value : [value]
  if (kind === 'text') return { ids: new Set(values.map(foldName)), unset: false, isOneOf }
  const named = values.filter((each) => each !== 'none')
  const ids = new Set(named.flatMap((each) => valuesOf(field, each, names)))
  return { ids, unset: named.length < values.length, isOneOf }
}

/** What a field may be when it `is` this: for a category also any below it. */
function valuesOf(field: FilterField, value: string, names: ConditionNames): string[] {
  const id = rowNamed(field, value, names)
  return field === 'category' ? withDescendants(id, names.categories) : [id]
}

function withDescendants(id: string, categories: ConditionNames['categories']): string[] {
  const found = new Set([id])
  // A set grows while it is walked, and what is in it is not walked twice.
  for (const each of found)
    for (const category of categories.values()) if (category.parentId === each) found.add(category.id)
  return [...found]
}
