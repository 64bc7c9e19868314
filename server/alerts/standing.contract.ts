/** How an alert stands for one reader: what the page and the desktop's main process make of the same answer. Pure. */
import type { DeskEvent } from '../events/contract.ts'
import type { AlertRecipient, AlertView, Severity } from './contract.ts'

/** `calling` wants its reader now, `snoozed` will again, `acknowledged` is somebody's. */
export type AlertStanding = 'calling' | 'snoozed' | 'acknowledged'

/** A moment at which an alert turns to somebody: for the first time, at a higher level, or after it was put off. */
export interface AlertCall {
  alert: AlertView
  why: 'new' | 'escalated' | 'again'
}

const RANK: Record<Severity, number> = { urgent: 2, warning: 1, info: 0 }

/** The reader's own part in an alert; null when it was never theirs to hear. */
export function partOf({ recipients }: AlertView, agentId: string | null): AlertRecipient | null {
  return recipients.find((recipient) => recipient.agentId === agentId) ?? null
}

export function standingOf(alert: AlertView, agentId: string | null, nowMs: number): AlertStanding {
  if (alert.acknowledgedAt !== null) return 'acknowledged'
  const until = partOf(alert, agentId)?.snoozedUntil
  return until && Date.parse(until) > nowMs ? 'snoozed' : 'calling'
}

/** What has begun to call: `heard` holds the level at which each alert last called, `wasCalling` those that still do. */
export function newCalls(
  heard: ReadonlyMap<string, number>,
  wasCalling: ReadonlySet<string>,
  calling: readonly AlertView[],
): AlertCall[] {
  return calling.flatMap((alert): AlertCall[] => {
    const level = heard.get(alert.id)
    if (level === undefined) return [{ alert, why: 'new' }]
    if (alert.level > level) return [{ alert, why: 'escalated' }]
    return wasCalling.has(alert.id) ? [] : [{ alert, why: 'again' }]
  })
}

/** Without the warnings of deadlines that have passed since: the missed deadline says it all, and is taken in hand for both. */
export function withoutOvertaken(alerts: readonly AlertView[]): AlertView[] {
  const promise = ({ ticketId, data }: AlertView) => `${ticketId} ${String(data['metric'])}`
  const missed = new Set(alerts.filter(({ reason }) => reason === 'sla.breached').map(promise))
  return alerts.filter((alert) => alert.reason !== 'sla.warning' || !missed.has(promise(alert)))
}

/** The most severe first; among equals the one whose deadline was or is nearest, and then the newest. */
export function byUrgency(one: AlertView, other: AlertView): number {
  return (
    RANK[other.severity] - RANK[one.severity] ||
    dueMs(one) - dueMs(other) ||
    Date.parse(other.raisedAt) - Date.parse(one.raisedAt)
  )
}

export function worstSeverity(alerts: readonly AlertView[]): Severity | null {
  return alerts.reduce<Severity | null>(
    (worst, { severity }) => (worst === null || RANK[severity] > RANK[worst] ? severity : worst),
    null,
  )
}

/** The next instant at which an alert that was put off comes back, in UTC milliseconds. */
export function nextReturn(
  alerts: readonly AlertView[],
  agentId: string | null,
  nowMs: number,
): number | null {
  const ends = alerts
    .flatMap((alert) => partOf(alert, agentId)?.snoozedUntil ?? [])
    .map((until) => Date.parse(until))
    .filter((until) => until > nowMs)
  return ends.length > 0 ? Math.min(...ends) : null
}

function dueMs({ data }: AlertView): number {
  const due = typeof data['dueAt'] === 'string' ? Date.parse(data['dueAt']) : Number(data['dueAt'] ?? NaN)
  return Number.isNaN(due) ? Number.MAX_SAFE_INTEGER : due
}

/** An alert after what an event tells of it: enough to fall silent before the whole has been read again. */
export function withAlertEvent(alert: AlertView, { type, at, actor, data }: DeskEvent): AlertView {
  if (data['alertId'] !== alert.id || type !== 'alert.acknowledged' || alert.acknowledgedAt !== null)
    return alert
  return { ...alert, state: 'acknowledged', acknowledgedAt: at, acknowledgedBy: actor }
}
