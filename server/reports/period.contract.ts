/**
 * Periods that move on with the days: what a report on the screen is chosen by, and what one that is saved keeps. They are whole days
 * at the office, counted from the day that the report is run on. Weeks begin on Monday; what goes on ends with today, which the last
 * days count too.
 */
export const relativePeriods = [
  'today',
  'yesterday',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'last7',
  'last30',
  'last90',
  'thisYear',
] as const
export type RelativePeriod = (typeof relativePeriods)[number]
