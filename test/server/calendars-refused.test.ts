import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hours } from '../../server/sla/calendar.contract.ts'
import { newId } from '../../server/ids.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let supervisor: Client
beforeAll(async () => {
  server = await startTestServer()
  const account = { name: 'Sílvia', email: 'silvia@ipe.example', role: 'supervisor' } as const
  supervisor = server.client((await server.join(await server.setup(), account)).token)
})
afterAll(() => server[Symbol.asyncDispose]())

type Input = Parameters<Client['calendars']['create']['mutate']>[0]

/** By a name of its own, which no other test bears. */
const create = (parts: Partial<Input> = {}) =>
  supervisor.calendars.create.mutate({
    name: newId(),
    timezone: 'America/Sao_Paulo',
    hours: { mon: [['08:00', '18:00']] },
    holidays: [],
    ...parts,
  })

describe('what no calendar can be made of is refused at its field', () => {
  const mon = (...windows: unknown[]) => ({ hours: { mon: windows } })

  it.each<[string, object, string, string]>([
    ['a zone that nobody knows', { timezone: 'America/Saturno' }, 'timezone', 'settings.timezone_unknown'],
    ['a mere offset', { timezone: '-03:00' }, 'timezone', 'settings.timezone_unknown'],
    ['an empty name', { name: '  ' }, 'name', 'input.too_small'],
    ['no hours at all', { hours: {} }, 'hours', 'calendar.never_open'],
    ['days without windows', { hours: { mon: [], tue: [] } }, 'hours', 'calendar.never_open'],
    ['a window that ends as it begins', mon(['09:00', '09:00']), 'hours.mon.0', 'calendar.window_empty'],
    ['a window the wrong way round', mon(['18:00', '08:00']), 'hours.mon.0', 'calendar.window_reversed'],
    [
      'a window over another',
      mon(['08:00', '12:00'], ['11:59', '13:00']),
      'hours.mon.1',
      'calendar.windows_overlap',
    ],
    [
      'a window within another, written first',
      mon(['09:00', '10:00'], ['08:00', '12:00']),
      'hours.mon.0',
      'calendar.windows_overlap',
    ],
    [
      'a window twice',
      mon(['08:00', '12:00'], ['08:00', '12:00']),
      'hours.mon.1',
      'calendar.windows_overlap',
    ],
    [
      'a night that runs into the next morning',
      { hours: { mon: [['22:00', '06:00']], tue: [['05:59', '09:00']] } },
      'hours.tue.0',
      'calendar.windows_overlap',
    ],
    [
      'Sunday’s night that runs into Monday',
      { hours: { sun: [['22:00', '06:00']], mon: [['05:00', '09:00']] } },
      'hours.mon.0',
      'calendar.windows_overlap',
    ],
    ['an hour that no day has', mon(['08:00', '25:00']), 'hours.mon.0.1', 'calendar.time_unreadable'],
    ['a minute that no hour has', mon(['08:60', '12:00']), 'hours.mon.0.0', 'calendar.time_unreadable'],
    ['an hour in one digit', mon(['8:00', '12:00']), 'hours.mon.0.0', 'calendar.time_unreadable'],
    [
      'a window that begins where the day ends',
      mon(['24:00', '06:00']),
      'hours.mon.0.0',
      'calendar.time_unreadable',
    ],
    [
      'a holiday that no year has',
      { holidays: [{ date: '02-30', name: 'x' }] },
      'holidays.0.date',
      'calendar.date_unreadable',
    ],
    [
      '29 February of a common year',
      { holidays: [{ date: '2027-02-29', name: 'x' }] },
      'holidays.0.date',
      'calendar.date_unreadable',
    ],
    [
      'a holiday in the Brazilian order',
      { holidays: [{ date: '25/12/2026', name: 'x' }] },
      'holidays.0.date',
      'calendar.date_unreadable',
    ],
    [
      'a holiday without a name',
      { holidays: [{ date: '12-25', name: ' ' }] },
      'holidays.0.name',
      'calendar.holiday_name_missing',
    ],
    [
      'a holiday twice',
      {
        holidays: [
          { date: '12-25', name: 'Natal' },
          { date: '01-01', name: 'Ano-Novo' },
          { date: '12-25', name: 'Natal' },
        ],
      },
      'holidays.2.date',
      'calendar.holiday_repeated',
    ],
    [
      'a holiday open over midnight',
      { holidays: [{ date: '12-24', name: 'x', open: [['22:00', '02:00']] }] },
      'holidays.0.open.0',
      'calendar.window_reversed',
    ],
    [
      'a holiday’s windows over each other',
      {
        holidays: [
          {
            date: '12-24',
            name: 'x',
            open: [
              ['08:00', '12:00'],
              ['10:00', '14:00'],
            ],
          },
        ],
      },
      'holidays.0.open.1',
      'calendar.windows_overlap',
    ],
  ])('%s', async (_, parts, field, reason) => {
    expect(await refusal(create(parts as never))).toMatchObject({
      code: 'BAD_REQUEST',
      fieldErrors: { [field]: [reason] },
    })
  })

  it('the same goes for edits', async () => {
    const { id } = await create()
    const edit = supervisor.calendars.update.mutate({ id, changes: { hours: { mon: [['18:00', '08:00']] } } })
    expect(await refusal(edit)).toMatchObject({
      fieldErrors: { 'changes.hours.mon.0': ['calendar.window_reversed'] },
    })
  })

  it('holidays that cover every open day', async () => {
    const everyDate = Array.from({ length: 366 }, (_, day) =>
      new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(5, 10),
    )
    const holidays = everyDate.map((date) => ({ date, name: 'Fechado' }))
    const never = { reason: 'calendar.never_open', fieldErrors: { hours: ['calendar.never_open'] } }
    expect(await refusal(create({ holidays }))).toMatchObject(never)
    const { id } = await create()
    expect(await refusal(supervisor.calendars.update.mutate({ id, changes: { holidays } }))).toMatchObject(
      never,
    )
    const known = await supervisor.calendars.list.query()
    expect(known.find((calendar) => calendar.id === id)).toMatchObject({ version: 1, holidays: [] })
  })

  it('but nights of twelve hours, touching windows and days that end at 24:00 are fine', async () => {
    const hours: Hours = {
      mon: [['20:00', '08:00']],
      tue: [
        ['08:00', '12:00'],
        ['12:00', '24:00'],
      ],
      wed: [['00:00', '24:00']],
    }
    expect((await create({ hours })).hours).toEqual(hours)
  })
})

