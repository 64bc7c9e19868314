import type { When } from './script.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const DAY_MS = DAY_MINUTES * MINUTE_MS
/** Brazil has had no summer time since 2019, and the demonstration office stands in Minas Gerais. */
const OFFICE_OFFSET_MS = -3 * 60 * MINUTE_MS

/**
 * The instant of a script's `when`, in milliseconds UTC. Time runs on working days: what is said to come two days after a
 * Friday comes on a Tuesday. The result may lie after `now`; such a step simply has not happened yet.
 */
export function instantOf(when: When, previous: number, now: number): number {
  const fixed = /^-(\d+)d (\d+):(\d+)$/.exec(when)
  if (fixed) {
    const [days, hours, minutes] = fixed.slice(1).map(Number) as [number, number, number]
    return atWorkingMinute(-days * DAY_MINUTES + hours * 60 + minutes, now)
  }
  const minutes = Number(when.slice(0, -1))
  if (when.startsWith('-')) return now + minutes * MINUTE_MS
  // Minutes of today's matters are plain minutes; older ones step over weekends.
  const today = startOfDay(now)
  if (previous >= today) return previous + minutes * MINUTE_MS
  return atWorkingMinute(workingMinute(previous, now) + minutes, now) + (previous % MINUTE_MS)
}

/** Minutes since today's midnight at the office, counting working days only. */
function workingMinute(instant: number, now: number): number {
  let day = startOfDay(instant)
  const minuteOfDay = Math.floor((instant - day) / MINUTE_MS)
  let days = 0
  for (; day < startOfDay(now); day += DAY_MS) if (isWorkingDay(day)) days += 1
  return minuteOfDay - days * DAY_MINUTES
}

function atWorkingMinute(minute: number, now: number): number {
  let days = Math.floor(minute / DAY_MINUTES)
  const minuteOfDay = minute - days * DAY_MINUTES
  let day = startOfDay(now)
  for (; days < 0; days += isWorkingDay(day) ? 1 : 0) day -= DAY_MS
  return day + days * DAY_MS + minuteOfDay * MINUTE_MS
}

const startOfDay = (instant: number) =>
  Math.floor((instant + OFFICE_OFFSET_MS) / DAY_MS) * DAY_MS - OFFICE_OFFSET_MS

const isWorkingDay = (day: number) => {
  const weekday = new Date(day + OFFICE_OFFSET_MS).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
