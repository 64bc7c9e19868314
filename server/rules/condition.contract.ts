import { z } from 'zod'

/**
 * The one table of what conditions may ask: views, promise policies and rules all read it, and so does the editor. What a field
 * is decides which operators it has; `in` says who may ask about it.
 */

/** How a field's values compare. Durations are whole minutes; flags are `yes` or `no`. */
export type ConditionKind = 'text' | 'option' | 'row' | 'tags' | 'instant' | 'number' | 'duration' | 'flag'

/** Who asks: a filter over many tickets, a policy that chooses promises, a rule that heard of something. */
export type ConditionUse = 'view' | 'policy' | 'rule'

interface FieldSpec {
  kind: ConditionKind
  in: readonly ConditionUse[]
  /** Its answer may change although nothing happens: no rule can wait for it to stay true. */
  moves?: true
}

const everywhere = ['view', 'policy', 'rule'] as const
const lists = ['view', 'rule'] as const
const rulesOnly = ['rule'] as const

export const conditionFields = {
  subject: { kind: 'text', in: everywhere },
  /** A filter looks through all of a ticket's messages, a rule at the one that caused it to be asked. */
  message: { kind: 'text', in: lists },
  'message.channel': { kind: 'option', in: rulesOnly },
  'message.language': { kind: 'option', in: rulesOnly },
  'message.attachment': { kind: 'flag', in: rulesOnly },
  channel: { kind: 'option', in: everywhere },
  statusClass: { kind: 'option', in: lists },
  status: { kind: 'row', in: lists },
  priority: { kind: 'row', in: everywhere },
  urgency: { kind: 'option', in: lists },
  impact: { kind: 'option', in: lists },
  type: { kind: 'row', in: everywhere },
  category: { kind: 'row', in: everywhere },
  team: { kind: 'row', in: everywhere },
  agent: { kind: 'row', in: everywhere },
  tags: { kind: 'tags', in: everywhere },
  requester: { kind: 'row', in: everywhere },
  'customer.tier': { kind: 'row', in: everywhere },
  'customer.organization': { kind: 'row', in: everywhere },
  /** Active tickets of the requester, this one not counted. */
  'customer.openTickets': { kind: 'number', in: rulesOnly },
  /** When the requester last wrote or called, before what caused the question. */
  'customer.lastContactAt': { kind: 'instant', in: rulesOnly, moves: true },
  createdAt: { kind: 'instant', in: lists, moves: true },
  updatedAt: { kind: 'instant', in: lists, moves: true },
  dueAt: { kind: 'instant', in: lists, moves: true },
  waitingSince: { kind: 'instant', in: lists, moves: true },
  /** Minutes since the ticket came. */
  age: { kind: 'duration', in: lists, moves: true },
  /** Minutes since the oldest unanswered message of the customer; not set when none waits. */
  waiting: { kind: 'duration', in: lists, moves: true },
  /** `is` a calendar: now lies within its open hours. */
  calendar: { kind: 'row', in: rulesOnly, moves: true },
  /** Minutes until the nearest open deadline; negative once it is missed, not set without one. */
  'sla.remaining': { kind: 'duration', in: lists, moves: true },
  'sla.state': { kind: 'option', in: rulesOnly, moves: true },
  /** Who caused it. */
  actor: { kind: 'option', in: rulesOnly },
} as const satisfies Record<string, FieldSpec>
export type ConditionField = keyof typeof conditionFields

/** What an option field may be; those that the office defines itself are rows. */
export const conditionLanguages = ['pt', 'en', 'es', 'other'] as const
export const slaStates = ['none', 'running', 'paused', 'missed'] as const
export const conditionActors = ['agent', 'customer', 'system'] as const

