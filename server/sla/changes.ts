import { isOpen, type Clock } from './clock.ts'
import type { Stage } from './levels.ts'

/** Under this there is one alert. */
export const alertKey = (ticketId: string, { metric, cycle }: Clock, stage: Stage) =>
  `sla:${ticketId}:${metric}:${cycle}:${stage}`

/** Later than this and people ought to know that it was the desk's doing: the server was off, or asleep. */
const LATE_MS = 60_000

/** How much later than it should have something happens; null when that is not worth a word. */
export function latenessOf(at: number | null, { movedAt }: Clock, now: number): number | null {
  // A deadline that moved into the past was not missed before it moved.
  const late = at === null ? 0 : now - Math.max(at, movedAt)
  return late >= LATE_MS ? late : null
}

export const toEventData = ({ metric, cycle, policyId, dueAt, breachedAt }: Clock) => ({
  metric,
  cycle,
  policyId,
  // A date that was set in place of one that was missed is what people go by now.
  dueAt: toIso(dueAt ?? breachedAt),
})

const toIso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** What happened to one clock between two plans. */
export interface ClockChange {
  clock: Clock
  before: Clock | undefined
  /** Its deadline was missed just now. */
  isBreach: boolean
  /** It no longer presses: kept, called off, paused, or put off to another date, before which its levels come again. */
  isIdle: boolean
}

/** What became of each clock; clocks that go on as before are left out. */
export function changesOf(before: readonly Clock[], after: readonly Clock[]): ClockChange[] {
  return after.flatMap((clock) => {
    const old = before.find(({ metric, cycle }) => metric === clock.metric && cycle === clock.cycle)
    const change = {
      clock,
      before: old,
      isBreach: clock.breachedAt !== null && (old === undefined || old.breachedAt === null),
      isIdle:
        (!isOpen(clock) && (!old || isOpen(old))) ||
        (clock.pausedSince !== null && old?.pausedSince === null) ||
        (old !== undefined && Object.keys(old.fired).some((id) => !(id in clock.fired))),
    }
    const isReopened = old !== undefined && !isOpen(old) && isOpen(clock)
    return change.isBreach || change.isIdle || isReopened ? [change] : []
  })
}

/** Whether anybody may have been told of it. */
export const wasHeardOf = ({ fired, breachedAt }: Clock) =>
  breachedAt !== null || Object.keys(fired).length > 0
