import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

/** What a script may rely on, said in JSON over HTTP as a script would, without any of our types. */

interface Json {
  [key: string]: Json | undefined
}

let server: TestServer
let token = ''

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const headers = () => ({
  'content-type': 'application/json',
  ...(token ? { authorization: `Bearer ${token}` } : {}),
})

async function post(procedure: string, input?: unknown): Promise<Json> {
  const answer = await fetch(`${server.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: headers(),
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  })
  return (await answer.json()) as Json
}

async function get(procedure: string, input?: unknown): Promise<Json> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const answer = await fetch(`${server.url}/trpc/${procedure}${query}`, { headers: headers() })
  return (await answer.json()) as Json
}

const data = async (call: Promise<Json>): Promise<Json> => {
  const answer = await call
  expect(answer).toHaveProperty('result.data')
  return answer['result']?.['data'] as Json
}

const aTicket = (more: object = {}) =>
  data(
    post('tickets.create', {
      subject: 'Impressora parada',
      body: 'Cliente ligou',
      requester: { name: 'José', phone: '11987654321' },
      channel: 'phone',
      ...more,
    }),
  )

describe('the first run and sessions', () => {
  it('setup.status and setup.create, once', async () => {
    expect(await data(get('setup.status'))).toMatchObject({ needed: true })
    const input = {
      company: 'Papelaria Ipê',
      timezone: 'America/Sao_Paulo',
      locale: 'pt-BR',
      admin: { name: 'Ana', email: 'ana@ipe.example', password: 'senha-bem-comprida' },
    }
    const made = await data(post('setup.create', input))
    expect(made).toMatchObject({ token: expect.any(String), agent: { name: 'Ana', role: 'admin' } })
    expect(await data(get('setup.status'))).toMatchObject({ needed: false })
    expect(await post('setup.create', input)).toMatchObject({
      error: { data: { code: 'CONFLICT', httpStatus: 409, reason: 'setup.done' } },
    })
  })

  it('auth.login, auth.me and auth.logout', async () => {
    const login = { email: 'ana@ipe.example', password: 'senha-bem-comprida' }
    const session = await data(post('auth.login', login))
    expect(session).toMatchObject({
      token: expect.any(String),
      agent: { id: expect.any(String), name: 'Ana', email: 'ana@ipe.example', role: 'admin' },
    })
    token = String(session['token'])
    expect(await data(get('auth.me'))).toMatchObject({ agent: { name: 'Ana' } })
    await post('auth.logout')
    expect(await get('auth.me')).toMatchObject({
      error: { data: { httpStatus: 401, reason: 'auth.required' } },
    })
    token = String((await data(post('auth.login', login)))['token'])
  })
})

describe('people and customers', () => {
  it('teams and agents are created and listed', async () => {
    const team = await data(post('teams.create', { name: 'Loja' }))
    const agent = {
      name: 'Bruno',
      email: 'bruno@ipe.example',
      password: 'outra-senha-comprida',
      role: 'agent',
    }
    const made = await data(post('agents.create', { ...agent, teamIds: [team['id']] }))
    expect(await data(get('teams.list'))).toContainEqual(
      expect.objectContaining({ id: team['id'], name: 'Loja' }),
    )
    expect(await data(get('agents.list'))).toContainEqual(
      expect.objectContaining({
        id: made['id'],
        email: 'bruno@ipe.example',
        role: 'agent',
        teamIds: [team['id']],
      }),
    )
  })

  it('a customer has their tickets', async () => {
    const customer = await data(
      post('customers.create', { name: 'Lia', email: 'lia@example.com', phone: '11 3456-7890', tier: 'vip' }),
    )
    const ticket = await aTicket({ requester: { id: customer['id'] } })
    expect(await data(get('customers.get', { id: customer['id'] }))).toMatchObject({
      name: 'Lia',
      email: 'lia@example.com',
      phone: '+551134567890',
      tier: { key: 'vip' },
      tickets: [{ id: ticket['id'], number: ticket['number'] }],
    })
    expect(await data(get('customers.list'))).toMatchObject({ items: expect.any(Array) })
  })
})

describe('tickets', () => {
  it.each(['phone', 'email', 'portal', 'chat', 'manual'])('come through %s', async (channel) => {
    expect(await aTicket({ channel })).toMatchObject({ channel })
  })

  it('are answered with the main fields, numbered within the year, rows named by key', async () => {
    const ticket = await aTicket({
      typeId: 'incident',
      priorityId: 'urgent',
      statusId: 'waiting',
      tags: ['Garantia'],
    })
    expect(ticket).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      number: expect.stringMatching(/^\d{4}-\d{6}$/),
      version: 1,
      subject: 'Impressora parada',
      status: { key: 'waiting', class: 'waiting' },
      priority: { key: 'urgent', weight: expect.any(Number) },
      team: null,
      agent: null,
      requester: { name: 'José' },
      tags: [{ name: 'Garantia' }],
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    })
  })

  it.each(['new', 'open', 'waiting', 'hold', 'resolved', 'closed'])(
    'take the status %s by its key',
    async (statusId) => {
      expect(await aTicket({ statusId })).toMatchObject({ status: { key: statusId, class: statusId } })
    },
  )

  it('made twice under one id are one', async () => {
    const id = '018f0000-0000-7000-8000-0000000000aa'
    const [once, twice] = [await aTicket({ id }), await aTicket({ id, subject: 'outro' })]
    expect(twice).toEqual(once)
  })

  it('are listed by every named filter, in pages', async () => {
    const { id: teamId } = await data(post('teams.create', { name: 'Oficina' }))
    const { agent } = await data(get('auth.me'))
    const made = await aTicket({
      teamId,
      agentId: agent?.['id'],
      priorityId: 'high',
      tags: ['orçamento'],
      subject: 'Zebra',
    })
    const found = async (filter: object) => {
      const { items } = await data(get('tickets.list', { filter: { teamIds: [teamId], ...filter } }))
      return (items as unknown as Json[]).map(({ id }) => id)
    }
    for (const filter of [
      {},
      { statusClass: ['new'] },
      { statusIds: ['new'] },
      { agentIds: ['me'] },
      { agentIds: [agent?.['id']] },
      { priorityIds: ['high'] },
      { tags: ['Orcamento'] },
      { text: 'zebra' },
    ])
      expect(await found(filter), JSON.stringify(filter)).toEqual([made['id']])
    for (const filter of [
      { statusClass: ['closed'] },
      { agentIds: ['none'] },
      { priorityIds: ['low'] },
      { tags: ['x'] },
    ])
      expect(await found(filter), JSON.stringify(filter)).toEqual([])

    const all: unknown[] = []
    for (let cursor: unknown = null; cursor !== undefined;) {
      const page = await data(
        get('tickets.list', { sort: { by: 'createdAt', dir: 'desc' }, limit: 4, cursor }),
      )
      all.push(...(page['items'] as unknown as Json[]).map(({ number }) => number))
      cursor = page['nextCursor'] ?? undefined
    }
    expect(all).toEqual([...new Set(all)].toSorted().toReversed())
    expect(all).toHaveLength(Number(String(made['number']).slice(5)))
  })

  it('are opened by id or number, with messages and timeline', async () => {
    const { id, number } = await aTicket()
    const byId = await data(get('tickets.get', { id }))
    expect(byId).toMatchObject({
      id,
      messages: [{ kind: 'public', text: 'Cliente ligou' }],
      timeline: [{ type: 'ticket.created' }, { type: 'message.created' }],
    })
    expect(await data(get('tickets.get', { number }))).toEqual(byId)
  })

  it('are answered publicly or noted, once per id, and moved along', async () => {
    const { id: ticketId } = await aTicket()
    const reply = {
      ticketId,
      id: '018f0000-0000-7000-8000-0000000000bb',
      kind: 'public',
      body: 'Resolvido!',
      statusId: 'resolved',
    }
    const message = await data(post('tickets.reply', reply))
    expect(message).toMatchObject({
      id: reply.id,
      ticketId,
      kind: 'public',
      text: 'Resolvido!',
      attachments: [],
    })
    expect(await data(post('tickets.reply', reply))).toEqual(message)
    await data(post('tickets.reply', { ticketId, kind: 'note', body: 'só nosso' }))
    expect(await data(get('tickets.get', { id: ticketId }))).toMatchObject({
      status: { class: 'resolved' },
      messages: [{}, { kind: 'public' }, { kind: 'note' }],
    })
  })

  it('are changed; a stale edit of the same field gets the current ticket, others merge', async () => {
    const { id: ticketId } = await aTicket()
    const edit = (changes: object) => post('tickets.update', { ticketId, version: 1, changes })
    expect(await data(edit({ subject: 'A' }))).toMatchObject({ version: 2, subject: 'A' })
    expect(await edit({ subject: 'B' })).toMatchObject({
      error: {
        data: {
          code: 'CONFLICT',
          httpStatus: 409,
          reason: 'ticket.changed_meanwhile',
          current: { id: ticketId, subject: 'A', version: 2 },
        },
      },
    })
    expect(await data(edit({ priorityId: 'low' }))).toMatchObject({
      subject: 'A',
      priority: { key: 'low' },
      version: 3,
    })
  })

  it('are searched', async () => {
    const { number } = await aTicket({ subject: 'Guilhotina elétrica', body: 'Não liga' })
    const found = await data(get('tickets.search', { text: 'guilhotina eletrica', limit: 5 }))
    expect(found).toMatchObject({
      items: [{ ticket: { number }, snippet: expect.any(String) }],
      nextCursor: null,
    })
    expect(await data(get('tickets.search', { text: String(number).slice(5) }))).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ ticket: expect.objectContaining({ number }) }),
      ]),
    })
  })
})

describe('live.events', () => {
  it('are a stream of server-sent events, each with its seq as id', async () => {
    const { seq } = await data(get('tickets.counts'))
    const { id } = await aTicket()
    const stop = new AbortController()
    const input = encodeURIComponent(JSON.stringify({ lastEventId: String(seq) }))
    const answer = await fetch(`${server.url}/trpc/live.events?input=${input}`, {
      headers: headers(),
      signal: stop.signal,
    })
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/)
    let heard = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      heard += chunk
      if (heard.includes('message.created')) break
    }
    stop.abort()
    const frame = heard.split('\n\n').find((part) => part.includes('ticket.created')) ?? ''
    const event = JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '{}') as Json
    expect(event).toMatchObject({
      seq: expect.any(Number),
      type: 'ticket.created',
      at: expect.stringMatching(/Z$/),
      actor: { type: 'agent', name: 'Ana' },
      ticketId: id,
      data: expect.any(Object),
    })
    expect(/^id: (.*)$/m.exec(frame)?.[1]).toBe(String(event['seq']))
  })
})
