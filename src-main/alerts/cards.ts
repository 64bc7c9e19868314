/** What stands in the window of our own. */
import type { AlertView } from '../../server/alerts/contract.ts'
import type { DesktopWindow } from '../ports.ts'
import { content, type Reader } from './content.ts'
import { alertHappening } from './happening.ts'
import type { AlertCard } from './ipc.ts'
import { createOwnWindow } from './own-window.ts'
import type { Pressing } from './pressing.ts'
import type { Reports } from './reports.ts'

export interface Cards {
  /** Brings the window up to date; `raise`: even if the person has put it away. */
  show(calling: readonly AlertView[], raise: boolean): void
  putAway(): void
  current(): readonly AlertCard[]
}

export interface CardsDeps {
  readonly pressing: Pick<Pressing, 'hasWindow' | 'calls'>
  readonly reports: Pick<Reports, 'showing'>
  /** Whether this computer's people want that window. */
  isWanted(): boolean
  reader(): Reader
  /** Who reads them. */
  agentId(): string | null
  window(): DesktopWindow
}

export function createCards({ pressing, reports, isWanted, reader, agentId, window }: CardsDeps): Cards {
  const ownWindow = createOwnWindow(window)

  return {
    show(calling, raise) {
      const cards = calling
        .filter(({ id }) => isWanted() && pressing.hasWindow(id))
        .map((alert) => ({
          id: alert.id,
          ticketId: alert.ticketId,
          severity: alert.severity,
          ...content(alertHappening(alert, 'repeat', agentId()), reader()),
          raisedAt: alert.raisedAt,
          calls: pressing.calls(alert.id),
        }))
      const wasShown = ownWindow.isShown()
      ownWindow.show(cards, raise)
      if (ownWindow.isShown() && (raise || !wasShown))
        for (const { id } of cards) reports.showing(id, 'window', null)
    },
    putAway: () => ownWindow.putAway(),
    current: () => ownWindow.cards(),
  }
}
