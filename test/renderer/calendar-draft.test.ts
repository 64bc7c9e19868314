import { describe, expect, test } from 'vitest'
import type { CalendarView, Holiday, HolidayOffer } from '../../server/sla/calendar.contract.ts'
import type { Command } from '../../src-renderer/outbox/command.ts'
import {
  calendarConflicts,
  expectedCalendars,
  openState,
} from '../../src-renderer/features/settings/promises/calendars/calendars.ts'
import {
  calendarChanges,
  draftFaults,
  isFaulty,
  presetWindows,
  refusedFaults,
  toDraft,
} from '../../src-renderer/features/settings/promises/calendars/draft.ts'
import {
  recorded,
  redone,
  startHistory,
  undone,
} from '../../src-renderer/features/settings/promises/calendars/history.ts'
import {
  closing,
  daysAfter,
  fromHolidays,
  holidayFaults,
  holidayRows,
  isPresent,
  movableRunOut,
  nextOccurrence,
  toHolidays,
  withHolidays,
} from '../../src-renderer/features/settings/promises/calendars/holidays.ts'
import {
  chosenHolidays,
  dateRuns,
  offerRows,
  proposed,
} from '../../src-renderer/features/settings/promises/calendars/offers.ts'
import {
  holidaysBetween,
  previewCalendar,
} from '../../src-renderer/features/settings/promises/calendars/previews.ts'
import {
  instantOf,
  localDate,
  wallTime,
} from '../../src-renderer/features/settings/promises/calendars/zoned-time.ts'

const TODAY = '2026-11-22'
const list = (...holidays: Holiday[]) => fromHolidays(holidays)
const christmas = { date: '12-25', name: 'Natal' }
const office = {
  name: 'Comercial',
  timezone: 'America/Sao_Paulo',
  hours: { mon: [['08:00', '18:00']] as [string, string][] },
  holidays: [christmas],
}
const view = (more: Partial<CalendarView> = {}): CalendarView => ({
  ...office,
  id: 'c1',
  version: 3,
  archived: false,
  usedBy: { policies: [], teams: [] },
  ...more,
})
const command = (procedure: string, input: unknown, more: Partial<Command> = {}): Command =>
  ({
    id: 'w1',
    procedure,
    input,
    state: 'waiting',
    subject: null,
    createdAt: 0,
    attempts: 0,
    ...more,
  }) as Command

describe('holidays', () => {
  test('a yearly one comes again next year, a dated one is over, a 29 February waits for its year', () => {
    expect(nextOccurrence('12-25', TODAY)).toBe('2026-12-25')
    expect(nextOccurrence('01-01', TODAY)).toBe('2027-01-01')
    expect(nextOccurrence('11-22', TODAY)).toBe(TODAY)
    expect(nextOccurrence('2026-04-03', TODAY)).toBeNull()
    expect(nextOccurrence('02-29', TODAY)).toBe('2028-02-29')
  })

  test('what comes next stands first, what is over last', () => {
    const holidays = list(
      { date: '2026-04-03', name: 'Paixão' },
      { date: '01-01', name: 'Ano novo' },
      christmas,
    )
    expect(holidayRows(holidays, TODAY).map(({ name, first }) => [name, first])).toEqual([
      ['Natal', '2026-12-25'],
      ['Ano novo', '2027-01-01'],
      ['Paixão', '2026-04-03'],
    ])
  })

  test('a closing is a holiday a day, and one row', () => {
    const days = closing('2026-12-28', '2027-01-02', 'Recesso') ?? []
    expect(days).toHaveLength(6)
    expect(holidayRows(days, TODAY)).toMatchObject([
      { name: 'Recesso', first: '2026-12-28', last: '2027-01-02', yearly: false },
    ])
    expect(closing('2027-01-02', '2026-12-28', 'Recesso')).toBeNull()
    expect(closing('', '2026-12-28', 'Recesso')).toBeNull()
  })

  test('days that are there already stay as they are', () => {
    const closed = closing('2026-12-24', '2026-12-26', 'Recesso') ?? []
    const holidays = withHolidays(list({ date: '2026-12-25', name: 'Natal' }), closed)
    expect(holidays.map(({ name }) => name)).toEqual(['Natal', 'Recesso', 'Recesso'])
    expect(isPresent(list(christmas), { date: '2027-12-25' })).toBe(true)
    expect(isPresent(list(christmas), { date: '12-26' })).toBe(false)
  })

  test('the calendar asks for new movable feasts a year ahead, and closings don’t count as such', () => {
    const closed = closing('2027-12-24', '2028-01-02', 'Recesso') ?? []
    const feast = { date: '2027-03-26', name: 'Sexta-feira Santa' }
    expect(movableRunOut([...list(feast, christmas), ...closed], TODAY)).toBe('2027-03-26')
    expect(movableRunOut(list(feast, { ...feast, date: '2028-04-14' }), TODAY)).toBeNull()
    expect(movableRunOut([...list(christmas), ...closed], TODAY)).toBeNull()
  })

  test('part of a day is kept, and what is wrong stands at its holiday', () => {
    const holidays = list(
      { date: '12-24', name: 'Véspera', open: [['08:00', '12:00']] },
      christmas,
      christmas,
    )
    expect(toHolidays(holidays)[0]).toEqual({ date: '12-24', name: 'Véspera', open: [['08:00', '12:00']] })
    expect([...holidayFaults(holidays)]).toEqual([[holidays[2]?.key, 'calendar.holiday_repeated']])
    const late = list({ date: '12-24', name: 'Véspera', open: [['22:00', '02:00']] })
    expect([...holidayFaults(late).values()]).toEqual(['calendar.window_reversed'])
  })
})

