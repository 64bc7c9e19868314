import { zoneOf, type Zone } from '../sla/zone.ts'
import type { Grouping } from './contract.ts'

/** Groupings by the wall clock. */
export const timeGroupings = [
  'hour',
  'weekday',
  'hourOfWeek',
  'day',
  'week',
  'month',
] as const satisfies Grouping[]
export type TimeGrouping = (typeof timeGroupings)[number]

export const isTime = (grouping: Grouping): grouping is TimeGrouping =>
  (timeGroupings as readonly Grouping[]).includes(grouping)

/** Those that come again and again, so that the same of another time stands beside each. */
export const isRecurring = (grouping: TimeGrouping): boolean =>
  grouping === 'hour' || grouping === 'weekday' || grouping === 'hourOfWeek'

/** One of a series of days, weeks or months, as far as it lies in the period; `until` is the next one's beginning. */
export interface Step {
  key: string
  until: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** No two clocks of the world are further apart than this. */
const FURTHEST_MS = 15 * HOUR_MS

/** What the office's wall clock and calendar show at instants (milliseconds UTC). */
export class WallClock {
  readonly #zone: Zone
  readonly #dates = new Map<number, string>()
  #from = 0
  #until = 0
  #offsetMs = 0

  constructor(timezone: string) {
    this.#zone = zoneOf(timezone)
  }

  /** What an instant counts as: `2026-11-26`, the Monday of its week, `2026-11`; `14`, `4` for Thursday, `4-14`. */
  keyOf(grouping: TimeGrouping, at: number): string {
    const local = at + this.#offsetAt(at)
    const day = Math.floor(local / DAY_MS)
    const hour = () => twoDigits(Math.floor((local - day * DAY_MS) / HOUR_MS))
    switch (grouping) {
      case 'hour':
        return hour()
      case 'weekday':
        return String(weekdayOf(day))
      case 'hourOfWeek':
        return `${weekdayOf(day)}-${hour()}`
      default:
        return this.#keyOfDay(grouping, day)
    }
  }

  /** Everything that instants in `[from, to)` may count as, in order, whether or not anything happened then. */
  keysBetween(grouping: TimeGrouping, from: number, to: number): string[] {
    const hours = Array.from({ length: 24 }, (_, hour) => twoDigits(hour))
    const weekdays = ['1', '2', '3', '4', '5', '6', '7']
    if (grouping === 'hour') return hours
    if (grouping === 'weekday') return weekdays
    if (grouping === 'hourOfWeek') return weekdays.flatMap((day) => hours.map((hour) => `${day}-${hour}`))
    const keys = new Set<string>()
    for (let day = this.#dayOf(from); day <= this.#dayOf(to - 1); day++)
      keys.add(this.#keyOfDay(grouping, day))
    return [...keys]
  }

  /** The days, weeks or months of `[from, to)`, with their ends; the last ends at `to`. */
  stepsBetween(grouping: 'day' | 'week' | 'month', from: number, to: number): Step[] {
    const steps: Step[] = []
    for (let day = this.#dayOf(from); day <= this.#dayOf(to - 1); day++) {
      const key = this.#keyOfDay(grouping, day)
      const until = Math.min(to, this.#startOf(day + 1))
      const last = steps.at(-1)
      if (last?.key === key) last.until = until
      else steps.push({ key, until })
    }
    return steps
  }

  #keyOfDay(grouping: 'day' | 'week' | 'month', day: number): string {
    if (grouping === 'week') return this.#dateOf(day - weekdayOf(day) + 1)
    return grouping === 'day' ? this.#dateOf(day) : this.#dateOf(day).slice(0, 'YYYY-MM'.length)
  }

  #dateOf(day: number): string {
    let date = this.#dates.get(day)
    if (date === undefined)
      this.#dates.set(day, (date = new Date(day * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)))
    return date
  }

  #dayOf(at: number): number {
    return Math.floor((at + this.#offsetAt(at)) / DAY_MS)
  }

  /** The first instant of a local day. Where midnight is skipped, that is later than midnight. */
  #startOf(day: number): number {
    let [before, after] = [day * DAY_MS - FURTHEST_MS, day * DAY_MS + FURTHEST_MS]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (this.#dayOf(middle) >= day) after = middle
      else before = middle
    }
    return after
  }

  /** Instants that are asked one after the other mostly have the same offset. */
  #offsetAt(at: number): number {
    if (at >= this.#from && at < this.#until) return this.#offsetMs
    const spans = this.#zone.spansOf(new Date(at).getUTCFullYear())
    const span = spans.find(({ until }) => at < until) ?? { from: at, until: at, offsetMs: 0 }
    this.#from = span.from
    this.#until = span.until
    this.#offsetMs = span.offsetMs
    return span.offsetMs
  }
}

const twoDigits = (number: number) => String(number).padStart(2, '0')

/** 1 is Monday; day 0, the first of 1970, was a Thursday. */
const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1
