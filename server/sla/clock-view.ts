import type { BusinessTime } from './calendar.ts'
import { isOpen, type Clock } from './clock.ts'
import type { ClockStatus, SlaClockView } from './contract.ts'

/** A clock as the wire shows it at `now`. */
export function toClockView(clock: Clock, time: BusinessTime, now: number): SlaClockView {
  const { metric, cycle, policyId, calendarId, targetMs, startedAt, dueAt, pausedSince, breachedAt } = clock
  return {
    metric,
    cycle,
    status: statusOf(clock, now),
    startedAt: toIso(startedAt),
    dueAt: toIsoOrNull(dueAt),
    remainingMs: remainingMs(clock, time, now),
    targetMs,
    pausedSince: toIsoOrNull(pausedSince),
    metAt: clock.outcome === 'met' ? toIsoOrNull(clock.stoppedAt) : null,
    breachedAt: toIsoOrNull(breachedAt),
    cancelledAt: clock.outcome === 'cancelled' ? toIsoOrNull(clock.stoppedAt) : null,
    manual: clock.manualDueAt !== null,
    policyId,
    calendarId,
  }
}

/** A missed deadline shows at once, even in the moment before the desk has acted on it. */
export function statusOf(clock: Clock, now: number): ClockStatus {
  if (clock.outcome === 'cancelled') return 'cancelled'
  if (clock.breachedAt !== null || isOverdue(clock, now)) return 'breached'
  if (clock.outcome === 'met') return 'met'
  return clock.pausedSince === null ? 'running' : 'paused'
}

const isOverdue = (clock: Clock, now: number) => isOpen(clock) && clock.dueAt !== null && clock.dueAt < now

function remainingMs(clock: Clock, time: BusinessTime, now: number): number {
  const { dueAt, targetMs, usedMs, pausedSince, manualDueAt, stoppedAt } = clock
  if (manualDueAt !== null) return time.between(stoppedAt ?? now, manualDueAt)
  if (isOpen(clock) && pausedSince === null && dueAt !== null) return time.between(now, dueAt)
  return targetMs === null ? 0 : targetMs - usedMs
}

const toIso = (at: number) => new Date(at).toISOString()
const toIsoOrNull = (at: number | null) => (at === null ? null : toIso(at))
