import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let desk: Client
let token: string
beforeAll(async () => {
  server = await startTestServer()
  const adminToken = await server.setup()
  const bia = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example', role: 'supervisor' })
  token = bia.token
  desk = server.client(token)
})
afterAll(() => server[Symbol.asyncDispose]())

const at = (field: string, reason: string) => ({
  data: { httpStatus: 400, fieldErrors: { [field]: [reason] } },
})

/** Events about this id, oldest first. */
async function eventsOf(id: string) {
  const rows = await server.services.store.read.sql<{ type: string; data: string }[]>`
    SELECT type, data FROM event WHERE type LIKE 'customer.%' OR type LIKE 'organization.%' OR type LIKE 'tier.%' ORDER BY seq`
  return rows
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as { id: string; changed?: string[] } }))
    .filter(({ data }) => data.id === id)
}

describe('a customer', () => {
  it('has several e-mails and phones, normalised, each once', async () => {
    const customer = await desk.customers.create.mutate({
      name: '  José da Silva ',
      email: 'Jose@Example.com',
      emails: ['jose@example.com', 'ze@example.com'],
      phone: '(11) 98765-4321',
      phones: ['+55 11 98765-4321', '11 3456-7890'],
      document: '529.982.247-25',
      tier: 'vip',
      notes: 'Liga só à tarde.',
    })
    expect(await desk.customers.get.query({ id: customer.id })).toMatchObject({
      name: 'José da Silva',
      email: 'jose@example.com',
      emails: ['jose@example.com', 'ze@example.com'],
      phone: '+5511987654321',
      phones: ['+5511987654321', '+551134567890'],
      document: '529.982.247-25',
      tier: { key: 'vip', name: 'VIP' },
      organization: null,
      notes: 'Liga só à tarde.',
      version: 1,
      tickets: [],
    })
  })

  it('shows the document masked wherever there is more than one customer', async () => {
    const { id } = await desk.customers.create.mutate({
      name: 'Mascarado Único',
      document: '11.222.333/0001-81',
    })
    const masked = { id, document: '**.222.333/0001-**' }
    expect((await desk.customers.list.query({ text: 'mascarado' })).items).toMatchObject([masked])
    expect(await desk.customers.find.query({ text: 'mascarado' })).toMatchObject([masked])
    const [duplicate] = await desk.customers.duplicates.query({ document: '11222333000181' })
    expect(duplicate?.customer).toMatchObject(masked)
    expect((await desk.customers.get.query({ id })).document).toBe('11.222.333/0001-81')
  })

  it('is made once when the same id comes twice', async () => {
    const id = newId()
    await desk.customers.create.mutate({ id, name: 'Repetida' })
    expect(await desk.customers.create.mutate({ id, name: 'Repetida' })).toMatchObject({
      id,
      version: 1,
      possibleDuplicates: [],
    })
    expect((await desk.customers.list.query({ text: 'repetida' })).items).toHaveLength(1)
    expect(await eventsOf(id)).toHaveLength(1)
  })

  it('sent again under the same idempotency key is answered as the first time', async () => {
    const retried = server.client(token, { commandId: 'command-0001' })
    const first = await retried.customers.create.mutate({ name: 'Reenviada' })
    expect(await retried.customers.create.mutate({ name: 'Reenviada' })).toEqual(first)
    expect(await desk.customers.find.query({ text: 'reenviada' })).toHaveLength(1)
  })

  it.each([
    [{ phones: ['11 98765-4321', '12'] }, 'phones.1', 'customers.phone_invalid'],
    [{ document: '529.982.247-26' }, 'document', 'customers.document_invalid'],
    [{ emails: ['ok@example.com', 'not an address'] }, 'emails.1', 'customers.email_invalid'],
    [{ tier: 'platinum' }, 'tier', 'customers.tier_unknown'],
    [{ organizationId: newId() }, 'organizationId', 'customers.organization_unknown'],
  ])('is refused with the field that is wrong (%#)', async (wrong, field, reason) => {
    await expect(desk.customers.create.mutate({ name: 'Recusada', ...wrong })).rejects.toMatchObject(
      at(field, reason),
    )
    expect(await desk.customers.find.query({ text: 'recusada' })).toEqual([])
  })

  it('that does not exist is not found', async () => {
    await expect(desk.customers.get.query({ id: newId() })).rejects.toMatchObject({
      data: { httpStatus: 404, reason: 'customer.not_found' },
    })
  })

  it('comes with its tickets', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Com Ticket' })
    const ticket = await desk.tickets.create.mutate({
      subject: 'Impressora parada',
      body: 'Não imprime desde cedo.',
      requester: { id },
      channel: 'phone',
    })
    expect((await desk.customers.get.query({ id })).tickets).toMatchObject([{ id: ticket.id }])
  })
})

