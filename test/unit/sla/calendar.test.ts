import { describe, expect, it } from 'vitest'
import type { CalendarDefinition, Hours, OpenWindow } from '../../../server/sla/calendar.contract.ts'
import { alwaysOpen, compileCalendar } from '../../../server/sla/calendar.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const everyDay = (...windows: OpenWindow[]): Hours => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
  sat: windows,
  sun: windows,
})
const workdays = (...windows: OpenWindow[]): Hours => ({ ...everyDay(...windows), sat: [], sun: [] })

/** Monday to Friday with a lunch break, in São Paulo. */
const withLunch = workdays(['08:00', '12:00'], ['13:30', '18:00'])

const calendar = (
  hours: Hours,
  { timezone = 'America/Sao_Paulo', holidays = [] }: Partial<CalendarDefinition> = {},
) => compileCalendar({ timezone, hours, holidays })

/** An instant written with its offset, as `2026-03-06 17:30 -03:00`. */
function at(text: string): number {
  const instant = Date.parse(text.replace(' ', 'T').replace(' ', ''))
  if (Number.isNaN(instant)) throw new Error(`${text} is no instant.`)
  return instant
}

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())

describe('business time in an office with a lunch break', () => {
  const time = calendar(withLunch)

  // March 2026: the 6th is a Friday.
  it.each([
    ['Friday 17:30 and two hours is Monday 09:30', '2026-03-06 17:30 -03:00', 120, '2026-03-09 09:30 -03:00'],
    ['Monday 11:30 and one hour is 14:00', '2026-03-09 11:30 -03:00', 60, '2026-03-09 14:00 -03:00'],
    ['Saturday and half an hour is Monday 08:30', '2026-03-07 15:12 -03:00', 30, '2026-03-09 08:30 -03:00'],
    ['lunch time and a quarter is 13:45', '2026-03-09 12:15 -03:00', 15, '2026-03-09 13:45 -03:00'],
    ['what runs out at closing is due at closing', '2026-03-09 15:00 -03:00', 180, '2026-03-09 18:00 -03:00'],
    ['what runs out at lunch is due at lunch', '2026-03-09 11:00 -03:00', 60, '2026-03-09 12:00 -03:00'],
    [
      'an hour before Tuesday 08:30 is Monday 17:30',
      '2026-03-10 08:30 -03:00',
      -60,
      '2026-03-09 17:30 -03:00',
    ],
    [
      'half an hour before Tuesday 08:30 is its opening',
      '2026-03-10 08:30 -03:00',
      -30,
      '2026-03-10 08:00 -03:00',
    ],
    [
      'an hour before Monday’s opening is Friday 17:00',
      '2026-03-09 08:00 -03:00',
      -60,
      '2026-03-06 17:00 -03:00',
    ],
    ['an hour before Sunday is Friday 17:00', '2026-03-08 20:00 -03:00', -60, '2026-03-06 17:00 -03:00'],
    ['no time at all is now, also when closed', '2026-03-07 15:12 -03:00', 0, '2026-03-07 15:12 -03:00'],
    ['a whole week is a week', '2026-03-09 08:00 -03:00', 5 * 510, '2026-03-13 18:00 -03:00'],
  ])('%s', (_, from, minutes, expected) => {
    expect(iso(time.add(at(from), minutes * MINUTE_MS))).toBe(iso(at(expected)))
  })

  it('counts what was used around a pause', () => {
    const [created, paused, resumed] = [
      at('2026-03-09 10:00 -03:00'),
      at('2026-03-09 11:00 -03:00'),
      at('2026-03-09 15:00 -03:00'),
    ]
    const used = time.between(created, paused)
    expect(used).toBe(HOUR_MS)
    expect(iso(time.add(resumed, 4 * HOUR_MS - used))).toBe(iso(at('2026-03-09 18:00 -03:00')))
  })

  it('is negative backwards and nothing within closed hours', () => {
    expect(time.between(at('2026-03-09 18:00 -03:00'), at('2026-03-09 10:00 -03:00'))).toBe(-6.5 * HOUR_MS)
    expect(time.between(at('2026-03-07 01:00 -03:00'), at('2026-03-09 08:00 -03:00'))).toBe(0)
  })

  it('is to the millisecond', () => {
    const opening = at('2026-03-09 08:00 -03:00')
    expect(time.isOpen(opening - 1)).toBe(false)
    expect(time.isOpen(opening)).toBe(true)
    expect(time.isOpen(at('2026-03-09 12:00 -03:00') - 1)).toBe(true)
    expect(time.isOpen(at('2026-03-09 12:00 -03:00'))).toBe(false)
    expect(time.add(at('2026-03-06 18:00 -03:00') - 1, 2)).toBe(opening + 1)
    expect(time.add(opening, -1)).toBe(at('2026-03-06 18:00 -03:00') - 1)
  })

  it('opens next on Monday after Friday’s closing, and where it is open at once', () => {
    expect(iso(time.nextOpen(at('2026-03-06 18:00 -03:00')))).toBe(iso(at('2026-03-09 08:00 -03:00')))
    expect(iso(time.nextOpen(at('2026-03-06 17:59 -03:00')))).toBe(iso(at('2026-03-06 17:59 -03:00')))
  })

  it('goes on over New Year, wherever the year of the zone and that of UTC part', () => {
    expect(time.between(at('2025-12-31 17:00 -03:00'), at('2026-01-01 09:00 -03:00'))).toBe(2 * HOUR_MS)
    const night = calendar(everyDay(['20:00', '02:00']))
    const [stretch] = night.stretches(at('2025-12-31 20:00 -03:00'), at('2026-01-01 02:00 -03:00'))
    expect(stretch).toMatchObject({ to: at('2026-01-01 02:00 -03:00'), state: 'open' })
  })
})

