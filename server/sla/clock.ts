import type { StatusClass } from '../catalog/contract.ts'
import type { BusinessTime } from './calendar.ts'
import { metrics, type Metric } from './contract.ts'
import { isDone, type Facts, type Phase } from './facts.ts'

/** What a ticket is promised at this moment: its policy's targets for its priority. Durations are milliseconds. */
export interface Terms {
  policyId: string | null
  calendarId: string | null
  /** What the calendar says now; null counts round the clock. */
  revisionId: string | null
  targets: Record<Metric, number | null>
  pauseOn: Record<Metric, readonly StatusClass[]>
}

/** One promise. Everything but `breachedAt` and `fired` follows from facts and terms while it is open; stopped, it stays as it is. */
export interface Clock {
  metric: Metric
  /** Of further answers, which one; reopening goes on with the same. */
  cycle: number
  policyId: string | null
  calendarId: string | null
  revisionId: string | null
  /** Null when only a person's date binds. */
  targetMs: number | null
  pauseOn: readonly StatusClass[]
  manualDueAt: number | null
  startedAt: number
  stoppedAt: number | null
  outcome: 'met' | 'cancelled' | null
  /** Null while paused, and where no calendar leads so far. */
  dueAt: number | null
  /** The deadline that was missed; never taken back. */
  breachedAt: number | null
  pausedSince: number | null
  /** Business time used in the stretches that are over; all of it, while the clock doesn't run. */
  usedMs: number
  /** Since when this deadline holds. */
  movedAt: number
  /** Escalation levels that have been carried out, and when; 0 are those that were passed over. */
  fired: Record<string, number>
}

/** A stretch in which a clock ran; without an end it still does. */
export type Span = [from: number, until: number | null]

interface Life {
  cycle: number
  startedAt: number
  end: { at: number; outcome: 'met' | 'cancelled' } | null
}

/** A promise that a ticket without terms still gives: the date a person set. */
export const noTerms: Terms = {
  policyId: null,
  calendarId: null,
  revisionId: null,
  targets: { firstResponse: null, nextResponse: null, resolution: null },
  pauseOn: { firstResponse: [], nextResponse: [], resolution: [] },
}

/**
 * The clocks of a ticket after its facts or its terms may have changed: at most one per metric, in the order of {@link metrics}.
 * Open ones are reckoned from the start, stopped ones stay untouched. Call it after every single fact.
 */
export function clocksOf(
  facts: Facts,
  terms: Terms,
  before: readonly Clock[],
  time: BusinessTime,
  now: number,
): Clock[] {
  return metrics.flatMap((metric) => {
    const known = before.find((clock) => clock.metric === metric)
    const clock = clockOf(metric, facts, terms, known, time, now)
    return clock ? [clock] : []
  })
}

function clockOf(
  metric: Metric,
  facts: Facts,
  terms: Terms,
  known: Clock | undefined,
  time: BusinessTime,
  now: number,
): Clock | undefined {
  const life = lifeOf(metric, facts, known)
  if (!life) return known
  const isSame = known?.cycle === life.cycle
  if (known && isSame && known.outcome !== null && life.end) return known
  const targetMs = terms.targets[metric]
  const manualDueAt = metric === 'resolution' ? facts.dueAt : null
  if (targetMs === null && manualDueAt === null)
    return known && isSame && known.outcome === null ? stopped(known, now, 'cancelled') : known
  // What was over before anybody promised anything is no promise kept.
  if (!known && life.end && life.end.at < now) return undefined
  const previous = isSame ? known : undefined
  const clock: Clock = {
    metric,
    cycle: life.cycle,
    policyId: terms.policyId,
    calendarId: terms.calendarId,
    revisionId: terms.revisionId,
    targetMs,
    pauseOn: terms.pauseOn[metric],
    manualDueAt,
    startedAt: life.startedAt,
    stoppedAt: life.end?.at ?? null,
    outcome: life.end?.outcome ?? null,
    dueAt: null,
    breachedAt: previous?.breachedAt ?? null,
    pausedSince: null,
    usedMs: 0,
    movedAt: now,
    fired: previous?.fired ?? {},
  }
  return reckoned(clock, previous, facts, time, now)
}

/** Fills in what follows from the facts: time used, the deadline, whether it was missed. */
function reckoned(
  clock: Clock,
  previous: Clock | undefined,
  facts: Facts,
  time: BusinessTime,
  now: number,
): Clock {
  const until = clock.stoppedAt ?? now
  const dueAt = clock.manualDueAt ?? targetReached(clock, facts, time) ?? dueWhenStopped(clock, previous)
  const movedAt = previous && previous.dueAt === dueAt ? previous.movedAt : now
  // A target that shrank below what is already used is missed now, not in the past: nobody had promised it then.
  const missedAt = dueAt !== null && dueAt < until ? Math.max(dueAt, Math.min(movedAt, until)) : null
  return {
    ...clock,
    dueAt,
    movedAt,
    breachedAt: clock.breachedAt ?? missedAt,
    pausedSince: pausedSince(clock, facts),
    usedMs: usedUntil(finished(spansOf(clock, facts)), time, until),
  }
}

