import {
  weekdays,
  type Holiday,
  type HolidayOffer,
  type Weekday,
} from '../../../server/sla/calendar.contract.ts'
import { readTime } from '../settings/promises/calendars/times.ts'
import { dayAfter, newKey, weekFaults, type DraftWindow } from '../settings/promises/calendars/week.ts'

interface Times {
  from: string
  until: string
}

/** The office's week as the first run asks for it: the same hours on each of its days. */
export interface OfficeHours extends Times {
  /** Without it the first run makes no calendar. */
  isOn: boolean
  days: readonly Weekday[]
  lunch: Times & { isOn: boolean }
  /** Closed on national holidays; counts only where they are offered. */
  holidays: boolean
}

/** The Brazilian business week. */
export const newOfficeHours = (): OfficeHours => ({
  isOn: true,
  days: weekdays.slice(0, 5),
  from: '08:00',
  until: '18:00',
  lunch: { isOn: false, from: '12:00', until: '13:30' },
  holidays: true,
})

export const withDay = (days: readonly Weekday[], day: Weekday, isOpen: boolean): Weekday[] =>
  weekdays.filter((each) => (each === day ? isOpen : days.includes(each)))

/** The windows of every day; the lunch of a night may lie on the morning after. */
export const officeWindows = ({ days, from, until, lunch }: OfficeHours): DraftWindow[] =>
  days.flatMap((day) => {
    if (!lunch.isOn) return [{ key: newKey(), day, from, until }]
    const isNight = until <= from
    return [
      { key: newKey(), day, from, until: lunch.from },
      {
        key: newKey(),
        day: isNight && lunch.until < from ? dayAfter(day) : day,
        from: lunch.until,
        until,
      },
    ]
  })

type HoursField = 'days' | 'from' | 'until' | 'lunch.from' | 'lunch.until'
/** Reasons by field. */
export type HoursFaults = Partial<Record<HoursField, string>>

const UNREADABLE = 'calendar.time_unreadable'
/** The lunch ends before it begins, or does not lie between opening and closing. */
export const LUNCH_OUTSIDE = 'setup.lunch_outside'

/** What the desk would refuse about these hours, by its own rules. */
export function officeHoursFaults(hours: OfficeHours): HoursFaults {
  if (!hours.isOn) return {}
  const { days, from, until, lunch } = hours
  if (days.length === 0) return { days: 'calendar.never_open' }
  const unreadable: HoursFaults = {
    ...(!isStart(from) && { from: UNREADABLE }),
    ...(!isTime(until) && { until: UNREADABLE }),
    ...(lunch.isOn && !isTime(lunch.from) && { 'lunch.from': UNREADABLE }),
    ...(lunch.isOn && !isStart(lunch.until) && { 'lunch.until': UNREADABLE }),
  }
  if (Object.keys(unreadable).length > 0) return unreadable
  const whole = firstFault(officeWindows({ ...hours, lunch: { ...lunch, isOn: false } }))
  if (whole) return { until: whole.reason }
  if (!lunch.isOn) return {}
  if (lunch.from === lunch.until) return { 'lunch.until': 'calendar.window_empty' }
  const part = firstFault(officeWindows(hours))
  // Each day's windows are two: before the lunch and after it.
  return part ? { [part.index % 2 === 0 ? 'lunch.from' : 'lunch.until']: LUNCH_OUTSIDE } : {}
}

const isTime = (text: string): boolean => readTime(text) === text
/** Midnight at a day's end begins nothing. */
const isStart = (text: string): boolean => isTime(text) && text !== '24:00'

function firstFault(windows: readonly DraftWindow[]): { index: number; reason: string } | null {
  const faults = weekFaults(windows)
  const index = windows.findIndex(({ key }) => faults.windows.has(key))
  const reason = faults.windows.get(windows[index]?.key ?? 0)
  return reason === undefined ? null : { index, reason }
}

/** Days off by law, as a calendar keeps them. */
export const publicHolidays = (offers: readonly HolidayOffer[]): Holiday[] =>
  offers.filter(({ kind }) => kind === 'public').map(({ date, name }) => ({ date, name }))