describe('windows', () => {
  it('over midnight count into the next day, Sunday’s into Monday', () => {
    const time = calendar({ fri: [['22:00', '06:00']], sun: [['23:00', '01:00']] })
    expect(time.between(at('2026-03-06 12:00 -03:00'), at('2026-03-07 12:00 -03:00'))).toBe(8 * HOUR_MS)
    expect(iso(time.add(at('2026-03-06 23:00 -03:00'), 4 * HOUR_MS))).toBe(iso(at('2026-03-07 03:00 -03:00')))
    expect(iso(time.add(at('2026-03-08 23:30 -03:00'), HOUR_MS))).toBe(iso(at('2026-03-09 00:30 -03:00')))
  })

  it('until 24:00 and from 00:00 join; a week of them never closes', () => {
    const time = calendar(everyDay(['00:00', '24:00']))
    const [from, to] = [at('2025-01-01 00:00 -03:00'), at('2027-01-01 00:00 -03:00')]
    expect(time.stretches(from, to)).toEqual([{ from, to, state: 'open', holiday: null }])
  })

  it('that touch are one stretch, in whatever order they were written', () => {
    const time = calendar({
      mon: [
        ['12:00', '13:00'],
        ['09:00', '12:00'],
      ],
    })
    const [from, to] = [at('2026-03-09 09:00 -03:00'), at('2026-03-09 13:00 -03:00')]
    expect(time.stretches(from, to)).toEqual([{ from, to, state: 'open', holiday: null }])
  })
})

