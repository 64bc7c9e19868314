import { z } from 'zod'
import type { Actor } from '../events/contract.ts'
import { idSchema } from '../ids.ts'
import type { AlertWay, NotShownReason } from './screens.contract.ts'

export const severities = ['info', 'warning', 'urgent'] as const
export type Severity = (typeof severities)[number]

/** `escalated` is an alert that nobody acknowledged and that went on to the next level. */
export type AlertState = 'raised' | 'delivered' | 'seen' | 'acknowledged' | 'escalated'

export interface AlertRecipient {
  agentId: string
  name: string
  /** From which level on this person has been told. */
  level: number
  deliveredAt: string | null
  seenAt: string | null
  snoozedUntil: string | null
  /** What became of it on this person's computers, in the order it happened. */
  showings: AlertShowing[]
}

export interface AlertShowing {
  /** The computer's name. */
  screen: string
  way: AlertWay
  /** Why it was not shown; null: it was. */
  reason: NotShownReason | null
  at: string
}

export interface AlertView {
  id: string
  ticketId: string | null
  /** What a card shows of the ticket. */
  ticket: {
    number: string
    subject: string
    priority: { name: string; weight: number }
    requester: string
  } | null
  severity: Severity
  /** A stable name that clients put into words: `sla.warning`, `sla.breached`. */
  reason: string
  /** What the words need; for promises `{metric, dueAt, policy}`. */
  data: Record<string, unknown>
  raisedAt: string
  /** Until when nobody is told, because those concerned are off shift; null when they have been. */
  heldUntil: string | null
  /** How long after its time it was raised, when the server was off or asleep. */
  lateMs: number | null
  state: AlertState
  level: number
  recipients: AlertRecipient[]
  acknowledgedAt: string | null
  acknowledgedBy: Actor | null
}

export const listAlertsInput = z.strictObject({
  /** `mine`: those the viewer was told of. `all` is for supervisors. */
  scope: z.enum(['mine', 'all']).default('mine'),
  /** `open` still needs somebody; `recent` is what was acknowledged last. */
  state: z.enum(['open', 'recent']).default('open'),
  limit: z.int().min(1).max(200).default(100),
  /** Only these of the list: what an event makes worth reading again. */
  ids: z.array(idSchema).min(1).max(100).optional(),
})
export type ListAlerts = z.infer<typeof listAlertsInput>

export interface AlertPage {
  items: AlertView[]
  /** The log's `seq` that this is true for. */
  seq: number
}

export const alertIdInput = z.strictObject({ id: idSchema })
export const alertIdsInput = z.strictObject({ ids: z.array(idSchema).min(1).max(100) })
export const snoozeInput = z.strictObject({
  id: idSchema,
  /** Five minutes to a working day: an alert put off for longer is an alert switched off. */
  minutes: z.int().min(1).max(480),
})
export type Snooze = z.infer<typeof snoozeInput>