describe('editing a customer', () => {
  it('merges edits of different fields made on the same version', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Editada', notes: 'antes' })
    await desk.customers.update.mutate({ id, version: 1, changes: { name: 'Editada Já' } })
    const merged = await desk.customers.update.mutate({
      id,
      version: 1,
      changes: { notes: 'depois', tier: 'standard' },
    })
    expect(merged).toMatchObject({
      name: 'Editada Já',
      notes: 'depois',
      tier: { key: 'standard' },
      version: 3,
    })
  })

  it('refuses a stale edit of the same field, with the customer as it now is', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Disputada' })
    await desk.customers.update.mutate({ id, version: 1, changes: { phones: ['11 3456-7890'] } })
    const stale = desk.customers.update.mutate({
      id,
      version: 1,
      changes: { phones: ['11 3456-7899'], notes: 'x' },
    })
    await expect(stale).rejects.toMatchObject({
      data: {
        httpStatus: 409,
        reason: 'customer.changed',
        fields: ['phones'],
        current: { id, version: 2, phones: ['+551134567890'], notes: '' },
      },
    })
    expect(await desk.customers.get.query({ id })).toMatchObject({ version: 2, notes: '' })
  })

  it('takes things away with null and an empty list, and keeps what it does not name', async () => {
    const organization = await desk.organizations.create.mutate({ name: 'Padaria São José' })
    const { id } = await desk.customers.create.mutate({
      name: 'Despida',
      emails: ['d@example.com'],
      document: '52998224725',
      tier: 'vip',
      organizationId: organization.id,
    })
    const bare = await desk.customers.update.mutate({
      id,
      version: 1,
      changes: { emails: [], document: null, tier: null, organizationId: null },
    })
    expect(bare).toMatchObject({
      name: 'Despida',
      emails: [],
      document: null,
      tier: null,
      organization: null,
    })
  })

  it('changes nothing, not even the version, when nothing differs', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Igual', phones: ['11 3456-7890'] })
    const same = await desk.customers.update.mutate({
      id,
      version: 1,
      changes: { name: 'Igual', phones: ['(11) 3456-7890'] },
    })
    expect(same.version).toBe(1)
    expect(await eventsOf(id)).toHaveLength(1)
  })

  it('is on record by the names of the fields, without what they hold', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Registrada' })
    await desk.customers.update.mutate({
      id,
      version: 1,
      changes: { document: '52998224725', notes: 'segredo' },
    })
    expect(await eventsOf(id)).toEqual([
      { type: 'customer.created', data: { id, version: 1 } },
      { type: 'customer.updated', data: { id, version: 2, changed: ['notes', 'document'] } },
    ])
  })
})

describe('duplicates', () => {
  it('are pointed out on creation with what they share, the strongest sign first, and block nothing', async () => {
    const first = await desk.customers.create.mutate({
      name: 'Dúplice Pereira',
      emails: ['duplice@example.com'],
      phones: ['(21) 8888-1234'],
    })
    const namesake = await desk.customers.create.mutate({ name: 'DUPLICE  PEREIRA' })
    expect(namesake.possibleDuplicates).toMatchObject([{ customer: { id: first.id }, reasons: ['name'] }])
    const second = await desk.customers.create.mutate({
      name: 'Duplice Pereira',
      emails: ['duplice@example.com'],
      phones: ['(21) 98888-1234'],
    })
    expect(second.possibleDuplicates).toMatchObject([
      { customer: { id: first.id }, reasons: ['email', 'phone', 'name'] },
      { customer: { id: namesake.id }, reasons: ['name'] },
    ])
  })

  it('can be asked for while typing, before everything is whole', async () => {
    const { id } = await desk.customers.create.mutate({ name: 'Perguntada', phones: ['(31) 97777-1234'] })
    const found = await desk.customers.duplicates.query({
      name: 'Pergun',
      phones: ['31 97777-1234', '31'],
      document: '529',
    })
    expect(found).toMatchObject([{ customer: { id }, reasons: ['phone'] }])
    expect(await desk.customers.duplicates.query({})).toEqual([])
  })
})