describe('holidays', () => {
  const [christmas, newYear] = [
    { date: '12-25', name: 'Natal' },
    { date: '01-01', name: 'Confraternização Universal' },
  ]

  it('are skipped, every year when they have none', () => {
    const time = calendar(withLunch, { holidays: [christmas, newYear] })
    // In 2026 Christmas is a Friday, in 2028 a Monday.
    expect(iso(time.add(at('2026-12-24 17:00 -03:00'), 2 * HOUR_MS))).toBe(iso(at('2026-12-28 09:00 -03:00')))
    expect(iso(time.add(at('2028-12-22 17:00 -03:00'), 2 * HOUR_MS))).toBe(iso(at('2028-12-26 09:00 -03:00')))
    expect(iso(time.add(at('2026-12-31 17:30 -03:00'), HOUR_MS))).toBe(iso(at('2027-01-04 08:30 -03:00')))
  })

  it('with a year are skipped in that year alone', () => {
    const time = calendar(withLunch, { holidays: [{ date: '2026-03-10', name: 'Mudança' }] })
    expect(time.isOpen(at('2026-03-10 10:00 -03:00'))).toBe(false)
    expect(time.isOpen(at('2027-03-10 10:00 -03:00'))).toBe(true)
  })

  it('of the full date win over yearly ones, for shorter and for longer', () => {
    const open: OpenWindow[] = [['09:00', '12:00']]
    const time = calendar(withLunch, {
      holidays: [
        christmas,
        { date: '2028-12-25', name: 'Plantão de Natal', open },
        { ...newYear, open },
        { date: '2027-01-01', name: 'Fechado' },
      ],
    })
    expect(time.isOpen(at('2028-12-25 10:00 -03:00'))).toBe(true)
    expect(time.isOpen(at('2029-12-25 10:00 -03:00'))).toBe(false)
    expect(time.isOpen(at('2026-01-01 10:00 -03:00'))).toBe(true)
    expect(time.isOpen(at('2027-01-01 10:00 -03:00'))).toBe(false)
  })

  it('of part of a day open then and are the holiday for the rest of it', () => {
    const ashes = {
      date: '2026-02-18',
      name: 'Quarta-feira de Cinzas',
      open: [['13:30', '18:00'] satisfies OpenWindow],
    }
    const time = calendar(withLunch, { holidays: [ashes] })
    const [midnight, next] = [at('2026-02-18 00:00 -03:00'), at('2026-02-19 00:00 -03:00')]
    expect(time.stretches(midnight, next)).toEqual([
      { from: midnight, to: at('2026-02-18 13:30 -03:00'), state: 'holiday', holiday: ashes.name },
      {
        from: at('2026-02-18 13:30 -03:00'),
        to: at('2026-02-18 18:00 -03:00'),
        state: 'open',
        holiday: null,
      },
      { from: at('2026-02-18 18:00 -03:00'), to: next, state: 'holiday', holiday: ashes.name },
    ])
  })

  it('can open a day that is closed else', () => {
    const time = calendar(withLunch, {
      holidays: [{ date: '2026-03-07', name: 'Mutirão', open: [['09:00', '11:00']] }],
    })
    expect(time.between(at('2026-03-07 00:00 -03:00'), at('2026-03-08 00:00 -03:00'))).toBe(2 * HOUR_MS)
  })

  it('end and begin at midnight of the place: a night shift stops there and starts there', () => {
    const nights = everyDay(['22:00', '06:00'])
    const time = calendar(nights, { holidays: [{ date: '2026-03-07', name: 'Sábado' }] })
    expect(time.stretches(at('2026-03-06 22:00 -03:00'), at('2026-03-08 06:00 -03:00'))).toEqual([
      {
        from: at('2026-03-06 22:00 -03:00'),
        to: at('2026-03-07 00:00 -03:00'),
        state: 'open',
        holiday: null,
      },
      {
        from: at('2026-03-07 00:00 -03:00'),
        to: at('2026-03-08 00:00 -03:00'),
        state: 'holiday',
        holiday: 'Sábado',
      },
      {
        from: at('2026-03-08 00:00 -03:00'),
        to: at('2026-03-08 06:00 -03:00'),
        state: 'open',
        holiday: null,
      },
    ])
  })

  it('beside each other are told apart, and beside a closed night too', () => {
    const holidays = [
      { date: '2026-02-16', name: 'Carnaval, segunda' },
      { date: '2026-02-17', name: 'Carnaval, terça' },
    ]
    const stretches = calendar(withLunch, { holidays }).stretches(
      at('2026-02-15 12:00 -03:00'),
      at('2026-02-18 08:00 -03:00'),
    )
    expect(stretches.map(({ state, holiday }) => holiday ?? state)).toEqual([
      'closed',
      'Carnaval, segunda',
      'Carnaval, terça',
      'closed',
    ])
  })

  it('on 29 February come every fourth year', () => {
    const time = calendar(everyDay(['08:00', '18:00']), {
      holidays: [{ date: '02-29', name: 'Dia bissexto' }],
    })
    expect(time.isOpen(at('2028-02-29 10:00 -03:00'))).toBe(false)
    expect(iso(time.add(at('2028-02-28 17:00 -03:00'), 2 * HOUR_MS))).toBe(iso(at('2028-03-01 09:00 -03:00')))
    expect(iso(time.add(at('2027-02-28 17:00 -03:00'), 2 * HOUR_MS))).toBe(iso(at('2027-03-01 09:00 -03:00')))
    expect(time.isOpen(at('2100-03-01 10:00 -03:00'))).toBe(true)
  })
})

