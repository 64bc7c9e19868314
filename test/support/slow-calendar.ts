import {
  minuteOfDay,
  weekdays,
  type CalendarDefinition,
  type OpenWindow,
} from '../../server/sla/calendar.contract.ts'

const MINUTE_MS = 60_000

export interface SlowCalendar {
  isOpen(at: number): boolean
  between(a: number, b: number): number
  add(from: number, ms: number): number
}

/**
 * Business time as a patient clerk with a wall clock would find it: minute by minute, asking for the local time each time. Shares
 * no reckoning with the product, and trusts that offsets change at whole minutes.
 */
export function slowCalendar({ timezone, hours, holidays }: CalendarDefinition): SlowCalendar {
  const wallClock = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

  function isOpen(at: number): boolean {
    const [weekday = '', day, month, year, time = ''] = wallClock.format(at).split(/[^\w:]+/)
    const ofDate = holidays.find(({ date }) => date === `${year}-${month}-${day}`)
    const holiday = ofDate ?? holidays.find(({ date }) => date === `${month}-${day}`)
    if (holiday) return (holiday.open ?? []).some(([from, until]) => from <= time && time < until)
    const today = weekdays.findIndex((name) => name === weekday.toLowerCase())
    const windowsOf = (index: number): OpenWindow[] => hours[weekdays[(index + 7) % 7] ?? 'mon'] ?? []
    const endsToday = windowsOf(today).some(
      ([from, until]) => from <= time && (time < until || minuteOfDay(until) <= minuteOfDay(from)),
    )
    const beganYesterday = windowsOf(today - 1).some(
      ([from, until]) => minuteOfDay(until) <= minuteOfDay(from) && time < until,
    )
    return endsToday || beganYesterday
  }

  function between(a: number, b: number): number {
    if (a > b) return -between(b, a)
    let open = 0
    for (let at = a; at < b; at = minuteAfter(at)) if (isOpen(at)) open += Math.min(minuteAfter(at), b) - at
    return open
  }

  function add(from: number, ms: number): number {
    let at = from
    for (let left = ms; left > 0; at = minuteAfter(at)) {
      if (!isOpen(at)) continue
      const rest = minuteAfter(at) - at
      if (left <= rest) return at + left
      left -= rest
    }
    for (let left = -ms; left > 0; at = minuteBefore(at)) {
      if (!isOpen(minuteBefore(at))) continue
      const rest = at - minuteBefore(at)
      if (left <= rest) return at - left
      left -= rest
    }
    return at
  }

  return { isOpen, between, add }
}

const minuteAfter = (at: number) => (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS

const minuteBefore = (at: number) => (Math.ceil(at / MINUTE_MS) - 1) * MINUTE_MS
