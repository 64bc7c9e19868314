import { effectScope, nextTick, ref, shallowRef } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveSnapshot } from '../../server/dashboards/contract.ts'
import { wallSource, type LiveSource } from '../../src-renderer/api/live-source.ts'
import type { Transport } from '../../src-renderer/api/transport.ts'
import { staleSince } from '../../src-renderer/features/dashboard/staleness.ts'
import { useLiveBoard, type Scope } from '../../src-renderer/stores/live-board.ts'

const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
beforeEach(() => {
  vi.useFakeTimers()
  document.visibilityState = 'visible'
  vi.stubGlobal('window', Object.assign(new EventTarget(), { setInterval, clearInterval }))
  vi.stubGlobal('document', document)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const snapshot = () => ({ at: new Date().toISOString() }) as LiveSnapshot

function aBoard(source: LiveSource, wanted: readonly Scope[]) {
  const scope = effectScope()
  const scopes = shallowRef(wanted)
  const live = scope.run(() => useLiveBoard(source, scopes, ref(true)))
  if (!live) throw new Error('the board did not begin')
  return { live, scopes, stop: () => scope.stop() }
}

const see = async (visibilityState: DocumentVisibilityState, ms: number) => {
  document.visibilityState = visibilityState
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(ms)
}

test('a wall holds one connection, however many teams its dashboards tell apart', async () => {
  const feeds: unknown[] = []
  const trpc = {
    wall: {
      live: { query: () => Promise.resolve(snapshot()) },
      watch: {
        subscribe: (scope: unknown) => {
          feeds.push(scope)
          return { unsubscribe: () => undefined }
        },
      },
    },
  } as unknown as Transport['trpc']
  const teams = Array.from({ length: 12 }, (_, index) => [`team-${index}`])
  const { live, stop } = aBoard(
    wallSource({ trpc }, () => Promise.resolve()),
    teams,
  )
  await vi.advanceTimersByTimeAsync(1_000)
  expect(feeds).toHaveLength(1)
  expect(teams.every((team) => live.snapshotOf(team) !== undefined)).toBe(true)
  stop()
})

/** A server that answers until it is said to be gone. */
function aSource() {
  const server = { isGone: false }
  const source: LiveSource = {
    read: () => (server.isGone ? Promise.reject(new TypeError('gone')) : Promise.resolve(snapshot())),
    watch(_scope, listener) {
      listener.onOpen()
      return () => undefined
    },
  }
  return { server, source }
}

test('numbers from before a rest are said to be old when the server does not answer after it', async () => {
  const { server, source } = aSource()
  const { live, stop } = aBoard(source, [null])
  await vi.advanceTimersByTimeAsync(100)
  const trueAt = live.freshness.value.trueAt
  await see('hidden', 60 * 60_000)
  server.isGone = true
  await see('visible', 1_000)
  expect(staleSince(live.freshness.value, Date.now())).toBeNull()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(staleSince(live.freshness.value, Date.now())).toBe(trueAt)
  stop()
})

test('numbers of a dashboard looked at before are said to be old until they are known anew', async () => {
  const { server, source } = aSource()
  const { live, scopes, stop } = aBoard(source, [['a']])
  await vi.advanceTimersByTimeAsync(100)
  const trueAt = live.freshness.value.trueAt
  scopes.value = [['b']]
  await nextTick()
  await vi.advanceTimersByTimeAsync(60_000)
  server.isGone = true
  scopes.value = [['a']]
  await nextTick()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(live.snapshotOf(['a'])).toBeDefined()
  expect(staleSince(live.freshness.value, Date.now())).toBe(trueAt)
  stop()
})
