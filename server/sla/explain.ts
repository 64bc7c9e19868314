import type { BusinessTime, Stretch } from './calendar.ts'
import { isOpen, spansOf, usedUntil, type Clock } from './clock.ts'
import { statusOf } from './clock-view.ts'
import type { ExplainedSegment, Explanation, Level } from './contract.ts'
import { PASSED_OVER } from './due-levels.ts'
import { isDone, type Facts } from './facts.ts'
import { momentsOf } from './levels.ts'

const MINUTE_MS = 60_000
const YEAR_MS = 366 * 24 * 60 * MINUTE_MS
/** More stretches than anybody reads: a year of lunch breaks. */
const MOST_SEGMENTS = 1_000

interface Named {
  policy: Explanation['policy']
  calendar: Explanation['calendar']
  dueReason: string | null
}

/** Why a promise is due when it is: every stretch from its beginning to its end, counted or not, with the reason. */
export function explain(
  clock: Clock,
  facts: Facts,
  { levels, time, now }: { levels: readonly Level[]; time: BusinessTime; now: number },
  { policy, calendar, dueReason }: Named,
): Explanation {
  const { metric, cycle, targetMs, startedAt, stoppedAt, manualDueAt, dueAt } = clock
  return {
    metric,
    cycle,
    status: statusOf(clock, now),
    policy,
    calendar,
    target: targetMs === null ? null : targetMs / MINUTE_MS,
    used: inMinutes(usedUntil(spansOf(clock, facts), time, stoppedAt ?? now)),
    startedAt: toIso(startedAt),
    stoppedAt: stoppedAt === null ? null : toIso(stoppedAt),
    segments: segmentsOf(clock, facts, time, now),
    dueAt: dueAt === null ? null : toIso(dueAt),
    manual: manualDueAt === null ? null : { dueAt: toIso(manualDueAt), reason: dueReason },
    levels: momentsOf(clock, levels, facts, time).map(({ level, at }) => {
      const firedAt = clock.fired[level.id]
      const isPassedOver = firedAt === PASSED_OVER
      return {
        id: level.id,
        at: at === null || !isOpen(clock) || isPassedOver ? null : toIso(at),
        firedAt: firedAt === undefined || isPassedOver ? null : toIso(firedAt),
        notify: level.notify,
        offset: level.atPercent === undefined ? `${level.offsetMinutes ?? 0}m` : `${level.atPercent}%`,
      }
    }),
  }
}

/** Until it stopped; else until it is due, or until now when that is later or not known. */
function segmentsOf(clock: Clock, facts: Facts, time: BusinessTime, now: number): ExplainedSegment[] {
  const end = clock.stoppedAt ?? Math.max(now, clock.dueAt ?? now)
  const segments: ExplainedSegment[] = []
  for (const [index, [at, phase]] of facts.phases.entries()) {
    const from = Math.max(at, clock.startedAt)
    const to = Math.min(facts.phases[index + 1]?.[0] ?? end, end)
    if (to <= from) continue
    const waits =
      clock.manualDueAt === null && (isDone(phase) || (clock.pauseOn as readonly string[]).includes(phase))
    if (waits) segments.push(segment(from, to, 'paused', phase))
    else
      for (const { from: start, to: until, state, holiday } of someStretches(time, from, to, segments.length))
        segments.push(segment(start, until, state === 'open' ? 'counted' : state, holiday ?? state))
    if (segments.length >= MOST_SEGMENTS) break
  }
  return segments.slice(0, MOST_SEGMENTS)
}

/** No more of them than can be shown: a date that was set for the end of the century has tens of thousands. */
function someStretches(time: BusinessTime, from: number, to: number, known: number): Stretch[] {
  let length = 2 * YEAR_MS
  let stretches = time.stretches(from, Math.min(to, from + length))
  while (known + stretches.length <= MOST_SEGMENTS && from + length < to) {
    length *= 2
    stretches = time.stretches(from, Math.min(to, from + length))
  }
  return stretches
}

const segment = (
  from: number,
  to: number,
  state: ExplainedSegment['state'],
  reason: string,
): ExplainedSegment => ({
  from: toIso(from),
  to: toIso(to),
  state,
  reason,
  minutes: inMinutes(to - from),
})

const inMinutes = (ms: number) => Math.round((ms / MINUTE_MS) * 1_000) / 1_000

const toIso = (at: number) => new Date(at).toISOString()
