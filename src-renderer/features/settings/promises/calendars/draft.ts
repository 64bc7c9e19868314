import {
  newCalendarInput,
  weekdays,
  type CalendarChanges,
  type CalendarView,
  type NewCalendar,
} from '../../../../../server/sla/calendar.contract.ts'
import { fromHolidays, holidayFaults, toHolidays, type DraftHoliday } from './holidays.ts'
import {
  fromHours,
  newKey,
  sortedFaults,
  toHours,
  weekFaults,
  type DraftWindow,
  type WeekFaults,
} from './week.ts'

/** A calendar in the making. */
export interface CalendarDraft {
  name: string
  timezone: string
  windows: readonly DraftWindow[]
  holidays: readonly DraftHoliday[]
}

export const weekPresets = ['business', 'lunch', 'always'] as const
export type WeekPreset = (typeof weekPresets)[number]

const PRESETS: Record<WeekPreset, { days: number; windows: [from: string, until: string][] }> = {
  business: { days: 5, windows: [['08:00', '18:00']] },
  lunch: {
    days: 5,
    windows: [
      ['08:00', '12:00'],
      ['13:30', '18:00'],
    ],
  },
  always: { days: 7, windows: [['00:00', '24:00']] },
}

export const presetWindows = (preset: WeekPreset): DraftWindow[] =>
  weekdays
    .slice(0, PRESETS[preset].days)
    .flatMap((day) => PRESETS[preset].windows.map(([from, until]) => ({ key: newKey(), day, from, until })))

export const toDraft = ({
  name,
  timezone,
  hours,
  holidays,
}: Pick<CalendarView, 'name' | 'timezone' | 'hours' | 'holidays'>): CalendarDraft => ({
  name,
  timezone,
  windows: fromHours(hours),
  holidays: fromHolidays(holidays),
})

export const toCalendar = ({ name, timezone, windows, holidays }: CalendarDraft): NewCalendar => ({
  name: name.trim(),
  timezone,
  hours: toHours(windows),
  holidays: toHolidays(holidays),
})

type Changes = CalendarChanges['changes']
export type CalendarField = keyof NewCalendar & keyof Changes
export const calendarFields = ['name', 'timezone', 'hours', 'holidays'] as const satisfies CalendarField[]

/** What the editor changed of a calendar. */
export function calendarChanges(base: CalendarDraft, draft: CalendarDraft): Changes {
  const before = toCalendar(base)
  const after = toCalendar(draft)
  const changed = calendarFields.filter((field) => comparable(before, field) !== comparable(after, field))
  return Object.fromEntries(changed.map((field) => [field, after[field]]))
}

/** Windows and holidays mean the same in any order. */
function comparable(calendar: NewCalendar, field: CalendarField): string {
  if (field === 'hours') return JSON.stringify(weekdays.map((day) => (calendar.hours[day] ?? []).toSorted()))
  if (field !== 'holidays') return calendar[field].trim()
  const rows = calendar.holidays.map(({ date, name, open = [] }) => JSON.stringify([date, name, open]))
  return rows.sort().join()
}

export interface DraftFaults {
  /** Reasons by field, for `name` and `timezone`. */
  fields: Partial<Record<CalendarField, string>>
  week: WeekFaults
  /** Reasons by the holiday's key. */
  holidays: ReadonlyMap<number, string>
}

/** What the desk would refuse, by the same rules as the desk's. */
export function draftFaults(draft: CalendarDraft): DraftFaults {
  const { error } = newCalendarInput.safeParse(toCalendar(draft))
  const fields: DraftFaults['fields'] = {}
  for (const { path, code } of error?.issues ?? []) {
    if (path[0] === 'name') fields.name ??= `input.${code}`
    if (path[0] === 'timezone') fields.timezone ??= 'settings.timezone_unknown'
  }
  return { fields, week: weekFaults(draft.windows), holidays: holidayFaults(draft.holidays) }
}

/** What the desk did refuse: reasons by path, `changes.hours.mon.0` or `hours.mon.0`. */
export function refusedFaults(
  draft: CalendarDraft,
  fieldErrors: Readonly<Record<string, readonly string[]>>,
): DraftFaults {
  const faults = Object.entries(fieldErrors).map(([path, [reason = 'input.invalid']]) => ({
    path: path.replace(/^changes\./, '').split('.'),
    reason,
  }))
  const of = (field: CalendarField) => faults.filter(({ path }) => path[0] === field)
  const inside = (field: CalendarField) =>
    of(field).map(({ path, reason }) => ({ path: path.slice(1), reason }))
  const fields: DraftFaults['fields'] = {}
  for (const field of ['name', 'timezone'] as const) {
    const reason = of(field)[0]?.reason
    if (reason !== undefined) fields[field] = reason
  }
  const holidays = new Map<number, string>()
  for (const { path, reason } of inside('holidays')) {
    const holiday = draft.holidays[Number(path[0])]
    if (holiday) holidays.set(holiday.key, reason)
  }
  return { fields, week: sortedFaults(draft.windows, inside('hours')), holidays }
}

export const isFaulty = ({ fields, week, holidays }: DraftFaults): boolean =>
  Object.keys(fields).length > 0 || week.week !== null || week.windows.size > 0 || holidays.size > 0
