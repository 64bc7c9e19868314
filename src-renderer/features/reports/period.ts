import type { RelativePeriod } from '../../../server/reports/period.contract.ts'
import { addDays, addMonths, daysIn, mondayOf, startOfDay } from './office-days.ts'

/** Whole days at the office, both counted. */
export interface Days {
  first: string
  last: string
}

/** Days beyond these are slips of the keyboard, and clocks don't reckon with all of them. */
export const FIRST_DAY = '1900-01-01'
export const LAST_DAY = '2999-12-31'

export type PeriodChoice = RelativePeriod | Days

/** `before`: the same stretch just before; `year`: a year ago. */
export type Comparison = 'none' | 'before' | 'year' | Days

/** The days that a choice means when it is `today`; what goes on ends today. */
export function daysOf(choice: PeriodChoice, today: string): Days {
  if (typeof choice === 'object') return choice
  const [monday, month] = [mondayOf(today), `${today.slice(0, 8)}01`]
  switch (choice) {
    case 'today':
      return { first: today, last: today }
    case 'yesterday':
      return { first: addDays(today, -1), last: addDays(today, -1) }
    case 'thisWeek':
      return { first: monday, last: today }
    case 'lastWeek':
      return { first: addDays(monday, -7), last: addDays(monday, -1) }
    case 'thisMonth':
      return { first: month, last: today }
    case 'lastMonth':
      return { first: addMonths(month, -1), last: addDays(month, -1) }
    case 'last7':
      return { first: addDays(today, -6), last: today }
    case 'last30':
      return { first: addDays(today, -29), last: today }
    case 'last90':
      return { first: addDays(today, -89), last: today }
    case 'thisYear':
      return { first: `${today.slice(0, 4)}-01-01`, last: today }
  }
}

/**
 * The days beside those of `choice`. A week stands beside a week and a month beside a month, as far into it: the first nine days of
 * May beside the first nine of April. Null when nothing is compared.
 */
export function comparedDays(comparison: Comparison, choice: PeriodChoice, today: string): Days | null {
  if (comparison === 'none') return null
  if (typeof comparison === 'object') return comparison
  const days = daysOf(choice, today)
  const isWeek = choice === 'thisWeek' || choice === 'lastWeek'
  if (comparison === 'year') return isWeek ? shifted(days, -364) : byMonths(days, -12)
  if (choice === 'thisMonth') return byMonths(days, -1)
  if (choice === 'lastMonth') return { first: addMonths(days.first, -1), last: addDays(days.first, -1) }
  if (choice === 'thisYear') return byMonths(days, -12)
  return shifted(days, isWeek ? -7 : -daysIn(days.first, days.last))
}

const shifted = ({ first, last }: Days, by: number): Days => ({
  first: addDays(first, by),
  last: addDays(last, by),
})

/** A month that is whole stays whole: all of February beside all of January. */
function byMonths({ first, last }: Days, months: number): Days {
  const isMonthEnd = first.endsWith('-01') && addDays(last, 1).endsWith('-01')
  return {
    first: addMonths(first, months),
    last: isMonthEnd ? addDays(addMonths(addDays(last, 1), months), -1) : addMonths(last, months),
  }
}

/** `[from, to)` as the server takes it. */
export function instantsOf({ first, last }: Days, timezone: string): { from: string; to: string } {
  const iso = (day: string) => new Date(startOfDay(day, timezone)).toISOString()
  return { from: iso(first), to: iso(addDays(last, 1)) }
}
