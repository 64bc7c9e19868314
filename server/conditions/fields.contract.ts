import { levels, statusClasses } from '../catalog/contract.ts'
import { channels } from '../tickets/channels.contract.ts'

/**
 * The one table of what conditions may ask: views, promise policies and rules all read it, and so does the editor. What a field
 * is decides which operators it has; `in` says who may ask about it.
 */

/** How a field's values compare. Durations are whole minutes; flags are `yes` or `no`. */
type ConditionKind = 'text' | 'option' | 'row' | 'tags' | 'instant' | 'number' | 'duration' | 'flag'

/** Who asks: a filter over many tickets, a policy that chooses promises, a rule that heard of something. */
export type ConditionUse = 'view' | 'policy' | 'rule'

interface FieldSpec {
  kind: ConditionKind
  in: readonly ConditionUse[]
  /** Every ticket has it, so nobody needs to ask whether it is set. */
  always?: true
  /** People and rules change it; of everything else `changed` makes no sense. */
  changeable?: true
  /** Its answer may change although nothing happens: no rule can wait for it to stay true. */
  moves?: true
  /** All that it can ever be; what the office defines itself are rows. */
  options?: readonly string[]
}

const everywhere = ['view', 'policy', 'rule'] as const
const lists = ['view', 'rule'] as const
const rulesOnly = ['rule'] as const

const conditionLanguages = ['pt', 'en', 'es', 'other'] as const
export type ConditionLanguage = (typeof conditionLanguages)[number]
const slaStates = ['none', 'running', 'paused', 'missed'] as const
export type SlaState = (typeof slaStates)[number]
const conditionActors = ['agent', 'customer', 'system'] as const
const flags = ['yes', 'no'] as const

export const conditionFields = {
  subject: { kind: 'text', in: everywhere, always: true, changeable: true },
  /** A filter looks through all words of a ticket, a rule at the message that caused it to be asked. */
  message: { kind: 'text', in: lists },
  'message.channel': { kind: 'option', in: rulesOnly, options: channels, always: true },
  'message.language': { kind: 'option', in: rulesOnly, options: conditionLanguages, always: true },
  'message.attachment': { kind: 'flag', in: rulesOnly, options: flags, always: true },
  channel: { kind: 'option', in: everywhere, options: channels, always: true },
  statusClass: { kind: 'option', in: lists, options: statusClasses, always: true, changeable: true },
  status: { kind: 'row', in: lists, always: true, changeable: true },
  priority: { kind: 'row', in: everywhere, always: true, changeable: true },
  urgency: { kind: 'option', in: lists, options: levels, changeable: true },
  impact: { kind: 'option', in: lists, options: levels, changeable: true },
  type: { kind: 'row', in: everywhere, changeable: true },
  category: { kind: 'row', in: everywhere, changeable: true },
  team: { kind: 'row', in: everywhere, changeable: true },
  agent: { kind: 'row', in: everywhere, changeable: true },
  tags: { kind: 'tags', in: everywhere, changeable: true },
  requester: { kind: 'row', in: everywhere, always: true, changeable: true },
  'customer.tier': { kind: 'row', in: everywhere },
  'customer.organization': { kind: 'row', in: everywhere },
  /** Active tickets of the requester, this one not counted. */
  'customer.openTickets': { kind: 'number', in: rulesOnly, always: true },
  /** When the requester last wrote or called, before what caused the question. */
  'customer.lastContactAt': { kind: 'instant', in: rulesOnly, moves: true },
  createdAt: { kind: 'instant', in: lists, always: true, moves: true },
  updatedAt: { kind: 'instant', in: lists, always: true, moves: true },
  dueAt: { kind: 'instant', in: lists, changeable: true, moves: true },
  waitingSince: { kind: 'instant', in: lists, moves: true },
  /** Not set of what is active, nor of what went on in another ticket. */
  resolvedAt: { kind: 'instant', in: lists, moves: true },
  /** Minutes since the ticket came. */
  age: { kind: 'duration', in: lists, always: true, moves: true },
  /** Minutes since the oldest unanswered message of the customer; not set when none waits. */
  waiting: { kind: 'duration', in: lists, moves: true },
  /** `is` a calendar: now lies within its open hours. */
  calendar: { kind: 'row', in: rulesOnly, always: true, moves: true },
  /** Minutes until the nearest open deadline, by the wall clock; negative once it is missed, not set without one. */
  'sla.remaining': { kind: 'duration', in: lists, moves: true },
  'sla.state': { kind: 'option', in: rulesOnly, options: slaStates, always: true, moves: true },
  /** Who caused it. */
  actor: { kind: 'option', in: rulesOnly, options: conditionActors, always: true },
} as const satisfies Record<string, FieldSpec>
export type ConditionField = keyof typeof conditionFields

