import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepHouse } from '../../server/housekeeping.ts'
import { newId } from '../../server/ids.ts'
import type { PhoneOptions } from '../../server/phone/contract.ts'
import { Phone1821000000000 } from '../../server/store/migrations/1821000000000-phone.ts'
import { migrations } from '../../server/store/migrations/index.ts'
import { openStore } from '../../server/store/store.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const MOBILE = '11987654321'
const CONTACT = { name: 'Rui Prado', phone: MOBILE }

interface Person {
  id: string
  token: string
  api: Client
}

let clock: TestClock
let server: TestServer
let admin: Client
let adminToken: string
/** At 201, at 202, and at no phone. */
let bia: Person
let caio: Person
let davi: Person
let teamId: string
let secret: string
let keyId: string

/** Set up once; each test goes on with a copy. */
let office: string
let folder: string
const START = Date.UTC(2026, 2, 9, 12)

beforeAll(async () => {
  office = await mkdtemp(join(tmpdir(), 'balcao-test-'))
  server = await startTestServer({ clock: aClock(START), dataDir: office })
  const token = await server.setup()
  admin = server.client(token)
  teamId = (await admin.teams.list.query())[0]?.id ?? ''
  const hire = async (name: string, email: string): Promise<Person> => {
    const { id, token: own } = await server.join(token, { name, email, teamIds: [teamId] })
    return {
      id,
      token: own,
      get api() {
        return server.client(own)
      },
    }
  }
  bia = await hire('Bia', 'bia@ipe.example')
  caio = await hire('Caio', 'caio@ipe.example')
  davi = await hire('Davi', 'davi@ipe.example')
  await admin.phone.setExtension.mutate({ agentId: bia.id, extension: '201' })
  await admin.phone.setExtension.mutate({ agentId: caio.id, extension: '202' })
  const made = await admin.phone.createKey.mutate({ name: 'Central' })
  secret = made.secret
  keyId = made.key.id
  adminToken = token
  await server.stop()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balcao-test-'))
  await cp(office, folder, { recursive: true })
  clock = aClock(START)
  await start()
})
afterEach(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})
afterAll(() => rm(office, { recursive: true, force: true }))

async function start(): Promise<void> {
  server = await startTestServer({ clock, dataDir: folder })
  admin = server.client(adminToken)
  await settled()
}

/** Stops the server, and starts it anew once the clock has moved on. */
async function restart(span: { ms?: number; minutes?: number } = {}): Promise<void> {
  await server.stop()
  clock.advance(span)
  await start()
}

