import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  fieldsFor,
  operatorsFor,
  type Condition,
  type ConditionField,
  type ConditionOperator,
  type ConditionTree,
} from '../../server/conditions/contract.ts'
import { compile, type ConditionNames, type Subject } from '../../server/conditions/conditions.ts'
import { readSubject, hoursOf } from '../../server/conditions/read-subject.ts'
import type { TicketRow } from '../../server/tickets/ticket.entity.ts'
import { aClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

/** Conditions are asked in two ways, of all tickets in the store and of one in memory: both must give the same answer. */

let server: TestServer
let api: Client
let rows: TicketRow[]
let subjects: Subject[]
let names: ConditionNames
const clock = aClock(Date.UTC(2026, 2, 9, 12))
const ids: Record<string, string> = {}
const FIELDS = new Set(fieldsFor('rule'))

beforeAll(async () => {
  server = await startTestServer({ clock })
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
  await api.sla.policies.create.mutate({
    name: 'Urgentes',
    when: { field: 'priority', op: 'is', value: 'urgent' },
    targets: [{ priority: 'urgent', firstResponseMinutes: 60, resolutionMinutes: 600 }],
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
  const open = async (parts: Partial<Parameters<Client['tickets']['create']['mutate']>[0]>) => {
    clock.advance({ minutes: 30 })
    await api.tickets.create.mutate({
      subject: 'Impressora não imprime',
      body: '',
      requester: { name: 'José' },
      channel: 'phone',
      ...parts,
    })
  }
  await open({
    teamId: team.id,
    categoryId: printers.id,
    priorityId: 'urgent',
    tags: ['Garantia', 'loja 2'],
    urgency: 'high',
    impact: 'low',
    channel: 'email',
    body: '<p>O caixa está parado.</p>',
  })
  await open({
    subject: 'Pedido de orçamento',
    channel: 'email',
    categoryId: hardware.id,
    typeId: 'sales',
    urgency: 'low',
    dueAt: new Date(clock.now() - 3_600_000).toISOString(),
  })
  await open({
    subject: 'AÇÃO urgente: caixa parado',
    agentId: bruno.id,
    tags: ['loja 2'],
    statusId: 'waiting',
    dueAt: new Date(clock.now() + 86_400_000).toISOString(),
  })
  await open({
    subject: 'Imprimir etiquetas',
    requester: { id: vip.id },
    categoryId: software.id,
    channel: 'chat',
    body: 'Parado o CAIXA? Não abre o pedido.',
  })
  await open({
    subject: 'nota-fiscal 123.456',
    requester: { id: vip.id },
    priorityId: 'low',
    statusId: 'closed',
    bodyKind: 'note',
    body: 'Ver com o orçamento antigo.',
  })
  await open({ subject: '???', channel: 'manual' })
  clock.advance({ minutes: 30 })
  const { read } = server.services.store
  rows = await read.sql<TicketRow[]>`SELECT * FROM ticket ORDER BY seq`
  subjects = await Promise.all(rows.map(subjectOf))
  names = {
    ...(await server.services.catalog.current()),
    tiers: await server.services.tiers.current(),
  }
})
afterAll(() => server[Symbol.asyncDispose]())

/** As rules read it, but for what filters look through instead of one message: all words of the ticket. */
async function subjectOf(row: TicketRow): Promise<Subject> {
  const { read } = server.services.store
  const subject = await readSubject(read, row, { fields: FIELDS, now: clock.now() })
  const [customer] = await read.sql<
    { name: string }[]
  >`SELECT name FROM customer WHERE id = ${row.requesterId}`
  const messages = await read.sql<
    { text: string }[]
  >`SELECT text FROM message WHERE ticketId = ${row.id} ORDER BY seq`
  const words = [row.number, row.subject, customer?.name, ...messages.map(({ text }) => text)]
  return { ...subject, message: words.join('\n') }
}

/** `@name` stands for the id of what was made above. */
const withIds = (tree: ConditionTree): ConditionTree =>
  JSON.parse(
    JSON.stringify(tree).replaceAll(/"@(\w+)"/g, (_, name: string) => JSON.stringify(ids[name])),
  ) as ConditionTree

async function answers(given: ConditionTree): Promise<{ inStore: string[]; inMemory: string[] }> {
  const tree = withIds(given)
  const { items } = await api.tickets.list.query({
    filter: { where: tree },
    sort: { by: 'createdAt', dir: 'asc' },
    limit: 200,
  })
  const holds = compile(tree, names)
  const inMemory = subjects.filter((subject) => holds({ subject, changes: {}, now: clock.now() }))
  return {
    inStore: items.map(({ subject }) => subject),
    inMemory: inMemory.map(({ subject }) => subject ?? ''),
  }
}

/** Values to ask each field for, so that some tickets have them and some have not. */
const values: Partial<Record<ConditionField, string[]>> = {
  subject: [
    'nao',
    'acao',
    'IMPRIMIR ETIQUETAS',
    'impri',
    'pressora',
    'orcamento pedido',
    'pedido de',
    'ação urgente: c',
    '123.4',
    'nota',
    'nota-fiscal 123.456',
    '?!',
    '???',
    'Impressora Não  imprime',
  ],
  message: ['caixa parado', 'parado', 'esta', 'orçamento', 'rui', 'antigo abre', 'o caixa', '???'],
  channel: ['phone', 'email', 'chat'],
  statusClass: ['new', 'waiting', 'closed'],
  status: ['waiting', 'closed', 'none'],
  priority: ['urgent', 'low', 'none'],
  urgency: ['high', 'low', 'none'],
  impact: ['low', 'none'],
  type: ['sales', 'none'],
  category: ['@hardware', '@printers', '@software', 'none'],
  team: ['@team', 'none'],
  agent: ['@bruno', 'none'],
  requester: ['@vip', 'none'],
  'customer.tier': ['@tier', 'vip', 'none'],
  'customer.organization': ['@organization', 'none'],
  tags: ['GARANTIA', 'loja 2', 'no such tag', 'none'],
  createdAt: ['-PT1H', '-PT2H30M', 'P1D', '2026-03-09T13:30:00Z'],
  updatedAt: ['-PT1H', '2999-01-01T00:00:00Z'],
  dueAt: ['-PT1H', 'PT2H', 'P2D'],
  waitingSince: ['-PT1H', '-P1D', 'P1D'],
  resolvedAt: ['-PT45M', '-PT2H', '2026-03-09T14:00:00Z', 'P1D'],
  age: ['60', '90', '100000'],
  waiting: ['60', '90', '-5'],
  'sla.remaining': ['-60', '0', '30', '1500'],
}

function conditionsOn(field: ConditionField, op: ConditionOperator): Condition[] {
  const given = values[field] ?? []
  if (op === 'empty' || op === 'notEmpty') return [{ field, op }]
  if (op === 'in' || op === 'notIn')
    return [...given.map((value) => [value]), given.slice(0, 2)].map((value) => ({ field, op, value }))
  const several = op === 'contains' || op === 'containsWord' ? [{ field, op, value: given.slice(1, 4) }] : []
  return [...given.map((value) => ({ field, op, value })), ...several]
}

describe('store and memory agree on', () => {
  test.each(fieldsFor('view'))('%s, with every operator', async (field) => {
    const found = new Set<number>()
    for (const op of operatorsFor(field, 'view'))
      for (const condition of conditionsOn(field, op)) {
        const { inStore, inMemory } = await answers(condition)
        expect(inStore, JSON.stringify(condition)).toEqual(inMemory)
        const none = await answers({ none: [condition] })
        expect(none.inStore, `none of ${JSON.stringify(condition)}`).toEqual(none.inMemory)
        expect(inStore.length + none.inStore.length).toBe(rows.length)
        found.add(inStore.length)
      }
    // Values that all tickets have, or none, would prove nothing.
    expect(
      [...found].some((count) => count > 0 && count < rows.length),
      field,
    ).toBe(true)
  })

  test.each<ConditionTree>([
    { all: [] },
    { any: [] },
    { none: [] },
    { none: [{ any: [] }] },
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
  ])('%j', async (tree) => {
    const { inStore, inMemory } = await answers(tree)
    expect(inStore).toEqual(inMemory)
  })
})

describe('what only rules ask', () => {
  const held = (place: number) => subjects[place] ?? {}

  test('the customer’s other active tickets, and when they were last heard of', async () => {
    expect(held(3)['customer.openTickets']).toBe(0)
    expect(held(4)['customer.openTickets']).toBe(1)
    expect(held(4)['customer.lastContactAt']).toBe(rows[3]?.createdAt)
    const row = rows[3] as TicketRow
    const [message] = await server.services.store.read.sql<{ id: string }[]>`
      SELECT id FROM message WHERE ticketId = ${row.id}`
    const cause = {
      id: message?.id ?? '',
      channel: 'chat',
      text: 'quero cancelar meu pedido',
      attachments: 1,
    } as const
    const subject = await readSubject(server.services.store.read, row, {
      fields: FIELDS,
      now: clock.now(),
      message: cause,
      actor: { type: 'rule', id: 'r' },
    })
    expect(subject).toMatchObject({
      message: cause.text,
      'message.channel': 'chat',
      'message.language': 'pt',
      'message.attachment': 'yes',
      'customer.lastContactAt': null,
      actor: 'system',
    })
  })

  test('how its promises stand', () => {
    expect(subjects.map((subject) => subject['sla.state'])).toEqual([
      'missed',
      'missed',
      'running',
      'none',
      'none',
      'none',
    ])
  })

  test('nothing is looked up that no condition asks for', async () => {
    const row = rows[0] as TicketRow
    const subject = await readSubject(server.services.store.read, row, {
      fields: new Set(),
      now: clock.now(),
    })
    expect(Object.keys(subject)).not.toContain('tags')
    expect(subject).toMatchObject({ age: 180, 'sla.remaining': expect.any(Number) as number })
  })

  test('whether a calendar is open', async () => {
    const calendar = await api.calendars.create.mutate({
      name: 'Comercial',
      timezone: 'America/Sao_Paulo',
      hours: { mon: [['08:00', '18:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      holidays: [],
    })
    const isOpen = hoursOf(await server.services.book.current())
    expect(isOpen(calendar.id, Date.parse('2026-03-09T12:00:00-03:00'))).toBe(true)
    expect(isOpen(calendar.id, Date.parse('2026-03-09T20:00:00-03:00'))).toBe(false)
    expect(isOpen('gone', 0)).toBe(false)
  })
})

describe('a filter that is refused says where', () => {
  test.each<[unknown, string, string]>([
    [{ all: [{ field: 'team', op: 'is' }] }, 'filter.where.all.0.value', 'filter.value_unfit'],
    [
      { all: [{ any: [{ field: 'dueAt', op: 'gt', value: 'soon' }] }] },
      'filter.where.all.0.any.0.value',
      'filter.instant_unreadable',
    ],
    [{ field: 'actor', op: 'is', value: 'agent' }, 'filter.where.field', 'filter.field_unfit'],
    [
      { none: [{ field: 'subject', op: 'matches', value: 'x' }] },
      'filter.where.none.0.op',
      'filter.operator_unfit',
    ],
    [
      { any: [{ field: 'nonsense', op: 'is', value: 'x' }] },
      'filter.where.any.0.field',
      'input.invalid_value',
    ],
  ])('%j', async (where, path, reason) => {
    const list = api.tickets.list.query({ filter: { where: where as ConditionTree } })
    expect(await refusal(list)).toMatchObject({ fieldErrors: { [path]: [reason] } })
  })
})