describe('when the clocks change', () => {
  const hoursOf = (timezone: string, hours: Hours, from: string, to: string) =>
    calendar(hours, { timezone }).between(at(from), at(to)) / HOUR_MS

  it('a midnight that does not exist belongs to no window (São Paulo, 4 November 2018)', () => {
    const day = ['2018-11-03 12:00 -03:00', '2018-11-04 12:00 -02:00'] as const
    expect(hoursOf('America/Sao_Paulo', { sun: [['00:00', '01:00']] }, ...day)).toBe(0)
    expect(hoursOf('America/Sao_Paulo', { sun: [['00:30', '08:00']] }, ...day)).toBe(7)
    expect(hoursOf('America/Sao_Paulo', { sat: [['22:00', '06:00']] }, ...day)).toBe(7)
    const time = calendar({ sun: [['00:00', '08:00']] })
    expect(iso(time.nextOpen(at('2018-11-03 12:00 -03:00')))).toBe('2018-11-04T03:00:00.000Z')
    expect(iso(time.add(at('2018-11-03 12:00 -03:00'), HOUR_MS))).toBe(iso(at('2018-11-04 02:00 -02:00')))
    expect(iso(time.add(at('2018-11-04 02:00 -02:00'), -HOUR_MS))).toBe('2018-11-04T03:00:00.000Z')
  })

  it('a holiday lasts as long as its day: 23 hours, 25 hours', () => {
    const lasting = (date: string) => {
      const time = calendar(everyDay(['00:00', '24:00']), { holidays: [{ date, name: 'Feriado' }] })
      const noon = at(`${date} 12:00 -03:00`)
      const found = time
        .stretches(noon - 48 * HOUR_MS, noon + 48 * HOUR_MS)
        .find(({ state }) => state === 'holiday')
      return found && (found.to - found.from) / HOUR_MS
    }
    expect(lasting('2018-11-04')).toBe(23)
    expect(lasting('2019-02-16')).toBe(25)
    expect(lasting('2026-11-01')).toBe(24)
  })

  it('an hour that comes twice counts twice (São Paulo, 16 February 2019; New York, 1 November 2026)', () => {
    const saturday = ['2019-02-16 12:00 -02:00', '2019-02-17 12:00 -03:00'] as const
    expect(hoursOf('America/Sao_Paulo', { sat: [['22:00', '24:00']] }, ...saturday)).toBe(3)
    expect(hoursOf('America/Sao_Paulo', { sat: [['23:00', '23:30']] }, ...saturday)).toBe(1)
    const sunday = ['2026-11-01 00:00 -04:00', '2026-11-01 12:00 -05:00'] as const
    expect(hoursOf('America/New_York', { sun: [['01:00', '02:00']] }, ...sunday)).toBe(2)
    const time = calendar({ sun: [['01:00', '01:30']] }, { timezone: 'America/New_York' })
    expect(iso(time.add(at('2026-11-01 01:15 -04:00'), 30 * MINUTE_MS))).toBe(
      iso(at('2026-11-01 01:15 -05:00')),
    )
    expect(iso(time.add(at('2026-11-01 01:15 -05:00'), -30 * MINUTE_MS))).toBe(
      iso(at('2026-11-01 01:15 -04:00')),
    )
  })

  it('an hour that is skipped counts never (New York, 8 March 2026)', () => {
    const sunday = ['2026-03-08 00:00 -05:00', '2026-03-08 12:00 -04:00'] as const
    expect(hoursOf('America/New_York', { sun: [['02:00', '03:00']] }, ...sunday)).toBe(0)
    expect(hoursOf('America/New_York', { sun: [['01:30', '03:30']] }, ...sunday)).toBe(1)
    expect(hoursOf('America/New_York', everyDay(['00:00', '24:00']), ...sunday)).toBe(11)
  })

  it('by half an hour, half an hour counts twice (Lord Howe, 5 April 2026)', () => {
    const timezone = 'Australia/Lord_Howe'
    const sunday = ['2026-04-05 00:00 +11:00', '2026-04-05 12:00 +10:30'] as const
    expect(hoursOf(timezone, { sun: [['01:00', '02:00']] }, ...sunday)).toBe(1.5)
    const opens = calendar({ sun: [['01:45', '02:15']] }, { timezone })
      .stretches(at(sunday[0]), at(sunday[1]))
      .filter(({ state }) => state === 'open')
    expect(opens.map(({ from, to }) => [iso(from), iso(to)])).toEqual([
      [iso(at('2026-04-05 01:45 +11:00')), iso(at('2026-04-05 02:00 +11:00'))],
      [iso(at('2026-04-05 01:45 +10:30')), iso(at('2026-04-05 02:15 +10:30'))],
    ])
  })

  it('by a quarter of an hour, for good (Kathmandu, 1 January 1986)', () => {
    const night = ['1985-12-31 22:00 +05:30', '1986-01-01 02:00 +05:45'] as const
    expect(hoursOf('Asia/Kathmandu', everyDay(['23:00', '01:00']), ...night)).toBe(1.75)
  })

  it('by a change of the zone itself, a midnight is skipped and one comes twice (Rio Branco, 2008 and 2013)', () => {
    const nights = everyDay(['23:00', '01:00'])
    expect(hoursOf('America/Rio_Branco', nights, '2008-06-23 12:00 -05:00', '2008-06-24 12:00 -04:00')).toBe(
      1,
    )
    expect(hoursOf('America/Rio_Branco', nights, '2013-11-09 12:00 -04:00', '2013-11-10 12:00 -05:00')).toBe(
      3,
    )
  })

  it('a day that never was is no working day, and nobody has its holiday (Apia, 30 December 2011)', () => {
    const timezone = 'Pacific/Apia'
    const holidays = [{ date: '2011-12-30', name: 'Dia que não houve' }]
    const time = calendar(everyDay(['09:00', '17:00']), { timezone, holidays })
    const thursday = at('2011-12-29 16:00 -10:00')
    expect(iso(time.add(thursday, 2 * HOUR_MS))).toBe(iso(at('2011-12-31 10:00 +14:00')))
    expect(time.stretches(thursday, thursday + 72 * HOUR_MS).map(({ state }) => state)).not.toContain(
      'holiday',
    )
    const fridays = calendar({ fri: [['00:00', '24:00']] }, { timezone })
    expect(iso(fridays.nextOpen(thursday))).toBe(iso(at('2012-01-06 00:00 +14:00')))
    expect(iso(fridays.add(at('2012-01-06 01:00 +14:00'), -2 * HOUR_MS))).toBe(
      iso(at('2011-12-23 23:00 -10:00')),
    )
  })
})

