import type { BusinessTime } from '../../sla/calendar.ts'
import type { StaffedHour } from './contract.ts'
import { agentsNeeded, erlangs, serviceLevel } from './erlang-c.ts'
import type { HourShares } from './hours.ts'
import { dayName, weekdayOf, type LocalTime } from './local-time.ts'

export interface StaffingTerms {
  targetSeconds: number
  serviceLevel: number
  handlingSeconds: number
  shrinkage: number
}

export interface Demand {
  /** Tickets expected on each day, from `firstDay` on. */
  perDay: readonly number[]
  firstDay: number
  shares: HourShares
  usual: (weekday: number, hour: number) => number | null
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** What each open hour needs by Erlang C, and what comes while nobody is meant to be there. Hours before `now` are left out. */
export function staffHours(
  { perDay, firstDay, shares, usual }: Demand,
  { targetSeconds, serviceLevel: wanted, handlingSeconds, shrinkage }: StaffingTerms,
  local: LocalTime,
  time: BusinessTime,
  now: number,
): { hours: StaffedHour[]; outside: number } {
  const hours: StaffedHour[] = []
  let outside = 0
  for (const [index, ofDay] of perDay.entries()) {
    const day = firstDay + index
    const weekday = weekdayOf(day)
    for (const at of local.hoursOf(day)) {
      if (at + HOUR_MS <= now) continue
      const hour = local.hourOf(at)
      const expected = ofDay * shares(weekday, hour)
      const openMinutes = Math.round(time.between(at, at + HOUR_MS) / MINUTE_MS)
      if (openMinutes === 0) {
        outside += expected
        continue
      }
      // What comes in an hour that is open for half of it comes in that half.
      const load = { rate: expected / (openMinutes * 60), handlingSeconds }
      const agents = agentsNeeded(load, wanted, targetSeconds)
      hours.push({
        at: new Date(at).toISOString(),
        day: dayName(day),
        ...{ hour, openMinutes, expected, agents },
        rostered: Math.ceil(agents / (1 - shrinkage)),
        serviceLevel: serviceLevel(load, agents, targetSeconds),
        occupancy: agents > 0 ? erlangs(load) / agents : 0,
        usual: usual(weekday, hour),
      })
    }
  }
  return { hours, outside }
}
