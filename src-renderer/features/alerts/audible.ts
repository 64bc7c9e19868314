/** Which alerts a browser makes heard. Pure; on the desktop the main process decides by the same matrix. */
import type { AlertSettings, Tone } from '../../../src-main/alerts/ipc.ts'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { isQuietAt, noticeOf } from '../../../server/alerts/notice.contract.ts'
import {
  channelsOf,
  type AlertPreferences,
  type NoticeChannel,
} from '../../../server/alerts/preferences.contract.ts'

const HEARD = 'balcao.alertsHeard'
/** As many as can call at a time. */
const REMEMBERED = 200

export interface Wishes {
  readonly preferences: AlertPreferences
  readonly agentId: string | null
  /** Local wall-clock time. */
  readonly now: Date
}

/** Whether the person wants to be told of an alert in this way. Urgent ones come through whatever they chose. */
export function isWanted(
  alert: AlertView,
  channel: NoticeChannel,
  { preferences, agentId, now }: Wishes,
): boolean {
  if (alert.severity === 'urgent') return true
  const { kind, scope } = noticeOf(alert, agentId)
  const channels = channelsOf(preferences, kind, scope) ?? []
  return channels.includes(channel) && !isQuietAt(preferences.quiet, now)
}

/** The one sound for alerts that begin to call together: the most urgent one's. Null: none is to be heard. */
export function toneOf(
  calls: readonly AlertView[],
  sounds: AlertSettings['sounds'],
  wishes: Wishes,
): Tone | null {
  const audible = calls.filter((alert) => isWanted(alert, 'sound', wishes))
  for (const severity of ['urgent', 'warning', 'info'] as const)
    if (sounds[severity] && audible.some((alert) => alert.severity === severity)) return sounds[severity]
  return null
}

/** Those that no window of this PC has made heard at their level yet; they are remembered, over reloads too. */
export function notHeard(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  calls: readonly AlertView[],
): AlertView[] {
  const heard = (storage.getItem(HEARD) ?? '').split(' ')
  const keyOf = ({ id, level }: AlertView): string => `${id}:${level}`
  const fresh = calls.filter((alert) => !heard.includes(keyOf(alert)))
  if (fresh.length > 0) storage.setItem(HEARD, [...heard, ...fresh.map(keyOf)].slice(-REMEMBERED).join(' '))
  return fresh
}
