import { fitsField } from '../catalog/field-values.ts'
import { checkTemplate } from '../templates/templates.ts'
import type { Delay, RuleAction } from './action.contract.ts'
import { conditionFaults } from '../conditions/condition-refs.ts'
import { specOf, type Condition } from '../conditions/contract.ts'
import type { RuleDefinition } from './contract.ts'
import { refsIn, rowOf, type KnownRows, type RefKind, type RuleRef } from './rule-refs.ts'
import { isTimeRule } from './rule.ts'
import { conditionsIn } from '../conditions/trees.ts'

/** What is wrong with a rule, at which field of its input. */
export interface RuleFault {
  field: string
  reason: string
  /** What is meant, such as a template's unknown variable. */
  name?: string
}

export interface RuleCase {
  /** As it would be; rows by id. */
  rule: RuleDefinition
  /** As it was, null for a new one: rows that it named before may have been retired since. */
  before: RuleDefinition | null
  known: KnownRows
}

/** What can only be wrong with rows: a rule from elsewhere may be kept with it, as long as it is switched off. */
export const choiceReasons: ReadonlySet<string> = new Set([
  'rule.unknown_choice',
  'rule.retired_choice',
  'filter.value_unknown',
  'calendar.not_found',
  'calendar.retired',
  'fields.value_unfit',
])

/** Everything that is wrong with a rule; empty when it can be kept. */
export function ruleFaults({ rule, before, known }: RuleCase): RuleFault[] {
  return [
    ...triggerFaults(rule),
    ...(rule.when ? conditionFaults(rule.when, known, 'rule') : []),
    ...(isTimeRule(rule) && rule.when ? movingConditions(rule) : []),
    ...choiceFaults(rule, before, known),
    ...valueFaults(rule.then, known),
    ...templateFaults(rule.then),
    ...calendarFaults(rule, known),
  ]
}

function triggerFaults({ on, after }: RuleDefinition): RuleFault[] {
  if (!on.includes('time')) return after === null ? [] : [{ field: 'after', reason: 'rule.after_unfit' }]
  return [
    ...(on.length > 1 ? [{ field: 'on', reason: 'rule.time_alone' }] : []),
    ...(after === null ? [{ field: 'after', reason: 'rule.after_missing' }] : []),
  ]
}

/** A state that lasts can't be told by what the clock changes, nor by what only a moment has. */
const movingConditions = ({ when }: RuleDefinition): RuleFault[] =>
  (when ? conditionsIn(when) : []).flatMap(({ condition, path }) =>
    isLasting(condition)
      ? []
      : [{ field: ['when', ...path, 'field'].join('.'), reason: 'rule.condition_moves_with_time' }],
  )

const isLasting = ({ field, op }: Condition): boolean =>
  !specOf(field).moves && !/^changed/.test(op) && !/^(message|actor)\b/.test(field)

const reasons: Partial<Record<RefKind, { unknown: string; retired: string }>> = {
  calendar: { unknown: 'calendar.not_found', retired: 'calendar.retired' },
}
const choice = { unknown: 'rule.unknown_choice', retired: 'rule.retired_choice' }

function choiceFaults(rule: RuleDefinition, before: RuleDefinition | null, known: KnownRows): RuleFault[] {
  const held = new Set((before ? refsIn(before) : []).map(named))
  return refsIn(rule).flatMap((ref) => {
    const { path: field, kind } = ref
    const row = rowOf(ref, known)
    const { unknown, retired } = reasons[kind] ?? choice
    if (!row) return [{ field, reason: unknown }]
    return row.retired && !held.has(named(ref)) ? [{ field, reason: retired }] : []
  })
}

const named = ({ kind, id, of = '' }: RuleRef) => `${kind} ${of} ${id}`

/** Values that a custom field of that kind can't hold. */
const valueFaults = (then: readonly RuleAction[], { catalog }: KnownRows): RuleFault[] =>
  then.flatMap((action, index) =>
    action.do === 'setField' && !fitsField(action.value, catalog)
      ? [{ field: `then.${index}.value.value`, reason: 'fields.value_unfit' }]
      : [],
  )

const templateFaults = (then: readonly RuleAction[]): RuleFault[] =>
  then.flatMap((action, index) => {
    const found = templateOf(action)
    if (!found) return []
    return checkTemplate(found.template).map(({ reason, name }) => ({
      field: `then.${index}.${found.at}`,
      reason: reason === 'template.unknown_variable' ? 'rule.template_unknown_variable' : reason,
      ...(name !== undefined && { name }),
    }))
  })

function templateOf(action: RuleAction): { at: string; template: string } | null {
  switch (action.do) {
    case 'addNote':
    case 'reply':
      return { at: 'value', template: action.value }
    case 'notify':
    case 'raiseAlert':
    case 'remind':
    case 'followUp':
      return { at: 'value.text', template: action.value.text }
    default:
      return null
  }
}

/** Open hours can't be counted in an office that has none. */
function calendarFaults({ then, after }: RuleDefinition, { calendars }: KnownRows): RuleFault[] {
  if ([...calendars.values()].some(({ archivedAt }) => archivedAt === null)) return []
  const delays: [field: string, delay: Delay][] = [
    ...(after ? [['after', after] satisfies [string, Delay]] : []),
    ...then.flatMap((action, index) => {
      const delay = delayOf(action)
      return delay ? [[`then.${index}.value.after`, delay] satisfies [string, Delay]] : []
    }),
  ]
  return delays.flatMap(([field, { business }]) =>
    business ? [{ field: `${field}.business`, reason: 'rule.calendar_missing' }] : [],
  )
}

function delayOf(action: RuleAction): Delay | null {
  switch (action.do) {
    case 'remind':
    case 'followUp':
      return action.value.after
    case 'setDue':
      return action.value && action.value.after
    default:
      return null
  }
}

/** Reasons by field, as clients get them. */
export const faultsByField = (faults: readonly RuleFault[]): Record<string, string[]> =>
  Object.fromEntries(
    [...Map.groupBy(faults, ({ field }) => field)].map(([field, ofField]) => [
      field,
      ofField.map(({ reason }) => reason),
    ]),
  )
