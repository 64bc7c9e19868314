import type { BusinessTime } from './calendar.ts'
import { isOpen, type Clock } from './clock.ts'
import type { Facts } from './facts.ts'
import { momentsOf, pendingMoments, type Moment } from './levels.ts'
import { levelsOf, type Book } from './sla-book.ts'

/** A level whose time has come, with the clock that it belongs to. */
export interface DueLevel extends Moment {
  at: number
  clock: Clock
}

/** The levels of an open clock whose moment has come and that have not been carried out, earliest first. */
export function dueLevels(
  book: Book,
  clock: Clock,
  { facts, time }: { facts: Facts; time: BusinessTime },
  now: number,
): DueLevel[] {
  if (!isOpen(clock)) return []
  const moments = momentsOf(clock, levelsOf(book, clock.policyId), facts, time)
  return pendingMoments(moments, clock).flatMap((moment) => (moment.at <= now ? [{ ...moment, clock }] : []))
}

export const isSamePromise = (a: Clock, b: Clock) => a.metric === b.metric && a.cycle === b.cycle

/** Somebody set another date: what has been carried out and is to come again, before and after that date, is carried out again. */
export function rearmed(
  book: Book,
  clock: Clock,
  { facts, time }: { facts: Facts; time: BusinessTime },
  now: number,
): Clock {
  if (!isOpen(clock) || Object.keys(clock.fired).length === 0) return clock
  const toCome = momentsOf(clock, levelsOf(book, clock.policyId), facts, time).flatMap(({ level, at }) =>
    at !== null && at > now ? [level.id] : [],
  )
  const fired = Object.entries(clock.fired).filter(([id]) => !toCome.includes(id))
  return fired.length === Object.keys(clock.fired).length
    ? clock
    : { ...clock, fired: Object.fromEntries(fired) }
}

/** When a level was carried out of which nobody was told anything: never. */
export const PASSED_OVER = 0

/** The clock once these of its levels count as carried out. */
export function withFired(clock: Clock, levels: readonly DueLevel[], firedAt: number): Clock {
  const own = levels.filter((due) => isSamePromise(due.clock, clock))
  const fired = own.map(({ level }) => [level.id, firedAt] as const)
  return fired.length === 0 ? clock : { ...clock, fired: { ...clock.fired, ...Object.fromEntries(fired) } }
}
