import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../../server/reports/saved.contract.ts'
import { lastDue, nextDue } from '../../../server/reports/saved/due-moments.ts'
import { stretchBefore, stretchOf } from '../../../server/reports/saved/relative-period.ts'

const zones = [
  'America/Sao_Paulo',
  'America/New_York',
  'Europe/Lisbon',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Australia/Lord_Howe',
]
const zone = fc.constantFrom(...zones)
const instant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2032, 0, 1) })
const at = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  at.map((time) => ({ every: 'day' as const, at: time })),
  fc.record({ every: fc.constant('week' as const), weekday: fc.integer({ min: 1, max: 7 }), at }),
  fc.record({ every: fc.constant('month' as const), day: fc.integer({ min: 1, max: 31 }), at }),
)

const shown = (moment: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment)
const iso = (text: string) => Date.parse(text)
const isoOf = ({ from, to }: { from: number; to: number }) => [
  new Date(from).toISOString(),
  new Date(to).toISOString(),
]

describe('a due moment', () => {
  it('is after the last, at the time that the clock on the wall there shows, but for hours that a spring night leaves out', () => {
    fc.assert(
      fc.property(schedule, instant, zone, (wanted, after, timezone) => {
        const due = nextDue(wanted, after, timezone)
        expect(due).toBeGreaterThan(after)
        const [, time = ''] = shown(due, timezone).split(' ')
        const [, justBefore = ''] = shown(due - 60_000, timezone).split(' ')
        const isInGap = justBefore < wanted.at && time > wanted.at
        expect(time === wanted.at || isInGap).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('comes once a day, whatever clocks do; none is left out', () => {
    fc.assert(
      fc.property(at, instant, zone, (time, after, timezone) => {
        // Samoa had no 30 December 2011; the days tried are later.
        const every = { every: 'day', at: time } as const
        const first = nextDue(every, after, timezone)
        const second = nextDue(every, first, timezone)
        const day = (moment: number) => Date.parse(shown(moment, timezone).slice(0, 10))
        expect(day(second) - day(first)).toBe(86_400_000)
      }),
      { numRuns: 200 },
    )
  })

  it('of a month that lacks its day is on the last', () => {
    const every = { every: 'month', day: 31, at: '08:00' } as const
    const dues: string[] = []
    for (
      let moment = iso('2026-01-31T12:00:00Z');
      dues.length < 3;
      dues.push(shown(moment, 'America/Sao_Paulo'))
    )
      moment = nextDue(every, moment, 'America/Sao_Paulo')
    expect(dues).toEqual(['2026-02-28 08:00', '2026-03-31 08:00', '2026-04-30 08:00'])
  })

  it('that was missed several times is made good by the last of them', () => {
    const every = { every: 'day', at: '08:00' } as const
    const due = iso('2026-03-09T11:00:00Z')
    expect(lastDue(every, due, iso('2026-03-12T10:59:00Z'), 'America/Sao_Paulo')).toBe(
      iso('2026-03-11T11:00:00Z'),
    )
    expect(lastDue(every, due, due, 'America/Sao_Paulo')).toBe(due)
  })
})

describe('a period that moves along', () => {
  // A Thursday.
  const now = iso('2026-11-26T12:00:00-03:00')
  const here = 'America/Sao_Paulo'

  it.each([
    ['yesterday', '2026-11-25T03:00:00.000Z', '2026-11-26T03:00:00.000Z'],
    ['lastWeek', '2026-11-16T03:00:00.000Z', '2026-11-23T03:00:00.000Z'],
    ['thisWeek', '2026-11-23T03:00:00.000Z', '2026-11-27T03:00:00.000Z'],
    ['lastMonth', '2026-10-01T03:00:00.000Z', '2026-11-01T03:00:00.000Z'],
    ['last30', '2026-10-28T03:00:00.000Z', '2026-11-27T03:00:00.000Z'],
  ] as const)('%s is whole days at the office', (period, from, to) => {
    expect(isoOf(stretchOf(period, now, here))).toEqual([from, to])
  })

  it('stands beside a month as a month, and beside a week as a week', () => {
    expect(isoOf(stretchBefore('lastMonth', now, here))).toEqual([
      '2026-09-01T03:00:00.000Z',
      '2026-10-01T03:00:00.000Z',
    ])
    expect(isoOf(stretchBefore('lastWeek', now, here))).toEqual([
      '2026-11-09T03:00:00.000Z',
      '2026-11-16T03:00:00.000Z',
    ])
    expect(isoOf(stretchBefore('thisWeek', now, here))).toEqual([
      '2026-11-16T03:00:00.000Z',
      '2026-11-20T03:00:00.000Z',
    ])
  })
})
