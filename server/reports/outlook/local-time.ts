import { zoneOf } from '../../sla/zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Days and hours as a place counts them. A day is its number since 1970-01-01; instants are milliseconds UTC. */
export interface LocalTime {
  dayOf(at: number): number
  /** 0–23. */
  hourOf(at: number): number
  /** When the next hour begins, which is not Greenwich's everywhere. */
  nextHourAt(at: number): number
  /** The first instant of the day, also where clocks skip its midnight. */
  startOf(day: number): number
  /** When each hour of the day begins: 23 or 25 of them where clocks change. */
  hoursOf(day: number): number[]
}

/** @throws RangeError for a zone that this machine doesn't know. */
export function localTime(timezone: string): LocalTime {
  const zone = zoneOf(timezone)
  const offsetAt = (at: number): number => {
    const spans = zone.spansOf(new Date(at).getUTCFullYear())
    return (spans.find(({ until }) => at < until) ?? spans.at(-1))?.offsetMs ?? 0
  }
  const dayOf = (at: number) => Math.floor((at + offsetAt(at)) / DAY_MS)
  function startOf(day: number): number {
    // The offset of the evening before and that of the day after are all that it can be.
    const [before, after] = [offsetAt((day - 1) * DAY_MS), offsetAt((day + 1) * DAY_MS)]
    const starts = [day * DAY_MS - before, day * DAY_MS - after].sort((a, b) => a - b)
    return starts.find((at) => dayOf(at) === day) ?? Math.max(...starts)
  }
  return {
    dayOf,
    hourOf: (at) => Math.floor(((at + offsetAt(at)) % DAY_MS) / HOUR_MS),
    nextHourAt: (at) => at + HOUR_MS - ((at + offsetAt(at)) % HOUR_MS),
    startOf,
    hoursOf(day) {
      const [from, until] = [startOf(day), startOf(day + 1)]
      return Array.from({ length: Math.ceil((until - from) / HOUR_MS) }, (_, index) => from + index * HOUR_MS)
    },
  }
}

/** Monday is 0. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** `YYYY-MM-DD`. */
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
