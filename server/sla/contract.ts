import { z } from 'zod'
import type { StatusClass } from '../catalog/contract.ts'
import { idSchema } from '../ids.ts'
import { notifySchema, type Notify } from '../rules/action.contract.ts'
import { treeSchemaFor, type ConditionTree } from '../conditions/contract.ts'

/** What a desk promises: a first answer, an answer to whatever the customer writes afterwards, and an end. */
export const metrics = ['firstResponse', 'nextResponse', 'resolution'] as const
export type Metric = (typeof metrics)[number]

const ref = z.string().trim().min(1).max(60)
/** Five years of minutes. */
const minutes = z.int('sla.minutes_whole').min(1, 'input.too_small').max(2_628_000, 'input.too_big')

const targetSchema = z.strictObject({
  /** Id or preset key. */
  priority: ref,
  firstResponseMinutes: minutes.nullish(),
  nextResponseMinutes: minutes.nullish(),
  resolutionMinutes: minutes.nullish(),
})
export type Target = z.infer<typeof targetSchema>

/** Statuses in which the desk waits for others. */
const pausingClasses = ['waiting', 'hold'] as const
const pauses = z.array(z.enum(pausingClasses)).max(2)

const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('setPriority'), value: ref }),
  z.strictObject({ do: z.literal('setTeam'), value: ref }),
  z.strictObject({ do: z.literal('setAgent'), value: ref }),
  z.strictObject({
    do: z.literal('addTags'),
    value: z.array(z.string().trim().min(1).max(50)).min(1).max(20),
  }),
  z.strictObject({ do: z.literal('addNote'), value: z.string().trim().min(1).max(4_000) }),
])
export type LevelAction = z.infer<typeof actionSchema>

const levelSchema = z
  .strictObject({
    /** Given by the desk; send it back to keep what the level already did from happening again. */
    id: z.string().max(60).optional(),
    metric: z.enum(metrics),
    /** Of the target: 50 is half-way, 100 the deadline. Either this or `offsetMinutes`. */
    atPercent: z.number().min(1).max(1_000).optional(),
    /** Business minutes from the deadline; negative is before it. */
    offsetMinutes: z.int().min(-2_628_000).max(2_628_000).optional(),
    notify: z.array(notifySchema).max(20),
    actions: z.array(actionSchema).max(10).optional(),
    /** Given by the desk: since when it is part of the ladder. It passes over those whose moment had gone by already. */
    addedAt: z.iso.datetime().optional(),
  })
  .refine(({ atPercent, offsetMinutes }) => (atPercent === undefined) !== (offsetMinutes === undefined), {
    path: ['atPercent'],
    message: 'sla.level_moment_one',
  })
  .refine(({ notify, actions = [] }) => notify.length + actions.length > 0, {
    path: ['notify'],
    message: 'sla.level_does_nothing',
  })
export type NewLevel = z.infer<typeof levelSchema>
export type Level = NewLevel & { id: string }

const policyShape = {
  name: z.string().trim().min(1).max(80),
  /**
   * Places begin at 1; the first policy that matches applies. Without one a new policy comes last, but in front of one that
   * takes every ticket.
   */
  position: z.int().min(1).max(10_000),
  /** `null` is every ticket. */
  when: treeSchemaFor('policy').nullable(),
  /** `null` counts round the clock. */
  calendarId: idSchema.nullable(),
  targets: z.array(targetSchema).min(1, 'sla.targets_missing').max(100),
  /** In these classes the resolution waits. A first answer never waits, or tickets would be parked unanswered. */
  pauseOn: pauses,
  /** In these classes the answer to a further message waits as well. */
  pauseNextResponseOn: pauses,
  escalations: z.array(levelSchema).max(30),
}
export const newPolicyInput = z.strictObject({
  ...policyShape,
  position: policyShape.position.optional(),
  when: policyShape.when.default(null),
  calendarId: policyShape.calendarId.default(null),
  pauseOn: pauses.default(['waiting']),
  pauseNextResponseOn: pauses.default([]),
  escalations: policyShape.escalations.default([]),
})
export type NewPolicy = z.infer<typeof newPolicyInput>
export const policyChangesInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on; when it is given, a change on top of somebody else's is refused. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(policyShape).partial(),
})
export type PolicyChanges = z.infer<typeof policyChangesInput>

