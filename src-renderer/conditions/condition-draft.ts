import {
  operatorsFor,
  specOf,
  valuesFor,
  type Condition,
  type ConditionField,
  type ConditionOperator,
  type ConditionTree,
  type ConditionUse,
} from '../../server/conditions/contract.ts'
import { branchesOf, groupOf, isGroup, kindOf } from './tree-edits.ts'

/** Conditions in the making are conditions whose value is still empty. */

/** A fresh condition on a field, with its commonest operator. */
export function newCondition(field: ConditionField, use: ConditionUse): Condition {
  const operators = operatorsFor(field, use)
  const op = operators.includes('in') ? 'in' : (operators[0] ?? 'is')
  return withValue({ field, op }, [])
}

/** The condition with another operator; what was chosen stays as far as it fits. */
export const withOperator = (condition: Condition, op: ConditionOperator): Condition =>
  withValue({ field: condition.field, op }, valuesOf(condition))

export const valuesOf = ({ value = [] }: Condition): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => each !== '')

function withValue({ field, op }: Condition, values: string[]): Condition {
  const [first = blankFor(field)] = values
  switch (valuesFor(op)) {
    case 'none':
      return { field, op }
    case 'several':
      return { field, op, value: values }
    case 'one':
      return { field, op, value: first }
    case 'either':
      return { field, op, value: values.length > 1 ? values : first }
  }
}

/** What a field begins with where something has to be shown. */
const blankFor = (field: ConditionField): string => (specOf(field).kind === 'instant' ? '-P1D' : '')

export const isComplete = (condition: Condition): boolean =>
  valuesFor(condition.op) === 'none' || valuesOf(condition).some((value) => value.trim() !== '')

/** The tree without conditions that say nothing yet, and without groups of nothing; null when that is all of it. */
export function pruned(tree: ConditionTree | null): ConditionTree | null {
  if (tree === null) return null
  if (!isGroup(tree)) return isComplete(tree) ? tree : null
  const branches = branchesOf(tree).flatMap((branch) => pruned(branch) ?? [])
  return branches.length > 0 ? groupOf(kindOf(tree), branches) : null
}

export const conditionsIn = (tree: ConditionTree): Condition[] =>
  isGroup(tree) ? branchesOf(tree).flatMap(conditionsIn) : [tree]

/** Whether a value means somebody else to each reader. */
export const isPersonal = (value: string): boolean => value === 'me' || value === 'myTeams'
