import { describe, expect, it } from 'vitest'
import { accuracyOf, bandOf, quantile, rollingTrials } from '../../../server/reports/outlook/back-test.ts'
import { backlogDays, fateOf } from '../../../server/reports/outlook/backlog.ts'
import { countDays, holidaysOf } from '../../../server/reports/outlook/day-counts.ts'
import { foretell, learn, type DayCount } from '../../../server/reports/outlook/forecast.ts'
import { localTime, weekdayOf } from '../../../server/reports/outlook/local-time.ts'
import { compileCalendar } from '../../../server/sla/calendar.ts'
import { Random } from '../../bench/random.ts'

const WEEK = [1.5, 1.2, 1.1, 1.1, 1.3, 0.5, 0.05]
const HOUR_MS = 3_600_000
/** A Monday. */
const START = 20_450 - weekdayOf(20_450)

/** By Knuth's method, of which e^-mean must not vanish. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > limit; product *= random.next()) count += 1
  return count
}

interface Office {
  seed: number
  days?: number
  mean?: number
  growth?: number
  holidays?: ReadonlySet<number>
}

/** Days as a Poisson office with a week, a trend and holidays has them. */
function history({ seed, days = 180, mean = 40, growth = 0, holidays = new Set() }: Office): DayCount[] {
  const random = new Random(seed)
  return Array.from({ length: days }, (_, index) => {
    const day = START + index
    const isHoliday = holidays.has(index)
    const share = isHoliday ? 0.05 : (WEEK[weekdayOf(day)] ?? 1)
    return { day, count: poisson(random, (mean + growth * index) * share), isHoliday }
  })
}

describe('the forecast', () => {
  it('knows the week: Mondays are busy, Sundays empty', () => {
    const past = history({ seed: 1 })
    const model = learn(past)
    const next = Array.from({ length: 7 }, (_, index) =>
      foretell(model, START + 180 + index, false, index + 1),
    )
    for (const [index, expected] of next.entries()) {
      const truth = 40 * (WEEK[weekdayOf(START + 180 + index)] ?? 0)
      expect(Math.abs(expected - truth), `${index}`).toBeLessThan(0.12 * truth + 2)
    }
  })

  it('follows a trend, and lets it run out', () => {
    const past = history({ seed: 2, growth: 0.3 })
    const model = learn(past)
    const monday = START + 182
    const [soon, late] = [foretell(model, monday, false, 3), foretell(model, monday + 700, false, 703)]
    expect(soon).toBeGreaterThan(1.5 * 40 * 1.9)
    expect(Number.isFinite(late)).toBe(true)
    expect(late).toBeLessThan(3 * soon)
  })

  it('is not carried away by one flood', () => {
    const past = history({ seed: 3 })
    const flooded = past.map((day, index) => (index === 176 ? { ...day, count: day.count + 400 } : day))
    const [calm, after] = [past, flooded].map((days) => foretell(learn(days), START + 182, false, 3))
    expect(after).toBeLessThan((calm ?? 0) * 1.35)
  })

  it('expects of a holiday what holidays had, and of the days after what is usual', () => {
    const holidays = new Set([21, 45, 66, 94, 130, 151])
    const model = learn(history({ seed: 4, holidays }))
    expect(foretell(model, START + 182, true, 3)).toBeLessThan(8)
    expect(foretell(model, START + 182, false, 3)).toBeGreaterThan(48)
  })

  it('without any holiday on record takes one for the calmest day of the week', () => {
    expect(foretell(learn(history({ seed: 5 })), START + 182, true, 3)).toBeLessThan(5)
  })

  it('of nothing expects nothing, and never less', () => {
    const empty = history({ seed: 6 }).map((day) => ({ ...day, count: 0 }))
    expect(foretell(learn(empty), START + 181, false, 2)).toBe(0)
    const falling = history({ seed: 6, days: 120, growth: -0.33 })
    expect(foretell(learn(falling), START + 120 + 27, false, 28)).toBeGreaterThanOrEqual(0)
  })
})

describe('the back-test', () => {
  it('makes bands that hold about as many days as they say, on days to come as in the test', () => {
    let [inside, counted] = [0, 0]
    const told: number[] = []
    for (let seed = 10; seed < 34; seed += 1) {
      const all = history({ seed, days: 174, mean: 12 + seed })
      const past = all.slice(0, 160)
      const trials = rollingTrials(past, 14)
      const band = bandOf(trials, 0.8)
      const model = learn(past)
      told.push(accuracyOf(past, trials, 0.8, 14).inside ?? 0)
      for (const [index, { day, count }] of all.slice(160).entries()) {
        const { expected, low, high } = band(foretell(model, day, false, index + 1), index + 1)
        if (expected < 0.5) continue
        counted += 1
        if (count >= low && count <= high) inside += 1
      }
    }
    expect(inside / counted).toBeGreaterThan(0.74)
    expect(inside / counted).toBeLessThan(0.92)
    const average = told.reduce((sum, share) => sum + share, 0) / told.length
    expect(Math.abs(average - inside / counted), 'what it says of itself is true').toBeLessThan(0.07)
  })

  it('foretells each day from nothing but the days before it', () => {
    const past = history({ seed: 40, days: 60 })
    const changed = past.map((day, index) => (index === 59 ? { ...day, count: 900 } : day))
    const of = (days: DayCount[]) => rollingTrials(days, 7).map(({ expected }) => expected)
    expect(of(changed)).toEqual(of(past))
  })

  it('is better than last week again where days are chance around a pattern', () => {
    const past = history({ seed: 41 })
    const { wape, naiveWape, mae, testedDays } = accuracyOf(past, rollingTrials(past, 14), 0.8, 14)
    expect(wape).toBeLessThan(naiveWape ?? 0)
    expect(mae).toBeGreaterThan(0)
    expect(testedDays).toBe(70)
  })

  it('takes the outermost of what it knows for what it can not know', () => {
    expect([quantile([1, 2, 3], 0.1), quantile([1, 2, 3], 0.9), quantile([], 0.5)]).toEqual([1, 3, 0])
  })
})

