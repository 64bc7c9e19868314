/** An office with a telephone exchange: who sits at which phone, and what the exchange tells. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { PhoneOptions } from '../../server/phone/contract.ts'
import { aClock, type TestClock } from './desk-clock.ts'
import { startTestServer, type Client, type TestServer } from './server.ts'

export const MOBILE = '11987654321'
export const CONTACT = { name: 'Rui Prado', phone: MOBILE }

interface Person {
  id: string
  token: string
  api: Client
}

export let clock: TestClock
export let server: TestServer
export let admin: Client
export let adminToken: string
/** At 201, at 202, and at no phone. */
export let bia: Person
export let caio: Person
export let davi: Person
export let teamId: string
export let secret: string
export let keyId: string

/** Set up once; each test goes on with a copy. */
let office: string
export let folder: string
export const START = Date.UTC(2026, 2, 9, 12)

/** For the tests of one file: before each, the office as it was set up once, at `START`. What is exported beside this is its present state. */
export function usePhoneOffice(): void {
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
}

async function start(): Promise<void> {
  server = await startTestServer({ clock, dataDir: folder })
  admin = server.client(adminToken)
  await settled()
}

/** Stops the server, and starts it anew once the clock has moved on. */
export async function restart(span: { ms?: number; minutes?: number } = {}): Promise<void> {
  await server.stop()
  clock.advance(span)
  await start()
}

export function post(body: object | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/hooks/phone`, {
    method: 'POST',
    headers: { 'x-balcao-key': secret, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export async function told(event: string, fields: object = {}): Promise<string> {
  const answer = await post({ event, call_id: 'c1', number: MOBILE, ...fields })
  expect(answer.status).toBe(202)
  return ((await answer.json()) as { callId: string }).callId
}

export const problem = async (answer: Promise<Response>): Promise<[number, string, string]> => {
  const { status, ...rest } = await answer.then(async (each) => ({
    status: each.status,
    ...((await each.json()) as { error: { reason: string; message: string } }),
  }))
  return [status, rest.error.reason, rest.error.message]
}

export const rolesOf = async ({ api }: Person) =>
  (await api.calls.current.query()).items.map(({ role, number }) => `${role} ${number}`)
export const rows = (table: 'event' | 'ticket') =>
  table === 'event'
    ? server.services.store.read.sql<{ type: string; audience: string | null; data: string }[]>`
        SELECT type, audience, data FROM event WHERE type LIKE 'call.%' ORDER BY seq`
    : Promise.resolve([])
const settled = () => server.services.schedule.settled()
export const after = async (span: { ms?: number; minutes?: number }) => {
  clock.advance(span)
  await settled()
}
export async function options(changes: Partial<PhoneOptions>): Promise<void> {
  await admin.phone.setOptions.mutate({ ...(await admin.phone.options.query()), ...changes })
}
export const missed = (choice: 'nothing' | 'ticket' | 'alert', team: string | null = teamId) => ({
  missed: { choice, teamId: team, waitMinutes: 2, windowMinutes: 60 },
})
export const tickets = async () => (await admin.tickets.list.query({})).items
