import { describe, expect, test } from 'vitest'
import type { OpenStretches } from '../../server/sla/calendar.contract.ts'
import type { SlaClockView } from '../../server/sla/contract.ts'
import { clockStateOf, nearestClock, remainingOf } from '../../src-renderer/stores/remaining.ts'
import { aPromise } from './stores-support.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Friday 20 November 2026 and the Monday after it; times in UTC. */
const friday = (hour: number, minute = 0) => Date.UTC(2026, 10, 20, hour, minute)
const monday = (hour: number, minute = 0) => Date.UTC(2026, 10, 23, hour, minute)
const iso = (at: number) => new Date(at).toISOString()

/** Friday and Monday, 08–12 and 13:30–18. */
const office: OpenStretches = {
  from: friday(0),
  until: monday(24),
  calendars: {
    office: [friday, monday].flatMap((day): [number, number][] => [
      [day(8), day(12)],
      [day(13, 30), day(18)],
    ]),
  },
}
const promise = (dueAt: number, parts: Partial<SlaClockView> = {}) =>
  aPromise({ dueAt: iso(dueAt), calendarId: 'office', remainingMs: 99 * HOUR, ...parts })

describe('what is left of a promise', () => {
  test('is business time until its deadline', () => {
    expect(remainingOf(promise(friday(17)), friday(11), office)).toEqual({
      ms: 4.5 * HOUR,
      isTicking: true,
      opensAt: null,
    })
    expect(remainingOf(promise(monday(9)), friday(17, 30), office).ms).toBe(1.5 * HOUR)
  })

  test('stands still outside the hours and says when it goes on', () => {
    const outside = { ms: HOUR, isTicking: false, opensAt: monday(8) }
    expect(remainingOf(promise(monday(9)), friday(18), office)).toEqual(outside)
    expect(remainingOf(promise(monday(9)), monday(3), office)).toEqual(outside)
    expect(remainingOf(promise(monday(9)), friday(12, 10), office).opensAt).toBe(friday(13, 30))
  })

  test('runs out exactly at closing time', () => {
    expect(remainingOf(promise(friday(18)), friday(18), office)).toMatchObject({ ms: 0, isTicking: true })
  })

  test('round the clock is all the time there is', () => {
    const clock = promise(monday(9), { calendarId: null })
    expect(remainingOf(clock, friday(18), office)).toEqual({ ms: 63 * HOUR, isTicking: true, opensAt: null })
  })

  test('a date at an hour when nobody works goes by the clock on the wall', () => {
    const sunday = monday(9) - 24 * HOUR
    expect(remainingOf(promise(sunday, { manual: true }), sunday - HOUR, office)).toEqual({
      ms: HOUR,
      isTicking: true,
      opensAt: null,
    })
  })

  test('lateness goes by the clock on the wall, weekend or not', () => {
    expect(remainingOf(promise(friday(17)), monday(5), office)).toEqual({
      ms: -60 * HOUR,
      isTicking: true,
      opensAt: null,
    })
  })

  test('what was missed stays missed from then on, even when the target has grown since', () => {
    const clock = promise(monday(17), { status: 'breached', breachedAt: iso(friday(9)) })
    expect(remainingOf(clock, friday(11), office).ms).toBe(-2 * HOUR)
  })

  test.each([
    ['beyond the stretches that are known', promise(monday(40)), friday(11), office],
    ['by a calendar that nobody has told of', promise(monday(9), { calendarId: 'new' }), friday(11), office],
    ['before the first stretches have come', promise(monday(9)), friday(11), null],
    ['after the last of them', promise(monday(90)), monday(24), office],
  ])('%s it is what the server said', (_name, clock, now, stretches) => {
    expect(remainingOf(clock, now, stretches).ms).toBe(99 * HOUR)
  })

  test.each<[string, Partial<SlaClockView>]>([
    ['paused', { status: 'paused', dueAt: null, pausedSince: iso(friday(9)) }],
    ['kept', { status: 'met', metAt: iso(friday(9)) }],
    ['called off', { status: 'cancelled', cancelledAt: iso(friday(9)) }],
    ['kept too late', { status: 'breached', breachedAt: iso(friday(9)), metAt: iso(friday(10)) }],
  ])('when it is %s it stands still', (_name, parts) => {
    expect(remainingOf(promise(friday(17), parts), monday(9), office)).toEqual({
      ms: 99 * HOUR,
      isTicking: false,
      opensAt: null,
    })
  })
})

describe('which promise counts', () => {
  const first = promise(friday(12))
  const resolution = promise(monday(12), { metric: 'resolution' })
  const paused = (remainingMs: number) =>
    promise(0, { status: 'paused', dueAt: null, pausedSince: iso(friday(9)), remainingMs })
  const kept = promise(friday(9), { status: 'met', metAt: iso(friday(9)) })

  test.each<[string, SlaClockView[], SlaClockView | null]>([
    ['the nearest deadline', [resolution, first], first],
    ['a deadline rather than what waits', [paused(1), resolution], resolution],
    ['the least time left when all wait', [paused(9), paused(5)].toReversed(), paused(5)],
    ['none that was kept', [kept, resolution], resolution],
    ['none at all', [kept], null],
  ])('%s', (_name, clocks, expected) => {
    expect(nearestClock(clocks)).toEqual(expected)
  })
})

describe('how a promise stands', () => {
  const state = (clock: SlaClockView, now: number) => clockStateOf(clock, remainingOf(clock, now, office))
  const long = { targetMs: 100 * HOUR }
  const short = { targetMs: 40 * MINUTE }

  test.each<[string, SlaClockView, number]>([
    ['running', promise(friday(12), long), friday(10, 59)],
    ['soon', promise(friday(12), long), friday(11)],
    ['running', promise(friday(12), short), friday(11, 49)],
    ['soon', promise(friday(12), short), friday(11, 50)],
    ['soon', promise(friday(12), { targetMs: null, manual: true }), friday(11)],
    ['soon', promise(friday(12)), friday(12)],
    ['overdue', promise(friday(12)), friday(12) + 1],
    ['overdue', promise(monday(12), { status: 'breached', breachedAt: iso(friday(9)) }), friday(11)],
    ['outside', promise(monday(9)), friday(18)],
    ['paused', promise(0, { status: 'paused', dueAt: null, pausedSince: iso(friday(9)) }), friday(10)],
    ['met', promise(friday(12), { status: 'met', metAt: iso(friday(9)) }), monday(10)],
    [
      'late',
      promise(friday(8), { status: 'breached', breachedAt: iso(friday(8)), metAt: iso(friday(9)) }),
      monday(10),
    ],
    ['cancelled', promise(friday(12), { status: 'cancelled', cancelledAt: iso(friday(9)) }), friday(10)],
  ])('%s', (expected, clock, now) => {
    expect(state(clock, now)).toBe(expected)
  })
})