describe('the known years', () => {
  const time = calendar(withLunch)

  it('end after 2100 and begin with 1970: what lies beyond can’t be said', () => {
    expect(time.add(at('2100-12-31 10:00 -03:00'), 24 * HOUR_MS)).toBeNull()
    expect(time.add(at('1970-01-01 10:00 -03:00'), -24 * HOUR_MS)).toBeNull()
    expect(time.nextOpen(at('2100-12-31 18:00 -03:00'))).toBeNull()
    expect(iso(time.add(at('2100-12-31 10:00 -03:00'), HOUR_MS))).toBe('2100-12-31T14:00:00.000Z')
    expect(iso(time.add(at('1970-01-01 11:00 -03:00'), -HOUR_MS))).toBe('1970-01-01T13:00:00.000Z')
  })

  it('are answered for where an instant lies outside of them', () => {
    const long = at('2200-01-01 12:00 -03:00')
    expect(time.isOpen(long)).toBe(false)
    expect(time.add(long, 1)).toBeNull()
    expect(time.add(long, 0)).toBe(long)
    expect(time.nextOpen(long)).toBeNull()
    expect(time.between(long, long + HOUR_MS)).toBe(0)
    expect(time.stretches(long, long + HOUR_MS)).toEqual([])
  })

  it('of a calendar that never opens hold no deadline', () => {
    const never = calendar({})
    expect(never.add(at('2026-03-09 10:00 -03:00'), 1)).toBeNull()
    expect(never.add(at('2026-03-09 10:00 -03:00'), -1)).toBeNull()
    expect(never.nextOpen(at('2026-03-09 10:00 -03:00'))).toBeNull()
    expect(never.between(at('1980-03-09 10:00 -03:00'), at('2026-03-09 10:00 -03:00'))).toBe(0)
  })
})

describe('round the clock', () => {
  it('every moment counts', () => {
    const from = at('2026-12-25 03:00 -03:00')
    expect(alwaysOpen.isOpen(from)).toBe(true)
    expect(alwaysOpen.add(from, HOUR_MS)).toBe(from + HOUR_MS)
    expect(alwaysOpen.add(from, -HOUR_MS)).toBe(from - HOUR_MS)
    expect(alwaysOpen.between(from, from - HOUR_MS)).toBe(-HOUR_MS)
    expect(alwaysOpen.nextOpen(from)).toBe(from)
    expect(alwaysOpen.stretches(from, from + 1)).toEqual([
      { from, to: from + 1, state: 'open', holiday: null },
    ])
    expect(alwaysOpen.stretches(from, from)).toEqual([])
    expect(alwaysOpen.add(from, 200 * 366 * 24 * HOUR_MS)).toBeNull()
  })
})
