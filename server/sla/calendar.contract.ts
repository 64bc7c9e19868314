import { z } from 'zod'
import { idSchema } from '../ids.ts'
import { localeSchema, timezoneSchema } from '../settings/contract.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const MINUTES_PER_DAY = 24 * 60
/** Longer than the longest shift: a window that ends before it begins and would last longer was typed the wrong way round. */
const LONGEST_NIGHT_MINUTES = 12 * 60

/** Local wall-clock time; `24:00` is the end of the day. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'calendar.time_unreadable')

/** A day that ends is over: only an end can be `24:00`. */
const startOfWindow = timeOfDay.refine((time) => time !== '24:00', 'calendar.time_unreadable')

/** From, until. On a weekday it may run over midnight (`["22:00","06:00"]`), for twelve hours at most. */
const windowSchema = z.tuple([startOfWindow, timeOfDay])
export type OpenWindow = z.infer<typeof windowSchema>

const dayWindows = z.array(windowSchema).max(24)

const hoursSchema = z
  .strictObject({
    mon: dayWindows.optional(),
    tue: dayWindows.optional(),
    wed: dayWindows.optional(),
    thu: dayWindows.optional(),
    fri: dayWindows.optional(),
    sat: dayWindows.optional(),
    sun: dayWindows.optional(),
  })
  .superRefine((hours, context) => {
    for (const { path, reason } of hoursFaults(hours))
      context.addIssue({ code: 'custom', path, message: reason })
  })
/** The open windows of each weekday; a day that is left out is closed. */
export type Hours = Partial<Record<Weekday, OpenWindow[]>>

const holidaySchema = z
  .strictObject({
    /** `2026-12-25` once, `12-25` every year; a full date wins over a yearly one. */
    date: z.string().refine(isHolidayDate, 'calendar.date_unreadable'),
    name: z.string().trim().min(1, 'calendar.holiday_name_missing').max(80),
    /** Hours of that day in place of the weekday's; without it the whole day is closed. */
    open: dayWindows.optional(),
  })
  .superRefine(({ open = [] }, context) => {
    for (const { path, reason } of windowFaults(open, { overMidnight: false }))
      context.addIssue({ code: 'custom', path: ['open', ...path], message: reason })
  })
export type Holiday = z.infer<typeof holidaySchema>

const holidaysSchema = z
  .array(holidaySchema)
  .max(1_000)
  .superRefine((holidays, context) => {
    const seen = new Set<string>()
    for (const [index, { date }] of holidays.entries()) {
      if (seen.has(date))
        context.addIssue({ code: 'custom', path: [index, 'date'], message: 'calendar.holiday_repeated' })
      seen.add(date)
    }
  })

const calendarShape = {
  name: z.string().trim().min(1).max(80),
  timezone: timezoneSchema,
  hours: hoursSchema,
  holidays: holidaysSchema,
}
export const newCalendarInput = z.strictObject({ ...calendarShape, holidays: holidaysSchema.default([]) })
export type NewCalendar = z.infer<typeof newCalendarInput>
export const calendarChangesInput = z.strictObject({
  id: idSchema,
  /** The version that the change was made on; when it is given, a change on top of somebody else's is refused. */
  version: z.int().min(1).optional(),
  changes: z.strictObject(calendarShape).partial(),
})
export type CalendarChanges = z.infer<typeof calendarChangesInput>

/** What business time is made of. */
export interface CalendarDefinition {
  timezone: string
  hours: Hours
  holidays: readonly Holiday[]
}

export interface CalendarView extends CalendarDefinition {
  id: string
  name: string
  version: number
  archived: boolean
  /** Policies and teams that go by it, by name. A calendar in use can be retired but keeps counting for them. */
  usedBy: { policies: string[]; teams: string[] }
}

/** Business time is known between these instants. */
export const EARLIEST_MS = Date.UTC(1970, 0, 1)
export const LATEST_MS = Date.UTC(2101, 0, 1)

/** An instant for which business time is known. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= EARLIEST_MS && Date.parse(text) < LATEST_MS, 'calendar.out_of_range')

/** Business time of a calendar, saved or still being edited: when `minutes` after `from` are over, or how many lie before `to`. */
export const previewInput = z
  .strictObject({
    calendarId: idSchema.optional(),
    calendar: z
      .strictObject({ timezone: timezoneSchema, hours: hoursSchema, holidays: holidaysSchema })
      .optional(),
    from: instantSchema,
    /** Negative walks backwards. */
    minutes: z.number().min(-100_000_000).max(100_000_000).optional(),
    to: instantSchema.optional(),
  })
  .refine(({ calendarId, calendar }) => (calendarId === undefined) !== (calendar === undefined), {
    path: ['calendarId'],
    message: 'calendar.preview_of_one',
  })
  .refine(({ minutes, to }) => (minutes === undefined) !== (to === undefined), {
    path: ['minutes'],
    message: 'calendar.preview_asks_one',
  })
