/** Days and times at a place, as instants. Pure. */
import { zoneOf } from '../../sla/zone.ts'

const DAY_MS = 86_400_000

/** A local day, as days since 1970-01-01. */
export type LocalDay = number

/** The day that it is there at an instant (milliseconds UTC). */
export function dayAt(at: number, timezone: string): LocalDay {
  const span = zoneOf(timezone)
    .spansOf(new Date(at).getUTCFullYear())
    .find(({ until }) => at < until)
  return Math.floor((at + (span?.offsetMs ?? 0)) / DAY_MS)
}

/**
 * The instant at which the clock there shows `minutes` past midnight of `day`; the first of two where it is put back, and the end of
 * the gap where it is put forward over that time.
 */
export function instantAt(day: LocalDay, minutes: number, timezone: string): number {
  const wall = day * DAY_MS + minutes * 60_000
  const zone = zoneOf(timezone)
  const year = new Date(wall).getUTCFullYear()
  // A place may be in another year than Greenwich, to either side.
  for (const each of [year - 1, year, year + 1])
    for (const { from, until, offsetMs } of zone.spansOf(each))
      if (wall - offsetMs < until) return Math.max(wall - offsetMs, from)
  throw new RangeError(`The day ${day} lies beyond what ${timezone} is known for.`)
}

/** 1 is Monday; day 0 was a Thursday. */
export const weekdayOf = (day: LocalDay): number => ((((day + 3) % 7) + 7) % 7) + 1

export const dayOf = (year: number, month: number, date: number): LocalDay =>
  Date.UTC(year, month, date) / DAY_MS

export function dateOf(day: LocalDay): { year: number; month: number; date: number } {
  const date = new Date(day * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() }
}
