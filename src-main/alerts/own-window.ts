/** The window of our own, above all others: the way round a system that shows nothing, and for whoever was away. */
import type { DesktopWindow } from '../ports.ts'
import type { AlertCard } from './ipc.ts'

export interface OwnWindow {
  /** Shows exactly these; none hides it. `raise`: even if the person has put it away. */
  show(cards: readonly AlertCard[], raise: boolean): void
  /** The person puts it away until it is raised again. */
  putAway(): void
  isShown(): boolean
  /** What it shows, or would if it were not put away: for a page that starts again. */
  cards(): readonly AlertCard[]
}

export function createOwnWindow(window: () => DesktopWindow): OwnWindow {
  let isShown = false
  let isPutAway = false
  let said = '[]'
  let current: readonly AlertCard[] = []

  return {
    show(cards, raise) {
      const text = JSON.stringify(cards)
      if (raise) isPutAway = false
      const wanted = cards.length > 0 && !isPutAway
      // A window that was never needed need not be made to be told so.
      if (text !== said) window().send({ kind: 'alert-cards', cards })
      said = text
      current = cards
      if (wanted && (!isShown || raise)) window().showInactive()
      if (!wanted && isShown) window().hide()
      isShown = wanted
    },
    putAway() {
      isPutAway = true
      if (isShown) window().hide()
      isShown = false
    },
    isShown: () => isShown,
    cards: () => current,
  }
}
