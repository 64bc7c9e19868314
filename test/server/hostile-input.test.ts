import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { appRouter } from '../../server/api/root.ts'
import { inspectStore } from '../support/crash-inspection.ts'
import { hostileInputs, toJson, type Pools } from '../support/hostile.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const SEED = 20_260_309
const RUNS = { admin: 20, agent: 6, stranger: 2 }
const UNKNOWN = '018f0000-0000-7000-8000-000000000000'
/** Longer than anything here may take, on a busy machine too. */
const PATIENCE_MS = 20_000

type Who = keyof typeof RUNS

interface Procedure {
  _def: { type: 'query' | 'mutation' | 'subscription'; inputs: z.ZodType[] }
}
const { procedures } = appRouter._def as unknown as { procedures: Record<string, Procedure> }

let server: TestServer
let agentIds: Record<'admin' | 'agent', string>
let pools: Pools
/** Rows by the noun whose procedures take their `id`. */
let idsByNoun: Record<string, readonly string[]>

beforeAll(async () => {
  server = await startTestServer()
  const token = await server.setup()
  const admin = server.client(token)
  const { agent } = await admin.auth.me.query()
  const team = await admin.teams.create.mutate({ name: 'Financeiro' })
  const bruno = await server.join(token, { name: 'Bruno', email: 'bruno@ipe.example', teamIds: [team.id] })
  const celia = await server.join(token, { name: 'Célia', email: 'celia@ipe.example' })
  agentIds = { admin: agent.id, agent: bruno.id }
  const customer = await admin.customers.create.mutate({ name: 'José', phone: '11987654321' })
  const organization = await admin.organizations.create.mutate({ name: 'Ipê' })
  const view = await admin.views.create.mutate({ name: 'Minha', filter: {}, sort: { by: 'dueAt' } })
  const shared = await admin.views.create.mutate({
    name: 'Nossa',
    shared: true,
    filter: {},
    sort: { by: 'dueAt' },
  })
  const field = await admin.fields.create.mutate({ key: 'serial', name: 'Série', kind: 'text' })
  const category = await admin.categories.create.mutate({ name: 'Rede' })
  const below = await admin.categories.create.mutate({ name: 'Wi-Fi', parentId: category.id })
  const tag = await admin.tags.create.mutate({ name: 'garantia' })
  const ticket = (teamId: string | null) =>
    admin.tickets.create.mutate({
      subject: 'Oi',
      body: 'x',
      requester: { id: customer.id },
      channel: 'phone',
      teamId,
    })
  const [common, hidden] = [await ticket(null), await ticket(agent.teamIds[0] ?? null)]
  const message = await admin.tickets.reply.mutate({ ticketId: hidden.id, kind: 'note', body: 'x' })
  const { types, statuses, priorities } = await admin.catalog.get.query()
  const tiers = await admin.tiers.list.query()

  const ids = (...rows: { id: string }[]) => rows.map(({ id }) => id)
  idsByNoun = {
    agents: [celia.id],
    teams: ids(team),
    customers: ids(customer),
    organizations: ids(organization),
    tiers: ids(...tiers),
    types: ids(...types),
    categories: ids(category, below),
    statuses: ids(...statuses),
    priorities: ids(...priorities),
    tags: ids(tag),
    fields: ids(field),
    tickets: ids(common, hidden),
    views: ids(view, shared),
  }
  pools = {
    uuid: [...Object.values(idsByNoun).flat(), message.id, UNKNOWN, '00000000-0000-0000-0000-000000000000'],
    ticketId: ids(common, hidden),
    requesterId: ids(customer),
    organizationId: [...ids(organization), null],
    parentId: [...ids(category, below), null],
    typeId: ['incident', ...ids(...types), null],
    statusId: ['open', 'resolved', ...ids(...statuses)],
    priorityId: ['urgent', ...ids(...priorities)],
    categoryId: [...ids(category, below), null],
    teamId: [...ids(team), null],
    agentId: [bruno.id, celia.id, null],
    tier: ['vip', null],
    email: ['rita@example.com', 'Rita@Example.com', 'r@ipe'],
    phone: ['11987654321', '+55 (11) 3456-7890', '0800 123 4567'],
    document: ['529.982.247-25', '11.222.333/0001-81', null],
    color: ['#AABBCC'],
    timezone: ['America/Sao_Paulo', 'UTC', 'Antarctica/Troll'],
    password: ['uma-senha-comprida', 'outra frase muito boa'],
    dueAt: ['2026-03-09T12:00:00Z', '0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59.999-23:59', null],
    version: [1, 2, 3],
    cursor: [undefined, 'WzAsMV0', 'WzEsMV0', 'WyJhIiwxXQ', 'WzFd'],
    attachments: [[], [UNKNOWN]],
    filter: [{}, { statusClass: ['open'] }, { agentIds: ['me', 'none'] }],
  }
})
afterAll(() => server[Symbol.asyncDispose]())

