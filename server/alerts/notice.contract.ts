/** Under which cell of a person's choices something falls. Pure; the page and the desktop's main process go by it. */
import type { AlertView } from './contract.ts'
import {
  defaultCells,
  noticeScopes,
  type NoticeKind,
  type NoticeScope,
  type QuietHours,
} from './preferences.contract.ts'

/** The reasons of the server's alerts, by what people call them when they choose what to hear of. */
const KINDS: readonly (readonly [pattern: RegExp, kind: NoticeKind])[] = [
  [/^sla\.breached$/, 'promiseBreached'],
  [/^sla\./, 'promiseWarning'],
  [/^rule\.(raised|notified)$/, 'rule'],
  [/^reminder\./, 'reminder'],
  [/^routing\.offer$/, 'offer'],
  [/^flood\./, 'flood'],
]

export interface Notice {
  readonly kind: NoticeKind
  readonly scope: NoticeScope
}

/** Whoever was told first has it as theirs; those it climbed to have it as their team's. */
export function noticeOf(alert: Pick<AlertView, 'reason' | 'recipients'>, agentId: string | null): Notice {
  const kind = KINDS.find(([pattern]) => pattern.test(alert.reason))?.[1] ?? 'desk'
  const level = alert.recipients.find((part) => part.agentId === agentId)?.level ?? 1
  return { kind, scope: nearestScope(kind, level <= 1 ? 'mine' : 'team') }
}

/** A kind that knows no such scope is chosen under the nearest wider one, or its only one. */
export function nearestScope(kind: NoticeKind, scope: NoticeScope): NoticeScope {
  const offered = noticeScopes.filter((each) => each in defaultCells[kind])
  const wider = offered.find((each) => noticeScopes.indexOf(each) >= noticeScopes.indexOf(scope))
  return wider ?? offered.at(-1) ?? scope
}

/** `now` is local wall-clock time. Hours that end before they begin run over midnight and belong to the day they began on. */
export function isQuietAt(quiet: QuietHours | null, now: Date): boolean {
  if (quiet === null) return false
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const minute = now.getHours() * 60 + now.getMinutes()
  const today = now.getDay()
  const beganToday = quiet.days.includes(today)
  if (from < to) return beganToday && minute >= from && minute < to
  const beganYesterday = quiet.days.includes((today + 6) % 7)
  return (beganToday && minute >= from) || (beganYesterday && minute < to)
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
