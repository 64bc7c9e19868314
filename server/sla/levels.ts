import { rungs, type Rung } from '../alerts/ladder.contract.ts'
import type { BusinessTime } from './calendar.ts'
import { isOpen, reach, spansOf, type Clock } from './clock.ts'
import type { Level } from './contract.ts'
import type { Facts } from './facts.ts'

/** Before the deadline one is warned; from the deadline on somebody has to answer for it. */
export type Stage = 'warning' | 'breach'

export interface Moment {
  level: Level
  stage: Stage
  /** Milliseconds UTC; null while it can't be said: the clock is paused, or no calendar leads there. */
  at: number | null
}

/** What happens at a missed deadline when the policy says nothing about that moment: nothing becomes overdue in silence. */
const silentBreach = (metric: Level['metric']): Level => ({
  id: `breach:${metric}`,
  metric,
  offsetMinutes: 0,
  notify: ['agent'],
})

const MINUTE_MS = 60_000

/** All levels of a clock with their moments, earliest first; those that can't be told come last, in the ladder's order. */
export function momentsOf(
  clock: Clock,
  levels: readonly Level[],
  facts: Facts,
  time: BusinessTime,
): Moment[] {
  const own = levels.filter(({ metric }) => metric === clock.metric)
  const all = own.some((level) => isAtDeadline(level) && level.notify.length > 0)
    ? own
    : [...own, silentBreach(clock.metric)]
  return all
    .map((level) => ({ level, stage: stageOf(level), at: momentOf(clock, level, facts, time) }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || share(a.level) - share(b.level))
}

/**
 * Whether a level's moment goes by without a word: it was past before the level stood in the ladder, or it would warn of a
 * deadline that was missed before anybody could be warned. `previous` is the clock before this look.
 */
export function isMute(
  { level, stage, at }: Moment & { at: number },
  clock: Clock,
  previous?: Clock,
): boolean {
  const addedAt = level.addedAt === undefined ? 0 : Date.parse(level.addedAt)
  if (at < addedAt && clock.movedAt < addedAt) return true
  const { dueAt, breachedAt, movedAt } = clock
  if (stage === 'breach' || dueAt === null || breachedAt === null || dueAt > breachedAt) return false
  return typeof previous?.breachedAt === 'number' || breachedAt <= movedAt
}

/** Those of them that have not happened yet and will, or should have, as things stand. */
export const pendingMoments = (moments: readonly Moment[], { fired }: Clock): (Moment & { at: number })[] =>
  moments.filter(
    (moment): moment is Moment & { at: number } => moment.at !== null && !(moment.level.id in fired),
  )

/** When the clock has to be looked at next; null when nothing more will happen by itself. */
export function nextWakeOf(
  clock: Clock,
  levels: readonly Level[],
  facts: Facts,
  time: BusinessTime,
): number | null {
  if (!isOpen(clock)) return null
  const wakes = pendingMoments(momentsOf(clock, levels, facts, time), clock).map(({ at }) => at)
  if (clock.dueAt !== null && clock.breachedAt === null) wakes.push(afterDeadline(clock.dueAt))
  return wakes.length > 0 ? Math.min(...wakes) : null
}

/** A promise kept in the very millisecond of its deadline is kept, so a breach is seen one later. */
const afterDeadline = (dueAt: number) => dueAt + 1

function momentOf(clock: Clock, level: Level, facts: Facts, time: BusinessTime): number | null {
  const at =
    clock.manualDueAt === null
      ? usedUp(clock, level, facts, time)
      : around(clock, clock.manualDueAt, level, time)
  if (at === null || stageOf(level) === 'warning' || clock.dueAt === null) return at
  return Math.max(at, afterDeadline(clock.dueAt))
}

/** When so much of the target is used up: walking along what the clock really ran skips pauses and closed hours by itself. */
function usedUp(clock: Clock, level: Level, facts: Facts, time: BusinessTime): number | null {
  if (clock.targetMs === null) return null
  const used =
    level.atPercent === undefined
      ? clock.targetMs + (level.offsetMinutes ?? 0) * MINUTE_MS
      : (clock.targetMs * level.atPercent) / 100
  // A level before the clock's own start has nothing to warn of.
  return used <= 0 ? null : reach(spansOf(clock, facts), time, Math.round(used))
}

/** Before or after a person's date, in business time; a share is of the time between the ticket's beginning and that date. */
function around(clock: Clock, dueAt: number, level: Level, time: BusinessTime): number | null {
  const whole = Math.max(0, time.between(clock.startedAt, dueAt))
  const offset =
    level.atPercent === undefined
      ? (level.offsetMinutes ?? 0) * MINUTE_MS
      : Math.round((whole * (level.atPercent - 100)) / 100)
  // Without any time before the date there is no share of it, and no warning.
  if (whole === 0 && stageOf(level) === 'warning' && level.atPercent !== undefined) return null
  if (offset === 0) return dueAt
  const at = time.add(dueAt, offset)
  return at !== null && at <= clock.startedAt ? null : at
}

/**
 * How much further the desk's own ladder may take the alert of a missed deadline: above the highest rung that a level at or after the
 * deadline tells. What the policy says of the way up to there holds.
 */
export function rungsLeft(levels: readonly Level[], metric: Level['metric']): Rung[] {
  const told = levels
    .filter((level) => level.metric === metric && stageOf(level) === 'breach')
    .flatMap(({ notify }) => notify)
  return rungs.slice(rungs.findLastIndex((rung) => told.includes(rung)) + 1)
}

const isAtDeadline = ({ atPercent, offsetMinutes }: Level) => atPercent === 100 || offsetMinutes === 0

const stageOf = ({ atPercent, offsetMinutes = 0 }: Level): Stage =>
  (atPercent === undefined ? offsetMinutes >= 0 : atPercent >= 100) ? 'breach' : 'warning'

/** Orders levels whose moments are the same or unknown. */
const share = ({ atPercent, offsetMinutes = 0 }: Level) => atPercent ?? 100 + offsetMinutes / 100_000
