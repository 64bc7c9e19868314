import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreateTicket } from '../../server/tickets/contract.ts'
import type { FilterTree, TicketFilter } from '../../server/tickets/filter.contract.ts'
import { MATCH_END, MATCH_START } from '../../server/tickets/snippet.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: Client
const ids: Record<string, string> = {}

const people = {
  jose: { name: 'José Padeiro', phone: '(11) 98765-4321', email: 'jose@padaria.example' },
  carla: { name: 'Carla Nunes', email: 'carla@nunes.example' },
}

const tickets: Record<string, Partial<CreateTicket>> = {
  printer: {
    subject: 'Impressora fiscal não imprime',
    body: 'A instalação parou',
    requester: people.jose,
    priorityId: 'urgent',
    tags: ['Impressão', 'loja'],
    dueAt: '2026-03-01T12:00:00Z',
  },
  invoice: {
    subject: 'Boleto vencido',
    body: 'Segunda via por favor',
    requester: people.carla,
    priorityId: 'low',
    tags: ['financeiro'],
    dueAt: '2026-03-02T12:00:00Z',
  },
  access: {
    subject: 'Acesso bloqueado',
    body: 'Senha da impressora nova',
    requester: people.carla,
    priorityId: 'high',
    statusId: 'waiting',
  },
  done: { subject: 'Troca de toner', body: 'Feito', requester: people.jose, statusId: 'resolved' },
}

beforeAll(async () => {
  server = await startTestServer()
  admin = server.client(await server.setup())
  for (const [name, ticket] of Object.entries(tickets)) {
    const created = await admin.tickets.create.mutate({
      subject: '',
      body: '',
      requester: people.jose,
      channel: 'phone',
      bodyKind: 'public',
      ...ticket,
    })
    ids[name] = created.id
  }
})
afterAll(() => server[Symbol.asyncDispose]())

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id)
async function listed(
  filter: TicketFilter,
  sort?: { by: 'dueAt' | 'priority' | 'createdAt' | 'updatedAt'; dir: 'asc' | 'desc' },
) {
  const { items } = await admin.tickets.list.query({ filter, ...(sort ? { sort } : {}) })
  return items.map(({ id }) => nameOf(id))
}
const where = async (tree: FilterTree) => (await listed({ where: tree })).sort()