describe('the requester of a ticket', () => {
  const ticketFrom = async (requester: { id: string } | { name?: string; email?: string; phone?: string }) =>
    (await desk.tickets.create.mutate({ subject: 'Ajuda', body: 'Por favor.', requester, channel: 'phone' }))
      .requester.id

  it('is the known customer with that e-mail or phone, also through the ninth digit', async () => {
    const { id } = await desk.customers.create.mutate({
      name: 'Conhecida',
      emails: ['conhecida@example.com'],
      phones: ['(41) 8765-1111'],
    })
    expect(await ticketFrom({ id })).toBe(id)
    expect(await ticketFrom({ name: 'Outro nome', email: 'CONHECIDA@example.com' })).toBe(id)
    expect(await ticketFrom({ phone: '041 98765-1111' })).toBe(id)
    expect(await ticketFrom({ email: 'nova@example.com', phone: '41 8765-1111' })).toBe(id)
  })

  it('is a new customer when nobody is known so, with a name to call them by', async () => {
    const byPhone = await ticketFrom({ name: '', phone: '(51) 99999-0001' })
    expect(await desk.customers.get.query({ id: byPhone })).toMatchObject({
      name: '+55 51 99999 0001',
      phones: ['+5551999990001'],
    })
    expect(await ticketFrom({ phone: '51 99999-0001' })).toBe(byPhone)
    const byEmail = await ticketFrom({ email: 'surgida@example.com' })
    expect(await desk.customers.get.query({ id: byEmail })).toMatchObject({ name: 'surgida@example.com' })
    expect(await eventsOf(byEmail)).toMatchObject([{ type: 'customer.created' }])
    expect(await desk.customers.find.query({ text: 'surgida' })).toMatchObject([{ id: byEmail }])
  })

  it('is refused when it does not exist, says nothing, or says it wrongly', async () => {
    await expect(ticketFrom({ id: newId() })).rejects.toMatchObject({
      data: { reason: 'customer.not_found' },
    })
    await expect(ticketFrom({})).rejects.toMatchObject({ data: { httpStatus: 400 } })
    await expect(ticketFrom({ phone: '12' })).rejects.toMatchObject(
      at('requester.phone', 'customers.phone_invalid'),
    )
    await expect(ticketFrom({ email: 'x' })).rejects.toMatchObject(
      at('requester.email', 'customers.email_invalid'),
    )
  })
})

