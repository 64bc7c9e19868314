import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cutToBytes } from '../../../server/discovery/announcer.ts'
import { originsOf, readAnnouncement, type RawService } from '../../../src-main/discovery/announcement.ts'
import { createDiscovery } from '../../../src-main/discovery/discovery.ts'
import type { Listen } from '../../../src-main/discovery/mdns.ts'
import type { FoundServer, PairingMessage } from '../../../src-main/pairing/ipc.ts'
import { openSettings } from '../../../src-main/settings/settings.ts'

const KEY = 'a'.repeat(64)
const ID = '018f0000-0000-7000-8000-000000000001'

const aServer = (changes: Partial<RawService> = {}, txt: Record<string, unknown> = {}): RawService => ({
  port: 4810,
  addresses: ['192.0.2.10'],
  txt: { id: ID, fp: KEY, name: 'Papelaria Ipê', v: '0.2.0', ...txt },
  ...changes,
})

describe('an announcement', () => {
  test('leads to every address that works in a browser: who answered first, IPv4 before IPv6, none twice', () => {
    const heard = aServer({
      addresses: ['fe80::1', '2001:db8::5', '169.254.3.3', '192.0.2.10', '172.17.0.1', '192.0.2.10'],
      referer: { address: '192.0.2.10' },
    })
    const announcement = readAnnouncement(heard)
    expect(announcement && originsOf(announcement)).toEqual([
      'https://192.0.2.10:4810',
      'https://172.17.0.1:4810',
      'https://[2001:db8::5]:4810',
    ])
  })

  test.each([
    ['without an id', aServer({}, { id: undefined })],
    ['with a fingerprint that is none', aServer({}, { fp: '<script>' })],
    ['without a port', aServer({ port: undefined })],
    ['with link-local addresses only', aServer({ addresses: ['fe80::1'] })],
    ['with a name address', aServer({ addresses: ['evil.example'] })],
    ['without any text', aServer({ txt: undefined })],
  ])('%s is passed over', (_, heard) => {
    expect(readAnnouncement(heard)).toBeNull()
  })

  test('carries a long name cut between letters', () => {
    expect(cutToBytes('São João', 4)).toBe('São')
    expect(cutToBytes('💚💚', 7)).toBe('💚')
    expect(cutToBytes('Ipê', 200)).toBe('Ipê')
  })
})

interface Answering {
  fingerprint: string
  server: string
}

function aClient(known: Record<string, unknown> = {}, answering: Record<string, Answering> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'balcao-discovery-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const settings = openSettings(folder, () => undefined)
  settings.update(known)
  let now = 0
  let timer: { at: number; act: () => void } | null = null
  let listeners: Parameters<Listen>[0] | null = null
  let asked = 0
  const said: PairingMessage[] = []
  const moves: string[] = []
  const inspected: string[] = []
  const discovery = createDiscovery({
    settings,
    tell: (message) => said.push(message),
    onMoved: (url) => {
      moves.push(url)
      settings.update({ serverUrl: url })
    },
    ports: {
      log: () => undefined,
      clock: {
        now: () => now,
        after: (ms, act) => {
          timer = { at: now + ms, act }
          return () => (timer = null)
        },
      },
    },
    listen: (on) => {
      listeners = on
      return { ask: () => (asked += 1), stop: () => (listeners = null) }
    },
    inspect: (origin) => {
      inspected.push(origin)
      const server = answering[origin]
      if (!server) return Promise.reject(new Error('refused'))
      const { fingerprint, server: id } = server
      return Promise.resolve({ fingerprint, isTrusted: false, health: { name: 'balcao', server: id } })
    },
  })
  return {
    ...{ discovery, settings, moves, inspected },
    asked: () => asked,
    isListening: () => listeners !== null,
    hear: (service: RawService) => listeners?.heard(service),
    goodbye: (service: RawService) => listeners?.gone(service),
    list: (): readonly FoundServer[] => said.findLast((each) => each.kind === 'servers-found')?.servers ?? [],
    pass(ms: number) {
      const until = now + ms
      while (timer && timer.at <= until) {
        const { at, act } = timer
        timer = null
        now = at
        act()
      }
      now = until
    },
  }
}

describe('the list of servers', () => {
  test('lives while somebody looks at it', () => {
    const client = aClient()
    client.discovery.show(true)
    client.hear(aServer())
    expect(client.list()).toEqual([
      { id: ID, name: 'Papelaria Ipê', address: '192.0.2.10:4810', version: '0.2.0', isPaired: false },
    ])
    client.pass(30_000)
    expect(client.asked()).toBe(4)
    client.discovery.show(false)
    expect(client.isListening()).toBe(false)
  })

  test('holds a server once, says whether it is the paired one, and drops it when it says goodbye or nothing', () => {
    const client = aClient({ serverUrl: 'https://192.0.2.10:4810', serverPin: KEY, serverId: ID })
    const other = aServer({}, { id: ID.replace('1', '2'), name: 'Filial' })
    client.discovery.show(true)
    client.hear(aServer())
    client.hear(aServer({ addresses: ['192.0.2.11'] }))
    client.hear(other)
    expect(client.list().map(({ name, address, isPaired }) => [name, address, isPaired])).toEqual([
      ['Filial', '192.0.2.10:4810', false],
      ['Papelaria Ipê', '192.0.2.11:4810', true],
    ])
    client.goodbye(other)
    expect(client.list()).toHaveLength(1)
    client.pass(50_000)
    expect(client.list()).toEqual([])
  })

  test('is empty of whoever copies the id with another key', () => {
    const client = aClient({ serverUrl: 'https://192.0.2.10:4810', serverPin: KEY, serverId: ID })
    client.discovery.show(true)
    client.hear(aServer({}, { fp: 'b'.repeat(64) }))
    expect(client.list().map(({ isPaired }) => isPaired)).toEqual([false])
  })
})

describe('a server that is lost', () => {
  const known = { serverUrl: 'https://192.0.2.10:4810', serverPin: KEY, serverId: ID }
  const moved = aServer({ addresses: ['192.0.2.99', '192.0.2.20'] })

  test('is found again at its new address by its key, and the search rests', async () => {
    const client = aClient(known, { 'https://192.0.2.20:4810': { fingerprint: KEY, server: ID } })
    client.discovery.search()
    client.hear(moved)
    await expect.poll(() => client.moves).toEqual(['https://192.0.2.20:4810'])
    expect(client.isListening()).toBe(false)
  })

  test.each([
    ['another key', { fingerprint: 'b'.repeat(64), server: ID }],
    ['another id', { fingerprint: KEY, server: ID.replace('1', '2') }],
  ])('is never replaced by one with %s', async (_, imposter) => {
    const client = aClient(known, { 'https://192.0.2.20:4810': imposter })
    client.discovery.search()
    client.hear(moved)
    await expect.poll(() => client.inspected).toEqual(['https://192.0.2.99:4810', 'https://192.0.2.20:4810'])
    expect(client.moves).toEqual([])
    expect(client.settings.read().serverUrl).toBe(known.serverUrl)
  })

  test('is not sought while it answers, without a pin, nor for ever', () => {
    const quiet = aClient(known, {})
    quiet.discovery.show(true)
    quiet.hear(moved)
    expect(quiet.inspected).toEqual([])

    const unpaired = aClient({ serverUrl: 'https://suporte.example' })
    unpaired.discovery.search()
    expect(unpaired.isListening()).toBe(false)

    const lost = aClient(known)
    lost.discovery.search()
    lost.pass(11 * 60_000)
    expect(lost.isListening()).toBe(false)
  })
})
