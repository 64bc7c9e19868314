/** Whether and how the person is told. Pure: everything it goes by is handed in. */
import { isQuietAt } from '../../server/alerts/notice.contract.ts'
import { channelsOf, type AlertPreferences } from '../../server/alerts/preferences.contract.ts'
import type { NotShownReason } from '../../server/alerts/screens.contract.ts'
import type { AttentionState } from '../ports.ts'
import type { Happening } from './happening.ts'
import type { AlertSettings, Tone } from './ipc.ts'

export interface Circumstances {
  readonly preferences: AlertPreferences
  readonly settings: AlertSettings
  /** Local wall-clock time. */
  readonly now: Date
  /** The ticket that the person is looking at, in a window of ours that has the keyboard. */
  readonly focusedTicketId: string | null
  readonly system: SystemSays
}

/** What is known of the system's own will. */
export interface SystemSays {
  readonly isSupported: boolean
  readonly permission: 'granted' | 'denied' | 'unknown'
  readonly attention: AttentionState
}

export interface Decision {
  /** Null: a notification of the system's is shown; else why not. */
  readonly notShown: NotShownReason | null
  readonly sound: Tone | null
  /** The system keeps an urgent alert from the person: the window of our own comes at once. */
  readonly ownWindow: boolean
}

/**
 * Urgent alerts come through whatever the person chose and whatever the hour; what the system forbids is gone round by our own sound
 * and window. Everything else honours the person's matrix, their quiet hours, and the system.
 */
export function decide(
  happening: Happening,
  { preferences, settings, now, focusedTicketId, system }: Circumstances,
): Decision {
  const isUrgent = happening.severity === 'urgent'
  const tone = settings.sounds[happening.severity]
  const blocked = blockedBy(system)
  const isLookedAt = happening.ticketId !== null && happening.ticketId === focusedTicketId

  if (isUrgent) {
    // Who looks at the ticket has its card before their eyes; the sound says that the card is new.
    if (isLookedAt) return { notShown: 'window_focused_on_ticket', sound: tone, ownWindow: false }
    return { notShown: blocked, sound: tone, ownWindow: blocked !== null }
  }

  const channels = channelsOf(preferences, happening.kind, happening.scope) ?? []
  const silent = { sound: null, ownWindow: false }
  if (isQuietAt(preferences.quiet, now)) return { notShown: 'quiet_hours', ...silent }
  if (isLookedAt) return { notShown: 'window_focused_on_ticket', ...silent }
  const sound = channels.includes('sound') && blocked !== 'os_dnd' ? tone : null
  const notShown = channels.includes('notification') ? blocked : 'preference'
  return { notShown, sound, ownWindow: false }
}

/** Why the system shows nothing of ours right now; null when it does, as far as it says. */
export function blockedBy({ isSupported, permission, attention }: SystemSays): NotShownReason | null {
  if (!isSupported) return 'not_supported'
  if (permission === 'denied') return 'permission_denied'
  return attention === 'dnd' || attention === 'presenting' ? 'os_dnd' : null
}
