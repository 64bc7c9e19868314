import type { AlertView } from '../../server/alerts/contract.ts'
import type { Actor } from '../../server/events/contract.ts'
import type { Command } from '../outbox/command.ts'

const MINUTE_MS = 60_000

/** The alerts as they will be when the outbox is empty: what was acknowledged or put off here is quiet here at once. */
export function expectedAlerts(
  alerts: readonly AlertView[],
  commands: readonly Command[],
  me: Actor,
): AlertView[] {
  const coming = commands.filter(({ state }) => state !== 'refused')
  return alerts.map((alert) =>
    coming
      .filter(({ subject }) => subject === alert.id)
      .reduce((expected, command) => withCommand(expected, command, me), alert),
  )
}

/** An alert after one of the reader's own writes. */
function withCommand(alert: AlertView, { procedure, input, createdAt }: Command, me: Actor): AlertView {
  if (alert.acknowledgedAt !== null) return alert
  if (procedure === 'alerts.acknowledge') {
    const acknowledgedAt = new Date(createdAt).toISOString()
    return { ...alert, state: 'acknowledged', acknowledgedAt, acknowledgedBy: me }
  }
  if (procedure !== 'alerts.snooze') return alert
  const { minutes } = input as { minutes: number }
  const snoozedUntil = new Date(createdAt + minutes * MINUTE_MS).toISOString()
  return {
    ...alert,
    recipients: alert.recipients.map((part) => (part.agentId === me.id ? { ...part, snoozedUntil } : part)),
  }
}

/**
 * Which alerts to read again by themselves; null: the whole list. A list as long as the server gives was cut off: whatever leaves it
 * makes room for one that was never read.
 */
export function readSingly(
  known: readonly AlertView[] | null,
  stale: ReadonlySet<string> | null,
  { limit, most }: { limit: number; most: number },
): string[] | null {
  const isWhole = known !== null && known.length < limit
  return isWhole && stale !== null && stale.size <= most ? [...stale] : null
}
