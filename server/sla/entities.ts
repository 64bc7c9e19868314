import { EntitySchema } from 'typeorm'

export interface CalendarRow {
  id: string
  name: string
  /** What it says now. */
  revisionId: string
  version: number
  createdAt: number
  archivedAt: number | null
}

export const CalendarEntity = new EntitySchema<CalendarRow>({
  name: 'calendar',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    revisionId: { type: 'text' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
  },
})

/** Never changed once written. `hours` and `holidays` are JSON. */
export interface CalendarRevisionRow {
  id: string
  calendarId: string
  timezone: string
  hours: string
  holidays: string
  createdAt: number
}

export const CalendarRevisionEntity = new EntitySchema<CalendarRevisionRow>({
  name: 'calendar_revision',
  columns: {
    id: { type: 'text', primary: true },
    calendarId: { type: 'text' },
    timezone: { type: 'text' },
    hours: { type: 'text' },
    holidays: { type: 'text' },
    createdAt: { type: 'integer' },
  },
})

/** `conditions` (null: every ticket), `targets`, `pauseOn…` and `escalations` are JSON in the contract's shapes, priorities by id. */
export interface PolicyRow {
  id: string
  name: string
  position: number
  conditions: string | null
  /** Null counts round the clock. */
  calendarId: string | null
  targets: string
  pauseOn: string
  pauseNextResponseOn: string
  escalations: string
  version: number
  createdAt: number
  archivedAt: number | null
}

export const PolicyEntity = new EntitySchema<PolicyRow>({
  name: 'sla_policy',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    position: { type: 'integer' },
    conditions: { type: 'text', nullable: true },
    calendarId: { type: 'text', nullable: true },
    targets: { type: 'text' },
    pauseOn: { type: 'text' },
    pauseNextResponseOn: { type: 'text' },
    escalations: { type: 'text' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
  },
})

/** `seq` is the ticket's. `facts` and `clocks` are JSON; `wakeAt` says when to look again and decides nothing. */
export interface TicketSlaRow {
  seq: number
  ticketId: string
  policyId: string | null
  facts: string
  clocks: string
  wakeAt: number | null
}

export const TicketSlaEntity = new EntitySchema<TicketSlaRow>({
  name: 'ticket_sla',
  columns: {
    seq: { type: 'integer', primary: true },
    ticketId: { type: 'text', unique: true },
    policyId: { type: 'text', nullable: true },
    facts: { type: 'text' },
    clocks: { type: 'text' },
    wakeAt: { type: 'integer', nullable: true },
  },
})

/** What became of one promise. Durations are business time in milliseconds. */
export interface ResultRow {
  id: string
  ticketId: string
  metric: string
  cycle: number
  policyId: string | null
  priorityId: string
  teamId: string | null
  agentId: string | null
  outcome: 'met' | 'breached'
  /** When it was met, or when its deadline passed. */
  decidedAt: number
  /** That instant's month at the office, `YYYY-MM`. */
  month: string
  targetMs: number | null
  /** Null while a breached promise is still not kept. */
  usedMs: number | null
  stoppedAt: number | null
  /** The ticket came back, and another row tells how that ended. */
  reopenedAt: number | null
}

export const ResultEntity = new EntitySchema<ResultRow>({
  name: 'sla_result',
  columns: {
    id: { type: 'text', primary: true },
    ticketId: { type: 'text' },
    metric: { type: 'text' },
    cycle: { type: 'integer' },
    policyId: { type: 'text', nullable: true },
    priorityId: { type: 'text' },
    teamId: { type: 'text', nullable: true },
    agentId: { type: 'text', nullable: true },
    outcome: { type: 'text' },
    decidedAt: { type: 'integer' },
    month: { type: 'text' },
    targetMs: { type: 'integer', nullable: true },
    usedMs: { type: 'integer', nullable: true },
    stoppedAt: { type: 'integer', nullable: true },
    reopenedAt: { type: 'integer', nullable: true },
  },
})

/** `scope` is JSON: whose tickets to reckon anew. `cursor` is the last ticket's seq that was. */
export interface RecomputeRow {
  id: string
  scope: string
  cursor: number
  done: number
  total: number
  startedAt: number
  finishedAt: number | null
}

const RecomputeEntity = new EntitySchema<RecomputeRow>({
  name: 'sla_recompute',
  columns: {
    id: { type: 'text', primary: true },
    scope: { type: 'text' },
    cursor: { type: 'integer' },
    done: { type: 'integer' },
    total: { type: 'integer' },
    startedAt: { type: 'integer' },
    finishedAt: { type: 'integer', nullable: true },
  },
})

export const slaEntities = [
  CalendarEntity,
  CalendarRevisionEntity,
  PolicyEntity,
  TicketSlaEntity,
  ResultEntity,
  RecomputeEntity,
]
