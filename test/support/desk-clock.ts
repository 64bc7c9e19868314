import type { Clock } from '../../server/clock.ts'
import type { Alarm } from '../../server/schedule/alarm.ts'

const MINUTE = 60_000

/** A clock that stands still until the test moves it; then it jumps, and rings what it jumped over, in order. */
export interface TestClock extends Clock, Alarm {
  time: number
  /** How many alarms are set. */
  readonly alarms: number
  advance(span: { ms?: number; minutes?: number; days?: number }): void
}

export function aClock(start = Date.UTC(2026, 2, 9, 12)): TestClock {
  const waiting = new Set<{ at: number; action: () => void }>()
  let time = start
  const ringDue = () => {
    for (const alarm of [...waiting].toSorted((a, b) => a.at - b.at))
      // One that rang before may have cancelled it.
      if (alarm.at <= time && waiting.delete(alarm)) alarm.action()
  }
  return {
    now: () => time,
    get time() {
      return time
    },
    set time(at) {
      time = at
      ringDue()
    },
    get alarms() {
      return waiting.size
    },
    advance({ ms = 0, minutes = 0, days = 0 }) {
      this.time += ms + minutes * MINUTE + days * 24 * 60 * MINUTE
    },
    ring(at, action) {
      const alarm = { at, action }
      waiting.add(alarm)
      if (at <= time) queueMicrotask(ringDue)
      return () => void waiting.delete(alarm)
    },
  }
}

/** For tests whose clock is also what rings. */
export const isAlarm = (clock: Clock): clock is Clock & Alarm => 'ring' in clock
