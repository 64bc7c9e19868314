import {
  newCalendarInput,
  type Holiday,
  type HolidayOffer,
  type OpenWindow,
} from '../../../../../server/sla/calendar.contract.ts'
import { newKey } from './week.ts'

/** A holiday as the editor holds it. Local dates are `2026-12-25`, yearly ones `12-25`. */
export interface DraftHoliday {
  key: number
  date: string
  name: string
  /** Hours of that day in place of the weekday's; none closes it. */
  open: readonly OpenWindow[]
}

export const fromHolidays = (holidays: readonly Holiday[]): DraftHoliday[] =>
  holidays.map(({ date, name, open = [] }) => ({ key: newKey(), date, name, open }))

export const toHolidays = (holidays: readonly DraftHoliday[]): Holiday[] =>
  holidays.map(({ date, name, open }) => ({
    date,
    name,
    ...(open.length > 0 && { open: open.map(([from, until]): OpenWindow => [from, until]) }),
  }))

export const isYearly = (date: string): boolean => date.length === 5

const DAY_MS = 86_400_000
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const dateAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** The local date so many days on. */
export const daysAfter = (date: string, days: number): string => dateAt(utc(date) + days * DAY_MS)

/** The first day from `today` on that it falls on; null when that is over. A 29 February waits for its year. */
export function nextOccurrence(date: string, today: string): string | null {
  if (!isYearly(date)) return date >= today ? date : null
  const year = Number(today.slice(0, 4))
  const candidates = Array.from({ length: 9 }, (_, ahead) => `${year + ahead}-${date}`)
  return candidates.find((each) => each >= today && dateAt(utc(each)) === each) ?? null
}

export interface HolidayRow {
  /** One for each day; a closing has many. */
  keys: number[]
  name: string
  yearly: boolean
  /** Local dates; of a yearly one the next. */
  first: string
  last: string
  open: readonly OpenWindow[]
  isOver: boolean
}

/** What the list shows: what comes next first, what is over last, and days of one closing as one row. */
export function holidayRows(holidays: readonly DraftHoliday[], today: string): HolidayRow[] {
  const single = holidays.map((holiday): HolidayRow => {
    const next = nextOccurrence(holiday.date, today)
    const day = next ?? holiday.date
    return {
      keys: [holiday.key],
      name: holiday.name,
      yearly: isYearly(holiday.date),
      first: day,
      last: day,
      open: holiday.open,
      isOver: next === null,
    }
  })
  const inOrder = single.toSorted((a, b) => a.first.localeCompare(b.first) || a.name.localeCompare(b.name))
  const rows = inOrder.reduce<HolidayRow[]>((before, row) => {
    const group = before.at(-1)
    if (!group || !continues(group, row)) return [...before, row]
    return [
      ...before.slice(0, -1),
      { ...group, keys: [...group.keys, ...row.keys], last: row.first, isOver: row.isOver },
    ]
  }, [])
  return [...rows.filter(({ isOver }) => !isOver), ...rows.filter(({ isOver }) => isOver).reverse()]
}

const continues = (group: HolidayRow, row: HolidayRow): boolean =>
  !group.yearly &&
  !row.yearly &&
  group.name === row.name &&
  group.open.length === 0 &&
  row.open.length === 0 &&
  daysAfter(group.last, 1) === row.first

/** The longest that an office may be closed in one go. */
const LONGEST_CLOSING = 366

/** Every day from one date to another as a holiday; null when there is no such time. */
export function closing(first: string, last: string, name: string): DraftHoliday[] | null {
  const days = (utc(last) - utc(first)) / DAY_MS + 1
  if (!(days >= 1 && days <= LONGEST_CLOSING)) return null
  return Array.from({ length: days }, (_, day) => ({
    key: newKey(),
    date: daysAfter(first, day),
    name,
    open: [],
  }))
}

/** Adds holidays; of two on the same date the one that was there stays. */
export function withHolidays(
  holidays: readonly DraftHoliday[],
  more: readonly DraftHoliday[],
): DraftHoliday[] {
  const taken = new Set(holidays.map(({ date }) => date))
  return [...holidays, ...more.filter(({ date }) => !taken.has(date))]
}

/** Is this day off already, by its own date or every year? */
export const isPresent = (holidays: readonly DraftHoliday[], { date }: Pick<HolidayOffer, 'date'>): boolean =>
  holidays.some((holiday) => holiday.date === date || (!isYearly(date) && holiday.date === date.slice(5)))

/**
 * The last date that is known of the holidays which move from year to year, when that is within twelve months: the calendar then
 * wants new ones. A closing that somebody entered says nothing about them.
 */
export function movableRunOut(holidays: readonly DraftHoliday[], today: string): string | null {
  const dated = holidays.filter(({ date }) => !isYearly(date))
  const closings = new Set(
    holidayRows(dated, '0000-01-01').flatMap(({ keys }) => (keys.length > 2 ? keys : [])),
  )
  const last = dated
    .filter(({ key }) => !closings.has(key))
    .map(({ date }) => date)
    .sort()
    .at(-1)
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  return last !== undefined && last < nextYear ? last : null
}

/** Reasons by the holiday's key. */
export function holidayFaults(holidays: readonly DraftHoliday[]): ReadonlyMap<number, string> {
  const { error } = newCalendarInput.shape.holidays.safeParse(toHolidays(holidays))
  const found = new Map<number, string>()
  for (const { path, message } of error?.issues ?? []) {
    const holiday = holidays[Number(path[0])]
    if (holiday && !found.has(holiday.key)) found.set(holiday.key, message)
  }
  return found
}