/** A session that is valid now, whatever the inputs before did to the last one. */
async function headersOf(who: Who): Promise<Record<string, string>> {
  if (who === 'stranger') return {}
  const { store, sessions } = server.services
  const caller = { address: '127.0.0.1', device: 'test' }
  const token = await store.write((tx) => sessions.open(tx, agentIds[who], caller))
  return { authorization: `Bearer ${token}` }
}

/** Sends JSON as it stands to a procedure; queries carry it in their address. */
function send(name: string, json: string, headers: Record<string, string>): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  if (procedures[name]?._def.type === 'mutation')
    return fetch(`${server.url}/trpc/${name}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: json,
      signal,
    })
  return fetch(`${server.url}/trpc/${name}?input=${encodeURIComponent(json)}`, { headers, signal })
}

const isDotted = (reason: unknown) =>
  typeof reason === 'string' && /^[a-z][A-Za-z]*(\.[a-z][a-z_]*)+$/.test(reason)

/** What is wrong with an answer, in words; null when it is an answer or a refusal that says why. */
async function wrongWith(response: Response): Promise<string | null> {
  const text = await response.text()
  if (response.status >= 500) return `${response.status} ${text}`
  if (response.ok) return null
  const { error } = JSON.parse(text) as {
    error: {
      message: string
      data: { httpStatus: number; reason: string; fieldErrors?: Record<string, string[]> }
    }
  }
  const { httpStatus, reason, fieldErrors = {} } = error.data
  const reasons = [error.message, reason, ...Object.values(fieldErrors).flat()]
  return reasons.every(isDotted) && httpStatus === response.status ? null : text
}

/** Sends all of it, ten at a time, and returns what went wrong. */
async function problemsOf(name: string, inputs: string[], who: Who): Promise<string[]> {
  const problems: string[] = []
  for (let at = 0; at < inputs.length; at += 10) {
    const headers = await headersOf(who)
    const answers = inputs.slice(at, at + 10).map(async (json) => {
      const problem = await send(name, json, headers).then(wrongWith, (error: unknown) => String(error))
      if (problem) problems.push(`${who} sent ${json.slice(0, 2_000)} and got ${problem.slice(0, 500)}`)
    })
    await Promise.all(answers)
  }
  return problems
}

/** What `id` and `ids` mean depends on whose procedure takes them. */
function poolsOf(name: string): Pools {
  const ids = idsByNoun[name.split('.')[0] ?? '']
  if (!ids) return pools
  return { ...pools, id: [...ids, UNKNOWN], ids: [ids, ids.toReversed(), ids.slice(0, 1), [UNKNOWN]] }
}

const rawBodies = [
  '',
  'null',
  '[]',
  '"x"',
  '1e999',
  '{',
  '{"a":1,"a":2}',
  '{"id":"\\ud800"}',
  `${'['.repeat(50_000)}`,
]

describe('every procedure answers or refuses with a reason, whatever it is sent:', () => {
  const withInput = Object.entries(procedures).filter(([, { _def }]) => _def.type !== 'subscription')

  it.each(withInput)('%s', async (name, { _def: { inputs } }) => {
    const problems: string[] = []
    for (const who of Object.keys(RUNS) as Who[]) {
      const [schema] = inputs
      const hostile = schema
        ? fc.sample(hostileInputs(schema, poolsOf(name)), { numRuns: RUNS[who], seed: SEED })
        : []
      const raw = who === 'admin' ? rawBodies : []
      problems.push(...(await problemsOf(name, [...hostile.map(toJson), ...raw], who)))
    }
    expect(problems).toEqual([])
  })
})

describe('afterwards', () => {
  it('the store is sound and the desk works', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'balcao-scratch-'))
    // Customers with a common phone are allowed when somebody makes them on purpose, as these inputs do.
    const problems = inspectStore(server.dataDir, scratch, []).filter(
      (problem) => !problem.startsWith('one caller'),
    )
    await rm(scratch, { recursive: true })
    expect(problems).toEqual([])
    const token = (await headersOf('admin'))['authorization']?.slice(7)
    const ticket = await server.client(token).tickets.create.mutate({
      subject: 'Ainda de pé',
      body: 'x',
      requester: { name: 'Rui' },
      channel: 'phone',
    })
    expect(ticket.subject).toBe('Ainda de pé')
  })
})
