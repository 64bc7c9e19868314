/** Days and hours as the office's wall clock shows them. Pure. */
import { zoneOf } from '../sla/zone.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
export const MINUTES = 24 * 60

/** A date of the office: `[from, until)` in milliseconds UTC. */
export interface OfficeDay {
  /** Days since the first of January 1970 on the wall calendar. */
  number: number
  /** `YYYY-MM-DD`. */
  date: string
  from: number
  until: number
}

export interface OfficeTime {
  timezone: string
  dayAt(at: number): OfficeDay
  /** The date with this {@link OfficeDay.number}. */
  day(number: number): OfficeDay
  /** 0–1439: what the wall clock shows. */
  minuteAt(at: number): number
  /** When the wall clock shows the next full hour. */
  nextHour(at: number): number
}

/** @throws RangeError for a zone that this machine doesn't know. */
export function officeTime(timezone: string): OfficeTime {
  const zone = zoneOf(timezone)
  const spansAround = (at: number) => {
    const year = new Date(at).getUTCFullYear()
    return [year - 1, year, year + 1].flatMap((each) => zone.spansOf(each))
  }
  const offsetAt = (at: number) => {
    const spans = zone.spansOf(new Date(at).getUTCFullYear())
    return spans.find(({ from, until }) => at >= from && at < until)?.offsetMs ?? 0
  }
  const numberAt = (at: number) => Math.floor((at + offsetAt(at)) / DAY_MS)
  /** The first instant of a date; clocks that are put forward at midnight begin it later than at 0:00. */
  const startOf = (number: number) => {
    const starts = spansAround(number * DAY_MS).flatMap(({ from, until, offsetMs }) => {
      const at = Math.max(from, number * DAY_MS - offsetMs)
      return at < until && Math.floor((at + offsetMs) / DAY_MS) >= number ? [at] : []
    })
    return Math.min(...starts)
  }
  const day = (number: number): OfficeDay => ({
    number,
    date: new Date(number * DAY_MS).toISOString().slice(0, 10),
    from: startOf(number),
    until: startOf(number + 1),
  })
  let today: OfficeDay | undefined
  return {
    timezone,
    day,
    dayAt(at) {
      if (!today || at < today.from || at >= today.until) today = day(numberAt(at))
      return today
    },
    minuteAt: (at) => Math.floor((at + offsetAt(at)) / MINUTE_MS) - numberAt(at) * MINUTES,
    nextHour: (at) => at + HOUR_MS - ((at + offsetAt(at)) % HOUR_MS),
  }
}
