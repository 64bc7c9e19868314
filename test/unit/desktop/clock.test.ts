import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clock } from '../../../src-main/electron/clock.ts'

const DAY_MS = 24 * 60 * 60_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is due in months, by a clock that is years behind, is not due at once', () => {
  const rung = vi.fn()
  clock.after(60 * DAY_MS, rung)
  vi.advanceTimersByTime(60 * DAY_MS - 1)
  expect(rung).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(rung).toHaveBeenCalledOnce()
})

test('a long wait that is called off stays silent', () => {
  const rung = vi.fn()
  const cancel = clock.after(60 * DAY_MS, rung)
  vi.advanceTimersByTime(30 * DAY_MS)
  cancel()
  vi.advanceTimersByTime(60 * DAY_MS)
  expect(rung).not.toHaveBeenCalled()
})