describe('the backlog', () => {
  const trials = (past: DayCount[]) => rollingTrials(past, 14)
  const arrivals = trials(history({ seed: 50 }))
  const resolutions = trials(history({ seed: 51 }))

  it('is what is there, and comes, less what goes; the further, the less sure', () => {
    const days = backlogDays(
      100,
      { arrivals: [10, 10, 10], resolutions: [5, 20, 5] },
      { arrivals, resolutions },
      0.8,
    )
    expect(days.map(({ expected }) => expected)).toEqual([105, 95, 100])
    const widths = days.map(({ low, high }) => high - low)
    expect(widths.toSorted((a, b) => a - b)).toEqual(widths)
    expect(widths[0]).toBeGreaterThan(0)
  })

  it('is never less than nothing', () => {
    const days = backlogDays(3, { arrivals: [0], resolutions: [50] }, { arrivals, resolutions }, 0.8)
    expect(days[0]).toMatchObject({ expected: 0, low: 0 })
  })

  it('says when it is done with, and null when it grows', () => {
    const standing = { now: 30, parked: 0, capacity: 40 }
    const shrinking = fateOf(standing, [], { arrivalsPerDay: 4, resolutionsPerDay: 10 })
    expect(shrinking.clearsInDays).toBe(5)
    expect(fateOf(standing, [], { arrivalsPerDay: 10, resolutionsPerDay: 4 }).clearsInDays).toBeNull()
    expect(
      fateOf({ ...standing, now: 0 }, [], { arrivalsPerDay: 9, resolutionsPerDay: 9 }).clearsInDays,
    ).toBe(0)
  })

  it('is too much on the first day that more is in work than people take on; what waits for others is not', () => {
    const days = [40, 46, 60].map((expected) => ({ expected, low: expected - 5, high: expected + 5 }))
    const pace = { arrivalsPerDay: 9, resolutionsPerDay: 1 }
    expect(fateOf({ now: 40, parked: 0, capacity: 50 }, days, pace)).toMatchObject({
      fullIn: 2,
      fullEarliestIn: 1,
    })
    expect(fateOf({ now: 40, parked: 20, capacity: 50 }, days, pace)).toMatchObject({
      ...{ fullIn: null, fullEarliestIn: null },
    })
    expect(fateOf({ now: 40, parked: 0, capacity: null }, days, pace).fullIn).toBeNull()
  })
})

describe('a day is what the office’s clock says', () => {
  it.each(['America/Sao_Paulo', 'Europe/Lisbon', 'Asia/Kathmandu', 'America/Santiago'])('%s', (timezone) => {
    const local = localTime(timezone)
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' })
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', hourCycle: 'h23' })
    for (let at = Date.UTC(2018, 9, 1); at < Date.UTC(2019, 3, 10); at += 7 * HOUR_MS + 1_000) {
      const day = local.dayOf(at)
      expect(new Date(day * 24 * HOUR_MS).toISOString().slice(0, 10)).toBe(format.format(at))
      expect(local.hourOf(at)).toBe(Number(hour.format(at)))
      expect([local.dayOf(local.startOf(day)), local.dayOf(local.startOf(day) - 1)]).toEqual([day, day - 1])
    }
  })

  it('also on days of 23 and 25 hours', () => {
    const lisbon = localTime('Europe/Lisbon')
    const hours = (date: string) => lisbon.hoursOf(Date.parse(date) / (24 * HOUR_MS)).length
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-05-05')]).toEqual([23, 25, 24])
    // Where clocks skipped midnight itself.
    const paulo = localTime('America/Sao_Paulo')
    const skipped = Date.parse('2018-11-04') / (24 * HOUR_MS)
    expect(paulo.hoursOf(skipped)).toHaveLength(23)
    expect(paulo.hourOf(paulo.startOf(skipped))).toBe(1)
  })

  it('and holidays are those of the calendar', () => {
    const calendar = compileCalendar({
      timezone: 'America/Sao_Paulo',
      hours: { mon: [['08:00', '18:00']] },
      holidays: [
        { date: '12-25', name: 'Natal' },
        { date: '2026-12-24', name: 'Véspera', open: [['08:00', '12:00']] },
      ],
    })
    const local = localTime('America/Sao_Paulo')
    const christmas = Date.parse('2026-12-25') / (24 * HOUR_MS)
    const arrivals = [Date.parse('2026-12-25T02:30:00Z'), Date.parse('2026-12-25T03:30:00Z')]
    const days = countDays(arrivals, local, holidaysOf(calendar, local), christmas - 2, christmas + 2)
    expect(days.map(({ count, isHoliday }) => [count, isHoliday])).toEqual([
      ...[
        [0, false],
        [1, true],
      ],
      ...[
        [1, true],
        [0, false],
      ],
    ])
  })
})