/** When the target is used up, going on as now; a stop doesn't hide when it would have been. */
const targetReached = (clock: Clock, facts: Facts, time: BusinessTime) =>
  clock.targetMs === null ? null : reach(spansOf({ ...clock, stoppedAt: null }, facts), time, clock.targetMs)

const dueWhenStopped = ({ outcome }: Clock, previous: Clock | undefined) =>
  outcome === null ? null : (previous?.dueAt ?? null)

/** A person's date never waits. */
function pausedSince({ outcome, manualDueAt, pauseOn, startedAt }: Clock, { phases }: Facts): number | null {
  const [since, phase] = phases.at(-1) ?? [startedAt, 'new']
  const isPaused = outcome === null && manualDueAt === null && !runsIn(phase, pauseOn)
  return isPaused ? Math.max(since, startedAt) : null
}

/** When a promise of this kind began and, if it did, how it ended. Undefined: there is none to speak of, or nothing new of it. */
function lifeOf(metric: Metric, facts: Facts, known: Clock | undefined): Life | undefined {
  const done = doneSince(facts)
  if (metric === 'firstResponse') {
    const answered = facts.firstAnsweredAt
    const end =
      answered !== null
        ? { at: answered, outcome: 'met' as const }
        : done && { ...done, outcome: 'cancelled' as const }
    return { cycle: 1, startedAt: facts.createdAt, end }
  }
  if (metric === 'resolution') return { cycle: 1, startedAt: facts.createdAt, end: done }
  if (facts.unansweredSince !== null && !done)
    return { cycle: facts.rounds, startedAt: facts.unansweredSince, end: null }
  if (known?.outcome !== null) return undefined
  const { lastAnsweredAt } = facts
  const isAnswered =
    lastAnsweredAt !== null &&
    lastAnsweredAt >= known.startedAt &&
    facts.unansweredSince === null &&
    facts.releasedRound !== known.cycle
  const end = isAnswered
    ? { at: lastAnsweredAt, outcome: 'met' as const }
    : { at: done?.at ?? known.startedAt, outcome: 'cancelled' as const }
  return { cycle: known.cycle, startedAt: known.startedAt, end }
}

/** Since when the ticket has been done without a break, and how that counts; null while it lives. */
export function doneSince({ phases }: Facts): { at: number; outcome: 'met' | 'cancelled' } | null {
  const lived = phases.findLastIndex(([, phase]) => !isDone(phase))
  const first = phases[lived + 1]
  return first ? { at: first[0], outcome: first[1] === 'cancelled' ? 'cancelled' : 'met' } : null
}

/** The stretches in which the clock ran, in order: not while it is paused, and not while the ticket was done. */
export function spansOf(
  { startedAt, stoppedAt, pauseOn }: Pick<Clock, 'startedAt' | 'stoppedAt' | 'pauseOn'>,
  { phases }: Facts,
): Span[] {
  const spans: Span[] = []
  for (const [index, [at, phase]] of phases.entries()) {
    const next = phases[index + 1]?.[0] ?? null
    const from = Math.max(at, startedAt)
    const until = next !== null && stoppedAt !== null ? Math.min(next, stoppedAt) : (next ?? stoppedAt)
    if (!runsIn(phase, pauseOn) || (until !== null && until <= from)) continue
    const last = spans.at(-1)
    if (last?.[1] === from) last[1] = until
    else spans.push([from, until])
  }
  return spans
}

const runsIn = (phase: Phase, pauseOn: readonly StatusClass[]) =>
  !isDone(phase) && !(pauseOn as readonly Phase[]).includes(phase)

/** The instant at which `ms` of business time are used up in these spans; null when they end before that. */
export function reach(spans: readonly Span[], time: BusinessTime, ms: number): number | null {
  let left = ms
  for (const [index, [from, until]] of spans.entries()) {
    if (until === null) return time.add(from, left)
    const length = time.between(from, until)
    // Running out in the very moment of a pause is not running out: the rest of no time is still to come.
    if (left < length) return time.add(from, left)
    left -= length
    if (index === spans.length - 1) return null
  }
  return null
}

const finished = (spans: readonly Span[]) => spans.filter(([, until]) => until !== null)

/** Business time used in these spans until `now`. */
export function usedUntil(spans: readonly Span[], time: BusinessTime, now: number): number {
  return spans.reduce((sum, [from, until]) => {
    const end = Math.min(until ?? now, now)
    return end > from ? sum + time.between(from, end) : sum
  }, 0)
}

const stopped = (clock: Clock, at: number, outcome: 'met' | 'cancelled'): Clock => ({
  ...clock,
  stoppedAt: at,
  outcome,
  pausedSince: null,
})

/** Whether anything of this promise can still happen. */
export const isOpen = (clock: Clock): boolean => clock.outcome === null

/** The nearest deadline of those that still run; null when nothing does. */
export function nearestDue(clocks: readonly Clock[]): number | null {
  const due = clocks.filter(isOpen).flatMap(({ dueAt }) => dueAt ?? [])
  return due.length > 0 ? Math.min(...due) : null
}
