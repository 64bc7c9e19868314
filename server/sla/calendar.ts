import { businessTime, isKnown, pushStretch } from './business-time.ts'
import { minuteOfDay, weekdays, type CalendarDefinition, type OpenWindow } from './calendar.contract.ts'
import { zoneOf } from './zone.ts'

/** `[from, to)` in milliseconds UTC. */
export interface Stretch {
  from: number
  to: number
  state: 'open' | 'closed' | 'holiday'
  /** The holiday's name. */
  holiday: string | null
}

/** When a desk works. All instants and durations are milliseconds UTC, between 1970 and 2100. */
export interface BusinessTime {
  isOpen(at: number): boolean
  /**
   * The earliest instant at which `ms` of open time have passed since `from`; with negative `ms` the latest instant from which on
   * so much passes until `from`. Null when that lies beyond the known years.
   */
  add(from: number, ms: number): number | null
  /** Open time from `a` to `b`, negative when `b` is before `a`. */
  between(a: number, b: number): number
  /** Gapless from `from` to `to`; neighbours differ. */
  stretches(from: number, to: number): Stretch[]
  /** `at` itself when it is open; null when there is no opening in the known years. */
  nextOpen(at: number): number | null
}

/** What one local date is like; windows in milliseconds since its midnight, in order. */
interface DayPlan {
  windows: readonly (readonly [from: number, until: number])[]
  holiday: string | null
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const MONTH_AND_DAY = 'MM-DD'.length
/** Has every day that a holiday can have. */
const LEAP_YEAR = 2024

/**
 * Makes a calendar ready for reckoning.
 * @throws RangeError for a zone that this machine doesn't know.
 */
export function compileCalendar({ timezone, hours, holidays }: CalendarDefinition): BusinessTime {
  const zone = zoneOf(timezone)
  const ofWeekday = splitAtMidnight(hours)
  const [ofDate, ofEveryYear] = holidayPlans(holidays)
  const planOf = (day: number): DayPlan =>
    ofDate.get(day) ??
    ofEveryYear.get(dayOfYear(new Date(day * DAY_MS))) ??
    ofWeekday[weekdayOf(day)] ??
    NO_WINDOWS
  return businessTime((year) => {
    const stretches: Stretch[] = []
    for (const { from, until, offsetMs } of zone.spansOf(year))
      for (let day = Math.floor((from + offsetMs) / DAY_MS); day * DAY_MS - offsetMs < until; day++)
        pushDay(stretches, planOf(day), day * DAY_MS - offsetMs, from, until)
    return stretches
  })
}

/** Round the clock, every day. */
export const alwaysOpen: BusinessTime = {
  isOpen: isKnown,
  add: (from, ms) => (ms === 0 || isKnown(from + ms) ? from + ms : null),
  between: (a, b) => b - a,
  stretches: (from, to) => (from < to ? [{ from, to, state: 'open', holiday: null }] : []),
  nextOpen: (at) => (isKnown(at) ? at : null),
}

const NO_WINDOWS: DayPlan = { windows: [], holiday: null }

/** The day's windows and what lies between them, as far as they are in `[from, until)`. */
function pushDay(
  stretches: Stretch[],
  { windows, holiday }: DayPlan,
  midnight: number,
  from: number,
  until: number,
) {
  const rest = holiday === null ? 'closed' : 'holiday'
  const clip = (at: number) => Math.min(Math.max(midnight + at, from), until)
  let at = 0
  for (const [start, end] of windows) {
    pushStretch(stretches, { from: clip(at), to: clip(start), state: rest, holiday })
    pushStretch(stretches, { from: clip(start), to: clip(end), state: 'open', holiday: null })
    at = end
  }
  pushStretch(stretches, { from: clip(at), to: clip(DAY_MS), state: rest, holiday })
}

/** Holidays by the local day since 1970 and by {@link dayOfYear}. */
function holidayPlans(
  holidays: CalendarDefinition['holidays'],
): [Map<number, DayPlan>, Map<number, DayPlan>] {
  const [ofDate, ofEveryYear] = [new Map<number, DayPlan>(), new Map<number, DayPlan>()]
  for (const { date, name, open = [] } of holidays) {
    const plan = { windows: inOrder(open.map(toMs)), holiday: name }
    if (date.length > MONTH_AND_DAY) ofDate.set(Date.parse(date) / DAY_MS, plan)
    else ofEveryYear.set(dayOfYear(new Date(`${LEAP_YEAR}-${date}`)), plan)
  }
  return [ofDate, ofEveryYear]
}

/** The same number for the same month and day of any year; asked for every day, and much quicker than a text. */
const dayOfYear = (date: Date) => date.getUTCMonth() * 32 + date.getUTCDate()

/** Each weekday's windows; what runs over midnight is the next day's from there on. */
function splitAtMidnight(hours: CalendarDefinition['hours']): DayPlan[] {
  const windows = weekdays.map((): [number, number][] => [])
  for (const [index, weekday] of weekdays.entries())
    for (const [from, until] of (hours[weekday] ?? []).map(toMs)) {
      windows[index]?.push([from, until > from ? until : DAY_MS])
      if (until <= from) windows[(index + 1) % weekdays.length]?.push([0, until])
    }
  return windows.map((ofDay) => ({ windows: inOrder(ofDay), holiday: null }))
}

const toMs = ([from, until]: OpenWindow): [number, number] => [
  minuteOfDay(from) * MINUTE_MS,
  minuteOfDay(until) * MINUTE_MS,
]

const inOrder = (windows: readonly [number, number][]) => windows.toSorted(([a], [b]) => a - b)

/** Index among {@link weekdays}; day 0, the first of 1970, was a Thursday. */
const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7
