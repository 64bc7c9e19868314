import { foldName } from '../catalog/fold-name.ts'
import { specOf, type Condition, type ConditionField, type ConditionTree } from './contract.ts'
import { rowNamed, withDescendants } from './row-names.ts'
import type { ConditionNames } from './subject.ts'
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

/** Not known when no message caused the question: then no condition on them holds, one and its opposite alike. */
const maybeUnknown = (field: ConditionField) => field === 'message' || field.startsWith('message.')

/**
 * Whether it is certain that no ticket can ever match. Only what is plain to see is found: a group without conditions, and
 * conditions that leave a field no value. Never true of a tree that some ticket could match.
 */
export function neverMatches(tree: ConditionTree, names: ConditionNames): boolean {
  if (leavesNoValue(demandsOf(tree, false), names)) return true
  if ('field' in tree) return false
  const [kind, branches] = groupOf(tree)
  if (branches.length === 0) return true
  const isNever = (branch: ConditionTree) => neverMatches(branch, names)
  return kind === 'all' ? branches.some(isNever) : kind === 'any' && branches.every(isNever)
}

/** Alternatives demand nothing of their own, but a group of one is that one. */
function demandsOf(tree: ConditionTree, negated: boolean): Demand[] {
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
    const { always = false, options } = specOf(field)
    const claims = ofField.flatMap((demand) => claimOf(demand, names) ?? [])
    const mayBeUnset = !always && claims.every(({ isOneOf, unset }) => isOneOf === unset)
    return !mayBeUnset && valuesLeft(claims, options)?.length === 0
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
  const { kind } = specOf(field)
  // Several calendars may be open at once, and a ticket may have several tags.
  if (kind === 'tags' || field === 'calendar' || maybeUnknown(field)) return undefined
  const chooses = op === 'is' || op === 'in' || op === 'isNot' || op === 'notIn'
  if (!chooses && op !== 'empty' && op !== 'notEmpty') return undefined
  const isOneOf = (op === 'is' || op === 'in' || op === 'empty') !== negated
  if (!chooses) return { ids: new Set(), unset: true, isOneOf }
  const values = Array.isArray(value) ? value : [value]
  if (kind === 'text') return { ids: new Set(values.map(foldName)), unset: false, isOneOf }
  if (kind === 'number')
    return { ids: new Set(values.map((each) => `${Number(each)}`)), unset: false, isOneOf }
  const named = values.filter((each) => each !== 'none' || isOption(field, each))
  const ids = new Set(named.flatMap((each) => valuesOf(field, each, names)))
  return { ids, unset: named.length < values.length, isOneOf }
}

const isOption = (field: ConditionField, value: string) => specOf(field).options?.includes(value) ?? false

/** What a field may be when it `is` this: for a category also any below it. */
function valuesOf(field: ConditionField, value: string, names: ConditionNames): string[] {
  const id = rowNamed(field, value, names)
  return field === 'category' ? withDescendants(id, names.categories) : [id]
}
