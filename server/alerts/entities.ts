import { EntitySchema } from 'typeorm'
import type { Severity } from './contract.ts'

/** Instants are UTC milliseconds; `data` is JSON. */
export interface AlertRow {
  seq: number
  id: string
  /** What it is about: under one key there is one alert. A settled one has its id added, and so makes room. */
  key: string
  ticketId: string | null
  severity: Severity
  reason: string
  data: string
  raisedAt: number
  lateMs: number | null
  level: number
  /** When somebody has to be told next: at opening time, or after a snooze. */
  wakeAt: number | null
  /** How far an urgent one has climbed; see `ladder.ts`. */
  rung: number
  /** JSON: the rungs that it may climb. */
  ladder: string
  calledAt: number | null
  spokeAt: number | null
  /** When to look at its ladder next: for the scheduler, never the truth. */
  climbAt: number | null
  acknowledgedAt: number | null
  acknowledgedByType: 'agent' | 'customer' | 'rule' | 'system' | null
  acknowledgedById: string | null
}

export const AlertEntity = new EntitySchema<AlertRow>({
  name: 'alert',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    key: { type: 'text', unique: true },
    ticketId: { type: 'text', nullable: true },
    severity: { type: 'text' },
    reason: { type: 'text' },
    data: { type: 'text' },
    raisedAt: { type: 'integer' },
    lateMs: { type: 'integer', nullable: true },
    level: { type: 'integer' },
    wakeAt: { type: 'integer', nullable: true },
    rung: { type: 'integer' },
    ladder: { type: 'text' },
    calledAt: { type: 'integer', nullable: true },
    spokeAt: { type: 'integer', nullable: true },
    climbAt: { type: 'integer', nullable: true },
    acknowledgedAt: { type: 'integer', nullable: true },
    acknowledgedByType: { type: 'text', nullable: true },
    acknowledgedById: { type: 'text', nullable: true },
  },
})

export interface RecipientRow {
  alertId: string
  agentId: string
  /** From which level on. */
  level: number
  /** When to tell them of the latest level. */
  tellAt: number
  /** When they were last told; before `tellAt` when that is still to come. */
  toldAt: number | null
  deliveredAt: number | null
  seenAt: number | null
  snoozedUntil: number | null
}

const RecipientEntity = new EntitySchema<RecipientRow>({
  name: 'alert_recipient',
  columns: {
    alertId: { type: 'text', primary: true },
    agentId: { type: 'text', primary: true },
    level: { type: 'integer' },
    tellAt: { type: 'integer' },
    toldAt: { type: 'integer', nullable: true },
    deliveredAt: { type: 'integer', nullable: true },
    seenAt: { type: 'integer', nullable: true },
    snoozedUntil: { type: 'integer', nullable: true },
  },
})

export const alertEntities = [AlertEntity, RecipientEntity]
