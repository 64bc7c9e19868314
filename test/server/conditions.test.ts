import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matches, type Subject } from '../../server/rules/conditions.ts'
import type { FilterTree } from '../../server/tickets/filter.contract.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

/** Conditions are asked in two ways, of all tickets in the store and of one in memory: both must give the same answer. */

let server: TestServer
let api: Client
let subjects: Subject[]
const ids: Record<string, string> = {}

beforeAll(async () => {
  server = await startTestServer()
  const admin = await server.setup()
  api = server.client(admin)
  const bruno = await server.join(admin, { name: 'Bruno', email: 'bruno@ipe.example' })
  const team = await api.teams.create.mutate({ name: 'Suporte' })
  const hardware = await api.categories.create.mutate({ name: 'Hardware' })
  const printers = await api.categories.create.mutate({ name: 'Impressoras', parentId: hardware.id })
  const software = await api.categories.create.mutate({ name: 'Software' })
  const tier = (await api.tiers.list.query()).find(({ key }) => key === 'vip')
  const organization = await api.organizations.create.mutate({ name: 'Padaria Sol' })
  const vip = await api.customers.create.mutate({
    name: 'Rui',
    tier: 'vip',
    organizationId: organization.id,
  })
  Object.assign(ids, {
    bruno: bruno.id,
    team: team.id,
    hardware: hardware.id,
    printers: printers.id,
    software: software.id,
    tier: tier?.id,
    organization: organization.id,
    vip: vip.id,
  })
  const open = (parts: Partial<Parameters<Client['tickets']['create']['mutate']>[0]>) =>
    api.tickets.create.mutate({
      subject: 'Impressora não imprime',
      body: '',
      requester: { name: 'José' },
      channel: 'phone',
      ...parts,
    })
  await open({ teamId: team.id, categoryId: printers.id, priorityId: 'urgent', tags: ['Garantia', 'loja 2'] })
  await open({ subject: 'Pedido de orçamento', channel: 'email', categoryId: hardware.id, typeId: 'sales' })
  await open({
    subject: 'AÇÃO urgente: caixa parado',
    agentId: bruno.id,
    tags: ['loja 2'],
    statusId: 'waiting',
  })
  await open({
    subject: 'Imprimir etiquetas',
    requester: { id: vip.id },
    categoryId: software.id,
    channel: 'chat',
  })
  await open({
    subject: 'nota-fiscal 123.456',
    requester: { id: vip.id },
    priorityId: 'low',
    statusId: 'closed',
  })
  subjects = await readSubjects()
})
afterAll(() => server[Symbol.asyncDispose]())

async function readSubjects(): Promise<Subject[]> {
  type Row = Record<string, string> & {
    id: string
    createdAt: number
    updatedAt: number
    waitingSince: number | null
  }
  const rows = await server.services.store.read.sql<Row[]>`
    SELECT t.*, c.tierId, c.organizationId FROM ticket t JOIN customer c ON c.id = t.requesterId ORDER BY t.seq`
  const tags = await server.services.store.read.sql<
    { ticketId: string; tagId: string }[]
  >`SELECT * FROM ticket_tag`
  return rows.map((row) => ({
    subject: row['subject'] ?? '',
    statusClass: row['statusClass'] ?? null,
    status: row['statusId'] ?? null,
    priority: row['priorityId'] ?? null,
    type: row['typeId'] ?? null,
    category: row['categoryId'] ?? null,
    team: row['teamId'] ?? null,
    agent: row['agentId'] ?? null,
    requester: row['requesterId'] ?? null,
    'customer.tier': row['tierId'] ?? null,
    'customer.organization': row['organizationId'] ?? null,
    channel: row['channel'] ?? null,
    tags: tags.filter(({ ticketId }) => ticketId === row.id).map(({ tagId }) => tagId),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    waitingSince: row.waitingSince,
    dueAt: null,
    now: Date.now(),
  }))
}

/** `@name` stands for the id of what was made above. */
const withIds = (tree: FilterTree): FilterTree =>
  JSON.parse(
    JSON.stringify(tree).replaceAll(/"@(\w+)"/g, (_, name: string) => JSON.stringify(ids[name])),
  ) as FilterTree

