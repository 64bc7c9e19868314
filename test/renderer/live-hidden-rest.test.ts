import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchHiddenRest } from '../../src-renderer/api/hidden-rest.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watchPage(visibilityState: DocumentVisibilityState = 'visible') {
  const document = Object.assign(new EventTarget(), { visibilityState })
  const told: string[] = []
  const stop = watchHiddenRest({
    document,
    onRest: () => told.push('rest'),
    onReturn: () => told.push('return'),
  })
  const become = (state: DocumentVisibilityState) => {
    document.visibilityState = state
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { told, stop, become }
}

test('a page that nobody sees for a while rests, and comes back when it is seen', () => {
  const { told, become } = watchPage()
  become('hidden')
  vi.advanceTimersByTime(6_000)
  expect(told).toEqual(['rest'])
  become('visible')
  expect(told).toEqual(['rest', 'return'])
})

test('a glance at another tab is no rest', () => {
  const { told, become } = watchPage()
  become('hidden')
  vi.advanceTimersByTime(2_000)
  become('visible')
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
})

test('a page opened in the background rests until it is looked at', () => {
  const { told, become } = watchPage('hidden')
  vi.advanceTimersByTime(6_000)
  become('visible')
  expect(told).toEqual(['rest', 'return'])
})

test('after stopping nothing is told', () => {
  const { told, become, stop } = watchPage()
  become('hidden')
  stop()
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
})
