/** What a moving period is at a moment. Pure. */
import type { RelativePeriod } from '../period.contract.ts'
import { dateOf, dayAt, dayOf, instantAt, weekdayOf, type LocalDay } from './office-days.ts'

/** From the beginning of a day to that of another, milliseconds UTC. */
export interface Stretch {
  from: number
  to: number
}

/** @param at milliseconds UTC */
export function stretchOf(period: RelativePeriod, at: number, timezone: string): Stretch {
  return between(daysOf(period, dayAt(at, timezone)), timezone)
}

/** The one before it: as many days, or the month, or the year, before. */
export function stretchBefore(period: RelativePeriod, at: number, timezone: string): Stretch {
  const [from, to] = daysOf(period, dayAt(at, timezone))
  if (period === 'thisMonth' || period === 'lastMonth') return between(monthBefore(from, to), timezone)
  if (period === 'thisYear') {
    const before = ({ year, month, date }: ReturnType<typeof dateOf>) => dayOf(year - 1, month, date)
    return between([before(dateOf(from)), before(dateOf(to))], timezone)
  }
  // A week in hand is set beside as much of the week before.
  const step = period === 'thisWeek' ? 7 : to - from
  return between([from - step, to - step], timezone)
}

/** The first day, and the first that isn't in it any more. */
function daysOf(period: RelativePeriod, today: LocalDay): [LocalDay, LocalDay] {
  const monday = today - weekdayOf(today) + 1
  const { year, month } = dateOf(today)
  switch (period) {
    case 'today':
      return [today, today + 1]
    case 'yesterday':
      return [today - 1, today]
    case 'thisWeek':
      return [monday, today + 1]
    case 'lastWeek':
      return [monday - 7, monday]
    case 'last7':
      return [today - 6, today + 1]
    case 'last30':
      return [today - 29, today + 1]
    case 'last90':
      return [today - 89, today + 1]
    case 'thisMonth':
      return [dayOf(year, month, 1), today + 1]
    case 'lastMonth':
      return [dayOf(year, month - 1, 1), dayOf(year, month, 1)]
    case 'thisYear':
      return [dayOf(year, 0, 1), today + 1]
  }
}

/** Of a month in hand as many days as it has had, but no more than the one before has. */
function monthBefore(from: LocalDay, to: LocalDay): [LocalDay, LocalDay] {
  const { year, month } = dateOf(from)
  const first = dayOf(year, month - 1, 1)
  const isWhole = dateOf(to).date === 1
  return [first, isWhole ? from : Math.min(from, first + (to - from))]
}

const between = ([from, to]: [LocalDay, LocalDay], timezone: string): Stretch => ({
  from: instantAt(from, 0, timezone),
  to: instantAt(to, 0, timezone),
})
