import type { AlertView } from '../../server/alerts/contract.ts'
import { partOf } from '../../server/alerts/standing.contract.ts'
import { createPacer } from './pacer.ts'

/** `delivered`: a screen shows it. `seen`: somebody looks at it. */
export type AlertReport = 'delivered' | 'seen'

/** The server takes so many ids at once. */
const IDS_PER_REPORT = 100
const EVERY_MS = 300

/**
 * Tells the server how far an alert got, each step once. Best effort: what could not be told is told with the next report, or
 * when `again` says that the server is back.
 */
export function createAlertReports(send: (report: AlertReport, ids: string[]) => Promise<unknown>) {
  const waiting: Record<AlertReport, Set<string>> = { delivered: new Set(), seen: new Set() }
  const told: Record<AlertReport, Set<string>> = { delivered: new Set(), seen: new Set() }
  const pacer = createPacer(EVERY_MS, sendWaiting)

  function report(kind: AlertReport, alerts: readonly AlertView[], agentId: string | null): void {
    for (const alert of alerts) {
      const part = partOf(alert, agentId)
      const isKnown = kind === 'delivered' ? part?.deliveredAt : part?.seenAt
      if (part && !isKnown && !told[kind].has(alert.id)) waiting[kind].add(alert.id)
    }
    again()
  }

  function again(): void {
    if (waiting.delivered.size + waiting.seen.size > 0) pacer.ask()
  }

  async function sendWaiting(): Promise<void> {
    for (const kind of ['delivered', 'seen'] as const) {
      const ids = [...waiting[kind]].slice(0, IDS_PER_REPORT)
      if (ids.length === 0) continue
      await send(kind, ids)
      for (const id of ids) {
        waiting[kind].delete(id)
        told[kind].add(id)
      }
    }
    again()
  }

  /** Another person sits down at this screen. */
  function clear(): void {
    for (const ids of [...Object.values(waiting), ...Object.values(told)]) ids.clear()
  }

  return { report, again, clear, stop: pacer.stop }
}