/** Operators that ask what a ticket is. */
const standing = {
  text: ['contains', 'containsWord', 'startsWith', 'is', 'isNot'],
  option: ['is', 'isNot', 'in', 'notIn'],
  row: ['is', 'isNot', 'in', 'notIn', 'empty', 'notEmpty'],
  tags: ['in', 'notIn', 'empty', 'notEmpty'],
  instant: ['gt', 'lt', 'empty', 'notEmpty'],
  number: ['is', 'gt', 'lt'],
  duration: ['gt', 'lt', 'empty', 'notEmpty'],
  flag: ['is'],
} as const satisfies Record<ConditionKind, readonly string[]>
/** Operators that ask what has just happened to it. */
const changing = ['changed', 'changedTo', 'changedFrom'] as const
/** A bounded pattern, which the database can't look for. */
const patterns = ['matches'] as const

export type ConditionOperator =
  (typeof standing)[ConditionKind][number] | (typeof changing)[number] | (typeof patterns)[number]

/** Fields of a ticket that can change hands of value; of everything else `changed` makes no sense. */
const changeable: ReadonlySet<ConditionField> = new Set([
  'subject',
  'statusClass',
  'status',
  'priority',
  'urgency',
  'impact',
  'type',
  'category',
  'team',
  'agent',
  'tags',
  'requester',
  'dueAt',
])

/** The operators that may be used with a field, the commonest first. */
export function operatorsFor(field: ConditionField, use: ConditionUse): readonly ConditionOperator[] {
  const { kind } = conditionFields[field]
  return [
    ...standing[kind],
    ...(kind === 'text' && use !== 'view' ? patterns : []),
    ...(use === 'rule' && changeable.has(field) ? changing : []),
  ]
}

/** The fields that this asker may use, in the table's order. */
export const fieldsFor = (use: ConditionUse): ConditionField[] =>
  (Object.keys(conditionFields) as ConditionField[]).filter((field) =>
    (conditionFields[field].in as readonly ConditionUse[]).includes(use),
  )

export interface Condition {
  field: ConditionField
  op: ConditionOperator
  value?: string | string[] | undefined
}
export type ConditionTree =
  { all: ConditionTree[] } | { any: ConditionTree[] } | { none: ConditionTree[] } | Condition

/** Numbers and booleans may come as such; inside they are text like every other value. */
const one = z.union([
  z.string().max(200),
  z.number().transform(String),
  z.boolean().transform((yes) => (yes ? 'yes' : 'no')),
])
const value = z.union([one, z.array(one).min(1).max(100)])

const takesNone = (op: string) => op === 'empty' || op === 'notEmpty' || op === 'changed'
const takesSeveral = (op: string) => op === 'in' || op === 'notIn'
/** Words and changes may be asked for one or several at once. */
const takesEither = (op: string) => ['containsWord', 'contains', 'changedTo', 'changedFrom'].includes(op)

function conditionSchemaFor(use: ConditionUse) {
  const names = fieldsFor(use) as [ConditionField, ...ConditionField[]]
  const operators = [...new Set(names.flatMap((field) => operatorsFor(field, use)))]
  return z
    .strictObject({
      field: z.enum(names),
      op: z.enum(operators as [ConditionOperator, ...ConditionOperator[]]),
      value: value.optional(),
    })
    .refine(({ field, op }) => operatorsFor(field, use).includes(op), {
      path: ['op'],
      message: 'filter.operator_unfit',
    })
    .refine(({ op, value: given }) => takesNone(op) === (given === undefined), {
      path: ['value'],
      message: 'filter.value_unfit',
    })
    .refine(
      ({ op, value: given }) =>
        given === undefined || takesEither(op) || takesSeveral(op) === Array.isArray(given),
      { path: ['value'], message: 'filter.value_unfit' },
    )
}

/** A tree of conditions for this asker, at most five levels deep; an empty group matches nothing. */
export function treeSchemaFor(use: ConditionUse): z.ZodType<ConditionTree> {
  const condition = conditionSchemaFor(use)
  const treeOfDepth = (depth: number): z.ZodType<ConditionTree> => {
    if (depth === 0) return condition
    const branch = z.array(treeOfDepth(depth - 1)).max(50)
    return z.union([
      condition,
      z.strictObject({ all: branch }),
      z.strictObject({ any: branch }),
      z.strictObject({ none: branch }),
    ])
  }
  return treeOfDepth(5)
}

export const ruleTreeSchema = treeSchemaFor('rule')
