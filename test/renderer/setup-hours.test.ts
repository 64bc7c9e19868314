import { describe, expect, test } from 'vitest'
import { newCalendarInput } from '../../server/sla/calendar.contract.ts'
import {
  newOfficeHours,
  officeHoursFaults,
  officeWindows,
  publicHolidays,
  withDay,
  type OfficeHours,
} from '../../src-renderer/features/setup/office-hours.ts'
import { isBrazilian } from '../../src-renderer/features/settings/promises/calendars/places.ts'
import { toHours } from '../../src-renderer/features/settings/promises/calendars/week.ts'

const hours = (changes: Partial<OfficeHours> = {}): OfficeHours => ({ ...newOfficeHours(), ...changes })
const lunch = (from: string, until: string) => ({ isOn: true, from, until })
const week = (changes: Partial<OfficeHours> = {}) => toHours(officeWindows(hours(changes)))
const faults = (changes: Partial<OfficeHours>) => officeHoursFaults(hours(changes))

describe('the hours that the first run offers', () => {
  test('are the Brazilian business week', () => {
    const day = [['08:00', '18:00']]
    expect(newOfficeHours().isOn).toBe(true)
    expect(week()).toEqual({ mon: day, tue: day, wed: day, thu: day, fri: day })
    expect(officeHoursFaults(newOfficeHours())).toEqual({})
  })

  test('leave the lunch out on every day that has one', () => {
    const day = [
      ['08:00', '12:00'],
      ['13:30', '18:00'],
    ]
    expect(week({ days: ['mon', 'sat'], lunch: lunch('12:00', '13:30') })).toEqual({ mon: day, sat: day })
  })

  test('put what follows the lunch of a night on the morning after', () => {
    const night = { days: ['sun' as const], from: '22:00', until: '06:00' }
    const cases = [
      [lunch('02:00', '03:00'), { sun: [['22:00', '02:00']], mon: [['03:00', '06:00']] }],
      [lunch('23:30', '00:30'), { sun: [['22:00', '23:30']], mon: [['00:30', '06:00']] }],
      [
        lunch('23:00', '23:30'),
        {
          sun: [
            ['22:00', '23:00'],
            ['23:30', '06:00'],
          ],
        },
      ],
    ] as const
    for (const [pause, expected] of cases) {
      expect(week({ ...night, lunch: pause })).toEqual(expected)
      expect(faults({ ...night, lunch: pause })).toEqual({})
    }
  })

  test('keep their days in the order of the week', () => {
    expect(withDay(['mon', 'fri'], 'wed', true)).toEqual(['mon', 'wed', 'fri'])
    expect(withDay(['mon', 'wed', 'fri'], 'wed', false)).toEqual(['mon', 'fri'])
  })
})

describe('what is wrong with the hours stands at the field that mends it', () => {
  test.each([
    ['no day', { days: [] }, { days: 'calendar.never_open' }],
    ['an end before the begin', { from: '18:00', until: '08:00' }, { until: 'calendar.window_reversed' }],
    ['no time between', { from: '08:00', until: '08:00' }, { until: 'calendar.window_empty' }],
    ['a begin that is no time', { from: 'oito' }, { from: 'calendar.time_unreadable' }],
    ['a begin at the end of the day', { from: '24:00' }, { from: 'calendar.time_unreadable' }],
    [
      'ends that are no time',
      { until: '25', lunch: lunch('12:00', '') },
      { until: 'calendar.time_unreadable', 'lunch.until': 'calendar.time_unreadable' },
    ],
    ['a lunch before opening', { lunch: lunch('07:00', '09:00') }, { 'lunch.from': 'setup.lunch_outside' }],
    ['a lunch beyond closing', { lunch: lunch('17:00', '19:00') }, { 'lunch.until': 'setup.lunch_outside' }],
    [
      'a lunch that ends before it begins',
      { lunch: lunch('13:30', '12:00') },
      { 'lunch.until': 'setup.lunch_outside' },
    ],
    ['a lunch of no time', { lunch: lunch('12:00', '12:00') }, { 'lunch.until': 'calendar.window_empty' }],
    [
      'a lunch at noon of a night',
      { from: '20:00', until: '06:00', lunch: lunch('12:00', '13:30') },
      { 'lunch.from': 'setup.lunch_outside' },
    ],
  ] as const)('%s', (_, changes, expected) => expect(faults(changes)).toEqual(expected))

  test.each([
    ['a night', { from: '20:00', until: '06:00' }],
    ['a whole day', { from: '00:00', until: '24:00' }],
    ['a lunch that is switched off', { lunch: { isOn: false, from: 'x', until: 'y' } }],
    ['everything, when no hours are wanted', { isOn: false, days: [], from: 'x' }],
  ] as const)('nothing is wrong with %s', (_, changes) => expect(faults(changes)).toEqual({}))

  test('whatever is found good is taken by the desk', () => {
    const times = ['00:00', '06:00', '08:00', '12:00', '13:30', '18:00', '22:00', '24:00', 'x']
    const all = times.flatMap((from) =>
      times.flatMap((until) =>
        times.flatMap((begin) => times.map((end) => hours({ from, until, lunch: lunch(begin, end) }))),
      ),
    )
    const good = new Set(all.filter((each) => Object.keys(officeHoursFaults(each)).length === 0))
    const refused = [...good].filter(
      (each) => !newCalendarInput.shape.hours.safeParse(toHours(officeWindows(each))).success,
    )
    expect(refused).toEqual([])
    const isPlain = ({ from, until, lunch: { from: begin, until: end } }: OfficeHours) =>
      from !== 'x' && until !== 'x' && from < begin && begin < end && end < until
    expect(all.filter((each) => isPlain(each) && !good.has(each))).toEqual([])
  })
})

test('of the holidays only those by law are entered', () => {
  expect(
    publicHolidays([
      { date: '12-25', name: 'Natal', kind: 'public' },
      { date: '2027-02-09', name: 'Carnaval', kind: 'optional' },
    ]),
  ).toEqual([{ date: '12-25', name: 'Natal' }])
})

test('national holidays are offered in every zone of Brazil and nowhere else', () => {
  for (const zone of ['America/Sao_Paulo', 'America/Manaus', 'America/Noronha'])
    expect(isBrazilian(zone)).toBe(true)
  for (const zone of ['America/Bahia_Banderas', 'Europe/Lisbon', 'toString'])
    expect(isBrazilian(zone)).toBe(false)
})
