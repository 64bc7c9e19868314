import type { Clock } from '../../server/clock.ts'

const MINUTE = 60_000

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  time: number
  advance(span: { minutes?: number; days?: number }): void
}

export function aClock(time = Date.UTC(2026, 2, 9, 12)): TestClock {
  const clock: TestClock = {
    time,
    now: () => clock.time,
    advance({ minutes = 0, days = 0 }) {
      clock.time += minutes * MINUTE + days * 24 * 60 * MINUTE
    },
  }
  return clock
}
