/** Which ticket the person is looking at: what a page shows, in the window that has the keyboard. */
import type { AppWindows } from '../windows/windows.ts'

export interface Viewing {
  /** A window's page shows another ticket, or none. */
  shows(windowId: number, ticketId: string | null): void
  /** Null: no window of ours has the keyboard, or it shows no ticket. */
  focusedTicket(): string | null
  /** The person has come to look at a ticket. */
  onRead(listener: (ticketId: string) => void): void
}

export function createViewing(
  windows: Pick<AppWindows, 'focused' | 'focusedTicketWindow' | 'onFocusChanged' | 'onClosed'>,
): Viewing {
  const shown = new Map<number, string>()
  const listeners: ((ticketId: string) => void)[] = []

  function focusedTicket(): string | null {
    const torn = windows.focusedTicketWindow()
    if (torn) return torn.ticketId
    const focused = windows.focused()
    return focused ? (shown.get(focused.id) ?? null) : null
  }

  function tell(): void {
    const ticketId = focusedTicket()
    if (ticketId !== null) for (const listener of listeners) listener(ticketId)
  }

  windows.onFocusChanged(tell)
  windows.onClosed((windowId) => void shown.delete(windowId))

  return {
    shows(windowId, ticketId) {
      if (ticketId === null) shown.delete(windowId)
      else shown.set(windowId, ticketId)
      tell()
    },
    focusedTicket,
    onRead: (listener) => void listeners.push(listener),
  }
}
