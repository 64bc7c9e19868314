import { describe, expect, test } from 'vitest'
import { compatibilityWith } from '../../../src-main/updates/handshake.ts'
import type { UpdateState } from '../../../src-main/updates/ipc.ts'
import { createUpdates } from '../../../src-main/updates/updates.ts'

describe('versions shake hands', () => {
  const client = { api: 3, oldestServer: 2 }
  test.each([
    ['the same API', { api: 3, apiSince: 3 }, 'ok'],
    ['a newer server that still serves this client', { api: 5, apiSince: 3 }, 'ok'],
    ['a server that serves this client no longer', { api: 5, apiSince: 4 }, 'clientTooOld'],
    ['an older server that this client still understands', { api: 2 }, 'ok'],
    ['a server from before what this client understands', { api: 1 }, 'clientTooNew'],
    ['a newer server that says nothing of older clients', { api: 4 }, 'clientTooOld'],
  ] as const)('%s', (_what, server, expected) => {
    expect(compatibilityWith(server, client)).toBe(expected)
  })
})

interface Office {
  offered: { version: string } | null
  health: unknown
  fails?: 'check' | 'download'
}

function aClient(office: Office, { isInstalled = true, isHeld = false } = {}) {
  const timers: { ms: number; act: () => void }[] = []
  const states: UpdateState[] = []
  const asked: string[] = []
  let installs = 0
  const way = Promise.withResolvers<void>()
  if (!isHeld) way.resolve()
  const updates = createUpdates({
    serverUrl: () => 'https://servidor:4810',
    onState: (state) => states.push(state),
    makeWay: () => way.promise,
    ports: {
      env: { isInstalled, version: '0.1.0' } as never,
      clock: {
        now: () => 0,
        after: (ms, act) => {
          const timer = { ms, act }
          timers.push(timer)
          return () => void timers.splice(timers.indexOf(timer), 1)
        },
      },
      fetch: async () => {
        if (office.health instanceof Error) throw office.health
        return Response.json(office.health)
      },
      updater: {
        async check(feedUrl) {
          asked.push(feedUrl)
          if (office.fails === 'check') throw new Error('404')
          return office.offered
        },
        async download(onProgress) {
          onProgress(0.5)
          if (office.fails === 'download') throw new Error('cut')
        },
        install: () => void (installs += 1),
      },
      log: () => undefined,
    },
  })
  return { updates, states, timers, asked, installs: () => installs, makesWay: way.resolve }
}

const healthy = { name: 'balcao', version: '0.2.0', api: 1, apiSince: 1 }

test('a newer release is loaded in the background and installed only when the person says so', async () => {
  const client = aClient({ offered: { version: '0.2.0' }, health: healthy })
  await client.updates.look()

  expect(client.asked).toEqual(['https://servidor:4810/updates'])
  expect(client.states.flatMap(({ progress }) => (progress ? [progress.step] : []))).toEqual([
    'none',
    'checking',
    'loading',
    'loading',
    'ready',
  ])
  expect(client.installs()).toBe(0)
  await client.updates.install()
  expect(client.installs()).toBe(1)
})

test('an update waits until the server on this computer has let go of the files', async () => {
  const office: Office = {
    offered: { version: '0.2.0' },
    health: { name: 'balcao', version: '0.2.0', api: 1 },
  }
  const client = aClient(office, { isHeld: true })
  await client.updates.look()
  const installed = client.updates.install()
  await new Promise(setImmediate)
  expect(client.installs()).toBe(0)
  client.makesWay()
  await installed
  expect(client.installs()).toBe(1)
})

test('nothing is installed before it is there whole', async () => {
  const client = aClient({ offered: { version: '0.2.0' }, health: healthy, fails: 'download' })
  await client.updates.look()
  await client.updates.install()

  expect(client.updates.state().progress).toEqual({ step: 'failed' })
  expect(client.installs()).toBe(0)
})

test('a failure is tried again sooner than the ordinary look comes round', async () => {
  const office: Office = { offered: { version: '0.2.0' }, health: healthy, fails: 'check' }
  const client = aClient(office)
  await client.updates.look()
  const [soon] = client.timers
  delete office.fails
  soon?.act()
  await client.updates.look()

  expect(client.updates.state().progress).toEqual({ step: 'ready', version: '0.2.0' })
  expect(client.timers).toHaveLength(1)
  expect(client.timers[0]?.ms).toBeGreaterThan(soon?.ms ?? Infinity)
})

test('a release that is ready is not loaded again', async () => {
  const client = aClient({ offered: { version: '0.2.0' }, health: healthy })
  await client.updates.look()
  await client.updates.look()
  expect(client.asked).toHaveLength(1)
})

test('a client that runs from its source looks for nothing, and still shakes hands', async () => {
  const office: Office = { offered: { version: '0.2.0' }, health: { ...healthy, api: 7, apiSince: 6 } }
  const client = aClient(office, { isInstalled: false })
  await client.updates.look()

  expect(client.asked).toEqual([])
  expect(client.updates.state()).toEqual({
    version: '0.1.0',
    serverVersion: '0.2.0',
    compatibility: 'clientTooOld',
    progress: null,
  })
})

test('a server that can’t be reached changes nothing of what is known of it', async () => {
  const office: Office = { offered: null, health: healthy }
  const client = aClient(office)
  await client.updates.look()
  office.health = new Error('no route')
  await client.updates.look()

  expect(client.updates.state()).toMatchObject({ serverVersion: '0.2.0', compatibility: 'ok' })
})
