/** What is usual on this day of the week, from what there was on its last eight. */
import type { BusinessTime } from '../sla/calendar.ts'
import type { Ask } from '../store/consistent-reader.ts'
import type { HourLive, LiveSnapshot } from './contract.ts'
import { MINUTES, type OfficeDay, type OfficeTime } from './office-day.ts'
import { isIn, keep, type Scope } from './scope.ts'

const WEEKS = 8
const MINUTE_MS = 60_000

type TeamId = string | null
type Range = NonNullable<HourLive['usual']>
/** How many by each minute of the day. */
type Minutes = Uint32Array

/** One day gone by, by team. */
interface PastDay {
  arrived: ReadonlyMap<TeamId, Minutes>
  resolved: ReadonlyMap<TeamId, Minutes>
}

/** Days of the same weekday that were no holidays, once the desk was at work. */
export function readUsual(ask: Ask, office: OfficeTime, time: BusinessTime, now: number): Usual {
  const today = office.dayAt(now)
  const [first] = ask<{ at: number | null }>('SELECT min(createdAt) AS at FROM ticket')
  const began = first?.at ?? Infinity
  const days = Array.from({ length: WEEKS }, (_, index) => office.day(today.number - 7 * (index + 1)))
  return new Usual(
    days
      .filter((day) => day.from >= began && !isHoliday(time, day))
      .map((day) => ({
        arrived: byMinute(ask, office, day, 'createdAt'),
        resolved: byMinute(ask, office, day, 'resolvedAt'),
      })),
  )
}

const isHoliday = (time: BusinessTime, { from, until }: OfficeDay) =>
  time.stretches(from, until).some(({ state }) => state === 'holiday')

/** By the index of each; what went on in another ticket was not resolved. */
const among = {
  createdAt: 'INDEXED BY ticket_by_arrival WHERE createdAt IS NOT NULL',
  resolvedAt: 'INDEXED BY ticket_by_resolution WHERE resolvedAt IS NOT NULL AND mergedIntoId IS NULL',
}

function byMinute(
  ask: Ask,
  office: OfficeTime,
  { from, until }: OfficeDay,
  column: 'createdAt' | 'resolvedAt',
): Map<TeamId, Minutes> {
  const rows = ask<{ teamId: TeamId; minute: number; count: number }>(
    `SELECT teamId, ${column} / ${MINUTE_MS} AS minute, count(*) AS count FROM ticket ${among[column]} AND ${column} >= ? AND ${column} < ? GROUP BY teamId, minute`,
    ...[from, until],
  )
  const found = new Map<TeamId, Minutes>()
  for (const { teamId, minute, count } of rows) {
    const minutes = found.get(teamId) ?? new Uint32Array(MINUTES)
    const index = office.minuteAt(minute * MINUTE_MS)
    minutes[index] = (minutes[index] ?? 0) + count
    found.set(teamId, minutes)
  }
  return found
}

interface ScopeUsual {
  hours: (Range | null)[]
  /** Of each day, how many there were up to and with each minute. */
  arrived: Minutes[]
  resolved: Minutes[]
}

/** Reckoned once and then asked with every push. */
export class Usual {
  readonly #days: readonly PastDay[]
  readonly #byScope = new Map<string, ScopeUsual>()

  constructor(days: readonly PastDay[]) {
    this.#days = days
  }

  hour(scope: Scope, hour: number): Range | null {
    return this.#of(scope).hours[hour] ?? null
  }

  /** Up to and with this minute of the day. */
  until(scope: Scope, minute: number): Pick<LiveSnapshot['today'], 'usualArrived' | 'usualResolved'> {
    const { arrived, resolved } = this.#of(scope)
    const at = (sums: Minutes[]) => rangeOf(sums.map((sum) => sum[minute] ?? 0))
    return { usualArrived: at(arrived), usualResolved: at(resolved) }
  }

  #of(scope: Scope): ScopeUsual {
    let known = this.#byScope.get(scope.key)
    if (!known) {
      const arrived = this.#days.map((day) => sumsOf(day.arrived, scope))
      known = {
        arrived,
        resolved: this.#days.map((day) => sumsOf(day.resolved, scope)),
        hours: Array.from({ length: 24 }, (_, hour) => rangeOf(arrived.map((sums) => within(sums, hour)))),
      }
      keep(this.#byScope, scope.key, known)
    }
    return known
  }
}

function sumsOf(teams: ReadonlyMap<TeamId, Minutes>, scope: Scope): Minutes {
  const sums = new Uint32Array(MINUTES)
  for (const [teamId, minutes] of teams)
    if (isIn(scope, teamId))
      for (const [index, count] of minutes.entries()) sums[index] = (sums[index] ?? 0) + count
  for (let index = 1; index < MINUTES; index++) sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0)
  return sums
}

const within = (sums: Minutes, hour: number) =>
  (sums[hour * 60 + 59] ?? 0) - (hour === 0 ? 0 : (sums[hour * 60 - 1] ?? 0))

/** By the nearest rank, so that each was really seen. Null for no days. */
export function rangeOf(counts: readonly number[]): Range | null {
  const sorted = counts.toSorted((a, b) => a - b)
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]
  const [low, middle, high] = [rank(0.1), rank(0.5), rank(0.9)]
  return low === undefined || middle === undefined || high === undefined ? null : { low, middle, high }
}
