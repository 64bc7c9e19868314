import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCalendarInput } from '../../../server/sla/calendar.contract.ts'
import { compileCalendar } from '../../../server/sla/calendar.ts'
import { situations } from '../../support/calendars.ts'
import { slowCalendar } from '../../support/slow-calendar.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 366 * DAY_MS

const upTo = (max: number) => fc.integer({ min: 0, max })
const durations = fc.oneof(
  fc.integer({ min: 1, max: 8 * HOUR_MS }),
  fc.integer({ min: 1, max: 8 * 60 }).map((minutes) => minutes * 60_000),
)
const long = fc.oneof(durations, fc.integer({ min: 1, max: 400 * HOUR_MS }))

/** The years that these calendars are asked for leave room enough on either side. */
function known(at: number | null): number {
  if (at === null) throw new Error('The calendar leads out of the known years.')
  return at
}

describe('the generated calendars', () => {
  it('are such as the desk accepts', () => {
    fc.assert(
      fc.property(situations, ({ calendar }) => {
        expect(newCalendarInput.safeParse({ name: 'Gerado', ...calendar }).error?.issues ?? []).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('business time reckoned by windows is that counted minute by minute', () => {
  it('whether it is open', () => {
    fc.assert(
      fc.property(
        situations,
        fc.array(upTo(4 * DAY_MS), { minLength: 200, maxLength: 200 }),
        ({ calendar, at }, steps) => {
          const time = compileCalendar(calendar)
          const slow = slowCalendar(calendar)
          const instants = [0, ...steps].map((step) => at + step)
          expect(instants.filter((instant) => time.isOpen(instant))).toEqual(
            instants.filter((instant) => slow.isOpen(instant)),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('how much lies between two instants', () => {
    fc.assert(
      fc.property(situations, upTo(3 * DAY_MS), ({ calendar, at }, span) => {
        const time = compileCalendar(calendar)
        const expected = slowCalendar(calendar).between(at, at + span)
        expect(time.between(at, at + span)).toBe(expected)
        expect(time.between(at + span, at)).toBe(0 - expected)
      }),
      { numRuns: 150 },
    )
  })

  it('when it runs out, forwards and backwards', () => {
    fc.assert(
      fc.property(situations, durations, ({ calendar, at }, ms) => {
        const time = compileCalendar(calendar)
        const slow = slowCalendar(calendar)
        expect(time.add(at, ms)).toBe(slow.add(at, ms))
        expect(time.add(at, -ms)).toBe(slow.add(at, -ms))
      }),
      { numRuns: 100 },
    )
  })
})

describe('business time', () => {
  it('between a moment and its deadline is what was given', () => {
    fc.assert(
      fc.property(situations, long, ({ calendar, at }, ms) => {
        const time = compileCalendar(calendar)
        expect(time.between(at, known(time.add(at, ms)))).toBe(ms)
        expect(time.between(known(time.add(at, -ms)), at)).toBe(ms)
      }),
      { numRuns: 500 },
    )
  })

  it('given more, or given later, never ends earlier', () => {
    fc.assert(
      fc.property(situations, long, long, upTo(30 * DAY_MS), ({ calendar, at }, ms, more, later) => {
        const time = compileCalendar(calendar)
        for (const sign of [1, -1]) {
          const end = known(time.add(at, sign * ms))
          const further = known(time.add(at, sign * (ms + more)))
          expect(sign * (further - end)).toBeGreaterThan(0)
          expect(known(time.add(at + later, sign * ms))).toBeGreaterThanOrEqual(end)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('adds up, wherever it is split', () => {
    fc.assert(
      fc.property(situations, long, long, upTo(YEAR_MS), ({ calendar, at }, first, second, span) => {
        const time = compileCalendar(calendar)
        for (const sign of [1, -1]) {
          const half = known(time.add(at, sign * first))
          expect(time.add(half, sign * second)).toBe(time.add(at, sign * (first + second)))
        }
        const middle = at + Math.floor(span / 3)
        expect(time.between(at, middle) + time.between(middle, at + span)).toBe(time.between(at, at + span))
      }),
      { numRuns: 300 },
    )
  })

  it('walked back the way it was walked forward leads to the start, or to the opening after it when that was closed', () => {
    fc.assert(
      fc.property(situations, long, ({ calendar, at }, ms) => {
        const time = compileCalendar(calendar)
        const back = time.add(known(time.add(at, ms)), -ms)
        expect(back).toBe(time.nextOpen(at))
        if (time.isOpen(at)) expect(back).toBe(at)
      }),
      { numRuns: 500 },
    )
  })

  it('walked forward the way it was walked back leads to the start, or to the closing before it when that was closed', () => {
    fc.assert(
      fc.property(situations, long, ({ calendar, at }, ms) => {
        const time = compileCalendar(calendar)
        const forth = known(time.add(known(time.add(at, -ms)), ms))
        expect(forth).toBeLessThanOrEqual(at)
        expect(time.between(forth, at)).toBe(0)
        expect(time.isOpen(forth - 1)).toBe(true)
        if (time.isOpen(at - 1)) expect(forth).toBe(at)
      }),
      { numRuns: 500 },
    )
  })

  it('opens next where it is open and was not before', () => {
    fc.assert(
      fc.property(situations, ({ calendar, at }) => {
        const time = compileCalendar(calendar)
        const opening = known(time.nextOpen(at))
        expect(time.isOpen(opening)).toBe(true)
        expect(time.between(at, opening)).toBe(0)
        if (!time.isOpen(at)) expect(time.isOpen(opening - 1)).toBe(false)
        else expect(opening).toBe(at)
      }),
      { numRuns: 500 },
    )
  })

  it('falls into stretches without a gap, no two neighbours alike, open where it is open', () => {
    fc.assert(
      fc.property(situations, upTo(YEAR_MS), ({ calendar, at }, span) => {
        const time = compileCalendar(calendar)
        const stretches = time.stretches(at, at + span)
        expect(stretches[0]?.from ?? at).toBe(at)
        expect(stretches.at(-1)?.to ?? at + span).toBe(at + span)
        let open = 0
        const wrong = stretches.filter(({ from, to, state, holiday }, index) => {
          if (state === 'open') open += to - from
          const before = stretches[index - 1]
          const fits =
            !before || (before.to === from && (before.state !== state || before.holiday !== holiday))
          const instants = [from, Math.floor((from + to) / 2), to - 1]
          const isTrue = instants.every((instant) => time.isOpen(instant) === (state === 'open'))
          return !(fits && isTrue && from < to && (holiday !== null) === (state === 'holiday'))
        })
        expect(wrong).toEqual([])
        expect(open).toBe(time.between(at, at + span))
      }),
      { numRuns: 100 },
    )
  })
})
