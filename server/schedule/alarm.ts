import type { Clock } from '../clock.ts'

/** Calls once at an instant; a test's clock is one too. */
export interface Alarm {
  /** Calls `action` as soon as it is `at` (milliseconds UTC), never before this call has returned. Returns the function that cancels it. */
  ring(at: number, action: () => void): () => void
}

/**
 * A timer of the system runs by its own count: it stops while the machine sleeps, knows nothing of a clock that was set, and
 * overflows after 25 days. So the clock is asked again this often at the least.
 */
const SLICE_MS = 10_000

/** Rings by `clock`, a few milliseconds late at most, or within seconds after a sleep or a jump. Keeps no process alive. */
export function alarmOn(clock: Clock): Alarm {
  return {
    ring(at, action) {
      let timer: NodeJS.Timeout | undefined
      const wait = (ms: number) => {
        timer = setTimeout(look, ms)
        timer.unref()
      }
      const look = () => {
        const left = at - clock.now()
        if (left <= 0) action()
        else wait(sliceOf(left))
      }
      wait(sliceOf(at - clock.now()))
      return () => clearTimeout(timer)
    },
  }
}

const sliceOf = (left: number) => Math.min(Math.max(left, 1), SLICE_MS)
