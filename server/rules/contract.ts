import { z } from 'zod'
import type { Actor } from '../events/contract.ts'
import { idSchema } from '../ids.ts'
import { delaySchema, ruleActionSchema, type Delay, type RuleAction } from './action.contract.ts'
import {
  ruleTreeSchema,
  type ConditionField,
  type ConditionOperator,
  type ConditionTree,
} from '../conditions/contract.ts'

/** What rules listen to. `time` is a state that has lasted. */
export const triggers = [
  'ticket.created',
  'ticket.updated',
  'message.received',
  'message.sent',
  'note.added',
  'sla.warning',
  'sla.breached',
  'time',
] as const
export type Trigger = (typeof triggers)[number]

/** Since when a time rule counts. `state` is since its conditions have held. */
export const waitStarts = [
  'state',
  'created',
  'status',
  'lastCustomerMessage',
  'lastAgentMessage',
  'updated',
] as const
export type WaitStart = (typeof waitStarts)[number]

const afterSchema = delaySchema.extend({ since: z.enum(waitStarts).default('state') })
export type After = Delay & { since: WaitStart }

const ruleShape = {
  name: z.string().trim().min(1, 'rule.name_missing').max(80),
  on: z.array(z.enum(triggers)).min(1, 'rule.triggers_missing').max(triggers.length),
  /** `null` is always. An empty group matches nothing and is refused. */
  when: ruleTreeSchema.nullable(),
  then: z.array(ruleActionSchema).min(1, 'rule.actions_missing').max(20),
  /** For `time` alone, and then required. */
  after: afterSchema.nullable(),
  /** After this rule no later one is asked. */
  stop: z.boolean(),
}

export const ruleDefinitionSchema = z.strictObject({
  ...ruleShape,
  when: ruleShape.when.default(null),
  after: ruleShape.after.default(null),
  stop: ruleShape.stop.default(false),
})
/** What a rule says, without its place and its life. */
export type RuleDefinition = z.infer<typeof ruleDefinitionSchema>

export const newRuleInput = ruleDefinitionSchema.extend({
  id: idSchema.optional(),
  /** A rule is a draft until it is switched on. */
  enabled: z.boolean().default(false),
  /** Places begin at 1; without one it comes last. */
  position: z.int().min(1).max(10_000).optional(),
})
export type NewRule = z.infer<typeof newRuleInput>

export const ruleChangesInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on; when it is given, a change on top of somebody else's is refused. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(ruleShape).partial(),
})
export type RuleChanges = z.infer<typeof ruleChangesInput>

export const switchRuleInput = z.strictObject({
  id: idSchema,
  enabled: z.boolean(),
  /** For time rules: whether tickets whose time is already over are acted on now, or passed over. */
  backlog: z.enum(['act', 'skip']).default('skip'),
})
export type SwitchRule = z.infer<typeof switchRuleInput>

/** What an id in a file of rules stands for, so that another desk finds a row of its own. */
const namedRowSchema = z.strictObject({
  of: z.enum(['priority', 'status', 'type', 'category', 'team', 'agent', 'tier', 'calendar', 'webhook']),
  key: z.string().max(60).optional(),
  name: z.string().max(200),
})

export const importRulesInput = z.strictObject({
  format: z.literal('balcao.rules'),
  version: z.literal(1),
  rules: z.array(ruleDefinitionSchema).min(1).max(500),
  names: z.record(z.string().max(60), namedRowSchema).default({}),
})
export type RuleFile = z.infer<typeof importRulesInput>

export const exportRulesInput = z.strictObject({
  /** All that are in use unless it is given. */
  ids: z.array(idSchema).min(1).max(500).optional(),
})

export interface RuleView extends RuleDefinition {
  id: string
  position: number
  enabled: boolean
  archived: boolean
  version: number
  /** Why the desk itself switched it off, and when; null when it did not. */
  fault: { reason: string; at: string } | null
  /** What it names is gone or retired, so that it can't do all it says; reasons by field. */
  problems: Record<string, string[]>
  firedCount: number
  lastFiredAt: string | null
  /** Tickets that a time rule waits for now. */
  waiting: number
}

/** What a rule would do, or did. `text` of templates is rendered. */
export type RuleEffect =
  | { type: 'note' | 'reply'; text: string }
  | { type: 'assign'; value: Extract<RuleAction, { do: 'assign' }>['value'] }
  | { type: 'alert'; severity: 'info' | 'warning' | 'urgent'; to: string[]; text: string }
  | { type: 'webhook'; webhookId: string }
  | { type: 'remind'; dueAt: string; to: string[]; text: string }
  | { type: 'followUp'; dueAt: string; text: string }
  | { type: 'mergeInto'; value: 'oldestOpenOfRequester' | 'oldestOpenSameSubject' }
  | { type: 'applySuggestion'; field: 'type' | 'category' | 'priority'; minConfidence: number }

/** Field names as in events' `changes`; `tags` stands by names. */
export type RuleFieldChanges = Record<string, { from: unknown; to: unknown }>

export const previewInput = z.strictObject({
  rule: ruleDefinitionSchema,
  days: z.int().min(1).max(90).default(30),
  /** Made by the client, to ask how far it is. */
  runId: idSchema.optional(),
  /** So many of the matches are listed; all are counted. */
  limit: z.int().min(1).max(1_000).default(200),
})
export type PreviewRule = z.infer<typeof previewInput>

export const previewProgressInput = z.strictObject({ runId: idSchema })

export interface PreviewMatch {
  ticketId: string
  number: string
  subject: string
  /** What would have set it off, and when. */
  trigger: Trigger
  at: string
  changes: RuleFieldChanges
  effects: RuleEffect[]
}
export interface RulePreview {
  matched: PreviewMatch[]
  /** All matches, also those not listed. */
  total: number
  tickets: number
  /** What was looked through. */
  events: number
  counts: Record<string, number>
  /** Asked about by the rule and not told by history: taken as it is now, reckoned roughly, or taken not to hold. */
  unsure: ConditionField[]
  /** It would have acted more than once on these tickets within a minute: it feeds itself or fights another rule. */
  loops: { ticketId: string; number: string; times: number }[]
}

/** One condition, and what the ticket held when it was asked. */
export interface ExplainedCondition {
  /** `all.0.any.2` */
  path: string
  field: ConditionField
  op: ConditionOperator
  value: string | string[] | null
  held: string | number | string[] | null
  ok: boolean
}

export interface RuleVerdict {
  ruleId: string
  name: string
  /** `unheard`: it listens to something else; `stopped`: a rule before it ended the round. */
  outcome: 'fired' | 'unmatched' | 'unheard' | 'stopped' | 'failed' | 'waiting'
  when: ConditionTree | null
  conditions: ExplainedCondition[]
  changes: RuleFieldChanges
  effects: RuleEffect[]
}

export interface RuleTrace {
  id: string
  at: string
  trigger: Trigger
  actor: Actor
  /** The event that caused it. */
  eventSeq: number
  rules: RuleVerdict[]
  /** Rules that would have gone on against each other; they were held. */
  loops: string[]
}

export const traceInput = z.strictObject({
  ticketId: idSchema,
  limit: z.int().min(1).max(100).default(20),
  /** The `id` of the last one known: those before it follow. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'input.cursor')
    .optional(),
})
export type TraceRequest = z.infer<typeof traceInput>