describe('a calendar in the making', () => {
  test('only what was changed is sent, and order changes nothing', () => {
    const two = { ...office, holidays: [christmas, { date: '01-01', name: 'Ano novo' }] }
    const draft = toDraft({ ...two, holidays: two.holidays.toReversed() })
    expect(calendarChanges(toDraft(two), draft)).toEqual({})
    expect(calendarChanges(toDraft(two), { ...draft, name: ' Loja ' })).toEqual({ name: 'Loja' })
  })

  test('every preset is a calendar that the desk takes', () => {
    for (const preset of ['business', 'lunch', 'always'] as const)
      expect(isFaulty(draftFaults({ ...toDraft(office), windows: presetWindows(preset) }))).toBe(false)
  })

  test('a name is missed before anything is sent', () => {
    expect(draftFaults({ ...toDraft(office), name: ' ' }).fields).toEqual({ name: 'input.too_small' })
  })

  test('what the desk refuses stands at its window, its holiday and its field', () => {
    const draft = toDraft(office)
    const faults = refusedFaults(draft, {
      'changes.hours.mon.0': ['calendar.windows_overlap'],
      'holidays.0.name': ['calendar.holiday_name_missing'],
      'changes.name': ['any.name_taken'],
    })
    expect(faults.week.windows.get(draft.windows[0]?.key ?? 0)).toBe('calendar.windows_overlap')
    expect(faults.holidays.get(draft.holidays[0]?.key ?? 0)).toBe('calendar.holiday_name_missing')
    expect(faults.fields).toEqual({ name: 'any.name_taken' })
  })

  test('steps of one name are taken back together, and done again', () => {
    const typed = recorded(recorded(startHistory(''), 'a', 'name'), 'ab', 'name')
    const both = recorded(typed, 'ab!')
    expect(undone(both).present).toBe('ab')
    expect(undone(undone(both)).present).toBe('')
    expect(redone(redone(undone(undone(both)))).present).toBe('ab!')
    expect(undone(startHistory('x')).present).toBe('x')
  })
})

describe('calendars on their way', () => {
  test('are shown as they will be', () => {
    const changed = expectedCalendars(
      [view()],
      [
        command('calendars.update', { id: 'c1', changes: { name: 'Loja' } }),
        command('calendars.archive', { id: 'c1' }),
        command('calendars.create', { ...office, name: 'Nova' }),
      ],
    )
    expect(changed).toMatchObject([
      { name: 'Loja', archived: true, pending: true },
      { name: 'Nova', archived: false, pending: true },
    ])
  })

  test('a refused edit on top of somebody else’s waits for a choice', () => {
    const failure = {
      kind: 'refused',
      code: 'CONFLICT',
      reason: 'calendar.changed',
      details: { current: view() },
    }
    const refused = command(
      'calendars.update',
      { id: 'c1', changes: { name: 'Loja' } },
      {
        state: 'refused',
        failure: { ...failure, fieldErrors: {}, faultId: null } as Command['failure'],
      },
    )
    expect(calendarConflicts([refused])).toMatchObject([{ commandId: 'w1', changes: { name: 'Loja' } }])
  })

  test('open until closing time, closed until opening, and a night in two pieces is one', () => {
    const stretches = [
      [10, 20],
      [20, 30],
      [40, 50],
    ] as [number, number][]
    expect(openState(stretches, 100, 15)).toEqual({ isOpen: true, changesAt: 30 })
    expect(openState(stretches, 100, 30)).toEqual({ isOpen: false, changesAt: 40 })
    expect(openState(stretches, 100, 60)).toEqual({ isOpen: false, changesAt: null })
    expect(openState([[0, 100]], 100, 60)).toEqual({ isOpen: true, changesAt: null })
    expect(openState(undefined, 100, 60)).toBeNull()
  })
})

