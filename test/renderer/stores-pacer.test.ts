import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPacer } from '../../src-renderer/stores/pacer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a burst of asking is one run soon and one a second later', async () => {
  const work = vi.fn(() => Promise.resolve())
  const { ask } = createPacer(1_000, work)
  for (let i = 0; i < 20; i += 1) ask()
  await vi.advanceTimersByTimeAsync(60)
  expect(work).toHaveBeenCalledTimes(1)
  ask()
  await vi.advanceTimersByTimeAsync(800)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(work).toHaveBeenCalledTimes(2)
})

test('what is asked during a run is another run, never two at once', async () => {
  const first = Promise.withResolvers<void>()
  const work = vi.fn().mockReturnValueOnce(first.promise).mockResolvedValue(undefined)
  const { ask } = createPacer(100, work)
  ask()
  await vi.advanceTimersByTimeAsync(60)
  ask()
  ask()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(work).toHaveBeenCalledTimes(1)
  first.resolve()
  await vi.advanceTimersByTimeAsync(200)
  expect(work).toHaveBeenCalledTimes(2)
})

test('a run that fails does not stop the next', async () => {
  const work = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue(undefined)
  const { ask } = createPacer(100, work)
  ask()
  await vi.advanceTimersByTimeAsync(60)
  ask()
  await vi.advanceTimersByTimeAsync(200)
  expect(work).toHaveBeenCalledTimes(2)
})
