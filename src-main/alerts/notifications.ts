/** The system's notifications: one per ticket, replaced by the newer, taken away when the matter is in hand; each with what became of it. */
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { DesktopPorts, NotificationSpec } from '../ports.ts'
import { reasonOfFailure } from './failures.ts'
import { SHOWN_WITHIN_MS } from './policy.ts'

interface Notification extends NotificationSpec {
  /** Told once: shown (null), or why not. */
  onOutcome(reason: NotShownReason | null): void
  onClicked(): void
  onAction(id: string): void
}

export interface Notifications {
  show(notification: Notification): void
  remove(id: string): void
  removeAll(): void
}

export function createNotifications({
  notifier,
  clock,
}: Pick<DesktopPorts, 'notifier' | 'clock'>): Notifications {
  /** By id: what cancels the wait for an outcome. */
  const shown = new Map<string, () => void>()

  function remove(id: string): void {
    shown.get(id)?.()
    if (shown.delete(id)) notifier.remove(id)
  }

  return {
    show({ onOutcome, onClicked, onAction, ...spec }) {
      shown.get(spec.id)?.()
      let isOpen = true
      const end = (reason: NotShownReason | null): void => {
        if (!isOpen) return
        isOpen = false
        cancel()
        onOutcome(reason)
      }
      const cancel = clock.after(SHOWN_WITHIN_MS, () => end('timeout'))
      // Replaced or taken away before the system said anything: nothing is known, and nothing is reported.
      shown.set(spec.id, () => {
        isOpen = false
        cancel()
      })
      try {
        notifier.show(spec, {
          onShown: () => end(null),
          onFailed: (error) => end(reasonOfFailure(error)),
          onClicked,
          onAction,
          onClosed: () => undefined,
        })
      } catch (error) {
        // However a system refuses, the alert goes on to the window of our own.
        end(reasonOfFailure(String(error)))
      }
    },
    remove,
    removeAll: () => [...shown.keys()].forEach(remove),
  }
}
