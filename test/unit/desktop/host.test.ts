import { expect, test } from 'vitest'
import { createHost } from '../../../src-main/host/host.ts'
import type { HostState } from '../../../src-main/host/ipc.ts'
import { createHostHandlers } from '../../../src-main/host/handlers.ts'
import { createQuitGuard } from '../../../src-main/host/quit-guard.ts'
import { addressIn } from '../../../src-main/host/server-words.ts'
import type { ServerProcess } from '../../../src-main/ports.ts'
import type { SettingsFile } from '../../../src-main/settings/settings.ts'
import { createFakeClock } from './alert-desk.ts'

type Settings = ReturnType<SettingsFile['read']>

const URL = 'http://127.0.0.1:4810'
const announced = JSON.stringify({
  ...{ level: 30, msg: 'listening', url: URL, version: '1.0.0' },
  ...{ fingerprint: '00'.repeat(32), addresses: ['https://pc-da-ana.local:4810'] },
})

/** A computer whose servers do as they are told by the test. */
function aComputer(remembered: Partial<Settings> = {}) {
  const clock = createFakeClock()
  const kept = { hostsServer: false, hostPort: 4810, ...remembered }
  const states: HostState[] = []
  const servers: {
    port: number
    isTold: boolean
    say(line: string): void
    exit(code: number | null): void
  }[] = []
  const serverProcess: ServerProcess = {
    isAvailable: true,
    start({ port }, { onLine, onExit }) {
      const server = { port, isTold: false, say: onLine, exit: onExit }
      servers.push(server)
      return { stop: () => (server.isTold = true) }
    },
  }
  const host = createHost({
    ports: { serverProcess, clock, log: () => undefined, env: { userDataDir: '/nowhere' } },
    settings: {
      read: () => kept as Settings,
      update: (changes) => void Object.assign(kept, changes),
      note: (changes) => void Object.assign(kept, changes),
    },
    onState: (state) => void states.push(state),
  })
  const last = () => {
    const server = servers.at(-1)
    if (!server) throw new Error('no server was started')
    return server
  }
  return { clock, kept, states, servers, last, host, step: () => states.at(-1)?.step }
}

async function aRunningHost() {
  const computer = aComputer()
  const started = computer.host.start(null)
  computer.last().say(announced)
  await started
  return computer
}

test('of all that a server says only its announcement tells where it is', () => {
  expect(addressIn(announced)).toEqual({
    url: URL,
    addresses: ['https://pc-da-ana.local:4810'],
    code: '0000-0000-0000-0000',
  })
  for (const line of [
    '',
    'listening',
    '{"msg":"listening"}',
    '{"msg":"listening","url":7}',
    '{',
    '{"url":"x"}',
  ])
    expect(addressIn(line)).toBeNull()
})

test('a start lasts until the server answers, and the computer is the server from then on', async () => {
  const { host, last, kept, step } = aComputer()
  const started = host.start(5000)
  expect(last().port).toBe(5000)
  expect([step(), kept.hostsServer]).toEqual(['starting', false])

  last().say('{"msg":"something else"}')
  expect(step()).toBe('starting')
  last().say(announced)
  expect(await started).toMatchObject({ step: 'running', url: URL })
  expect(kept).toMatchObject({ hostsServer: true, hostPort: 5000 })
})

test.each([
  [4, 'portTaken'],
  [3, 'storeUnusable'],
  [1, 'crashed'],
  [null, 'crashed'],
] as const)(
  'a first start that ends with %s is told as %s, with the server’s words, and not tried again',
  async (code, reason) => {
    const { host, last, servers, clock, kept } = aComputer()
    const started = host.start(null)
    last().say('balcao: because')
    last().exit(code)
    expect(await started).toEqual({ step: 'failed', reason, detail: 'balcao: because' })
    await clock.advance(600_000)
    expect(servers).toHaveLength(1)
    expect(kept.hostsServer).toBe(false)
  },
)

test('a first start that hangs is ended after three minutes and told, with the server’s last words', async () => {
  const { host, last, servers, clock, kept } = aComputer()
  const started = host.start(null)
  last().say('balcao: upgrading the store')
  await clock.advance(180_000)
  expect(await started).toEqual({ step: 'failed', reason: 'silent', detail: 'balcao: upgrading the store' })
  expect([last().isTold, kept.hostsServer]).toEqual([true, false])
  last().exit(null)
  await clock.advance(600_000)
  expect(servers).toHaveLength(1)
})

