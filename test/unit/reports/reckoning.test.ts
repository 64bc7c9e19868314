import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrderedCounts } from '../../../server/reports/ordered-counts.ts'
import { bucketsOf, median, percentile90 } from '../../../server/reports/tally.ts'
import { timeGroupings, WallClock } from '../../../server/reports/wall-clock.ts'
import { wallKey } from '../../support/report-recount.ts'

const DAY = 86_400_000
const zones = ['America/Sao_Paulo', 'Europe/Lisbon', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']

describe('the wall clock', () => {
  it('shows every instant as Intl does, on days of thirty hours’ confusion too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 60 * 365 * DAY }), (timezone, at) => {
        const clock = new WallClock(timezone)
        for (const grouping of timeGroupings)
          expect(clock.keyOf(grouping, at)).toBe(wallKey(grouping, at, timezone))
      }),
      { numRuns: 200 },
    )
  })

  it('a series has every day, and each ends where the next begins', () => {
    fc.assert(
      fc.property(
        ...[fc.constantFrom(...zones), fc.constantFrom('day' as const, 'week' as const, 'month' as const)],
        ...[fc.integer({ min: 0, max: 60 * 365 * DAY }), fc.integer({ min: 1, max: 90 * DAY })],
        (timezone, grouping, from, length) => {
          const clock = new WallClock(timezone)
          const steps = clock.stepsBetween(grouping, from, from + length)
          expect(steps.map(({ key }) => key)).toEqual(clock.keysBetween(grouping, from, from + length))
          expect(steps.at(-1)?.until).toBe(from + length)
          for (const { key, until } of steps.slice(0, -1)) {
            expect(wallKey(grouping, until - 1, timezone)).toBe(key)
            expect(wallKey(grouping, until, timezone)).not.toBe(key)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

it('the median is the middle, nine in ten do not exceed the P90, and every value is in one bucket', () => {
  expect([median([]), median([4]), median([1, 2, 3, 10]), percentile90([])]).toEqual([null, 4, 2.5, null])
  fc.assert(
    fc.property(fc.array(fc.nat(40 * DAY), { minLength: 1 }), (values) => {
      const ordered = values.toSorted((a, b) => a - b)
      const p90 = percentile90(ordered) ?? NaN
      expect(ordered.filter((value) => value <= p90).length).toBeGreaterThanOrEqual(ordered.length * 0.9)
      expect(ordered.filter((value) => value < p90).length).toBeLessThan(ordered.length * 0.9)
      const buckets = bucketsOf(ordered, 'resolution')
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(ordered.length)
    }),
  )
})

it('counts in order find the n-th as a sorted list does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), (places) => {
      const counts = new OrderedCounts(21)
      for (const place of places) counts.add(place, 1)
      const ordered = places.toSorted((a, b) => a - b)
      expect(ordered.map((_, before) => counts.find(before))).toEqual(ordered)
      for (const place of places) counts.add(place, -1)
      expect(counts.total).toBe(0)
    }),
  )
})
