/** Days at the office, as `YYYY-MM-DD`, and when they begin. Pure: the zone and what day it is are told. */

const DAY_MS = 86_400_000

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  formatters.set(timezone, made)
  return made
}

/** What the clock on the wall shows at an instant, as if it were UTC. */
function wallMs(instantMs: number, timezone: string): number {
  const parts = formatterOf(timezone).formatToParts(instantMs)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

const dayOfMs = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10)
const msOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The day that it is in `timezone` at `instantMs`. */
export const dayAt = (instantMs: number, timezone: string): string => dayOfMs(wallMs(instantMs, timezone))

/** True for a day that the calendar has: `2026-02-30` is none. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const ms = msOfDay(text)
  return !Number.isNaN(ms) && dayOfMs(ms) === text
}

export const addDays = (day: string, days: number): string => dayOfMs(msOfDay(day) + days * DAY_MS)

/** The same day of another month, or its last where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOfMs(Date.UTC(year, month - 1 + months, Math.min(date, last)))
}

/** From the first to the last, both counted. */
export const daysIn = (first: string, last: string): number => (msOfDay(last) - msOfDay(first)) / DAY_MS + 1

/** Weeks begin on Monday, as reports count them. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(msOfDay(day)).getUTCDay() + 6) % 7))

/** Some instant on `day` that every zone's formatter may be given with `UTC`. */
export const noonOf = (day: string): number => msOfDay(day) + DAY_MS / 2

/**
 * The first instant of `day` in `timezone`, in milliseconds UTC. Where clocks go forward at midnight the day begins at one; where
 * they go back to the day before, it begins the second time that midnight comes.
 */
export function startOfDay(day: string, timezone: string): number {
  const midnight = msOfDay(day)
  const candidates = [midnight - DAY_MS, midnight + DAY_MS].map(
    (near) => midnight - (wallMs(near, timezone) - near),
  )
  const begun = candidates.filter((instant) => dayAt(instant, timezone) >= day)
  return Math.min(...(begun.length > 0 ? begun : candidates))
}