export type Preview = z.infer<typeof previewInput>
export type PreviewAnswer = { dueAt: string } | { minutes: number }

/** Where holidays are known; their names in this language. */
export const placesInput = z.strictObject({ locale: localeSchema })

/** Some countries' holidays follow the moon, which takes long to reckon. */
const MOST_YEARS = 10

/** Which holidays to offer: the country's own, its state's and its municipality's, in these years (ten at most). */
export const holidaysOfInput = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/),
    state: z.string().max(20).optional(),
    region: z.string().max(20).optional(),
    fromYear: z.int().min(1970).max(2100),
    toYear: z.int().min(1970).max(2100),
    /** Of the names. */
    locale: localeSchema,
  })
  .refine(({ fromYear, toYear }) => toYear >= fromYear && toYear - fromYear < MOST_YEARS, {
    path: ['toYear'],
    message: 'calendar.years_unfit',
  })
export type HolidaysOf = z.infer<typeof holidaysOfInput>

export interface HolidayOffer {
  /** As in {@link Holiday}: yearly where the day never moves. */
  date: string
  name: string
  /** `optional`: not a day off by law (Carnaval, Corpus Christi): the office decides. */
  kind: 'public' | 'optional'
}

/** Countries with their states and municipalities, as far as their holidays are known. */
export interface HolidayPlace {
  code: string
  name: string
  places: HolidayPlace[]
}

/** When each calendar is open, `[from, until)` in milliseconds UTC: what a screen counts remaining time by. */
export interface OpenStretches {
  from: number
  until: number
  calendars: Record<string, [from: number, until: number][]>
}

interface Fault {
  path: (string | number)[]
  reason: string
}

/** Minutes since midnight. */
export function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}

/** Every window by the minutes of the week that it covers, Monday 00:00 first; what runs over Sunday's midnight goes beyond the week. */
function hoursFaults(hours: Hours): Fault[] {
  const faults = weekdays.flatMap((day) =>
    windowFaults(hours[day] ?? [], { overMidnight: true }).map(({ path, reason }) => ({
      path: [day, ...path],
      reason,
    })),
  )
  if (faults.length > 0) return faults
  const spans = weekdays.flatMap((day, d) =>
    (hours[day] ?? []).map(([from, until], index) => {
      const start = d * MINUTES_PER_DAY + minuteOfDay(from)
      const length =
        (minuteOfDay(until) - minuteOfDay(from) + MINUTES_PER_DAY) % MINUTES_PER_DAY || MINUTES_PER_DAY
      return { path: [day, index], start, end: start + length }
    }),
  )
  if (spans.length === 0) return [{ path: [], reason: 'calendar.never_open' }]
  const week = weekdays.length * MINUTES_PER_DAY
  const again = spans.map((span) => ({ ...span, start: span.start + week, end: span.end + week }))
  const inOrder = [...spans, ...again].sort((a, b) => a.start - b.start)
  return inOrder.slice(1, spans.length + 1).flatMap(({ start, path }, index) => {
    const before = inOrder[index]
    return before && before.end > start ? [{ path, reason: 'calendar.windows_overlap' }] : []
  })
}

function windowFaults(windows: readonly OpenWindow[], { overMidnight }: { overMidnight: boolean }): Fault[] {
  const spans = windows.map(([from, until], index) => ({
    index,
    from: minuteOfDay(from),
    until: minuteOfDay(until),
  }))
  const wrong = spans.flatMap(({ index, from, until }) => {
    if (from === until) return [{ path: [index], reason: 'calendar.window_empty' }]
    const isNight = overMidnight && until + MINUTES_PER_DAY - from <= LONGEST_NIGHT_MINUTES
    return from > until && !isNight ? [{ path: [index], reason: 'calendar.window_reversed' }] : []
  })
  if (wrong.length > 0) return wrong
  const inOrder = spans.toSorted((a, b) => a.from - b.from)
  return inOrder.slice(1).flatMap(({ index, from }, i) => {
    const before = inOrder[i]
    const end = before && (before.until > before.from ? before.until : MINUTES_PER_DAY)
    return end !== undefined && end > from ? [{ path: [index], reason: 'calendar.windows_overlap' }] : []
  })
}

/** Is it a day that exists, this year's or (29 February included) any year's? */
function isHolidayDate(date: string): boolean {
  const [, year = '2024', month, day] = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(date) ?? []
  if (month === undefined || day === undefined) return false
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(5, 10) === `${month}-${day}`
}
