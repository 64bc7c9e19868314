/** The person's alerts as they stand right now, what they did a moment ago included. */
import type { AlertView } from '../../server/alerts/contract.ts'
import {
  byUrgency,
  newCalls,
  nextReturn,
  standingOf,
  withoutOvertaken,
  type AlertCall,
} from '../../server/alerts/standing.contract.ts'

const MINUTE_MS = 60_000

interface StandingChange {
  readonly calling: readonly AlertView[]
  readonly calls: readonly AlertCall[]
  /** No longer calling: in hand, put off, or another's. */
  readonly silenced: readonly AlertView[]
  /** When the next one that was put off comes back, UTC milliseconds. */
  readonly nextReturn: number | null
}

export interface Standing {
  /** Takes what the server knows. */
  follow(alerts: readonly AlertView[], agentId: string, now: number): StandingChange
  /** Quiet from now on, before the server has heard of it; until the given instant (UTC ms), or for good. */
  quiet(alertId: string, until: number | null): void
  forget(): void
}

export function createStanding(): Standing {
  /** The level at which each alert called last. */
  const heard = new Map<string, number>()
  /** Own acts that may still be on their way. */
  const quieted = new Map<string, number | null>()
  let calling: readonly AlertView[] = []

  const withOwnAct = (alert: AlertView, agentId: string, now: number): AlertView => {
    const until = quieted.get(alert.id)
    if (until === undefined) return alert
    if (until === null)
      return { ...alert, acknowledgedAt: alert.acknowledgedAt ?? new Date(now).toISOString() }
    const snoozedUntil = new Date(until).toISOString()
    return {
      ...alert,
      recipients: alert.recipients.map((part) =>
        part.agentId === agentId ? { ...part, snoozedUntil } : part,
      ),
    }
  }

  return {
    follow(alerts, agentId, now) {
      for (const [id, until] of quieted) {
        const known = alerts.find((alert) => alert.id === id)
        const isOver = until !== null && until <= now
        // An earlier snooze, which is over, says nothing of what the person has done since.
        const isKnown =
          known &&
          (until === null ? known.acknowledgedAt !== null : standingOf(known, agentId, now) !== 'calling')
        if (!known || isOver || isKnown) quieted.delete(id)
      }
      const open = withoutOvertaken(alerts.map((alert) => withOwnAct(alert, agentId, now)))
      const before = calling
      calling = open.filter((alert) => standingOf(alert, agentId, now) === 'calling').sort(byUrgency)
      const calls = newCalls(heard, new Set(before.map(({ id }) => id)), calling)
      for (const { id, level } of calling) heard.set(id, level)
      const ids = new Set(calling.map(({ id }) => id))
      return {
        calling,
        calls,
        silenced: before.filter(({ id }) => !ids.has(id)),
        nextReturn: nextReturn(open, agentId, now),
      }
    },
    quiet: (alertId, until) => void quieted.set(alertId, until),
    forget() {
      heard.clear()
      quieted.clear()
      calling = []
    },
  }
}

/** `minutes` from now, UTC milliseconds. */
export const snoozeEnd = (now: number, minutes: number): number => now + minutes * MINUTE_MS