describe('a preview', () => {
  const calendar = { timezone: 'America/Sao_Paulo', hours: { mon: [['08:00', '18:00']] }, holidays: [] }

  it.each<[string, object, string, string]>([
    ['beyond 2100', { from: '2100-12-31T12:00:00Z', minutes: 1_000_000 }, 'minutes', 'calendar.out_of_range'],
    [
      'before 1970',
      { from: '1970-01-02T12:00:00Z', minutes: -1_000_000 },
      'minutes',
      'calendar.out_of_range',
    ],
    ['from before 1970', { from: '1969-12-31T12:00:00Z', minutes: 1 }, 'from', 'calendar.out_of_range'],
    [
      'to after 2100',
      { from: '2026-03-09T12:00:00Z', to: '2101-01-01T00:00:00Z' },
      'to',
      'calendar.out_of_range',
    ],
    [
      'of both at once',
      { from: '2026-03-09T12:00:00Z', minutes: 1, to: '2026-03-10T12:00:00Z' },
      'minutes',
      'calendar.preview_asks_one',
    ],
    ['of nothing', { from: '2026-03-09T12:00:00Z' }, 'minutes', 'calendar.preview_asks_one'],
    [
      'of two calendars',
      { calendarId: newId(), from: '2026-03-09T12:00:00Z', minutes: 1 },
      'calendarId',
      'calendar.preview_of_one',
    ],
    [
      'of no calendar',
      { calendar: undefined, from: '2026-03-09T12:00:00Z', minutes: 1 },
      'calendarId',
      'calendar.preview_of_one',
    ],
    [
      'of a calendar that never opens',
      { calendar: { ...calendar, hours: {} }, from: '2026-03-09T12:00:00Z', minutes: 1 },
      'calendar.hours',
      'calendar.never_open',
    ],
  ])('%s is refused', async (_, question, field, reason) => {
    expect(
      await refusal(supervisor.calendars.preview.query({ calendar, ...question } as never)),
    ).toMatchObject({
      fieldErrors: { [field]: [reason] },
    })
  })
})