describe('filters', () => {
  it.each<[string, TicketFilter, string[]]>([
    ['by class', { statusClass: ['new', 'open'] }, ['invoice', 'printer']],
    ['by done class', { statusClass: ['resolved'] }, ['done']],
    ['by class across active and done', { statusClass: ['waiting', 'resolved'] }, ['access', 'done']],
    ['by key of a preset', { priorityIds: ['urgent', 'high'] }, ['access', 'printer']],
    ['by tag without accents', { tags: ['impressao'] }, ['printer']],
    ['by words in any message', { text: 'IMPRESSORA' }, ['access', 'printer']],
    ['by nobody in charge', { agentIds: ['none'] }, ['access', 'done', 'invoice', 'printer']],
    ['by me', { agentIds: ['me'] }, []],
    ['all of several', { statusClass: ['new'], priorityIds: ['low'] }, ['invoice']],
  ])('%s', async (_, filter, expected) => {
    expect((await listed(filter)).sort()).toEqual(expected)
  })

  it.each<[string, FilterTree, string[]]>([
    [
      'nested groups',
      {
        any: [
          { field: 'priority', op: 'is', value: 'low' },
          {
            all: [
              { field: 'statusClass', op: 'is', value: 'waiting' },
              { field: 'subject', op: 'contains', value: 'acess' },
            ],
          },
        ],
      },
      ['access', 'invoice'],
    ],
    ['none of', { none: [{ field: 'tags', op: 'notEmpty' }] }, ['access', 'done']],
    [
      'not, with missing values counted as not',
      { field: 'category', op: 'isNot', value: 'x' },
      ['access', 'done', 'invoice', 'printer'],
    ],
    ['not in, of tags', { field: 'tags', op: 'notIn', value: ['loja'] }, ['access', 'done', 'invoice']],
    ['instants', { field: 'dueAt', op: 'lt', value: '2026-03-02T00:00:00Z' }, ['printer']],
    [
      'spans after now, with deadlines long past',
      { field: 'dueAt', op: 'lt', value: 'P1D' },
      ['invoice', 'printer'],
    ],
    ['spans before now', { field: 'createdAt', op: 'lt', value: '-PT1H' }, []],
    ['empty', { field: 'dueAt', op: 'empty' }, ['access', 'done']],
    ['beginnings, with LIKE signs taken as they are', { field: 'subject', op: 'startsWith', value: '%' }, []],
    ['an empty group matches nothing', { all: [] }, []],
    ['an empty none matches nothing', { none: [] }, []],
  ])('trees: %s', async (_, tree, expected) => {
    expect(await where(tree)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['an operator that the field does not have', { field: 'tags', op: 'gt', value: 'x' }],
    ['a missing value', { field: 'status', op: 'is' }],
    ['a list where one is meant', { field: 'status', op: 'is', value: ['open'] }],
    ['an unknown field', { field: 'password', op: 'is', value: 'x' }],
    ['a tree too deep', { all: [{ all: [{ all: [{ all: [{ all: [{ all: [{ all: [] }] }] }] }] }] }] }],
    ['an instant that is none', { field: 'dueAt', op: 'gt', value: 'amanhã' }],
  ])('refuses %s', async (_, tree) => {
    expect(await refusal(admin.tickets.list.query({ filter: { where: tree as FilterTree } }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})

describe('order and pages', () => {
  it('deadline: the soonest first, those without last', async () => {
    expect((await listed({}, { by: 'dueAt', dir: 'asc' })).slice(0, 2)).toEqual(['printer', 'invoice'])
  })

  it('priority: the weightiest first, the oldest first among equals', async () => {
    expect(await listed({}, { by: 'priority', dir: 'desc' })).toEqual([
      'printer',
      'access',
      'done',
      'invoice',
    ])
  })

  it.each(['dueAt', 'priority', 'createdAt', 'updatedAt'] as const)(
    'pages by %s hold every ticket once, in the order of the whole',
    async (by) => {
      for (const dir of ['asc', 'desc'] as const) {
        const whole = await listed({}, { by, dir })
        const paged: unknown[] = []
        let cursor: string | null = null
        do {
          const page: Awaited<ReturnType<Client['tickets']['list']['query']>> =
            await admin.tickets.list.query({ sort: { by, dir }, limit: 1, cursor })
          paged.push(...page.items.map(({ id }) => nameOf(id)))
          cursor = page.nextCursor
        } while (cursor)
        expect(paged).toEqual(whole)
      }
    },
  )

  it('refuses a cursor that it never gave', async () => {
    expect((await refusal(admin.tickets.list.query({ cursor: 'x' }))).reason).toBe('input.cursor_unreadable')
  })
})

describe('counts', () => {
  it('equal a recount after creating, assigning, resolving and moving between teams', async () => {
    const team = await admin.teams.create.mutate({ name: 'N2' })
    const me = (await admin.auth.me.query()).agent.id
    const { version } = await admin.tickets.get.query({ id: ids.printer as string })
    await admin.tickets.update.mutate({
      ticketId: ids.printer as string,
      version,
      changes: { agentId: me, teamId: team.id },
    })
    const counts = await admin.tickets.counts.query({
      filters: [{ tags: ['financeiro'] }, { statusClass: ['new'] }],
    })
    expect(counts).toMatchObject({ mine: 1, unassigned: 2, active: 3, filters: [1, 2] })
    expect(counts.byTeam).toContainEqual({ teamId: team.id, active: 1, unassigned: 0 })
    expect(counts.byAgent).toEqual([{ agentId: me, active: 1 }])
    const byStatus = await server.services.store.read.sql<{ statusId: string; count: number }[]>`
      SELECT statusId, count(*) AS count FROM ticket GROUP BY statusId ORDER BY statusId`
    expect(counts.byStatus.toSorted((a, b) => (a.statusId < b.statusId ? -1 : 1))).toEqual(byStatus)
  })
})

describe('search', () => {
  it.each([
    ['words without accents', 'instalacao', ['printer']],
    ['words typed with accents as signs of their own', 'instalac\u0327a\u0303o', ['printer']],
    ['words of different places together', 'padeiro instalacao', ['printer']],
    ['the whole protocol number', '2026-000002', ['invoice']],
    ['its digits', '000002', ['invoice']],
    ['part of a phone number', '98765', ['done', 'printer']],
    ['the phone as people write it', '(11) 98765-4321', ['done', 'printer']],
    ['the beginning of a word', 'bloq', ['access']],
    ['nothing', 'xyzzy', []],
    ["the index's own syntax, as plain words", 'NEAR("*) OR', []],
  ])('finds %s', async (_, text, expected) => {
    const year = new Date().getFullYear()
    const { items } = await admin.tickets.search.query({ text: text.replace('2026', String(year)) })
    expect(items.map(({ ticket }) => nameOf(ticket.id)).sort()).toEqual(expected)
  })

  it('puts finds in the subject before finds in messages, and marks them', async () => {
    const { items } = await admin.tickets.search.query({ text: 'impressora' })
    expect(items.map(({ ticket }) => nameOf(ticket.id))).toEqual(['printer', 'access'])
    expect(items[1]?.snippet).toBe(`Senha da ${MATCH_START}impressora${MATCH_END} nova`)
  })

  it('pages hold every find once', async () => {
    const found: unknown[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<Client['tickets']['search']['query']>> =
        await admin.tickets.search.query({ text: 'impressora', limit: 1, cursor })
      found.push(...page.items.map(({ ticket }) => nameOf(ticket.id)))
      cursor = page.nextCursor
    } while (cursor)
    expect(found).toEqual(['printer', 'access'])
  })

  it('finds a ticket by the new name of a renamed customer', async () => {
    const { requester } = await admin.tickets.get.query({ id: ids.invoice as string })
    const { version } = await admin.customers.get.query({ id: requester.id })
    await admin.customers.update.mutate({ id: requester.id, version, changes: { name: 'Carla Quaresma' } })
    const { items } = await admin.tickets.search.query({ text: 'quaresma boleto' })
    expect(items.map(({ ticket }) => nameOf(ticket.id))).toEqual(['invoice'])
  })

  it('knows the words of a reply and of a new subject at once', async () => {
    const { id } = await admin.tickets.create.mutate({
      subject: 'Antes',
      body: 'x',
      requester: people.jose,
      channel: 'phone',
      bodyKind: 'public',
    })
    await admin.tickets.reply.mutate({ ticketId: id, kind: 'note', body: 'peça trocada: fusor' })
    await admin.tickets.update.mutate({ ticketId: id, version: 2, changes: { subject: 'Zebrado' } })
    for (const text of ['fusor', 'zebrado'])
      expect((await admin.tickets.search.query({ text })).items.map(({ ticket }) => ticket.id)).toEqual([id])
    expect((await admin.tickets.search.query({ text: 'antes' })).items).toEqual([])
  })
})