/** The fields of the table that this asker may use. */
export type FieldOf<Use extends ConditionUse> = {
  [Field in ConditionField]: Use extends (typeof conditionFields)[Field]['in'][number] ? Field : never
}[ConditionField]

/** Operators that ask what a ticket is. */
const standing = {
  text: ['contains', 'containsWord', 'startsWith', 'is', 'isNot'],
  option: ['is', 'isNot', 'in', 'notIn', 'empty', 'notEmpty'],
  row: ['is', 'isNot', 'in', 'notIn', 'empty', 'notEmpty'],
  tags: ['in', 'notIn', 'empty', 'notEmpty'],
  instant: ['gt', 'lt', 'empty', 'notEmpty'],
  number: ['is', 'gt', 'lt'],
  duration: ['gt', 'lt', 'empty', 'notEmpty'],
  flag: ['is'],
} as const satisfies Record<ConditionKind, readonly string[]>
/** A bounded pattern, which the database can't look for. */
const patterns = ['matches'] as const
/** Operators that ask what has just happened to it. */
const changing = ['changed', 'changedTo', 'changedFrom'] as const

export type ConditionOperator =
  (typeof standing)[ConditionKind][number] | (typeof changing)[number] | (typeof patterns)[number]

/** Of the many words of a whole ticket only some can be looked for. */
const wordsOnly: readonly ConditionOperator[] = ['contains', 'containsWord']

/** Now lies within a calendar's hours or outside of them. */
const withinOrNot: readonly ConditionOperator[] = ['is', 'isNot']

export const specOf = (field: ConditionField): FieldSpec => conditionFields[field]

/** Whether values are compared as they are chosen, rather than typed and reckoned with. */
const isChosen = (kind: ConditionKind) => kind === 'option' || kind === 'row' || kind === 'tags'

/** The operators that may be used with a field, the commonest first. */
export function operatorsFor(field: ConditionField, use: ConditionUse): readonly ConditionOperator[] {
  const { kind, always = false, changeable = false } = specOf(field)
  if (field === 'message' && use === 'view') return wordsOnly
  if (field === 'calendar') return withinOrNot
  const asked = standing[kind].filter((op) => !always || !isWhetherSet(op))
  return [
    ...asked,
    ...(kind === 'text' && use !== 'view' ? patterns : []),
    ...(use === 'rule' && changeable ? (isChosen(kind) ? changing : changing.slice(0, 1)) : []),
  ]
}

const isWhetherSet = (op: ConditionOperator): boolean => op === 'empty' || op === 'notEmpty'

/** The fields that this asker may use, in the table's order. */
export const fieldsFor = (use: ConditionUse): ConditionField[] =>
  (Object.keys(conditionFields) as ConditionField[]).filter((field) => specOf(field).in.includes(use))

/** What an operator is compared with: nothing, one value, several of which any will do, or either. */
export function valuesFor(op: ConditionOperator): 'none' | 'one' | 'several' | 'either' {
  if (isWhetherSet(op) || op === 'changed') return 'none'
  if (op === 'in' || op === 'notIn') return 'several'
  return ['contains', 'containsWord', 'changedTo', 'changedFrom'].includes(op) ? 'either' : 'one'
}
