import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FieldValue } from '../../server/catalog/contract.ts'
import type { NewMacro } from '../../server/macros/contract.ts'
import type { Reply } from '../../server/tickets/contract.ts'
import { aClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const clock = aClock(Date.parse('2026-11-25T13:00:00Z'))
let server: TestServer
let admin: Client
let bruno: Client
let brunoToken: string
let support: string
let finance: string

beforeAll(async () => {
  server = await startTestServer({ clock })
  const token = await server.setup()
  admin = server.client(token)
  support = (await admin.teams.create.mutate({ name: 'Suporte' })).id
  finance = (await admin.teams.create.mutate({ name: 'Financeiro' })).id
  const agent = await server.join(token, { name: 'Bruno Lima', email: 'b@ipe.example', teamIds: [support] })
  await admin.fields.create.mutate({ key: 'serial', name: 'Série', kind: 'text' })
  await admin.fields.create.mutate({ key: 'cost', name: 'Custo', kind: 'number' })
  brunoToken = agent.token
  bruno = server.client(brunoToken)
})
afterAll(() => server[Symbol.asyncDispose]())

let count = 0
const make = (macro: Partial<NewMacro> = {}) =>
  admin.macros.create.mutate({ name: `Resposta ${++count}`, body: '<p>Olá</p>', ...macro })
const open = (name = 'Maria Souza') =>
  admin.tickets.create.mutate({
    ...{ subject: 'Boleto vencido', body: 'Preciso da segunda via', channel: 'phone' },
    requester: { name, phone: `1198${String(++count).padStart(7, '0')}` },
  })
const setField = (key: string, value: FieldValue | null) =>
  ({ do: 'setField', value: { key, value } }) as const
const read = (id: string) => admin.tickets.get.query({ id })

describe('the library', () => {
  it('keeps a ready answer as it was written, with its folder tidied and its shortcut in small letters', async () => {
    const made = await make({
      folder: ' Financeiro / Boletos/',
      shortcut: 'Boleto',
      actions: [{ do: 'addTags', value: ['boleto'] }],
    })
    expect(made).toMatchObject({
      folder: 'Financeiro/Boletos',
      shortcut: 'boleto',
      version: 1,
      archived: false,
    })
    expect(await admin.macros.list.query()).toContainEqual(made)
    await admin.macros.archive.mutate({ id: made.id })
  })

  it.each<[string, Partial<NewMacro>, string, string]>([
    ['an unknown variable', { body: '<p>{{ customer.nome }}</p>' }, 'body', 'template.unknown_variable'],
    ['neither text nor action', { body: '' }, 'body', 'macro.does_nothing'],
    [
      'a custom field that is filled twice',
      { actions: [setField('serial', 'A'), setField('cost', 9), setField('serial', 'B')] },
      'actions.2',
      'macro.action_repeated',
    ],
    [
      'a value that is not of its field’s kind',
      { actions: [setField('cost', 'caro')] },
      'actions.0.value',
      'fields.value_unfit',
    ],
    [
      'an unknown row',
      { actions: [{ do: 'setPriority', value: v7() }] },
      'actions.0.value',
      'macro.unknown_choice',
    ],
    [
      'a note that can not be read',
      { actions: [{ do: 'addNote', value: '{% if %}' }] },
      'actions.0.value',
      'template.syntax',
    ],
    [
      'two priorities',
      {
        actions: [
          { do: 'setPriority', value: 'low' },
          { do: 'setPriority', value: 'high' },
        ],
      },
      'actions.1',
      'macro.action_repeated',
    ],
    ['a team that is none', { teamIds: [v7()] }, 'teamIds.0', 'macro.unknown_choice'],
  ])('refuses %s at its field', async (_, macro, field, reason) => {
    expect(await refusal(make(macro))).toMatchObject({ reason, fieldErrors: { [field]: [reason] } })
  })

  it('keeps a preset’s row by its id, whichever way it was named', async () => {
    const { actions } = await make({ actions: [{ do: 'setPriority', value: 'urgent' }] })
    const { priorities } = await admin.catalog.get.query()
    expect(actions).toEqual([
      { do: 'setPriority', value: priorities.find(({ key }) => key === 'urgent')?.id },
    ])
  })

  it('names the unknown variable', async () => {
    expect(await refusal(make({ body: '<p>{{ customer.nome }}</p>' }))).toMatchObject({
      name: 'customer.nome',
    })
  })

  it('refuses a row that was retired, but keeps what already names it', async () => {
    const type = await admin.types.create.mutate({ name: 'Troca', icon: 'box' })
    const actions = [{ do: 'setType', value: type.id }] as const
    const made = await make({ actions: [...actions] })
    await admin.types.archive.mutate({ id: type.id })
    expect(await refusal(make({ actions: [...actions] }))).toMatchObject({ reason: 'macro.retired_choice' })
    await admin.macros.update.mutate({ id: made.id, changes: { name: 'Troca de produto' } })
  })

  it('a shortcut and a name in a folder are free where no team has both', async () => {
    const same = { name: 'Segunda via', folder: 'Boletos', shortcut: 'via2' }
    await make({ ...same, teamIds: [support] })
    await make({ ...same, teamIds: [finance] })
    const { fieldErrors } = await refusal(make({ ...same, name: 'SEGUNDA VIA', teamIds: [] }))
    expect(fieldErrors).toEqual({ name: ['macro.name_taken'], shortcut: ['macro.shortcut_taken'] })
  })

  it('refuses a change on top of a colleague’s, and shows theirs', async () => {
    const { id, version } = await make()
    await admin.macros.update.mutate({ id, version, changes: { body: '<p>Um</p>' } })
    const late = await refusal(admin.macros.update.mutate({ id, version, changes: { body: '<p>Dois</p>' } }))
    expect(late).toMatchObject({
      reason: 'macro.changed_meanwhile',
      current: { body: '<p>Um</p>', version: 2 },
    })
  })

  it('comes back from the archive, unless its place was taken meanwhile', async () => {
    const { id } = await make({ name: 'Volta', shortcut: 'volta' })
    await admin.macros.archive.mutate({ id })
    const other = await make({ name: 'Outra', shortcut: 'volta' })
    expect(await refusal(admin.macros.restore.mutate({ id }))).toMatchObject({
      reason: 'macro.shortcut_taken',
    })
    await admin.macros.archive.mutate({ id: other.id })
    expect(await admin.macros.restore.mutate({ id })).toMatchObject({ archived: false })
  })

  it('agents have those of their teams and everybody’s, and may not change them', async () => {
    const ours = await make({ teamIds: [support] })
    const theirs = await make({ teamIds: [finance] })
    const all = await make()
    const ids = (await bruno.macros.list.query()).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([ours.id, all.id]))
    expect(ids).not.toContain(theirs.id)
    const ticketId = (await open()).id
    const reason = 'macro.not_found'
    expect(await refusal(bruno.macros.apply.mutate({ macroId: theirs.id, ticketId }))).toMatchObject({
      reason,
    })
    expect(await refusal(bruno.macros.run.mutate({ macroId: theirs.id, ticketId }))).toMatchObject({ reason })
    const reply: Reply = { ticketId, kind: 'public', body: 'Oi', macroIds: [theirs.id] }
    expect(await refusal(bruno.tickets.reply.mutate(reply))).toMatchObject({ reason })
    expect((await read(ticketId)).messages).toHaveLength(1)
    expect(await refusal(bruno.macros.update.mutate({ id: ours.id, changes: { name: 'X' } }))).toMatchObject({
      reason: 'auth.forbidden',
    })
  })

  it('is put into another order', async () => {
    const [a, b] = [await make(), await make()]
    await admin.macros.reorder.mutate({ ids: [b.id, a.id] })
    const order = (await admin.macros.list.query()).map(({ id }) => id)
    expect(order.indexOf(b.id)).toBeLessThan(order.indexOf(a.id))
  })
})

