/** When scheduled reports are due. Pure. */
import type { Schedule } from '../saved.contract.ts'
import { dateOf, dayAt, dayOf, instantAt, weekdayOf, type LocalDay } from './office-days.ts'

/** The first moment after `after` at which it is due (both milliseconds UTC). */
export function nextDue(schedule: Schedule, after: number, timezone: string): number {
  const minutes = minutesOf(schedule.at)
  // From the day before: where clocks are put back, the same day may still be to come.
  for (let day = dayAt(after, timezone) - 1; ; day++) {
    if (!isDay(schedule, day)) continue
    const due = instantAt(day, minutes, timezone)
    if (due > after) return due
  }
}

/** The last moment up to `now` at which it was due, from `due`, which was one, on: all between are made good by one. */
export function lastDue(schedule: Schedule, due: number, now: number, timezone: string): number {
  const minutes = minutesOf(schedule.at)
  for (let day = dayAt(now, timezone) + 1; ; day--) {
    if (!isDay(schedule, day)) continue
    const moment = instantAt(day, minutes, timezone)
    if (moment <= due) return due
    if (moment <= now) return moment
  }
}

function isDay(schedule: Schedule, day: LocalDay): boolean {
  if (schedule.every === 'day') return true
  if (schedule.every === 'week') return weekdayOf(day) === schedule.weekday
  const { year, month, date } = dateOf(day)
  const last = dateOf(dayOf(year, month + 1, 0)).date
  return date === Math.min(schedule.day, last)
}

function minutesOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  return hours * 60 + minutes
}
