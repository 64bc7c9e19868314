import type { BusinessTime } from '../../sla/calendar.ts'
import type { DayCount } from './forecast.ts'
import type { LocalTime } from './local-time.ts'

/** The name of a day's holiday; null on ordinary days. */
export type HolidayOf = (day: number) => string | null

export const holidaysOf =
  (time: BusinessTime, local: LocalTime): HolidayOf =>
  (day) =>
    time.stretches(local.startOf(day), local.startOf(day + 1)).find(({ holiday }) => holiday !== null)
      ?.holiday ?? null

/** Each day from `from` up to the one before `until`, those on which nothing happened included. */
export function countDays(
  instants: readonly number[],
  local: LocalTime,
  holidayOf: HolidayOf,
  from: number,
  until: number,
): DayCount[] {
  const counts = new Map<number, number>()
  for (const at of instants) {
    const day = local.dayOf(at)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return Array.from({ length: Math.max(0, until - from) }, (_, index) => {
    const day = from + index
    return { day, count: counts.get(day) ?? 0, isHoliday: holidayOf(day) !== null }
  })
}