describe('a ready answer on a ticket', () => {
  it('says what it would write and do, and does nothing', async () => {
    const macro = await make({
      body: '<p>{{ greeting }}, {{ customer.firstName }}! {{ agent.firstName }} cuida do {{ ticket.number }}: “{{ message.text }}”</p>',
      actions: [
        { do: 'setPriority', value: 'high' },
        { do: 'addTags', value: ['Segunda via'] },
        { do: 'addNote', value: 'Boleto de {{ customer.name }}' },
        { do: 'setTeam', value: null },
      ],
    })
    const ticket = await open()
    const before = await read(ticket.id)
    const applied = await bruno.macros.apply.mutate({ macroId: macro.id, ticketId: ticket.id })
    expect(applied.body).toBe(
      `<p>Bom dia, Maria! Bruno cuida do ${ticket.number}: “Preciso da segunda via”</p>`,
    )
    expect(applied.changes).toEqual({ priorityId: expect.any(String), tags: ['Segunda via'] })
    expect(applied.effects).toEqual([
      { do: 'setPriority', property: 'priorityId', value: ['Alta'] },
      { do: 'addTags', property: 'tags', value: ['Segunda via'] },
      { do: 'addNote', property: null, value: ['Boleto de Maria Souza'] },
    ])
    expect(await read(ticket.id)).toEqual(before)
    await bruno.tickets.update.mutate({
      ticketId: ticket.id,
      version: before.version,
      changes: applied.changes,
    })
    expect((await read(ticket.id)).tags).toMatchObject([{ name: 'Segunda via' }])
  })

  it('fills custom fields and sets a date with its name as the reason, but for a field that its author took out', async () => {
    const macro = await make({
      name: 'Peça pedida',
      actions: [
        setField('serial', 'A-17'),
        setField('cost', 40),
        { do: 'setDue', value: { after: { minutes: 120, business: false } } },
      ],
    })
    const ticket = await open()
    const dueAt = new Date(clock.time + 120 * 60_000).toISOString()
    const applied = await bruno.macros.apply.mutate({ macroId: macro.id, ticketId: ticket.id })
    expect(applied.changes).toEqual({
      ...{ fields: { serial: 'A-17', cost: 40 }, dueAt, dueReason: 'Peça pedida' },
    })
    expect(applied.effects).toEqual([
      { do: 'setField', property: 'fields', value: null, field: { key: 'serial', value: 'A-17' } },
      { do: 'setField', property: 'fields', value: null, field: { key: 'cost', value: 40 } },
      { do: 'setDue', property: 'dueAt', value: [dueAt] },
    ])
    await bruno.tickets.reply.mutate({
      ...{ ticketId: ticket.id, kind: 'public', body: 'Pedimos a peça.', macroIds: [macro.id] },
      macroLeftOut: [{ macroId: macro.id, do: 'setField:cost' }],
    })
    const after = await read(ticket.id)
    expect(after).toMatchObject({ manualDueAt: dueAt, dueReason: 'Peça pedida' })
    expect(after.fields).toEqual({ serial: 'A-17' })
  })

  it('a customer’s name stays a name, whatever is written in it', async () => {
    const macro = await make({ body: '<p>Olá, {{ customer.name }}</p>' })
    const ticket = await open('<a href="https://golpe.example">clique</a>')
    const { body } = await bruno.macros.apply.mutate({ macroId: macro.id, ticketId: ticket.id })
    expect(body).not.toContain('<a')
    expect(body).toContain('&lt;a')
  })

  it('shows one that is still being written', async () => {
    const { id: ticketId } = await open()
    expect((await admin.macros.preview.mutate({ ticketId, body: '<p>{{ office.name }}</p>' })).body).toBe(
      '<p>Papelaria Ipê</p>',
    )
    expect(await refusal(admin.macros.preview.mutate({ ticketId, body: '{{ x }}' }))).toMatchObject({
      ...{ reason: 'template.unknown_variable', name: 'x', line: 1 },
    })
  })

  it('does its actions with the reply, as the agent’s own act, in one step with it', async () => {
    const macro = await make({
      actions: [
        { do: 'setStatus', value: 'resolved' },
        { do: 'setPriority', value: 'urgent' },
        { do: 'addTags', value: ['novo'] },
        { do: 'addNote', value: 'Feito por {{ agent.name }}' },
      ],
    })
    const ticket = await open()
    await bruno.tickets.reply.mutate({
      ticketId: ticket.id,
      kind: 'public',
      body: '<p>Olá</p>',
      macroIds: [macro.id],
    })
    const after = await read(ticket.id)
    expect(after).toMatchObject({
      status: { class: 'resolved' },
      priority: { key: 'urgent' },
      tags: [{ name: 'novo' }],
    })
    expect(after.messages.map(({ kind, text, author }) => [kind, text, author.name])).toEqual([
      ['public', 'Preciso da segunda via', 'Maria Souza'],
      ['public', 'Olá', 'Bruno Lima'],
      ['note', 'Feito por Bruno Lima', 'Bruno Lima'],
    ])
    const [changed] = after.timeline.filter(({ type }) => type === 'ticket.updated')
    expect(changed?.actor).toMatchObject({ type: 'agent', name: 'Bruno Lima' })
  })

  it('leaves out what its author took out, and the status of the send button wins', async () => {
    const macro = await make({
      actions: [
        { do: 'setStatus', value: 'resolved' },
        { do: 'setPriority', value: 'urgent' },
      ],
    })
    const ticket = await open()
    await bruno.tickets.reply.mutate({
      ...{ ticketId: ticket.id, kind: 'public', body: 'Olá', statusId: 'waiting', macroIds: [macro.id] },
      macroLeftOut: [{ macroId: macro.id, do: 'setPriority' }],
    })
    const after = await read(ticket.id)
    expect(after.status.class).toBe('waiting')
    expect(after.priority.key).toBe(ticket.priority.key)
  })

  it('a reply that is refused changes nothing', async () => {
    const macro = await make({ actions: [{ do: 'setPriority', value: 'urgent' }] })
    const ticket = await open()
    const reply: Reply = {
      ticketId: ticket.id,
      kind: 'public',
      body: 'Olá',
      macroIds: [macro.id],
      statusId: 'não há',
    }
    expect(await refusal(bruno.tickets.reply.mutate(reply))).toMatchObject({
      reason: 'ticket.unknown_choice',
    })
    expect((await read(ticket.id)).priority.key).toBe(ticket.priority.key)
  })

  it('a retried reply does it once', async () => {
    const macro = await make({ actions: [{ do: 'addNote', value: 'Uma vez' }] })
    const ticket = await open()
    const reply: Reply = {
      ticketId: ticket.id,
      id: v7(),
      kind: 'public',
      body: 'Olá',
      macroIds: [macro.id],
    }
    const retried = server.client(brunoToken, { commandId: v7() })
    await retried.tickets.reply.mutate(reply)
    await retried.tickets.reply.mutate(reply)
    await bruno.tickets.reply.mutate(reply)
    expect((await read(ticket.id)).messages.filter(({ text }) => text === 'Uma vez')).toHaveLength(1)
  })

  it('one that was archived while the reply waited for a network still does what its author saw', async () => {
    const macro = await make({ actions: [{ do: 'setPriority', value: 'urgent' }] })
    await admin.macros.archive.mutate({ id: macro.id })
    const ticket = await open()
    expect(
      await refusal(bruno.macros.apply.mutate({ macroId: macro.id, ticketId: ticket.id })),
    ).toMatchObject({
      reason: 'macro.archived',
    })
    await bruno.tickets.reply.mutate({
      ticketId: ticket.id,
      kind: 'public',
      body: 'Olá',
      macroIds: [macro.id],
    })
    expect((await read(ticket.id)).priority.key).toBe('urgent')
  })

  it('one that only acts is done at once, can be taken back, and gives way to a colleague’s change', async () => {
    const macro = await make({ body: '', actions: [{ do: 'setPriority', value: 'urgent' }] })
    const ticket = await open()
    const done = await bruno.macros.run.mutate({
      macroId: macro.id,
      ticketId: ticket.id,
      version: ticket.version,
    })
    expect(done.priority.key).toBe('urgent')
    await bruno.tickets.update.mutate({
      ...{ ticketId: ticket.id, version: done.version, changes: { priorityId: ticket.priority.id } },
    })
    const late = await refusal(
      bruno.macros.run.mutate({ macroId: macro.id, ticketId: ticket.id, version: ticket.version }),
    )
    expect(late).toMatchObject({ reason: 'ticket.changed_meanwhile', fields: ['priorityId'] })
    const writing = await make({ actions: [{ do: 'setPriority', value: 'low' }] })
    expect(
      await refusal(bruno.macros.run.mutate({ macroId: writing.id, ticketId: ticket.id })),
    ).toMatchObject({
      reason: 'macro.has_body',
    })
  })
})

