import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { permissionsOf } from '../../server/access/viewer.ts'
import { appRouter } from '../../server/api/root.ts'
import type { Meta } from '../../server/api/trpc.ts'
import { newId } from '../../server/ids.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

/** Stands in every word of the hidden ticket, so that no answer can speak of it unnoticed. */
const SECRET = 'Sigilo'

const { procedures } = appRouter._def as unknown as {
  procedures: Record<string, { _def: { type: 'query' | 'mutation' | 'subscription'; meta: Required<Meta> } }>
}
const guarded = Object.entries(procedures).filter(([, { _def }]) => _def.meta.permission !== 'open')

let server: TestServer
let admin: Client
let tokens: Record<'agent' | 'supervisor', string>
/** In no team of the hidden ticket. */
let bruno: Client
/** The hidden ticket, in another team's queue. */
let hidden: { id: string; number: string; messageId: string; fileId: string; teamId: string; tagId: string }
let customerId: string
let before: number

async function upload(token: string, name: string): Promise<string> {
  const body = new FormData()
  body.set('file', new Blob([name]), name)
  const answer = await fetch(`${server.url}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  })
  return ((await answer.json()) as { id: string }).id
}

beforeAll(async () => {
  server = await startTestServer()
  const token = await server.setup()
  admin = server.client(token)
  const [ours, theirs] = [
    await admin.teams.create.mutate({ name: 'Nossa' }),
    await admin.teams.create.mutate({ name: 'Deles' }),
  ]
  const agent = await server.join(token, { name: 'Bruno', email: 'bruno@ipe.example', teamIds: [ours.id] })
  const boss = await server.join(token, { name: 'Sílvia', email: 'silvia@ipe.example', role: 'supervisor' })
  tokens = { agent: agent.token, supervisor: boss.token }
  bruno = server.client(agent.token)
  customerId = (await admin.customers.create.mutate({ name: 'Rui Prado', phone: '11987654321' })).id
  before = (await admin.tickets.counts.query()).seq
  const ticket = await admin.tickets.create.mutate({
    subject: `${SECRET} no assunto`,
    body: `${SECRET} no texto`,
    requester: { id: customerId },
    channel: 'phone',
    teamId: theirs.id,
    tags: ['garantia'],
  })
  const fileId = await upload(token, `${SECRET}.txt`)
  const message = await admin.tickets.reply.mutate({
    ticketId: ticket.id,
    kind: 'note',
    body: `${SECRET} na nota`,
    attachments: [fileId],
  })
  hidden = {
    id: ticket.id,
    number: ticket.number,
    messageId: message.id,
    fileId,
    teamId: theirs.id,
    tagId: ticket.tags[0]?.id ?? '',
  }
})
afterAll(() => server[Symbol.asyncDispose]())

/** How a procedure answers a call without input, for whoever may not call it is told before the input is looked at. */
function knock(name: string, type: string, token?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  }
  return fetch(
    `${server.url}/trpc/${name}`,
    type === 'mutation' ? { method: 'POST', headers, body: '{}' } : { headers },
  )
}

describe('who may not call a procedure is turned away before anything else', () => {
  it.each(guarded)('%s', async (name, { _def: { type, meta } }) => {
    expect((await knock(name, type)).status).toBe(401)
    for (const role of ['agent', 'supervisor'] as const) {
      if (permissionsOf[role].has(meta.permission as never)) continue
      const answer = await knock(name, type, tokens[role])
      expect(await answer.json(), role).toMatchObject({
        error: { data: { httpStatus: 403, reason: 'auth.forbidden' } },
      })
    }
  })

  it('agents hold nothing with which to manage people, office or desk, supervisors nothing with which to manage people', () => {
    const manages = [
      'people.manage',
      'office.manage',
      'desk.configure',
      'views.share',
      'tickets.readAll',
    ] as const
    expect(manages.filter((permission) => permissionsOf.agent.has(permission))).toEqual([])
    expect(manages.filter((permission) => permissionsOf.supervisor.has(permission))).toEqual([
      'desk.configure',
      'views.share',
      'tickets.readAll',
    ])
  })
})

describe("another team's ticket does not show in", () => {
  it.each<[string, () => Promise<unknown>]>([
    ['the list', () => bruno.tickets.list.query({})],
    ['the list by team', () => bruno.tickets.list.query({ filter: { teamIds: [hidden.teamId] } })],
    ['the list by requester', () => bruno.tickets.list.query({ filter: { requesterIds: [customerId] } })],
    ['the list by tag', () => bruno.tickets.list.query({ filter: { tags: ['garantia'] } })],
    ['the list by words', () => bruno.tickets.list.query({ filter: { text: SECRET } })],
    [
      'the list by a tree that says not',
      () =>
        bruno.tickets.list.query({
          filter: {
            where: {
              any: [
                { none: [{ field: 'team', op: 'empty' }] },
                { field: 'subject', op: 'contains', value: SECRET },
              ],
            },
          },
        }),
    ],
    ['items by id', () => bruno.tickets.items.query({ ids: [hidden.id] })],
    ['search by word', () => bruno.tickets.search.query({ text: SECRET })],
    ['search by number', () => bruno.tickets.search.query({ text: hidden.number })],
    ['search by the requester’s name', () => bruno.tickets.search.query({ text: 'Rui Prado' })],
    ['search by the requester’s phone', () => bruno.tickets.search.query({ text: '11987654321' })],
    ['the customer', () => bruno.customers.get.query({ id: customerId })],
    ['customers', () => bruno.customers.list.query({ text: 'Rui' })],
    ['duplicates', () => bruno.customers.duplicates.query({ phones: ['11987654321'] })],
    ['views', () => bruno.views.list.query()],
  ])('%s', async (_, ask) => {
    const answer = JSON.stringify(await ask())
    for (const trace of [SECRET, hidden.id, hidden.number, hidden.messageId])
      expect(answer).not.toContain(trace)
  })

  it('counts', async () => {
    const counts = await bruno.tickets.counts.query({
      filters: [{}, { teamIds: [hidden.teamId] }, { requesterIds: [customerId] }, { text: SECRET }],
    })
    const { mine, unassigned, active, byTeam, byAgent, byStatus, filters } = counts
    expect({ mine, unassigned, active, byTeam, byAgent, byStatus, filters }).toEqual({
      mine: 0,
      unassigned: 0,
      active: 0,
      byTeam: [],
      byAgent: [],
      byStatus: [],
      filters: [0, 0, 0, 0],
    })
  })

  it('live events, neither replayed nor new', async () => {
    const heard: unknown[] = []
    let started = false
    const feed = bruno.live.events.subscribe(
      { lastEventId: String(before) },
      { onStarted: () => (started = true), onData: ({ data }) => heard.push(data) },
    )
    await vi.waitFor(() => expect(started).toBe(true))
    await admin.tickets.reply.mutate({ ticketId: hidden.id, kind: 'public', body: `${SECRET} outra vez` })
    const sign = await admin.teams.create.mutate({ name: 'Sinal' })
    await vi.waitFor(() => expect(JSON.stringify(heard)).toContain(sign.id))
    feed.unsubscribe()
    for (const trace of [SECRET, hidden.id, hidden.messageId])
      expect(JSON.stringify(heard)).not.toContain(trace)
  })
})

it('search goes through all that an agent may see, each once, among many finds that they may not', async () => {
  const own: string[] = []
  for (let i = 0; i < 60; i++) {
    const isOwn = i % 9 === 0
    const { number } = await admin.tickets.create.mutate({
      subject: i % 2 ? 'Toner acabou' : 'Outro assunto',
      body: 'toner',
      requester: { id: customerId },
      channel: 'phone',
      teamId: isOwn ? null : hidden.teamId,
    })
    if (isOwn) own.push(number)
  }
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof bruno.tickets.search.query>> = await bruno.tickets.search.query({
      text: 'toner',
      limit: 2,
      cursor,
    })
    found.push(...page.items.map(({ ticket }) => ticket.number))
    cursor = page.nextCursor
  } while (cursor)
  expect(found.toSorted()).toEqual(own)
  expect(new Set(found).size).toBe(found.length)
})

describe("another team's ticket is as if it were not there for", () => {
  it.each<[string, () => Promise<unknown>]>([
    ['opening it', () => bruno.tickets.get.query({ id: hidden.id })],
    ['opening it by number', () => bruno.tickets.get.query({ number: hidden.number })],
    [
      'asking to be reminded of it',
      () => bruno.reminders.create.mutate({ ticketId: hidden.id, afterMinutes: 5 }),
    ],
    ['asking why rules did what they did to it', () => bruno.rules.trace.query({ ticketId: hidden.id })],
    ['answering it', () => bruno.tickets.reply.mutate({ ticketId: hidden.id, kind: 'note', body: 'x' })],
    [
      'answering it with a message that it has',
      () =>
        bruno.tickets.reply.mutate({ ticketId: hidden.id, id: hidden.messageId, kind: 'note', body: 'x' }),
    ],
    [
      'taking it over',
      () => bruno.tickets.update.mutate({ ticketId: hidden.id, version: 1, changes: { teamId: null } }),
    ],
  ])('%s', async (_, call) => {
    expect(await refusal(call())).toMatchObject({ httpStatus: 404, reason: 'ticket.not_found' })
  })

  it('opening one under its id, which says nothing of it', async () => {
    const call = bruno.tickets.create.mutate({
      id: hidden.id,
      subject: 'x',
      body: 'x',
      requester: { name: 'x' },
      channel: 'phone',
    })
    const refused = await refusal(call)
    expect(refused.reason).toBe('ticket.id_taken')
    expect(JSON.stringify(refused)).not.toContain(SECRET)
  })

  it('its file and its file’s use on another ticket', async () => {
    const headers = { authorization: `Bearer ${tokens.agent}` }
    const file = await fetch(`${server.url}/files/${hidden.fileId}`, { headers })
    expect(file.status).toBe(404)
    const own = await bruno.tickets.create.mutate({
      id: newId(),
      subject: 'Meu',
      body: 'x',
      requester: { id: customerId },
      channel: 'phone',
    })
    const attach = bruno.tickets.reply.mutate({
      ticketId: own.id,
      kind: 'note',
      body: 'x',
      attachments: [hidden.fileId],
    })
    expect((await refusal(attach)).reason).toBe('files.not_found')
    const reuse = bruno.tickets.reply.mutate({
      ticketId: own.id,
      id: hidden.messageId,
      kind: 'note',
      body: 'x',
    })
    const refused = await refusal(reuse)
    expect(refused.reason).toBe('message.id_taken')
    expect(JSON.stringify(refused)).not.toContain(SECRET)
  })
})

describe('who loses sight of a ticket', () => {
  it('hears of the transfer, and from then on nothing, also after coming back', async () => {
    const ticket = await bruno.tickets.create.mutate({
      subject: 'Vai embora',
      body: 'x',
      requester: { id: customerId },
      channel: 'phone',
    })
    await bruno.tickets.update.mutate({ ticketId: ticket.id, version: 1, changes: { teamId: hidden.teamId } })
    const { seq } = await bruno.tickets.counts.query()
    const late = await admin.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: SECRET })
    const heard: unknown[] = []
    const feed = bruno.live.events.subscribe(
      { lastEventId: String(seq - 1) },
      { onData: ({ data }) => heard.push(data) },
    )
    const sign = await admin.teams.create.mutate({ name: 'Outro sinal' })
    await vi.waitFor(() => expect(JSON.stringify(heard)).toContain(sign.id))
    feed.unsubscribe()
    expect(JSON.stringify(heard)).toContain(ticket.id)
    expect(JSON.stringify(heard)).not.toContain(late.id)
    expect(await refusal(bruno.tickets.get.query({ id: ticket.id }))).toMatchObject({
      reason: 'ticket.not_found',
    })
  })
})
