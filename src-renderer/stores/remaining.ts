import type { OpenStretches } from '../../server/sla/calendar.contract.ts'
import type { SlaClockView } from '../../server/sla/contract.ts'

/** How much of a promise is left. */
export interface Remaining {
  /** Business time; negative is how long ago the deadline passed, by the clock on the wall. */
  ms: number
  /** Whether it changes as time goes by. */
  isTicking: boolean
  /** When counting goes on, in UTC ms; null while it counts, or when nobody knows. */
  opensAt: number | null
}

type Open = readonly (readonly [from: number, until: number])[]

/**
 * What is left of a promise at `nowMs`, counted by its calendar. What lies beyond the stretches that are known stands at what the
 * server said when the ticket was read.
 */
export function remainingOf(clock: SlaClockView, nowMs: number, stretches: OpenStretches | null): Remaining {
  const lateSince = lateSinceOf(clock, nowMs)
  if (lateSince !== null) return byTheWall(lateSince, nowMs)
  if (!isRunning(clock)) return { ms: clock.remainingMs, isTicking: false, opensAt: null }
  const dueMs = Date.parse(clock.dueAt)
  if (clock.calendarId === null) return byTheWall(dueMs, nowMs)
  const open = stretches?.calendars[clock.calendarId]
  if (!stretches || !open || nowMs < stretches.from || nowMs >= stretches.until)
    return { ms: clock.remainingMs, isTicking: true, opensAt: null }
  const opensAt = nextOpen(open, nowMs)
  // A person may set a date at an hour when nobody works.
  if (opensAt !== null && opensAt >= dueMs) return byTheWall(dueMs, nowMs)
  const ms = dueMs <= stretches.until ? openBetween(open, nowMs, dueMs) : clock.remainingMs
  const isTicking = opensAt === nowMs
  return { ms, isTicking, opensAt: isTicking ? null : opensAt }
}

const byTheWall = (at: number, nowMs: number): Remaining => ({
  ms: at - nowMs,
  isTicking: true,
  opensAt: null,
})

/** Since when an open promise has been late; a missed deadline stays missed, whatever the target is afterwards. */
function lateSinceOf(clock: SlaClockView, nowMs: number): number | null {
  if (!isOpenClock(clock)) return null
  if (clock.breachedAt !== null) return Date.parse(clock.breachedAt)
  const dueMs = clock.dueAt === null ? Infinity : Date.parse(clock.dueAt)
  return nowMs > dueMs ? dueMs : null
}

const isRunning = (clock: SlaClockView): clock is SlaClockView & { dueAt: string } =>
  isOpenClock(clock) && clock.pausedSince === null && clock.dueAt !== null

/** Still to be kept, whether it runs, waits or is late. */
export const isOpenClock = ({ status, metAt, cancelledAt }: SlaClockView): boolean =>
  status !== 'met' && status !== 'cancelled' && metAt === null && cancelledAt === null

/** The open clock that counts most: the nearest deadline, or the least time left when all are paused. */
export function nearestClock(clocks: readonly SlaClockView[]): SlaClockView | null {
  const open = clocks.filter(isOpenClock)
  const running = open.filter(({ dueAt }) => dueAt !== null)
  const weight = (clock: SlaClockView) => (clock.dueAt === null ? clock.remainingMs : Date.parse(clock.dueAt))
  const [nearest = null] = (running.length > 0 ? running : open).toSorted((a, b) => weight(a) - weight(b))
  return nearest
}

export type ClockState = 'running' | 'soon' | 'overdue' | 'paused' | 'outside' | 'met' | 'late' | 'cancelled'

const LAST_HOUR_MS = 3_600_000

/** How a promise stands. It presses in the last quarter of its time, at most an hour. */
export function clockStateOf(clock: SlaClockView, { ms, isTicking }: Remaining): ClockState {
  if (clock.status === 'cancelled' || clock.cancelledAt !== null) return 'cancelled'
  if (!isOpenClock(clock)) return clock.breachedAt === null ? 'met' : 'late'
  if (clock.breachedAt !== null || (clock.dueAt !== null && ms < 0)) return 'overdue'
  if (!isRunning(clock)) return 'paused'
  if (!isTicking) return 'outside'
  return ms <= Math.min(LAST_HOUR_MS, (clock.targetMs ?? Infinity) / 4) ? 'soon' : 'running'
}

/** Open time in `[from, until)`. */
function openBetween(open: Open, from: number, until: number): number {
  return open.reduce(
    (sum, [opens, closes]) => sum + Math.max(0, Math.min(closes, until) - Math.max(opens, from)),
    0,
  )
}

/** `at` itself when it is open; null when nothing opens any more. */
function nextOpen(open: Open, at: number): number | null {
  const next = open.find(([, closes]) => closes > at)
  return next ? Math.max(next[0], at) : null
}