describe('clocks on the wall', () => {
  test('a local time of another zone is found, and shown again', () => {
    const at = instantOf('2026-11-27T17:30', 'America/Sao_Paulo')
    expect(at).toBe(Date.UTC(2026, 10, 27, 20, 30))
    expect(wallTime(at ?? 0, 'America/Sao_Paulo')).toBe('2026-11-27T17:30')
    expect(localDate(Date.UTC(2026, 10, 28, 1), 'America/Sao_Paulo')).toBe('2026-11-27')
  })

  test('a midnight that does not exist is an hour later, an hour that comes twice is the first', () => {
    expect(instantOf('2018-11-04T00:00', 'America/Sao_Paulo')).toBe(Date.UTC(2018, 10, 4, 3))
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30))
    expect(instantOf('amanhã', 'America/Sao_Paulo')).toBeNull()
  })
})

describe('holidays to choose from', () => {
  const offers: HolidayOffer[] = [
    { date: '12-25', name: 'Natal', kind: 'public' },
    { date: '2026-04-03', name: 'Sexta-feira Santa', kind: 'public' },
    { date: '2027-03-26', name: 'Sexta-feira Santa', kind: 'public' },
    { date: '2028-04-14', name: 'Sexta-feira Santa', kind: 'public' },
    { date: '2027-02-08', name: 'Carnaval', kind: 'optional' },
    { date: '2027-02-09', name: 'Carnaval', kind: 'optional' },
  ]

  test('one row for all years, by the day of the year, and nothing that is over', () => {
    expect(offerRows(offers, [], TODAY).map(({ name, dates }) => [name, dates])).toEqual([
      ['Carnaval', ['2027-02-08', '2027-02-09']],
      ['Sexta-feira Santa', ['2027-03-26', '2028-04-14']],
      ['Natal', ['12-25']],
    ])
  })

  test('days off by law are proposed, the others and those that are there are not', () => {
    const rows = offerRows(offers, list(christmas, { date: '2027-03-26', name: 'Paixão' }), TODAY)
    expect(proposed(rows)).toEqual(['public Sexta-feira Santa'])
    const chosen = chosenHolidays(rows, new Set(['public Sexta-feira Santa', 'public Natal']))
    expect(chosen.map(({ date }) => date)).toEqual(['2028-04-14'])
  })

  test('days in a row are read as one time', () => {
    expect(dateRuns(['2027-02-09', '2027-02-08', '2028-02-28'])).toEqual([
      { first: '2027-02-08', last: '2027-02-09' },
      { first: '2028-02-28', last: '2028-02-28' },
    ])
  })

  test('the preview asks with the holidays around its beginning, for an address is no longer than that', () => {
    const many = Array.from({ length: 400 }, (_, day) => ({
      date: daysAfter('2026-01-01', day),
      name: 'Dia',
    }))
    const draft = toDraft({ ...office, holidays: [...many, christmas] })
    const { holidays } = previewCalendar(draft, Date.parse('2026-11-22T12:00:00Z'))
    expect(holidays).toHaveLength(120)
    expect(holidays.map(({ date }) => date)).toContain('12-25')
    expect(encodeURIComponent(JSON.stringify(holidays)).length).toBeLessThan(12_000)
    expect(
      holidaysBetween(
        toDraft(office),
        Date.parse('2026-12-24T12:00:00Z'),
        Date.parse('2026-12-26T12:00:00Z'),
      ),
    ).toEqual(['Natal'])
  })
})