describe('store and memory agree on', () => {
  test.each<FilterTree>([
    { field: 'priority', op: 'is', value: 'urgent' },
    { field: 'priority', op: 'notIn', value: ['urgent', 'low'] },
    { field: 'status', op: 'in', value: ['waiting', 'closed'] },
    { field: 'statusClass', op: 'isNot', value: 'closed' },
    { field: 'type', op: 'is', value: 'sales' },
    { field: 'type', op: 'isNot', value: 'sales' },
    { field: 'type', op: 'in', value: ['sales', 'none'] },
    { field: 'category', op: 'is', value: '@hardware' },
    { field: 'category', op: 'isNot', value: '@hardware' },
    { field: 'category', op: 'in', value: ['@printers', '@software'] },
    { field: 'category', op: 'empty' },
    { field: 'team', op: 'is', value: '@team' },
    { field: 'team', op: 'isNot', value: '@team' },
    { field: 'team', op: 'is', value: 'none' },
    { field: 'team', op: 'notIn', value: ['@team', 'none'] },
    { field: 'agent', op: 'notEmpty' },
    { field: 'agent', op: 'is', value: '@bruno' },
    { field: 'requester', op: 'is', value: '@vip' },
    { field: 'customer.tier', op: 'is', value: '@tier' },
    { field: 'customer.tier', op: 'isNot', value: '@tier' },
    { field: 'customer.organization', op: 'in', value: ['@organization'] },
    { field: 'channel', op: 'in', value: ['chat', 'email'] },
    { field: 'channel', op: 'isNot', value: 'phone' },
    { field: 'tags', op: 'in', value: ['GARANTIA', 'none'] },
    { field: 'tags', op: 'notIn', value: ['loja 2'] },
    { field: 'tags', op: 'in', value: ['no such tag'] },
    { field: 'tags', op: 'empty' },
    { field: 'tags', op: 'notEmpty' },
    { field: 'subject', op: 'contains', value: 'nao' },
    { field: 'subject', op: 'contains', value: 'acao' },
    { field: 'subject', op: 'contains', value: 'impri' },
    { field: 'subject', op: 'contains', value: 'pressora' },
    { field: 'subject', op: 'contains', value: 'orcamento pedido' },
    { field: 'subject', op: 'contains', value: 'impri etiquetas' },
    { field: 'subject', op: 'contains', value: '123.4' },
    { field: 'subject', op: 'contains', value: 'fiscal' },
    { field: 'subject', op: 'contains', value: '?!' },
    { field: 'subject', op: 'startsWith', value: 'impr' },
    { field: 'subject', op: 'startsWith', value: '' },
    { field: 'subject', op: 'is', value: 'IMPRIMIR ETIQUETAS' },
    { field: 'createdAt', op: 'lt', value: '-P1D' },
    { field: 'createdAt', op: 'gt', value: '-PT2H' },
    { field: 'updatedAt', op: 'lt', value: '2999-01-01T00:00:00Z' },
    { field: 'waitingSince', op: 'notEmpty' },
    { field: 'waitingSince', op: 'lt', value: 'P1D' },
    { field: 'dueAt', op: 'empty' },
    { all: [] },
    { any: [] },
    { none: [] },
    { none: [{ any: [] }] },
    { none: [{ field: 'team', op: 'is', value: '@team' }] },
    { none: [{ field: 'waitingSince', op: 'lt', value: '-P1D' }] },
    {
      all: [
        { field: 'team', op: 'isNot', value: '@team' },
        { field: 'tags', op: 'in', value: ['loja 2'] },
      ],
    },
    {
      any: [
        { field: 'agent', op: 'is', value: '@bruno' },
        { field: 'category', op: 'is', value: '@printers' },
      ],
    },
    {
      none: [
        { field: 'channel', op: 'is', value: 'phone' },
        { field: 'priority', op: 'is', value: 'low' },
      ],
    },
    {
      all: [
        {
          any: [
            { field: 'subject', op: 'contains', value: 'imprim' },
            { field: 'type', op: 'notEmpty' },
          ],
        },
        { none: [{ all: [{ field: 'channel', op: 'is', value: 'chat' }] }] },
      ],
    },
  ])('%j', async (given) => {
    const tree = withIds(given)
    const catalog = await server.services.catalog.current()
    const { items } = await api.tickets.list.query({
      filter: { where: tree },
      sort: { by: 'createdAt', dir: 'asc' },
      limit: 200,
    })
    const inMemory = subjects.filter((subject) => matches(tree, subject, catalog))
    expect(inMemory.map(({ subject }) => subject)).toEqual(items.map(({ subject }) => subject))
  })

  test('tickets that differ in what is asked', () => {
    for (const field of ['priority', 'category', 'team', 'agent', 'channel', 'customer.tier'] as const)
      expect(new Set(subjects.map((subject) => subject[field])).size, field).toBeGreaterThan(1)
  })
})
