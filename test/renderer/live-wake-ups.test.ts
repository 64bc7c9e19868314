import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchWakeUps } from '../../src-renderer/api/wake-ups.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watchPage() {
  const page = Object.assign(new EventTarget(), { setInterval: setInterval, clearInterval: clearInterval })
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const onWake = vi.fn()
  const stop = watchWakeUps({ page: page as never, document, onWake })
  return { page, document, onWake, stop }
}

test('a machine that slept is noticed by the time its timers lost, and its links are suspected', async () => {
  const { onWake } = watchPage()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onWake).not.toHaveBeenCalled()
  vi.setSystemTime(Date.now() + 3_600_000)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(onWake.mock.calls).toEqual([[{ suspect: true }]])
})

test('a clock that was set back is noticed, for the distance to that of the server has changed', async () => {
  const { onWake } = watchPage()
  await vi.advanceTimersByTimeAsync(60_000)
  vi.setSystemTime(Date.now() - 3 * 3_600_000)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(onWake.mock.calls).toEqual([[{ suspect: true }]])
})

test('the network, the window and the page coming back each say so', () => {
  const { page, document, onWake } = watchPage()
  page.dispatchEvent(new Event('online'))
  page.dispatchEvent(new Event('focus'))
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake.mock.calls).toEqual([[{ suspect: true }], [{ suspect: false }], [{ suspect: false }]])
})

test('a page that becomes hidden is no reason to wake', () => {
  const { document, onWake } = watchPage()
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(onWake).not.toHaveBeenCalled()
})

test('after stopping nothing is watched', async () => {
  const { page, onWake, stop } = watchPage()
  stop()
  page.dispatchEvent(new Event('online'))
  vi.setSystemTime(Date.now() + 3_600_000)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onWake).not.toHaveBeenCalled()
})
