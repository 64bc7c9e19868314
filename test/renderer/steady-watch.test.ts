import { TRPCClientError } from '@trpc/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SteadyWatch, type WatchListener } from '../../src-renderer/api/steady-watch.ts'

/** A server whose feed the test opens, fills and breaks. */
function aServer() {
  const told: string[] = []
  const feeds: WatchListener<string>[] = []
  const answer: (signal: AbortSignal) => Promise<string | null> = async () => 'picture'
  const server = { answer, closed: 0 }
  const watch = new SteadyWatch<string>({
    ask: (signal) => server.answer(signal),
    open(listener) {
      feeds.push(listener)
      return () => void (server.closed += 1)
    },
    onData: (data) => told.push(data),
    onAlive: () => told.push('(alive)'),
    onState: (state) => told.push(`[${state}]`),
    onRefused: ({ reason }) => told.push(`refused: ${reason}`),
    random: () => 0.5,
  })
  return { server, feeds, told, watch }
}

const refusal = (code: string, reason: string) =>
  TRPCClientError.from({
    error: { code: -32001, message: reason, data: { code, reason, httpStatus: 401 } },
  } as never)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('a watch', () => {
  test('shows what is true before the feed stands, and then every picture', async () => {
    const { feeds, told, watch } = aServer()
    watch.start()
    await pass(0)
    feeds[0]?.onOpen()
    feeds[0]?.onData('next')
    expect(told).toEqual(['[connecting]', 'picture', '[live]', 'next'])
    watch.stop()
  })

  test('goes on by itself after a cut, and ignores what the old feed still says', async () => {
    const { feeds, told, watch } = aServer()
    watch.start()
    await pass(0)
    feeds[0]?.onOpen()
    feeds[0]?.onCut(new TypeError('gone'))
    feeds[0]?.onData('from the grave')
    await pass(200)
    feeds[1]?.onOpen()
    expect(told).toEqual(['[connecting]', 'picture', '[live]', '[cut]', 'picture', '[live]'])
    watch.stop()
  })

  test('tries less and less often while there is no server, and at once when the network is back', async () => {
    const { server, feeds, told, watch } = aServer()
    server.answer = () => Promise.reject(new TypeError('no network'))
    watch.start()
    await pass(60_000)
    const tries = told.filter((each) => each === '[cut]').length
    expect(tries).toBeGreaterThan(4)
    expect(tries).toBeLessThan(20)
    server.answer = async () => 'back'
    watch.nudge()
    await pass(0)
    expect(told.at(-1)).toBe('back')
    expect(feeds).toHaveLength(1)
    watch.stop()
  })

  test('stops at a refusal, which no further attempt would change', async () => {
    const { server, told, watch } = aServer()
    server.answer = () => Promise.reject(refusal('UNAUTHORIZED', 'wall.revoked'))
    watch.start()
    await pass(60_000)
    expect(told).toEqual(['[connecting]', '[cut]', 'refused: wall.revoked'])
  })

  test('asks a server that has long been silent, and takes no answer for a cut', async () => {
    const { server, feeds, told, watch } = aServer()
    watch.start()
    await pass(0)
    feeds[0]?.onOpen()
    server.answer = async () => null
    await pass(20_000)
    expect(told.at(-1)).toBe('(alive)')
    server.answer = () => Promise.reject(new TypeError('no network'))
    await pass(30_000)
    expect(told).toContain('[cut]')
    watch.stop()
  })

  test('takes a server that hangs for cut within half a minute, lets go of what it asked, and goes on once it is well', async () => {
    const { server, feeds, told, watch } = aServer()
    watch.start()
    await pass(0)
    feeds[0]?.onOpen()
    const asked: AbortSignal[] = []
    server.answer = (signal) => {
      asked.push(signal)
      return new Promise(() => undefined)
    }
    await pass(29_999)
    expect(told.at(-1)).toBe('[live]')
    await pass(1)
    expect(told.at(-1)).toBe('[cut]')
    await pass(60_000)
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.slice(0, -1).every(({ aborted }) => aborted)).toBe(true)
    server.answer = async () => 'well again'
    watch.nudge()
    await pass(0)
    feeds.at(-1)?.onOpen()
    expect(told.slice(-2)).toEqual(['well again', '[live]'])
    watch.stop()
  })

  test('that is stopped closes its feed and says nothing more', async () => {
    const { server, feeds, told, watch } = aServer()
    watch.start()
    await pass(0)
    feeds[0]?.onOpen()
    const before = told.length
    watch.stop()
    feeds[0]?.onData('late')
    await pass(60_000)
    expect(server.closed).toBe(1)
    expect(told).toHaveLength(before)
  })
})