describe('organisations', () => {
  it('have customers, who are listed by name', async () => {
    const { id } = await desk.organizations.create.mutate({
      name: 'Mercado Bom',
      document: '11.222.333/0001-81',
    })
    for (const name of ['Zélia', 'Ângela', 'Bruno'])
      await desk.customers.create.mutate({ name, organizationId: id })
    const { items } = await desk.customers.list.query({ organizationId: id })
    expect(items.map(({ name }) => name)).toEqual(['Ângela', 'Bruno', 'Zélia'])
    expect(items[0]?.organization).toEqual({ id, name: 'Mercado Bom' })
    const found = await desk.customers.list.query({ organizationId: id, text: 'bruno' })
    expect(found.items.map(({ name }) => name)).toEqual(['Bruno'])
    expect(await desk.organizations.get.query({ id })).toMatchObject({ document: '11.222.333/0001-81' })
  })

  it('are found by any part of the name, page by page', async () => {
    for (const name of ['Álamo Tecidos', 'Casa dos Tecidos', 'Tecidos 100% Já'])
      await desk.organizations.create.mutate({ name })
    const first = await desk.organizations.list.query({ text: 'TECIDOS', limit: 2 })
    expect(first.items.map(({ name }) => name)).toEqual(['Álamo Tecidos', 'Casa dos Tecidos'])
    const rest = await desk.organizations.list.query({
      text: 'TECIDOS',
      limit: 2,
      cursor: first.nextCursor ?? '',
    })
    expect(rest).toMatchObject({ items: [{ name: 'Tecidos 100% Já' }], nextCursor: null })
    expect((await desk.organizations.list.query({ text: '%' })).items).toMatchObject([
      { name: 'Tecidos 100% Já' },
    ])
  })

  it('are edited like customers, and removed only while nobody belongs to them', async () => {
    const { id } = await desk.organizations.create.mutate({ name: 'Efêmera' })
    await desk.organizations.update.mutate({ id, version: 1, changes: { notes: 'n' } })
    expect(
      await desk.organizations.update.mutate({ id, version: 1, changes: { name: 'Efêmera Ltda' } }),
    ).toMatchObject({
      name: 'Efêmera Ltda',
      notes: 'n',
      version: 3,
    })
    await expect(
      desk.organizations.update.mutate({ id, version: 1, changes: { notes: 'm' } }),
    ).rejects.toMatchObject({ data: { reason: 'organization.changed', current: { notes: 'n' } } })
    const member = await desk.customers.create.mutate({ name: 'Membro', organizationId: id })
    await expect(desk.organizations.remove.mutate({ id })).rejects.toMatchObject({
      data: { httpStatus: 409, reason: 'organization.in_use' },
    })
    await desk.customers.update.mutate({ id: member.id, version: 1, changes: { organizationId: null } })
    await desk.organizations.remove.mutate({ id })
    await expect(desk.organizations.get.query({ id })).rejects.toMatchObject({
      data: { reason: 'organization.not_found' },
    })
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual([
      'organization.created',
      'organization.updated',
      'organization.updated',
      'organization.removed',
    ])
  })
})

describe('tiers', () => {
  it("can be the office's own; an archived one can't be chosen anew but stays where it is", async () => {
    const tier = await desk.tiers.create.mutate({ name: 'Ouro', weight: 50 })
    const { id } = await desk.customers.create.mutate({ name: 'Dourada', tier: tier.id })
    await desk.tiers.update.mutate({ id: tier.id, changes: { name: 'Ouro Plus', weight: 60 } })
    await desk.tiers.archive.mutate({ id: tier.id })
    expect((await desk.customers.get.query({ id })).tier).toMatchObject({ name: 'Ouro Plus', weight: 60 })
    await expect(desk.customers.create.mutate({ name: 'Tardia', tier: tier.id })).rejects.toMatchObject(
      at('tier', 'customers.tier_unknown'),
    )
    await desk.tiers.restore.mutate({ id: tier.id })
    expect((await desk.tiers.list.query()).at(-1)).toMatchObject({
      name: 'Ouro Plus',
      key: null,
      archivedAt: null,
    })
    expect((await eventsOf(tier.id)).map(({ type }) => type)).toEqual([
      'tier.created',
      'tier.updated',
      'tier.archived',
      'tier.restored',
    ])
  })
})

describe('the contract in plain JSON', () => {
  it('creates, lists and gets customers', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const created = await fetch(`${server.url}/trpc/customers.create`, {
      method: 'POST',
      headers,
      body: '{"name":"Crua","email":"crua@example.com","phone":"11 3456-0000","tier":"vip"}',
    })
    const { result } = (await created.json()) as { result: { data: { id: string } } }
    expect(result.data).toMatchObject({ name: 'Crua', email: 'crua@example.com', phone: '+551134560000' })
    const input = encodeURIComponent(JSON.stringify({ id: result.data.id }))
    const got = await fetch(`${server.url}/trpc/customers.get?input=${input}`, { headers })
    expect(await got.json()).toMatchObject({ result: { data: { name: 'Crua', tickets: [] } } })
    const listed = await fetch(`${server.url}/trpc/customers.list`, { headers })
    expect(await listed.json()).toHaveProperty('result.data.items.0.name')
  })
})
