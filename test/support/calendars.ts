import fc from 'fast-check'
import {
  minuteOfDay,
  weekdays,
  type CalendarDefinition,
  type Holiday,
  type Hours,
  type OpenWindow,
} from '../../server/sla/calendar.contract.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES
/** Of a week: with less, hundreds of hours would lead out of the known years, and a slow clerk would never end. */
const LEAST_MINUTES = 20 * 60

/** When each zone's clocks did something unusual. */
const changes: Record<string, string[]> = {
  'America/Sao_Paulo': [
    '1985-11-02T03:00Z',
    '1986-03-15T02:00Z',
    '2018-02-18T02:00Z',
    '2018-11-04T03:00Z',
    '2019-02-17T02:00Z',
  ],
  'America/Manaus': ['1985-11-02T04:00Z', '1993-10-17T04:00Z', '1994-02-20T03:00Z'],
  'America/Noronha': ['1990-02-11T01:00Z', '2000-10-08T02:00Z', '2000-10-15T01:00Z', '2002-02-17T01:00Z'],
  'America/Rio_Branco': ['1987-10-25T05:00Z', '2008-06-24T05:00Z', '2013-11-10T04:00Z'],
  'Europe/Lisbon': [
    '1976-09-26T00:00Z',
    '1992-09-27T01:00Z',
    '1996-03-31T01:00Z',
    '2026-03-29T01:00Z',
    '2026-10-25T01:00Z',
  ],
  'America/New_York': ['1974-01-06T07:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'],
  'Australia/Lord_Howe': ['1981-02-28T14:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z'],
  'Asia/Kathmandu': ['1985-12-31T18:30Z'],
  'Pacific/Apia': ['2010-09-26T11:00Z', '2011-12-30T10:00Z', '2012-03-31T14:00Z', '2020-04-04T14:00Z'],
}

export const zones = Object.keys(changes)

export interface Situation {
  calendar: CalendarDefinition
  /** Milliseconds UTC; most lie within days of a change of the zone's clocks. */
  at: number
}

/** A calendar that the desk would accept, in one of {@link zones}, and an instant where it may get it wrong. */
export const situations: fc.Arbitrary<Situation> = fc.constantFrom(...zones).chain((timezone) =>
  instants(changes[timezone] ?? []).chain((at) =>
    fc.record({
      calendar: fc.record({ timezone: fc.constant(timezone), hours: hours(), holidays: holidaysAround(at) }),
      at: fc.constant(at),
    }),
  ),
)

function instants(changesOfZone: string[]): fc.Arbitrary<number> {
  const near = fc
    .tuple(fc.constantFrom(...changesOfZone), fc.integer({ min: -3 * DAY_MINUTES, max: DAY_MINUTES }))
    .map(([change, minutes]) => Date.parse(change) + minutes * MINUTE_MS)
  const anywhere = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2080, 0, 1) })
  const newYear = fc
    .tuple(fc.integer({ min: 1972, max: 2080 }), fc.integer({ min: -2 * DAY_MINUTES, max: DAY_MINUTES }))
    .map(([year, minutes]) => Date.UTC(year, 0, 1) + minutes * MINUTE_MS)
  const aligned = fc.oneof({ weight: 5, arbitrary: near }, anywhere, newYear)
  const offBeat = fc.constantFrom(0, 0, 1, 30_000, 59_999)
  return fc.tuple(aligned, offBeat).map(([at, ms]) => at + ms)
}

/** Windows by the minute, some over midnight, Sunday's into Monday too. */
function hours(): fc.Arbitrary<Hours> {
  const mark = fc.oneof(
    fc.integer({ min: 0, max: WEEK_MINUTES }),
    // Clocks change between midnight and three, mostly on Sundays.
    fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 15, 30, 60, 90, 120, 150, 180, 1380, 1410))
      .map(([day, minute]) => day * DAY_MINUTES + minute),
  )
  return fc
    .uniqueArray(mark, { minLength: 4, maxLength: 24 })
    .map((marks) => toHours(marks.toSorted((a, b) => a - b)))
    .filter((week) => openMinutes(week) >= LEAST_MINUTES)
}

function openMinutes(week: Hours): number {
  const lengths = Object.values(week)
    .flat()
    .map(
      ([from, until]) => (minuteOfDay(until) - minuteOfDay(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES,
    )
  return lengths.reduce((sum, length) => sum + length, 0)
}

function toHours(marks: number[]): Hours {
  const week: Hours = {}
  const [first = 0] = marks
  // Every second mark ends a window; the last window may run into the next week, up to where the first begins.
  const ends = marks.length % 2 === 0 ? marks : [...marks, WEEK_MINUTES + Math.min(first, 360)]
  for (let index = 0; index + 1 < ends.length; index += 2) {
    const [from = 0, until = 0] = ends.slice(index)
    const day = Math.floor(from / DAY_MINUTES)
    const weekday = weekdays[day]
    const isNight = until > (day + 1) * DAY_MINUTES
    const end = Math.min(until, isNight ? from + 12 * 60 : until)
    if (!weekday || until === from) continue
    const windows = (week[weekday] ??= [])
    const past = end - day * DAY_MINUTES
    windows.push([clock(from % DAY_MINUTES), clock(past > DAY_MINUTES ? past - DAY_MINUTES : past)])
  }
  return week
}

/** Some of the days around the instant, by date and by year, closed or with hours of their own. */
function holidaysAround(at: number): fc.Arbitrary<Holiday[]> {
  const holiday = fc.record({
    day: fc.integer({ min: -3, max: 4 }),
    isYearly: fc.boolean(),
    open: fc.constantFrom<OpenWindow[] | undefined>(
      undefined,
      [],
      [['00:00', '24:00']],
      [['09:00', '12:00']],
      [
        ['00:00', '02:10'],
        ['23:00', '24:00'],
      ],
    ),
  })
  return fc
    .uniqueArray(holiday, { maxLength: 4, selector: ({ day, isYearly }) => `${day} ${isYearly}` })
    .map((chosen) =>
      chosen.map(({ day, isYearly, open }): Holiday => {
        const date = new Date(at + day * DAY_MINUTES * MINUTE_MS).toISOString().slice(isYearly ? 5 : 0, 10)
        return { date, name: `Feriado ${date}`, ...(open && { open }) }
      }),
    )
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