function post(body: object | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/hooks/phone`, {
    method: 'POST',
    headers: { 'x-balcao-key': secret, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function told(event: string, fields: object = {}): Promise<string> {
  const answer = await post({ event, call_id: 'c1', number: MOBILE, ...fields })
  expect(answer.status).toBe(202)
  return ((await answer.json()) as { callId: string }).callId
}

const problem = async (answer: Promise<Response>): Promise<[number, string, string]> => {
  const { status, ...rest } = await answer.then(async (each) => ({
    status: each.status,
    ...((await each.json()) as { error: { reason: string; message: string } }),
  }))
  return [status, rest.error.reason, rest.error.message]
}

const rolesOf = async ({ api }: Person) =>
  (await api.calls.current.query()).items.map(({ role, number }) => `${role} ${number}`)
const rows = (table: 'event' | 'ticket') =>
  table === 'event'
    ? server.services.store.read.sql<{ type: string; audience: string | null; data: string }[]>`
        SELECT type, audience, data FROM event WHERE type LIKE 'call.%' ORDER BY seq`
    : Promise.resolve([])
const settled = () => server.services.schedule.settled()
const after = async (span: { ms?: number; minutes?: number }) => {
  clock.advance(span)
  await settled()
}
async function options(changes: Partial<PhoneOptions>): Promise<void> {
  await admin.phone.setOptions.mutate({ ...(await admin.phone.options.query()), ...changes })
}
const missed = (choice: 'nothing' | 'ticket' | 'alert', team: string | null = teamId) => ({
  missed: { choice, teamId: team, waitMinutes: 2, windowMinutes: 60 },
})
const tickets = async () => (await admin.tickets.list.query({})).items

describe('the hook', () => {
  it('takes JSON and forms, by a key in either header', async () => {
    const form = new URLSearchParams({ event: 'ringing', uniqueid: 'f1', callerid: MOBILE, exten: '201' })
    const answer = await post(form.toString(), { 'content-type': 'application/x-www-form-urlencoded' })
    expect([answer.status, await answer.json()]).toEqual([
      202,
      { callId: expect.any(String), state: 'ringing' },
    ])
    const bearer = await fetch(`${server.url}/hooks/phone`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'answered', call_id: 'f1' }),
    })
    expect(await bearer.json()).toMatchObject({ state: 'answered' })
    // Asterisk adds the header anew at every step of a call.
    expect(
      (await post({ event: 'ended', call_id: 'f1' }, { 'x-balcao-key': `${secret}, ${secret}` })).status,
    ).toBe(202)
    // Some can only open an address: what they tell stands in it, the key still doesn't.
    const opened = await fetch(
      `${server.url}/hooks/phone?event=ringing&uniqueid=g1&callerid=${MOBILE}&exten=201`,
      {
        headers: { 'x-balcao-key': secret },
      },
    )
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([202, 'no-store'])
    expect(await admin.phone.keys.query()).toMatchObject([
      { id: keyId, name: 'Central', lastUsedAt: expect.any(String) },
    ])
  })

  it('says in the office’s language what is wrong', async () => {
    expect(await problem(post({ event: 'toca', number: '1' }))).toEqual([
      400,
      'phone.event_unknown',
      'O campo "event" diz "toca". Use incoming, answered, transferred, ended ou missed.',
    ])
    expect(
      (await problem(post({ event: 'ended', call_id: 'c1', recording_url: 'javascript:alert(1)' }))).slice(
        0,
        2,
      ),
    ).toEqual([400, 'phone.recording_no_link'])
    expect((await problem(post('{"event":')))[1]).toBe('phone.body_unreadable')
    expect((await problem(post('oi', { 'content-type': 'text/plain' }))).slice(0, 2)).toEqual([
      415,
      'phone.content_type',
    ])
    expect((await problem(post({ event: 'incoming', number: '1'.repeat(70_000) }))).slice(0, 2)).toEqual([
      413,
      'phone.too_large',
    ])
    await admin.settings.update.mutate({ locale: 'en' })
    expect((await problem(post({})))[2]).toContain('The field "event" is missing')
  })

  it('opens to a key that is not revoked, never to one in the address, and a key opens nothing else', async () => {
    const event = { event: 'incoming', number: MOBILE }
    expect((await problem(post(event, { 'x-balcao-key': '' }))).slice(0, 2)).toEqual([
      401,
      'phone.key_missing',
    ])
    expect((await problem(post(event, { 'x-balcao-key': 'x'.repeat(43) }))).slice(0, 2)).toEqual([
      401,
      'phone.key_unknown',
    ])
    for (const method of ['GET', 'POST']) {
      const inAddress = fetch(`${server.url}/hooks/phone?event=ringing&key=${secret}`, { method })
      expect((await problem(inAddress)).slice(0, 2)).toEqual([400, 'phone.key_in_address'])
      const bare = fetch(`${server.url}/hooks/phone?event=ringing`, { method })
      expect((await problem(bare)).slice(0, 2)).toEqual([401, 'phone.key_missing'])
    }
    expect(await refusal(server.client(secret).calls.current.query())).toMatchObject({
      reason: 'auth.required',
    })
    // An agent's session is no key.
    expect((await problem(post(event, { 'x-balcao-key': bia.token })))[1]).toBe('phone.key_unknown')
    // A new key and the former go side by side, until the exchange has the new one.
    const next = (await admin.phone.createKey.mutate({ name: 'Central, nova' })).secret
    expect((await post(event, { 'x-balcao-key': next })).status).toBe(202)
    await admin.phone.revokeKey.mutate({ id: keyId })
    expect((await problem(post(event)))[1]).toBe('phone.key_unknown')
    expect((await post(event, { 'x-balcao-key': next })).status).toBe(202)
    const stored = await server.services.store.read.sql<object[]>`SELECT * FROM phone_key`
    const log = await server.services.store.read.sql<object[]>`SELECT * FROM event`
    expect(JSON.stringify([stored, log])).not.toContain(secret)
  })

  it('slows down whoever tells too much, or tries too many keys', async () => {
    const answers = await Promise.all(
      Array.from({ length: 301 }, () => post({ event: 'incoming', call_id: 'c1' })),
    )
    const late = answers.filter(({ status }) => status === 429)
    expect([late.length, late[0]?.headers.get('retry-after')]).toEqual([1, '5'])
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, i) => post({ event: 'incoming' }, { 'x-balcao-key': `guess-${i}` })),
    )
    expect(guesses.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(5)
  })
})

describe('a call', () => {
  it('pops where it rings, with the customer and what they may see of their open tickets', async () => {
    const { id: customerId } = await admin.customers.create.mutate({ ...CONTACT, tier: 'vip' })
    const { id: theirs } = await admin.teams.create.mutate({ name: 'Diretoria' })
    const ticket = (subject: string, parts: object = {}) =>
      admin.tickets.create.mutate({
        ...{ subject, body: '…', requester: { id: customerId }, channel: 'email', teamId, ...parts },
      })
    const open = await ticket('Toner')
    await ticket('Resolvido', { statusId: 'resolved' })
    await ticket('Sigilo', { teamId: theirs })
    await told('incoming', { extension: '201', number: `sip:${MOBILE}@10.0.0.9` })
    expect((await bia.api.calls.current.query()).items).toMatchObject([
      {
        ...{ role: 'rings', state: 'ringing', number: '+55 11 98765 4321', extension: '201', candidates: [] },
        customer: { id: customerId, name: 'Rui Prado', tier: { key: 'vip' } },
        openTickets: [{ id: open.id, number: open.number, subject: 'Toner' }],
        hasMoreTickets: false,
      },
    ])
    expect(await rolesOf(caio)).toEqual([])
  })

  it('events say whose it is and nothing of who calls', async () => {
    await admin.customers.create.mutate(CONTACT)
    await told('incoming', { extension: '201' })
    const [event] = await rows('event')
    expect(event).toMatchObject({ type: 'call.ringing' })
    expect(JSON.parse(event?.audience ?? '')).toEqual({ teams: [], agents: [bia.id] })
    expect(JSON.parse(event?.data ?? '')).toMatchObject({
      agentIds: [bia.id],
      state: 'ringing',
      extension: '201',
    })
    expect(event?.data).not.toMatch(/Rui|98765/)
  })

  it('of a group pops at each phone; whoever answers keeps it and the others’ pops go away', async () => {
    await told('incoming', { extension: '201' })
    await told('incoming', { extension: '202' })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([
      ['rings +55 11 98765 4321'],
      ['rings +55 11 98765 4321'],
    ])
    await told('answered', { extension: '202' })
    await told('ended', { extension: '201' })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    const events = (await rows('event')).map(({ type, data }) => [
      type,
      (JSON.parse(data) as { agentIds: string[] }).agentIds,
    ])
    expect(events).toEqual([
      ['call.ringing', [bia.id]],
      ['call.ringing', [bia.id, caio.id]],
      ['call.answered', [caio.id]],
    ])
  })

  it('moves with a transfer, and told again changes nothing', async () => {
    for (const times of [1, 2]) {
      await told('incoming', { extension: '201' })
      await told('answered', { extension: '201' })
      clock.advance({ ms: times === 1 ? 1_000 : 0 })
      await told('transferred', { extension: '202' })
    }
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    expect((await rows('event')).map(({ type }) => type)).toEqual([
      'call.ringing',
      'call.answered',
      'call.updated',
    ])
    await told('ended')
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      { state: 'ended', agent: { name: 'Caio' }, extension: '202' },
    ])
  })

  it('whose number several have offers all of them, and a link decides', async () => {
    const rui = await admin.customers.create.mutate(CONTACT)
    const lia = await admin.customers.create.mutate({ name: 'Lia Prado', phone: '1187654321' })
    const callId = await told('incoming', { extension: '201' })
    expect(await bia.api.calls.get.query({ callId })).toMatchObject({
      customer: null,
      candidates: [{ id: rui.id }, { id: lia.id }],
    })
    const ticket = await bia.api.tickets.create.mutate({
      ...{ subject: 'Toner', body: '…', requester: { id: lia.id }, channel: 'phone', teamId },
    })
    expect(await bia.api.calls.link.mutate({ callId, ticketId: ticket.id })).toMatchObject({
      ...{ customer: { id: lia.id }, candidates: [], ticket: { number: ticket.number } },
    })
    expect((await caio.api.calls.list.query({ ticketId: ticket.id })).items).toMatchObject([{ id: callId }])
    expect((await caio.api.calls.list.query({ customerId: lia.id })).items).toMatchObject([{ id: callId }])
    expect((await caio.api.calls.list.query({ customerId: rui.id })).items).toEqual([])
  })

  it('of which no phone was named shows at everybody’s, until one claims it', async () => {
    const callId = await told('incoming')
    await told('answered')
    expect([await rolesOf(bia), await rolesOf(davi)]).toEqual([
      ['unclaimed +55 11 98765 4321'],
      ['unclaimed +55 11 98765 4321'],
    ])
    expect((await rows('event'))[0]?.audience).toBeNull()
    await davi.api.calls.claim.mutate({ callId })
    expect(await davi.api.calls.claim.mutate({ callId })).toMatchObject({
      role: 'talking',
      agent: { name: 'Davi' },
    })
    expect(await rolesOf(bia)).toEqual([])
    expect(await refusal(bia.api.calls.claim.mutate({ callId }))).toMatchObject({
      ...{ reason: 'call.taken', agent: { name: 'Davi' } },
    })
    await told('ended')
    expect(await refusal(davi.api.calls.claim.mutate({ callId }))).toMatchObject({ reason: 'call.over' })
  })

  it('at a phone of nobody here falls to the team, and whoever takes it sits at that phone', async () => {
    const { id: others } = await admin.teams.create.mutate({ name: 'Cobrança' })
    const eva = await server.join(adminToken, { name: 'Eva', email: 'eva@ipe.example', teamIds: [others] })
    await options({ unclaimed: { show: true, teamId } })
    const callId = await told('incoming', { extension: '300' })
    expect(await admin.calls.get.query({ callId })).toMatchObject({
      ringsAt: [{ extension: '300', agent: null }],
    })
    expect(JSON.parse((await rows('event'))[0]?.audience ?? '')).toEqual({ teams: [teamId], agents: [] })
    expect([await rolesOf(bia), await rolesOf(davi)]).toEqual([
      ['unclaimed +55 11 98765 4321'],
      ['unclaimed +55 11 98765 4321'],
    ])
    const stranger = server.client(eva.token).calls
    expect((await stranger.current.query()).items).toEqual([])
    expect(await refusal(stranger.get.query({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await refusal(stranger.claim.mutate({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await davi.api.calls.claim.mutate({ callId })).toMatchObject({ role: 'talking', extension: '300' })
    expect(await rolesOf(bia)).toEqual([])
    await told('answered', { extension: '300' })
    await told('ended', { extension: '300' })
    expect(await davi.api.calls.get.query({ callId })).toMatchObject({
      role: 'wrapUp',
      agent: { name: 'Davi' },
    })
  })

  it('at a phone of nobody here stays away from all screens where the office wants so', async () => {
    await options({ unclaimed: { show: false, teamId: null } })
    const callId = await told('incoming', { extension: '300' })
    expect([await rolesOf(davi), (await admin.calls.current.query()).items]).toEqual([[], []])
    expect(JSON.parse((await rows('event'))[0]?.audience ?? '')).toEqual({ teams: [], agents: [] })
    expect(await refusal(davi.api.calls.claim.mutate({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await admin.calls.get.query({ callId })).toMatchObject({ role: null, state: 'ringing' })
  })

  it('of an exchange that names no calls is told by number and phone', async () => {
    const unnamed = (event: string, fields: object = {}) => told(event, { call_id: '', ...fields })
    const first = await unnamed('incoming', { extension: '201' })
    expect(await unnamed('incoming', { extension: '202' })).toBe(first)
    expect(await unnamed('answered', { extension: '201' })).toBe(first)
    expect(await unnamed('ended', { extension: '201', number: '' })).toBe(first)
    expect(await unnamed('ended', { extension: '201' })).toBe(first)
    await after({ minutes: 1 })
    const second = await unnamed('incoming', { extension: '201' })
    expect(second).not.toBe(first)
    // Its end is never told, and the same number rings once more.
    await after({ minutes: 2 })
    const third = await unnamed('incoming', { extension: '201' })
    expect(await admin.calls.get.query({ callId: second })).toMatchObject({
      state: 'missed',
      isEndAssumed: true,
    })
    expect(third).not.toBe(second)
  })

  it('told of only when it is over was answered when they spoke', async () => {
    const callId = await told('ended', { extension: '201', talk_seconds: '95' })
    expect(await bia.api.calls.get.query({ callId })).toMatchObject({
      ...{ state: 'ended', role: 'wrapUp', agent: { name: 'Bia' } },
      answeredAt: new Date(clock.now() - 95_000).toISOString(),
    })
    const unspoken = await told('ended', { call_id: 'c2', extension: '201', talk_seconds: 0 })
    expect(await bia.api.calls.get.query({ callId: unspoken })).toMatchObject({ state: 'missed' })
  })

  it('is another one when an exchange counts its calls anew', async () => {
    const first = await told('incoming', { extension: '201' })
    await told('ended')
    await after({ minutes: 61 })
    const second = await told('incoming', { extension: '201' })
    expect(second).not.toBe(first)
    expect(await told('answered', { extension: '201' })).toBe(second)
  })

  it('an exchange whose clock is hours off is believed the event and not the time', async () => {
    const callId = await told('incoming', {
      extension: '201',
      at: new Date(clock.now() - 3 * 3_600_000).toISOString(),
    })
    const { startedAt } = await bia.api.calls.get.query({ callId })
    expect(startedAt).toBe(new Date(clock.now()).toISOString())
    const late = await told('incoming', {
      call_id: 'c2',
      extension: '201',
      at: new Date(clock.now() - 60_000).toISOString(),
    })
    expect((await bia.api.calls.get.query({ callId: late })).startedAt).toBe(
      new Date(clock.now() - 60_000).toISOString(),
    )
  })

  it('whose end nobody told is closed in time, the server’s being off included', async () => {
    await told('incoming', { extension: '201' })
    await told('incoming', { call_id: 'c2', extension: '202' })
    await told('answered', { call_id: 'c2', extension: '202' })
    await after({ minutes: 4 })
    expect(await rolesOf(bia)).toHaveLength(1)
    await after({ minutes: 1 })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    await restart({ minutes: 300 })
    const { items } = await caio.api.calls.list.query({})
    expect(items).toMatchObject([{ state: 'ended', isEndAssumed: true, endedAt: items[0]?.answeredAt }])
  })

  it('goes on where it was after a restart in the midst of it', async () => {
    const callId = await told('incoming', { extension: '201' })
    await restart({ ms: 20_000 })
    expect(await rolesOf(bia)).toEqual(['rings +55 11 98765 4321'])
    expect(await told('answered', { extension: '201' })).toBe(callId)
    await restart({ minutes: 1 })
    expect(await told('ended')).toBe(callId)
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      { state: 'ended', id: callId },
    ])
  })

  it('told of in whatever order, and over and over, is one', async () => {
    const story = [
      { event: 'incoming', extension: '201', at: START },
      { event: 'incoming', extension: '202', at: START + 1_000 },
      { event: 'answered', extension: '202', at: START + 5_000 },
      { event: 'ended', extension: '202', at: START + 65_000 },
    ]
    clock.advance({ minutes: 2 })
    const answers = await Promise.all(
      [...story.toReversed(), ...story].map((each) => post({ ...each, call_id: 'c1' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 202))
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      {
        ...{ state: 'ended', agent: { name: 'Caio' }, startedAt: new Date(START).toISOString() },
        ...{
          answeredAt: new Date(START + 5_000).toISOString(),
          endedAt: new Date(START + 65_000).toISOString(),
        },
      },
    ])
  })

  it('is forgotten after two years, a test after a day', async () => {
    await told('incoming', { extension: '201' })
    await bia.api.phone.test.mutate()
    await after({ minutes: 10 })
    const count = async () => (await admin.calls.list.query({ scope: 'all' })).items.length
    expect(await count()).toBe(2)
    clock.advance({ days: 2 })
    await keepHouse(server.services)
    expect(await count()).toBe(1)
    clock.advance({ days: 731 })
    await keepHouse(server.services)
    expect((await server.services.store.read.sql<object[]>`SELECT * FROM call`).length).toBe(0)
  })
})

describe('what an agent’s own computer tells', () => {
  it('rings at the agent’s phone, with an extension or without', async () => {
    const call = await davi.api.calls.report.mutate({ event: 'incoming', number: MOBILE })
    expect(call).toMatchObject({
      role: 'rings',
      extension: null,
      ringsAt: [{ extension: null, agent: { name: 'Davi' } }],
    })
    await davi.api.calls.report.mutate({ event: 'answered', number: MOBILE })
    expect(await rolesOf(davi)).toEqual(['talking +55 11 98765 4321'])
    expect(
      await bia.api.calls.report.mutate({ event: 'incoming', number: MOBILE, callId: 'x' }),
    ).toMatchObject({
      extension: '201',
    })
    expect(await rolesOf(davi)).toHaveLength(1)
  })

  it('a test rings for half a minute, leaves no ticket and needs no wrap-up', async () => {
    await options({ ...missed('ticket'), wrapUp: { required: true, seconds: 60 } })
    const { id: callId, isTest } = await bia.api.phone.test.mutate()
    expect([isTest, await rolesOf(bia)]).toEqual([true, ['rings +55 11 5550 0100']])
    await bia.api.calls.claim.mutate({ callId })
    await after({ ms: 30_000 })
    expect(await rolesOf(bia)).toEqual([])
    await bia.api.phone.test.mutate()
    await after({ minutes: 10 })
    expect(await tickets()).toEqual([])
  })
})

describe('the wrap-up', () => {
  const talk = async () => {
    const callId = await told('incoming', { extension: '201' })
    await told('answered', { extension: '201' })
    return callId
  }

  it('waits its time after the end, takes a code and a note, and writes the note into the ticket', async () => {
    const callId = await talk()
    await told('ended')
    expect((await bia.api.calls.current.query()).items).toMatchObject([
      { role: 'wrapUp', wrapUpUntil: new Date(clock.now() + 60_000).toISOString() },
    ])
    const ticket = await bia.api.tickets.create.mutate({
      ...{ subject: 'Toner', body: '…', requester: { phone: MOBILE }, channel: 'phone', teamId },
    })
    const done = { callId, note: 'Pediu <b>2</b>', ms: 12_000, noteToTicket: true }
    expect(await refusal(bia.api.calls.wrapUp.mutate(done))).toMatchObject({ reason: 'call.no_ticket' })
    await bia.api.calls.link.mutate({ callId, ticketId: ticket.id })
    const codes = await bia.api.wrapUpCodes.list.query()
    expect(codes.map(({ key }) => key)).toContain('callback')
    const codeId = codes[0]?.id ?? ''
    expect(await bia.api.calls.wrapUp.mutate({ ...done, codeId })).toMatchObject({
      ...{
        role: null,
        wrapUp: { code: { name: 'Resolvido na ligação' }, note: 'Pediu <b>2</b>', ms: 12_000 },
      },
    })
    const { messages } = await bia.api.tickets.get.query({ id: ticket.id })
    expect(messages.at(-1)).toMatchObject({ kind: 'note', channel: 'phone', text: 'Pediu 2' })
    expect(await rolesOf(bia)).toEqual([])
  })

  it('goes away by itself where none is required, and stays where one is', async () => {
    await talk()
    await told('ended')
    await after({ ms: 61_000 })
    expect(await rolesOf(bia)).toEqual([])
    await options({ wrapUp: { required: true, seconds: 60 } })
    const [call] = (await bia.api.calls.current.query()).items
    expect(call).toMatchObject({ role: 'wrapUp', wrapUpUntil: null })
    const bare = { callId: call?.id ?? '', ms: 0 }
    expect(await refusal(bia.api.calls.wrapUp.mutate(bare))).toMatchObject({ reason: 'call.code_required' })
    expect(await refusal(bia.api.calls.wrapUp.mutate({ ...bare, codeId: newId() }))).toMatchObject({
      reason: 'call.code_unknown',
    })
  })

  it('ends a call whose end nobody told, and is for whoever had it', async () => {
    const callId = await talk()
    expect(await refusal(admin.calls.wrapUp.mutate({ callId, ms: 0 }))).toMatchObject({
      reason: 'call.not_yours',
    })
    expect(await bia.api.calls.wrapUp.mutate({ callId, ms: 0 })).toMatchObject({
      state: 'ended',
      isEndAssumed: false,
    })
  })
})

describe('a missed call', () => {
  const miss = async (callId: string, fields: object = {}) => {
    await told('incoming', { call_id: callId, extension: '201', ...fields })
    await told('missed', { call_id: callId, ...fields })
  }

  it('becomes one ticket that nobody has answered, and calls that follow go into it', async () => {
    await options(missed('ticket'))
    await admin.customers.create.mutate(CONTACT)
    await admin.customers.create.mutate({ name: 'Lia Prado', phone: MOBILE })
    await miss('c1')
    await after({ minutes: 1 })
    expect(await tickets()).toEqual([])
    await after({ minutes: 1 })
    expect(await tickets()).toMatchObject([
      {
        ...{
          subject: 'Ligação perdida de +55 11 98765 4321',
          channel: 'phone',
          team: { id: teamId },
          agent: null,
        },
        ...{ requester: { name: 'Rui Prado' }, waitingSince: expect.any(String) },
      },
    ])
    await after({ minutes: 30 })
    await miss('c2', { number: `+55${MOBILE}` })
    await after({ minutes: 2 })
    await after({ minutes: 50 })
    await miss('c3')
    await after({ minutes: 2 })
    const [ticket, ...others] = await tickets()
    expect(others).toEqual([])
    const { messages, createdBy } = await admin.tickets.get.query({ id: ticket?.id ?? '' })
    expect(createdBy).toMatchObject({ type: 'system' })
    expect(messages.map(({ text }) => text)).toEqual([
      '+55 11 98765 4321 ligou às 09:00 e ninguém atendeu.\nTocou no ramal: 201.\nEste número também é de: Lia Prado.',
      '+55 11 98765 4321 ligou de novo às 09:32, 2ª vez, e ninguém atendeu.',
      '+55 11 98765 4321 ligou de novo às 10:24, 3ª vez, e ninguém atendeu.',
    ])
    expect((await admin.calls.list.query({ ticketId: ticket?.id })).items).toHaveLength(3)
    // Not in the window any more.
    await after({ minutes: 61 })
    await miss('c4')
    await after({ minutes: 2 })
    expect(await tickets()).toHaveLength(2)
  })

  it('of an unknown number makes a customer of it; a withheld one makes nothing', async () => {
    await options(missed('ticket', null))
    await miss('c1', { number: '21 3456-7890' })
    await miss('c2', { number: 'anonymous' })
    await after({ minutes: 2 })
    expect(await tickets()).toMatchObject([{ requester: { name: '+55 21 3456 7890' }, team: null }])
  })

  it('after a ticket was resolved begins another', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ minutes: 2 })
    const [ticket] = await tickets()
    await admin.tickets.update.mutate({
      ...{ ticketId: ticket?.id ?? '', version: ticket?.version ?? 0, changes: { statusId: 'resolved' } },
    })
    await miss('c2')
    await after({ minutes: 2 })
    expect(await tickets()).toHaveLength(2)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['called again and was answered', () => told('answered', { call_id: 'c2', extension: '201' })],
    ['was called back', () => told('answered', { call_id: 'c2', extension: '202', direction: 'out' })],
    ['was answered after all, told late', () => told('answered', { call_id: 'c1', extension: '201' })],
  ])('whose caller %s meanwhile needs nothing more', async (_name, answer) => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ minutes: 1 })
    await answer()
    await after({ minutes: 5 })
    expect(await tickets()).toEqual([])
  })

  it('waits while the same number rings again', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ ms: 110_000 })
    await told('incoming', { call_id: 'c2', extension: '202' })
    await after({ ms: 15_000 })
    expect(await tickets()).toEqual([])
    await told('answered', { call_id: 'c2', extension: '202' })
    await after({ minutes: 5 })
    expect(await tickets()).toEqual([])
  })

  it('alerts the team, and once more with how often when it is missed again', async () => {
    await options(missed('alert'))
    await admin.customers.create.mutate(CONTACT)
    await miss('c1')
    await after({ minutes: 2 })
    const alerts = async () => (await bia.api.alerts.list.query({})).items
    expect(await alerts()).toMatchObject([
      { reason: 'call.missed', severity: 'warning', data: { customer: 'Rui Prado', times: 1 }, level: 1 },
    ])
    await miss('c2')
    await after({ minutes: 2 })
    const [alert, ...others] = await alerts()
    expect([others, alert]).toMatchObject([[], { data: { times: 2 }, level: 2 }])
    await bia.api.alerts.acknowledge.mutate({ id: alert?.id ?? '' })
    await miss('c3')
    await after({ minutes: 2 })
    expect(await alerts()).toMatchObject([{ data: { number: '+55 11 98765 4321' } }])
  })

  it('is done once about, whatever restarts', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await restart({ minutes: 10 })
    await restart()
    expect(await tickets()).toHaveLength(1)
  })

  it('is not answered by being written down: the promise of a first response runs', async () => {
    await options(missed('ticket'))
    await admin.sla.policies.create.mutate({
      name: 'Comercial',
      targets: ['urgent', 'high', 'normal', 'low'].map((priority) => ({
        priority,
        firstResponseMinutes: 60,
      })),
    } as Parameters<typeof admin.sla.policies.create.mutate>[0])
    await miss('c1')
    await after({ minutes: 2 })
    expect((await tickets())[0]?.sla).toMatchObject([{ metric: 'firstResponse', status: 'running' }])
  })
})

it('an office of before telephony finds the codes that a new one starts with', async () => {
  const file = join(folder, 'older.db')
  const former = migrations.slice(0, migrations.indexOf(Phone1821000000000))
  const older = await openStore({ file, entities: [], migrations: former, now: START })
  await older.write(async (tx) => {
    await tx.db.sql`INSERT INTO setting (key, value) VALUES ('office', ${JSON.stringify({ locale: 'es' })})`
  })
  await older.close()
  const newer = await openStore({ file, entities: [], now: START })
  const codes = await newer.read.sql<
    { key: string; name: string }[]
  >`SELECT key, name FROM wrap_up_code ORDER BY position`
  await newer.close()
  expect(codes).toHaveLength((await admin.wrapUpCodes.list.query()).length)
  expect(codes[0]).toEqual({ key: 'resolved', name: 'Resuelto en la llamada' })
})

describe('a missed call that somebody took care of', () => {
  it('becomes no ticket, until it is to be taken care of after all', async () => {
    await options({ missed: { choice: 'ticket', teamId: null, waitMinutes: 2, windowMinutes: 60 } })
    const callId = await told('incoming', { extension: '201' })
    expect(await refusal(bia.api.calls.handle.mutate({ callId, handled: true }))).toMatchObject({
      reason: 'call.not_missed',
    })
    await told('missed')
    expect(await refusal(davi.api.calls.handle.mutate({ callId, handled: true }))).toMatchObject({
      reason: 'call.not_found',
    })
    const handled = await bia.api.calls.handle.mutate({ callId, handled: true })
    expect(handled).toMatchObject({ state: 'missed', wrapUp: { code: null, note: '' } })
    expect(await bia.api.calls.handle.mutate({ callId, handled: true })).toEqual(handled)
    await after({ minutes: 3 })
    expect(await tickets()).toEqual([])
    expect(await bia.api.calls.handle.mutate({ callId, handled: false })).toMatchObject({ wrapUp: null })
    expect((await bia.api.calls.list.query({ state: 'missed' })).items).toMatchObject([{ wrapUp: null }])
  })
})

describe('the office', () => {
  it('gives an extension to one person at a time, and a person who left gives theirs back', async () => {
    const set = (agentId: string, extension: string | null) =>
      admin.phone.setExtension.mutate({ agentId, extension })
    expect(await refusal(set(davi.id, '201'))).toMatchObject({ reason: 'phone.extension_taken' })
    expect(await refusal(set(davi.id, 'sala 2'))).toMatchObject({
      fieldErrors: { extension: ['phone.extension_invalid'] },
    })
    await admin.agents.deactivate.mutate({ id: bia.id })
    expect(await set(davi.id, '201')).toEqual([
      { agentId: davi.id, extension: '201' },
      { agentId: caio.id, extension: '202' },
    ])
    expect(await set(caio.id, null)).toHaveLength(1)
  })

  it('lets agents see the calls that were theirs, and all only those who oversee', async () => {
    await told('incoming', { extension: '201', recording_url: 'https://pbx/1.wav' })
    for (let i = 0; i < 3; i++)
      await told('incoming', { call_id: `d${i}`, number: `1130000${100 + i}`, extension: '202' })
    expect(await refusal(bia.api.calls.list.query({ scope: 'all' }))).toMatchObject({
      reason: 'auth.forbidden',
    })
    expect((await bia.api.calls.list.query({})).items).toMatchObject([{ recordingUrl: 'https://pbx/1.wav' }])
    const page = await caio.api.calls.list.query({ limit: 2 })
    expect(page.items.map(({ e164 }) => e164)).toEqual(['+551130000102', '+551130000101'])
    const rest = await caio.api.calls.list.query({ limit: 2, cursor: page.nextCursor })
    expect([rest.items.map(({ e164 }) => e164), rest.nextCursor]).toEqual([['+551130000100'], null])
    expect((await admin.calls.list.query({ scope: 'all', state: 'ringing' })).items).toHaveLength(4)
    const rui = await admin.customers.create.mutate(CONTACT)
    expect((await davi.api.calls.list.query({ customerId: rui.id })).items).toMatchObject([
      { recordingUrl: null },
    ])
  })

  it('keeps its own codes, and refuses options that can’t be', async () => {
    const own = await admin.wrapUpCodes.create.mutate({ name: 'Trote' })
    expect(await refusal(admin.wrapUpCodes.create.mutate({ name: 'trote' }))).toMatchObject({
      reason: 'wrapUpCodes.name_taken',
    })
    await admin.wrapUpCodes.archive.mutate({ id: own.id })
    expect((await bia.api.wrapUpCodes.list.query()).at(-1)).toMatchObject({ name: 'Trote', archived: true })
    for (const part of [missed('ticket', newId()), { unclaimed: { show: true, teamId: newId() } }])
      expect(await refusal(options(part))).toMatchObject({ reason: 'phone.team_unknown' })
    expect(await refusal(options({ dialUrl: 'javascript:{number}' }))).toMatchObject({
      fieldErrors: { dialUrl: ['phone.dial_unsafe'] },
    })
    await options({ areaCode: '11' })
    expect(await bia.api.phone.options.query()).toMatchObject({ areaCode: '11', dialUrl: 'tel:{e164}' })
    await told('incoming', { number: '98765-4321', extension: '201' })
    expect((await bia.api.calls.current.query()).items).toMatchObject([{ e164: `+55${MOBILE}` }])
  })
})
