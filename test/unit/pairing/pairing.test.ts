import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { NoTlsError, type Inspected } from '../../../src-main/pairing/inspect.ts'
import type { PairingMessage } from '../../../src-main/pairing/ipc.ts'
import { createPairing } from '../../../src-main/pairing/pairing.ts'
import type { CertificateRequest } from '../../../src-main/ports.ts'
import { openSettings } from '../../../src-main/settings/settings.ts'
import { pairingCode } from '../../../server/tls/contract.ts'

const KEY = 'a'.repeat(64)
const OTHER_KEY = 'b'.repeat(64)
const ID = '018f0000-0000-7000-8000-000000000001'
const OFFICE = 'https://servidor:4810'

interface World {
  /** What answers with TLS, by origin. */
  tls: Record<string, Partial<Inspected>>
  /** Who answers in clear. */
  plain: string[]
}

const balcao = (changes: Partial<Inspected> = {}): Inspected => ({
  fingerprint: KEY,
  isTrusted: false,
  health: { name: 'balcao', api: 1, server: ID, office: 'Papelaria Ipê' },
  ...changes,
})

function aClient(world: Partial<World> = {}, known: Record<string, unknown> = {}) {
  const { tls = {}, plain = [] } = world
  const folder = mkdtempSync(join(tmpdir(), 'balcao-pairing-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const settings = openSettings(folder, () => undefined)
  settings.update(known)
  const said: PairingMessage[] = []
  const happened: string[] = []
  let decide: (request: CertificateRequest) => boolean = () => true
  const pairing = createPairing({
    settings,
    tell: (message) => said.push(message),
    onLost: () => happened.push('lost'),
    secrets: { deleteAll: () => happened.push('token forgotten') },
    ports: {
      certificates: { verify: (wanted) => (decide = wanted) },
      lifecycle: { relaunch: () => happened.push('relaunched') },
      log: () => undefined,
      fetch: (url) =>
        plain.includes(new URL(url).origin)
          ? Promise.resolve(Response.json({ name: 'balcao', api: 1 }))
          : Promise.reject(new Error('refused')),
    },
    inspect: (origin) => {
      const server = tls[origin]
      if (server) return Promise.resolve(balcao(server))
      return Promise.reject(
        plain.includes(origin.replace('https', 'http')) ? new NoTlsError() : new Error('refused'),
      )
    },
  })
  return {
    ...{ pairing, settings, said, happened, tls },
    connects: (hostname: string, fingerprint = KEY, isTrusted = false) =>
      decide({ hostname, fingerprint, isTrusted }),
  }
}

const paired = { serverUrl: OFFICE, serverPin: KEY, serverId: ID, serverKey: OFFICE }

describe('a server met for the first time', () => {
  test('is taken only after its code was compared, and known by its key from then on', async () => {
    const client = aClient({ tls: { [OFFICE]: {} } })

    expect(client.connects('servidor')).toBe(false)
    expect(await client.pairing.setServer('servidor')).toEqual({ ok: false, reason: 'unpaired' })
    expect(await client.pairing.look('servidor')).toEqual({
      ok: true,
      server: { url: OFFICE, name: 'Papelaria Ipê', trust: 'compare', code: pairingCode(KEY) },
    })
    expect(client.settings.read().serverUrl).toBeNull()

    expect(client.pairing.connect(OFFICE, null)).toEqual({ ok: true, url: OFFICE })
    expect(client.settings.read()).toMatchObject(paired)
    expect([client.connects('servidor'), client.connects('servidor', OTHER_KEY, true)]).toEqual([true, false])
  })

  test('needs no code when the system’s authorities vouch for it, and may renew its key', async () => {
    const client = aClient({ tls: { 'https://suporte.example': { isTrusted: true } } })

    expect(await client.pairing.setServer('https://suporte.example')).toMatchObject({ ok: true })
    expect(client.settings.read().serverPin).toBeNull()
    expect(client.connects('suporte.example', OTHER_KEY, true)).toBe(true)
    expect(client.connects('suporte.example', KEY, false)).toBe(false)
  })

  test('is spoken to in clear on this very computer only', async () => {
    const client = aClient({ plain: ['http://127.0.0.1:4810', 'http://servidor:4810'] })

    expect(await client.pairing.look('servidor')).toEqual({ ok: false, reason: 'insecure' })
    expect(await client.pairing.look('http://servidor:4810')).toEqual({ ok: false, reason: 'insecure' })
    expect(await client.pairing.setServer('127.0.0.1')).toEqual({ ok: true, url: 'http://127.0.0.1:4810' })
  })

  test('can’t be connected to by a page that didn’t look at it', () => {
    expect(aClient().pairing.connect(OFFICE, null)).toEqual({ ok: false, reason: 'stale' })
  })

  test.each([
    ['no Balcão', { name: 'printer' }, 'notBalcao'],
    ['no JSON', undefined, 'notBalcao'],
    ['one of another generation', { name: 'balcao', api: 9, apiSince: 9 }, 'incompatible'],
  ])('is refused when it is %s', async (_, health, reason) => {
    const client = aClient({ tls: { [OFFICE]: { health } } })
    expect(await client.pairing.look('servidor')).toEqual({ ok: false, reason })
  })
})

describe('the paired server', () => {
  test('with another key is refused, said aloud, and sought elsewhere', () => {
    const client = aClient({}, paired)

    expect(client.connects('servidor', OTHER_KEY)).toBe(false)
    expect(client.said).toEqual([{ kind: 'server-alarm', alarm: { kind: 'changed', url: OFFICE } }])
    expect(client.pairing.status().alarm?.kind).toBe('changed')
    expect(client.happened).toEqual(['lost'])
  })

  test('is paired again only with the code from its own screen, and then from a new start without the old token', async () => {
    const client = aClient({ tls: { [OFFICE]: { fingerprint: OTHER_KEY } } }, paired)
    client.connects('servidor', OTHER_KEY)

    const look = await client.pairing.look('servidor')
    expect(look).toMatchObject({ server: { trust: 'changed', code: null } })
    expect(await client.pairing.setServer('servidor')).toEqual({ ok: false, reason: 'unpaired' })
    for (const code of [null, '', pairingCode(KEY)])
      expect(client.pairing.connect(OFFICE, code)).toEqual({ ok: false, reason: 'wrongCode' })
    expect(client.settings.read().serverPin).toBe(KEY)

    const typed = pairingCode(OTHER_KEY).toLowerCase().replaceAll('-', ' ')
    expect(client.pairing.connect(OFFICE, typed)).toMatchObject({ ok: true })
    expect(client.settings.read().serverPin).toBe(OTHER_KEY)
    expect(client.happened).toEqual(['lost', 'token forgotten', 'relaunched'])
    expect(client.pairing.status().alarm).toBeNull()
  })

  test('that answers in clear only is a downgrade and refused', async () => {
    const client = aClient({ plain: ['http://servidor:4810'] }, paired)
    expect(await client.pairing.look('servidor')).toEqual({ ok: false, reason: 'downgrade' })
    expect(client.settings.read()).toMatchObject(paired)
  })

  test('whose id somebody else claims with another key is no reason to trust them', async () => {
    const client = aClient({ tls: { 'https://192.0.2.66:4810': { fingerprint: OTHER_KEY } } }, paired)
    expect(await client.pairing.look('192.0.2.66')).toMatchObject({
      server: { trust: 'changed', code: null },
    })
  })

  test('at another address keeps token and data; another server loses both', async () => {
    const moved = 'https://192.0.2.20:4810'
    const branch = 'https://filial:4810'
    const other = { fingerprint: OTHER_KEY, health: { name: 'balcao', api: 1, server: ID.replace('1', '2') } }
    const client = aClient({ tls: { [moved]: {}, [branch]: other } }, paired)

    expect(await client.pairing.setServer('192.0.2.20')).toEqual({ ok: true, url: moved })
    expect(client.pairing.status()).toMatchObject({ url: moved, dataKey: OFFICE })
    expect(client.happened).toEqual([])

    await client.pairing.look('filial')
    client.pairing.connect(branch, null)
    expect(client.pairing.status()).toMatchObject({ url: branch, dataKey: branch })
    expect(client.happened).toEqual(['token forgotten'])
  })
})

describe('a server known in clear', () => {
  const inClear = { serverUrl: 'http://servidor:4810' }

  test('that offers encryption asks once to be paired, and keeps what this computer has of it', async () => {
    const client = aClient({ tls: { [OFFICE]: {} } }, inClear)

    await client.pairing.checkKnown()
    expect(client.pairing.status().alarm).toEqual({ kind: 'offer', url: 'http://servidor:4810' })
    await client.pairing.look('http://servidor:4810')
    client.pairing.connect(OFFICE, null)

    expect(client.pairing.status()).toEqual({ url: OFFICE, dataKey: 'http://servidor:4810', alarm: null })
    expect(client.happened).toEqual([])
  })

  test('goes on as it is when there is no encryption, and on this very computer', async () => {
    for (const known of [inClear, { serverUrl: 'http://127.0.0.1:4810' }]) {
      const client = aClient(
        { tls: { 'https://127.0.0.1:4810': {} }, plain: ['http://servidor:4810'] },
        known,
      )
      await client.pairing.checkKnown()
      expect(client.said).toEqual([])
    }
  })
})

test('no other address of this program is harmed: the system decides', () => {
  const client = aClient({}, paired)
  expect([client.connects('updates.example', OTHER_KEY, true), client.connects('evil.example', KEY)]).toEqual(
    [true, false],
  )
  expect(client.said).toEqual([])
})

test('a forgotten server leaves no pin behind', async () => {
  const client = aClient({}, paired)
  await client.pairing.setServer(null)
  expect(client.settings.read()).toMatchObject({
    serverUrl: null,
    serverPin: null,
    serverId: null,
    serverKey: null,
  })
})
