import type { Clock } from '../ports.ts'

/** Longer waits would be over at once: the system's timers count in 31 bits. */
const LONGEST_MS = 2 ** 31 - 1

export const clock: Clock = {
  now: () => Date.now(),
  after(ms, act) {
    let left = ms
    let timer: ReturnType<typeof setTimeout>
    const wait = (): void => {
      const part = Math.min(left, LONGEST_MS)
      left -= part
      timer = setTimeout(left > 0 ? wait : act, part)
    }
    wait()
    return () => clearTimeout(timer)
  },
}