/** A policy as it is kept: priorities by id. */
export interface PolicyView {
  id: string
  name: string
  position: number
  when: ConditionTree | null
  calendarId: string | null
  targets: Target[]
  pauseOn: StatusClass[]
  pauseNextResponseOn: StatusClass[]
  escalations: Level[]
  version: number
  archived: boolean
  /** Running promises made under it. */
  openTickets: number
}

/** Where an office may start from; `notice` says what it is not. */
export interface PolicyPreset {
  key: 'business' | 'always' | 'sac'
  name: string
  description: string
  notice: string | null
  /** Whether it counts business time: then a calendar has to be chosen. */
  needsCalendar: boolean
  policy: NewPolicy
}

export type ClockStatus = 'running' | 'paused' | 'met' | 'breached' | 'cancelled'

/** One promise of a ticket. Instants are ISO 8601. */
export interface SlaClockView {
  metric: Metric
  /** Counts a ticket's further answers, from 1. */
  cycle: number
  status: ClockStatus
  startedAt: string
  /** Null while it is paused. */
  dueAt: string | null
  /** Business time left when this was read; negative is how much too late it is (or was). */
  remainingMs: number
  /** Null when only a manual date binds. */
  targetMs: number | null
  pausedSince: string | null
  metAt: string | null
  breachedAt: string | null
  cancelledAt: string | null
  /** A person set the date. */
  manual: boolean
  policyId: string | null
  /** Whose hours count; null is round the clock. */
  calendarId: string | null
}

export const explainInput = z.strictObject({ ticketId: idSchema, metric: z.enum(metrics) })
export type Explain = z.infer<typeof explainInput>

export interface ExplainedSegment {
  from: string
  to: string
  state: 'counted' | 'closed' | 'holiday' | 'paused'
  /** A status class when paused, the holiday's name, `open`, or `closed`. */
  reason: string
  /** How long the stretch is. */
  minutes: number
}

export interface Explanation {
  metric: Metric
  cycle: number
  status: ClockStatus
  policy: { id: string; name: string } | null
  calendar: { id: string; name: string; timezone: string } | null
  /** Minutes; null when only a manual date binds. */
  target: number | null
  /** Minutes counted until now, or until it stopped. */
  used: number
  startedAt: string
  stoppedAt: string | null
  segments: ExplainedSegment[]
  dueAt: string | null
  manual: { dueAt: string; reason: string | null } | null
  /** What escalation has done and will do, in order. */
  levels: { id: string; at: string | null; firedAt: string | null; notify: Notify[]; offset: string }[]
}

/** How far the recalculation of running clocks is after a calendar or a policy changed. */
export interface RecomputeProgress {
  running: boolean
  done: number
  total: number
}

export const slaSettingsInput = z.strictObject({
  /** Whether a logged call counts as its own first answer (`met`), or the customer still waits for one (`await`). */
  phoneFirstResponse: z.enum(['met', 'await']).optional(),
})
export interface SlaSettings {
  phoneFirstResponse: 'met' | 'await'
}

export const attainmentInput = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
    groupBy: z.enum(['policy', 'team', 'agent', 'priority', 'metric', 'month']).default('policy'),
    metric: z.enum(metrics).optional(),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    message: 'sla.range_reversed',
  })
export type Attainment = z.infer<typeof attainmentInput>

export interface AttainmentRow {
  /** An id, a metric's name or a month (`YYYY-MM`, the office's); null is "none". */
  group: string | null
  met: number
  breached: number
  /** Business time by which those that were missed and kept in the end were late, on average. */
  averageOverMs: number | null
}
