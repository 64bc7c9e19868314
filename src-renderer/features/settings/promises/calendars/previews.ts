import type { Holiday, Preview } from '../../../../../server/sla/calendar.contract.ts'
import { toCalendar, type CalendarDraft } from './draft.ts'
import { holidayRows, isYearly } from './holidays.ts'
import { localDate } from './zoned-time.ts'

/** A question travels in the address, which has room for so many holidays; further away than these no deadline lies. */
const MOST_HOLIDAYS = 120

/** The calendar as the desk needs it to reckon: only its holidays around `fromMs`, and without their names. */
export function previewCalendar(draft: CalendarDraft, fromMs: number): NonNullable<Preview['calendar']> {
  const { timezone, hours, holidays = [] } = toCalendar(draft)
  const today = localDate(fromMs, timezone)
  const distance = ({ date }: Holiday): number =>
    isYearly(date) ? 0 : Math.abs(Date.parse(date) - Date.parse(today))
  const nearest = holidays.toSorted((a, b) => distance(a) - distance(b)).slice(0, MOST_HOLIDAYS)
  return { timezone, hours, holidays: nearest.map((holiday) => ({ ...holiday, name: '-' })) }
}

/** The holidays that lie between two instants, the first and the last day included. */
export function holidaysBetween(draft: CalendarDraft, fromMs: number, toMs: number): string[] {
  const first = localDate(Math.min(fromMs, toMs), draft.timezone)
  const last = localDate(Math.max(fromMs, toMs), draft.timezone)
  const names = holidayRows(draft.holidays, first)
    .filter(({ isOver, first: day }) => !isOver && day <= last)
    .map(({ name }) => name)
  return [...new Set(names)]
}
