import { weekdayOf, type LocalTime } from './local-time.ts'

/** Tickets of the whole week's pattern that each weekday's own is mixed with, until it has many to go by. */
const PRIOR_TICKETS = 20

/** Which share of a day's tickets comes in which hour (0–23), by weekday (Monday is 0). */
export type HourShares = (weekday: number, hour: number) => number

/** From the instants of past tickets. Holidays have hours of their own and should be left out. */
export function hourShares(instants: readonly number[], local: LocalTime): HourShares {
  const ofWeek = new Float64Array(24)
  const ofWeekday = Array.from({ length: 7 }, () => new Float64Array(24))
  const totals = new Float64Array(7)
  for (const at of instants) {
    const [weekday, hour] = [weekdayOf(local.dayOf(at)), local.hourOf(at)]
    ofWeek[hour] = (ofWeek[hour] ?? 0) + 1
    const own = ofWeekday[weekday]
    if (own) own[hour] = (own[hour] ?? 0) + 1
    totals[weekday] = (totals[weekday] ?? 0) + 1
  }
  return (weekday, hour) => {
    const common = instants.length > 0 ? (ofWeek[hour] ?? 0) / instants.length : 1 / 24
    return (
      ((ofWeekday[weekday]?.[hour] ?? 0) + PRIOR_TICKETS * common) / ((totals[weekday] ?? 0) + PRIOR_TICKETS)
    )
  }
}
