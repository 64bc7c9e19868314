import {
  specOf,
  type ConditionField,
  type ConditionOperator,
  type ConditionUse,
} from '../../server/conditions/contract.ts'

/** How the texts of conditions are called: a field's name has no dots there, and an operator's words depend on what it compares. */

export const fieldKey = (field: ConditionField, use?: ConditionUse): string =>
  // What filters look through is all that was written, and not one message.
  field === 'message' && use === 'view'
    ? 'anyMessage'
    : field.replace(/\.(\w)/g, (_, first: string) => first.toUpperCase())

export function operatorKey(field: ConditionField, op: ConditionOperator): string {
  if (field === 'calendar') return op === 'is' || op === 'in' ? 'within' : 'outside'
  const { kind } = specOf(field)
  if (kind === 'tags' && (op === 'in' || op === 'notIn' || op === 'changedTo' || op === 'changedFrom'))
    return { in: 'hasAny', notIn: 'hasNone', changedTo: 'added', changedFrom: 'taken' }[op]
  if ((kind === 'number' || kind === 'duration') && (op === 'gt' || op === 'lt'))
    return op === 'gt' ? 'more' : 'less'
  return op
}
