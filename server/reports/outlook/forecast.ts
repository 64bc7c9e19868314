import { weekdayOf } from './local-time.ts'

/**
 * Tickets per day, foretold: a season of the week by classical decomposition (Hyndman and Athanasopoulos, Forecasting: Principles and
 * Practice, 3rd ed., §3.4), and a level with a damped trend (Gardner and McKenzie 1985; ibid. §8.2) that is kept up in its
 * error-correction form. A day's error is cut off at four standard deviations of a Poisson count before it moves the level, so that
 * one flood does not (as in Gelper, Fried and Croux 2010). Holidays teach neither level nor season; they have a share of their own.
 */

export interface DayCount {
  day: number
  count: number
  isHoliday: boolean
}

export interface Model {
  level: number
  trend: number
  damping: number
  /** By weekday, in parts of an average day. */
  season: readonly number[]
  /** What a holiday has of an average day. */
  holiday: number
}

/** Weeks' worth of ordinary days that stand for what was never seen: fourteen Sundays with nothing don't promise a fifteenth. */
const PRIOR_WEEKS = 0.25
const PRIOR_HOLIDAYS = 1
/** Days that the level settles in before it is judged by. */
const SETTLING_DAYS = 14
const CUT_AT = 4

const gains = [0.01, 0.02, 0.05, 0.1, 0.2]
const trends = [
  { share: 0, damping: 1 },
  { share: 0.05, damping: 0.9 },
  { share: 0.05, damping: 0.98 },
  { share: 0.2, damping: 0.9 },
  { share: 0.2, damping: 0.98 },
]

/** Learns from days in their order, without gaps; at least a week of them. */
export function learn(days: readonly DayCount[]): Model {
  const season = seasonOf(days)
  let best = { error: Infinity, level: 0, trend: 0, damping: 1 }
  for (const gain of gains)
    for (const { share, damping } of trends) {
      const run = smooth(days, season, gain, share, damping)
      if (run.error < best.error) best = { ...run, damping }
    }
  const { level, trend, damping } = best
  return { level, trend, damping, season, holiday: holidayShare(days, season) }
}

/** How many tickets to expect `ahead` (from 1) days after the last day learnt from. */
export function foretell(
  { level, trend, damping, season, holiday }: Model,
  day: number,
  isHoliday: boolean,
  ahead: number,
): number {
  const sum = damping === 1 ? 0 : (damping * (1 - damping ** ahead)) / (1 - damping)
  const ordinary = season[weekdayOf(day)] ?? 1
  return Math.max(0, level + sum * trend) * (isHoliday ? Math.min(holiday, ordinary) : ordinary)
}

function seasonOf(days: readonly DayCount[]): number[] {
  const ordinary = days.filter(({ isHoliday }) => !isHoliday)
  const byWeekday = Array.from({ length: 7 }, (_, weekday) =>
    ordinary.filter(({ day }) => weekdayOf(day) === weekday),
  )
  const means = byWeekday.map((each) => (each.length > 0 ? total(each) / each.length : null))
  const known = means.filter((mean) => mean !== null)
  const average = known.reduce((sum, mean) => sum + mean, 0) / Math.max(1, known.length)
  if (average === 0) return means.map(() => 1)
  const raw = byWeekday.map(
    (each) => (total(each) + PRIOR_WEEKS * average) / ((each.length + PRIOR_WEEKS) * average),
  )
  const scale = 7 / raw.reduce((sum, part) => sum + part, 0)
  return raw.map((part) => part * scale)
}

/** Before any holiday is on record it is taken to be like the calmest day of the week. */
function holidayShare(days: readonly DayCount[], season: readonly number[]): number {
  const calmest = Math.min(...season)
  const ordinary = days.filter(({ isHoliday }) => !isHoliday)
  const parts = ordinary.reduce((sum, { day }) => sum + (season[weekdayOf(day)] ?? 1), 0)
  const level = parts > 0 ? total(ordinary) / parts : 0
  // Holidays at the weekend tell of the weekend.
  const seen = days.filter(({ day, isHoliday }) => isHoliday && (season[weekdayOf(day)] ?? 1) >= 0.5)
  if (level === 0 || seen.length === 0) return calmest
  return (total(seen) / level + PRIOR_HOLIDAYS * calmest) / (seen.length + PRIOR_HOLIDAYS)
}

function smooth(
  days: readonly DayCount[],
  season: readonly number[],
  gain: number,
  share: number,
  damping: number,
): { error: number; level: number; trend: number } {
  const first = days.slice(0, SETTLING_DAYS).filter(({ isHoliday }) => !isHoliday)
  const parts = first.reduce((sum, { day }) => sum + (season[weekdayOf(day)] ?? 1), 0)
  let level = parts > 0 ? total(first) / parts : 0
  let trend = 0
  let error = 0
  for (const [index, { day, count, isHoliday }] of days.entries()) {
    const awaited = Math.max(0, level + damping * trend)
    trend *= damping
    level = awaited
    if (isHoliday) continue
    const part = season[weekdayOf(day)] ?? 1
    const expected = awaited * part
    const spread = Math.sqrt(Math.max(expected, 0.5))
    const off = Math.min(Math.max(count - expected, -CUT_AT * spread), CUT_AT * spread)
    if (index >= SETTLING_DAYS) error += (off / spread) ** 2
    level = Math.max(0, awaited + gain * off)
    trend += gain * share * off
  }
  return { error, level, trend }
}

const total = (days: readonly DayCount[]) => days.reduce((sum, { count }) => sum + count, 0)
