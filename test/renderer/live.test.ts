import { TRPCClientError } from '@trpc/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Live, type FeedListener, type LiveOptions, type LiveState } from '../../src-renderer/api/live.ts'
import type { DeskEvent, LiveMessage } from '../../server/events/contract.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const anEvent = (seq: number): DeskEvent => ({
  seq,
  type: 'ticket.updated',
  at: '2026-11-21T12:00:00.000Z',
  actor: { type: 'agent', id: 'a1', name: 'Ana' },
  ticketId: 't1',
  data: {},
})

/** The feed under the test's hand: every attempt to open it, and what came of it. */
function follow(options: Partial<LiveOptions> = {}) {
  const attempts: { lastSeq: number; listener: FeedListener; closed: boolean }[] = []
  const events: number[] = []
  const states: [LiveState, number][] = []
  const live = new Live({
    feed(lastSeq, listener) {
      const attempt = { lastSeq, listener, closed: false }
      attempts.push(attempt)
      return () => (attempt.closed = true)
    },
    headSeq: () => Promise.resolve(10),
    onEvent: ({ seq }) => events.push(seq),
    onResync: () => Promise.resolve(),
    onState: (state, since) => states.push([state, since]),
    random: () => 1,
    ...options,
  })
  live.start()
  return {
    live,
    attempts,
    events,
    states,
    state: () => states.at(-1)?.[0],
    async current() {
      await vi.advanceTimersByTimeAsync(0)
      const attempt = attempts.at(-1)
      if (!attempt) throw new Error('nothing was opened')
      return attempt
    },
    async becomeLive() {
      const attempt = await this.current()
      attempt.listener.onOpen()
      await vi.advanceTimersByTimeAsync(200)
      expect(this.state()).toBe('live')
      return attempt
    },
  }
}

test('following begins at the head of the log and becomes live when the replay falls silent', async () => {
  const { current, states, attempts, events } = follow()
  const { lastSeq, listener } = await current()
  expect(lastSeq).toBe(10)
  listener.onOpen()
  listener.onMessage(anEvent(11))
  await vi.advanceTimersByTimeAsync(100)
  listener.onMessage(anEvent(12))
  expect(states.map(([state]) => state)).toEqual(['connecting', 'catching-up'])
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)?.[0]).toBe('live')
  expect(events).toEqual([11, 12])
  expect(attempts).toHaveLength(1)
})

test('after a cut it resumes from the last event, and an event that comes twice is told once', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  first.listener.onMessage(anEvent(11))
  first.listener.onCut(new TypeError('network error'))
  expect(desk.state()).toBe('connecting')
  expect(first.closed).toBe(true)
  await vi.advanceTimersByTimeAsync(300)
  const second = await desk.current()
  expect(second.lastSeq).toBe(11)
  second.listener.onOpen()
  second.listener.onMessage(anEvent(11))
  second.listener.onMessage(anEvent(12))
  expect(desk.events).toEqual([11, 12])
})

test('what an abandoned link still says is not heard', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  first.listener.onCut(new Error('gone'))
  await vi.advanceTimersByTimeAsync(300)
  first.listener.onMessage(anEvent(11))
  first.listener.onCut(new Error('gone again'))
  expect(desk.events).toEqual([])
  expect(desk.attempts).toHaveLength(2)
})

test('while attempts fail the screen is offline since the first cut, and they come ever more rarely, up to a cap', async () => {
  vi.setSystemTime(1_000_000)
  const desk = follow()
  await desk.becomeLive()
  vi.setSystemTime(2_000_000)
  const waits: number[] = []
  for (let i = 0; i < 9; i += 1) {
    const attempt = await desk.current()
    const count = desk.attempts.length
    const cutAt = Date.now()
    attempt.listener.onCut(new Error('refused'))
    while (desk.attempts.length === count) await vi.advanceTimersByTimeAsync(50)
    waits.push(Date.now() - cutAt)
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits[0]).toBeLessThanOrEqual(250)
  expect(waits.at(-1)).toBeLessThanOrEqual(15_100)
  expect(waits.at(-1)).toBeGreaterThan(14_000)
  expect(desk.states.at(-1)).toEqual(['offline', 2_000_000])
})

test('a sign that the network is back is followed at once', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  first.listener.onCut(new Error('gone'))
  for (let i = 0; i < 6; i += 1) {
    await vi.advanceTimersByTimeAsync(20_000)
    ;(await desk.current()).listener.onCut(new Error('refused'))
  }
  const before = desk.attempts.length
  desk.live.nudge()
  await vi.advanceTimersByTimeAsync(0)
  expect(desk.attempts).toHaveLength(before + 1)
})

test('a live link is left alone by a nudge, unless it is suspected dead', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  desk.live.nudge()
  expect(first.closed).toBe(false)
  desk.live.nudge({ suspect: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(first.closed).toBe(true)
  expect(desk.attempts).toHaveLength(2)
})

test('a link that never opens is given up', async () => {
  const desk = follow()
  await desk.current()
  await vi.advanceTimersByTimeAsync(10_500)
  expect(desk.attempts).toHaveLength(2)
})

test('a gap too wide to replay makes the stores fetch afresh, and only then is the screen live', async () => {
  const refetched = Promise.withResolvers<void>()
  const onResync = vi.fn(() => refetched.promise)
  const desk = follow({ onResync })
  const { listener } = await desk.current()
  listener.onOpen()
  const resync: LiveMessage = { type: 'resync', seq: 500 }
  listener.onMessage(resync)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(desk.state()).toBe('catching-up')
  refetched.resolve()
  await vi.advanceTimersByTimeAsync(200)
  expect(desk.state()).toBe('live')
  expect(onResync).toHaveBeenCalledOnce()
  listener.onCut(new Error('gone'))
  await vi.advanceTimersByTimeAsync(300)
  expect((await desk.current()).lastSeq).toBe(500)
})

test('without a session there is no knocking at the door', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  const refusal = {
    message: 'auth.required',
    code: -32_001,
    data: { code: 'UNAUTHORIZED', httpStatus: 401, reason: 'auth.required' },
  }
  first.listener.onCut(TRPCClientError.from({ error: refusal } as never))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(desk.attempts).toHaveLength(1)
  expect(desk.state()).toBe('offline')
})

test('stopped, it closes its link and tries no more; started again, it misses nothing', async () => {
  const desk = follow()
  const first = await desk.becomeLive()
  first.listener.onMessage(anEvent(11))
  desk.live.stop()
  expect(first.closed).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(desk.attempts).toHaveLength(1)
  desk.live.start()
  expect((await desk.current()).lastSeq).toBe(11)
})

test('stores that wait to read are let go when the server is away, and not before the first retry', async () => {
  const desk = follow({ headSeq: () => Promise.reject(new TypeError('unreachable')) })
  const following = vi.fn()
  void desk.live.whenFollowing.then(following)
  await vi.advanceTimersByTimeAsync(0)
  expect(following).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(300)
  expect(following).toHaveBeenCalled()
  expect(desk.state()).toBe('offline')
})
