import type { AlertShowing } from '../../../server/alerts/contract.ts'
import { isBlocking, type NotShownReason, type ScreenView } from '../../../server/alerts/screens.contract.ts'
import type { PresenceState } from '../../../server/routing/contract.ts'

export type BlockedScreen = ScreenView & { blocked: NotShownReason; blockedSince: string }

/** Computers that can't show alerts to somebody who is there to be shown them, the longest blocked first. */
export function blockedAtWork(
  screens: readonly ScreenView[],
  stateOf: (agentId: string) => PresenceState,
): BlockedScreen[] {
  return screens
    .filter(
      (screen): screen is BlockedScreen =>
        screen.blocked !== null && screen.blockedSince !== null && stateOf(screen.agent.id) !== 'offline',
    )
    .sort((a, b) => a.blockedSince.localeCompare(b.blockedSince))
}

/** What became of an alert on one person's computers. */
export type Outcome =
  { kind: 'shown'; screen: string } | { kind: 'blocked'; screen: string; reason: NotShownReason }

/** The first that was shown says it all; else the last that was withheld. What a person chose or had before them already is neither. */
export function outcomeOf(showings: readonly AlertShowing[]): (Outcome & { at: string }) | null {
  const shown = showings.find(({ reason }) => reason === null)
  if (shown) return { kind: 'shown', screen: shown.screen, at: shown.at }
  const withheld = showings.findLast(({ reason }) => reason !== null && isBlocking(reason))
  const { reason } = withheld ?? { reason: null }
  return withheld && reason ? { kind: 'blocked', screen: withheld.screen, reason, at: withheld.at } : null
}