test('a server that was well and hangs at its next start is ended, and another tried once it is gone', async () => {
  const { last, servers, clock, step } = await aRunningHost()
  last().exit(1)
  await clock.advance(1_000)
  await clock.advance(180_000)
  expect([last().isTold, step()]).toEqual([true, 'waiting'])
  await clock.advance(2_000)
  expect([servers.length, step()]).toEqual([2, 'starting'])
  servers[1]?.exit(null)
  expect(servers).toHaveLength(3)
  last().say(announced)
  await clock.advance(180_000)
  expect(step()).toBe('running')
})

test('it makes way when no server is left, and is the server again with the next start', async () => {
  const { host, last, kept, step } = await aRunningHost()
  let isGone = false
  const gone = host.makeWay().then(() => (isGone = true))
  await new Promise(setImmediate)
  expect([last().isTold, isGone, step()]).toEqual([true, false, 'off'])
  last().exit(0)
  await gone
  expect(kept.hostsServer).toBe(true)
  await host.makeWay()
})

test('a server that falls is started again, later each time, until it has been well for a minute', async () => {
  const { last, servers, clock, step } = await aRunningHost()
  for (const [falls, pause] of [1_000, 2_000, 4_000].entries()) {
    last().exit(null)
    expect(step()).toBe('waiting')
    await clock.advance(pause - 1)
    expect(servers).toHaveLength(falls + 1)
    await clock.advance(1)
    expect(servers).toHaveLength(falls + 2)
    last().say(announced)
  }
  await clock.advance(60_000)
  last().exit(1)
  await clock.advance(1_000)
  expect(servers).toHaveLength(5)
})

test('stopped and started at once, the second server waits for the end of the first', async () => {
  const { host, last, servers, step } = await aRunningHost()
  host.stop()
  expect(last().isTold).toBe(true)
  const started = host.start(null)
  expect([servers.length, step()]).toEqual([1, 'starting'])
  servers[0]?.exit(0)
  expect(servers).toHaveLength(2)
  last().say(announced)
  expect((await started).step).toBe('running')
})

test('stopped for good, nothing starts it again, not even the program’s next start', async () => {
  const { host, last, servers, clock, kept, step } = await aRunningHost()
  host.stop()
  last().exit(0)
  await clock.advance(600_000)
  host.resume()
  expect([servers.length, step(), kept.hostsServer]).toEqual([1, 'off', false])
})

test('a start that is called off ends as off', async () => {
  const { host, last } = aComputer()
  const started = host.start(null)
  host.stop()
  expect(last().isTold).toBe(true)
  expect(await started).toEqual({ step: 'off' })
})

test('with the program’s next start it comes back, though the former server may still have the data', async () => {
  const { host, last, clock, step } = aComputer({ hostsServer: true })
  host.resume()
  last().exit(3)
  expect(step()).toBe('waiting')
  await clock.advance(2_000)
  last().say(announced)
  expect(step()).toBe('running')
})

test('what was known of a server on this computer is dropped when it stands in the way of the new one', async () => {
  const { host, last } = aComputer()
  const asked: (string | null)[] = []
  const handlers = createHostHandlers({
    host,
    pairing: {
      setServer(url) {
        asked.push(url)
        return Promise.resolve(asked.length === 1 ? { ok: false, reason: 'downgrade' } : { ok: true, url })
      },
    },
  })
  const started = handlers['host.start'](4810, { windowId: 1 } as never)
  last().say(announced)
  expect(await started).toMatchObject({ step: 'running' })
  expect(asked).toEqual([URL, null, URL])
})

test('a server that this program can’t reach is stopped, and that is told', async () => {
  const { host, last, kept } = aComputer()
  const pairing = { setServer: () => Promise.resolve({ ok: false, reason: 'unreachable' } as const) }
  const started = createHostHandlers({ host, pairing })['host.start'](null, { windowId: 1 } as never)
  last().say(announced)
  expect(await started).toEqual({ step: 'failed', reason: 'noAnswer', detail: 'unreachable' })
  expect([last().isTold, kept.hostsServer]).toEqual([true, false])
})

test('quitting asks while colleagues would lose the server, and follows the answer', async () => {
  const { host } = await aRunningHost()
  const answers = [false, true]
  const asked: string[] = []
  let quits = 0
  const mayQuit = createQuitGuard({
    host,
    language: () => 'en',
    ports: {
      lifecycle: { quit: () => void (quits += mayQuit() ? 1 : 0) },
      questions: {
        ask(question) {
          asked.push(question.yes)
          return Promise.resolve(answers.shift() ?? false)
        },
      },
    },
  })
  expect([mayQuit(), mayQuit()]).toEqual([false, false])
  await new Promise(setImmediate)
  expect([asked.length, quits]).toEqual([1, 0])

  expect(mayQuit()).toBe(false)
  await new Promise(setImmediate)
  expect([asked, quits]).toEqual([Array(2).fill('Quit and stop the server'), 1])

  host.stop()
  expect(mayQuit()).toBe(true)
})
