/** Keeps the person's open alerts true by events, reading again only those that an event says too little of. No I/O. */
import type { AlertPage, AlertView } from '../../server/alerts/contract.ts'
import type { DeskEvent } from '../../server/events/contract.ts'

/** More are read with everything: the server takes no longer list. */
const SINGLY_AT_MOST = 100

/** Who got or saw an alert, or could not, changes nothing of whether and how this person is called. */
const OF_NO_CONSEQUENCE = new Set(['alert.delivered', 'alert.seen', 'alert.not_shown'])

export interface KnownAlerts {
  /** The alerts after what happened, the very same where it changes nothing at once; what has to be read for it is stale. */
  hear(event: DeskEvent, alerts: readonly AlertView[]): readonly AlertView[]
  isStale(): boolean
  /** Which to read now, null: all. They count as fresh from here on; whoever fails to read them reads everything later. */
  takeStale(): ReadonlySet<string> | null
  /** The alerts once these were read (null: all), whatever was heard or read meanwhile. */
  withAnswer(
    alerts: readonly AlertView[],
    page: AlertPage,
    ids: ReadonlySet<string> | null,
  ): readonly AlertView[]
}

export function createKnownAlerts(): KnownAlerts {
  let stale: Set<string> | null = new Set()
  /** By alert: the `seq` of the last event that changed it. An answer from before that is older than what is known. */
  const changedAt = new Map<string, number>()

  return {
    hear(event, alerts) {
      const { type, seq, data, ticketId } = event
      // Who goes or changes places leaves alerts to others, and may take away one's own.
      if (/^(agent|team)\./.test(type)) stale = null
      if (OF_NO_CONSEQUENCE.has(type)) return alerts
      const alertId = type.startsWith('alert.') ? String(data['alertId']) : null
      if (alertId !== null) changedAt.set(alertId, seq)
      if (type === 'alert.acknowledged') {
        stale?.delete(alertId ?? '')
        return alerts.some(({ id }) => id === alertId) ? alerts.filter(({ id }) => id !== alertId) : alerts
      }
      if (alertId !== null) stale?.add(alertId)
      else if (ticketId !== null)
        for (const alert of alerts) if (alert.ticketId === ticketId) stale?.add(alert.id)
      return alerts
    },

    isStale: () => stale === null || stale.size > 0,

    takeStale() {
      const taken = stale !== null && stale.size <= SINGLY_AT_MOST ? stale : null
      stale = new Set()
      return taken
    },

    withAnswer(alerts, { items, seq }, ids) {
      const isOutdated = (id: string): boolean => (changedAt.get(id) ?? 0) > seq
      return [
        ...alerts.filter(({ id }) => isOutdated(id) || (ids !== null && !ids.has(id))),
        ...items.filter(({ id }) => !isOutdated(id)),
      ]
    },
  }
}
