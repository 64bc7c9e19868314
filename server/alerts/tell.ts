import type { People } from '../access/people.ts'
import type { EventLog, NewEvent } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { saveRecipients, updateAlert } from './alert-rows.ts'
import type { AlertRow, RecipientRow } from './entities.ts'
import { PATIENCE_MS } from './ladder.ts'
import { isPrivate } from './private-alerts.ts'
import { canBeTold, overseers, type AlertTicket } from './recipients.ts'
import { planTelling } from './telling.ts'

export interface TellDeps {
  events: EventLog
  people: Pick<People, 'current'>
  /** Told of a nearer moment to wake at. */
  noticed: (at: number) => void
}

/** Tells those whose time has come, saves an open alert's recipients, and sets when to look again. */
export async function tell(
  tx: Tx,
  { events, people, noticed }: TellDeps,
  alert: AlertRow,
  recipients: readonly RecipientRow[],
  {
    ticket,
    now,
    says = {},
  }: {
    ticket: AlertTicket
    now: number
    /** What the event says beside the alert's own data. */
    says?: Record<string, unknown>
  },
): Promise<void> {
  const { agents } = await people.current()
  const plan = planTelling(recipients, {
    alertId: alert.id,
    level: alert.level,
    now,
    canBeTold: (agentId) => canBeTold(agentId, ticket, agents),
    overseers: isPrivate(alert) ? [] : overseers(agents),
  })
  const { wakeAt } = plan
  await saveRecipients(tx, alert.id, plan.rows, plan.gone)
  const called = plan.tell.length > 0 && alert.severity === 'urgent'
  const lookAt = now + PATIENCE_MS
  await updateAlert(tx, alert, {
    wakeAt,
    ...(called ? { calledAt: alert.calledAt ?? now, spokeAt: now, climbAt: lookAt } : {}),
  })
  const word = wordOf(alert, plan.tell)
  if (plan.tell.length > 0)
    await events.record(tx, {
      ...word,
      data: { ...word.data, ...says },
      type: alert.level > 1 ? 'alert.escalated' : 'alert.raised',
      ...(alert.ticketId === null || isPrivate(alert) ? {} : { ticketId: alert.ticketId }),
    })
  // A reminder is no part of the ticket's history.
  if (plan.remind.length > 0) {
    const again = wordOf(alert, plan.remind)
    await events.record(tx, { ...again, type: 'alert.raised', data: { ...again.data, again: true } })
  }
  if (wakeAt !== null) tx.afterCommit(() => noticed(wakeAt))
  if (called) tx.afterCommit(() => noticed(lookAt))
}

/** Nobody but `recipients` hears of it, and whoever oversees the desk. */
function wordOf(alert: AlertRow, recipients: string[]): Pick<NewEvent, 'actor' | 'audience' | 'data'> {
  const { id: alertId, key, level, severity, reason } = alert
  const data = JSON.parse(alert.data) as Record<string, unknown>
  return {
    actor: { type: 'system' },
    audience: { teams: [], agents: recipients, ...(isPrivate(alert) && { only: true }) },
    data: { ...data, alertId, key, level, severity, reason, recipients },
  }
}
