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

/** For what the system makes of one. */
interface Wait {
  forget(): void
  /** UTC milliseconds; null once it is over. */
  until: number | null
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
  const shown = new Map<string, Wait>()

  function remove(id: string): void {
    shown.get(id)?.forget()
    if (shown.delete(id)) notifier.remove(id)
  }

  return {
    show({ onOutcome, onClicked, onAction, ...spec }) {
      const former = shown.get(spec.id)
      // What is replaced shares the fate of this one, and waits for it no longer than it would have.
      const patience = Math.min((former?.until ?? Infinity) - clock.now(), SHOWN_WITHIN_MS)
      former?.forget()
      let isOpen = true
      const close = (): void => {
        isOpen = false
        wait.until = null
        cancel()
      }
      const end = (reason: NotShownReason | null): void => {
        if (!isOpen) return
        close()
        onOutcome(reason)
      }
      const cancel = clock.after(Math.max(0, patience), () => end('timeout'))
      // Replaced or taken away before the system said anything: nothing is known, and nothing is reported.
      const wait: Wait = { forget: close, until: clock.now() + patience }
      shown.set(spec.id, wait)
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