it('another team’s ticket is as if it were not there', async () => {
  const { id } = await open()
  const { version } = await read(id)
  await admin.tickets.update.mutate({ ticketId: id, version, changes: { teamId: finance } })
  const [writes, acts] = [await make(), await make({ body: '', actions: [{ do: 'setTeam', value: null }] })]
  const reason = 'ticket.not_found'
  const apply = bruno.macros.apply.mutate({ macroId: writes.id, ticketId: id })
  expect(await refusal(apply)).toMatchObject({ reason })
  expect(await refusal(bruno.macros.run.mutate({ macroId: acts.id, ticketId: id }))).toMatchObject({ reason })
})

describe('what became of it', () => {
  it('counts uses, people, the typing saved, and tickets that were opened again within a week', async () => {
    const macro = await make({
      body: '<p>Olá, {{ customer.firstName }}</p>',
      actions: [{ do: 'setStatus', value: 'resolved' }],
    })
    const tickets = [await open(), await open(), await open()]
    for (const [index, ticket] of tickets.entries()) {
      const reply: Reply = { ticketId: ticket.id, kind: 'public', body: 'Olá', macroIds: [macro.id] }
      await (index === 0 ? admin : bruno).tickets.reply.mutate(reply)
    }
    const reopen = async (index: number) => {
      const { id, version } = await read(tickets[index]?.id ?? '')
      await bruno.tickets.update.mutate({ ticketId: id, version, changes: { statusId: 'open' } })
    }
    clock.advance({ days: 2 })
    await reopen(1)
    clock.advance({ days: 6 })
    await reopen(2)
    const [figures] = (await admin.macros.figures.query({ days: 30 })).filter(
      ({ macroId }) => macroId === macro.id,
    )
    expect(figures).toEqual({
      ...{
        macroId: macro.id,
        uses: 3,
        agents: 2,
        characters: 3 * 'Olá, Maria'.length,
        tickets: 3,
        reopened: 1,
      },
      lastUsedAt: '2026-11-25T13:00:00.000Z',
    })
    expect(await admin.macros.figures.query({ days: 7 })).toEqual([])
  })
})
