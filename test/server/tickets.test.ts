import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import type { CreateTicket } from '../../server/tickets/contract.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'
import { refusal } from '../support/refusal.ts'

let server: TestServer
let admin: Client
let adminToken: string

beforeAll(async () => {
  server = await startTestServer()
  adminToken = await server.setup()
  admin = server.client(adminToken)
})
afterAll(() => server[Symbol.asyncDispose]())

const aCall = (input: Partial<CreateTicket> = {}): CreateTicket => ({
  subject: 'Impressora fiscal não imprime',
  body: 'José ligou: a impressora parou',
  bodyKind: 'public',
  requester: { name: 'José', phone: '(11) 98765-4321' },
  channel: 'phone',
  ...input,
})

describe('opening a ticket', () => {
  it('the same id twice is one ticket with one message', async () => {
    const id = v7()
    const first = await admin.tickets.create.mutate(aCall({ id }))
    const second = await admin.tickets.create.mutate(aCall({ id, subject: 'outra coisa' }))
    expect(second).toEqual(first)
    expect((await admin.tickets.get.query({ id })).messages).toHaveLength(1)
  })

  it('protocol numbers have no gap and no double when many are opened at once and some are refused', async () => {
    const wanted = Array.from({ length: 40 }, (_, i) =>
      admin.tickets.create.mutate(aCall(i % 4 === 0 ? { attachments: [v7()] } : {})).catch(() => null),
    )
    const opened = (await Promise.all(wanted)).flatMap((ticket) => ticket?.number ?? [])
    const rest = await admin.tickets.list.query({ sort: { by: 'createdAt', dir: 'asc' }, limit: 200 })
    const numbers = rest.items.map(({ number }) => Number(number.split('-')[1]))
    expect(opened).toHaveLength(30)
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  })

  it('urgency and impact propose the priority, and a stated priority overrules them', async () => {
    const proposed = await admin.tickets.create.mutate(aCall({ urgency: 'high', impact: 'high' }))
    const stated = await admin.tickets.create.mutate(
      aCall({ urgency: 'high', impact: 'high', priorityId: 'low' }),
    )
    expect([proposed.priority.key, stated.priority.key]).toEqual(['urgent', 'low'])
  })

  it('finds the customer by phone instead of making a second one', async () => {
    const one = await admin.tickets.create.mutate(aCall())
    const two = await admin.tickets.create.mutate(
      aCall({ requester: { name: 'Seu José', phone: '11987654321' } }),
    )
    expect(two.requester.id).toBe(one.requester.id)
  })

  it('refuses what does not exist, at its field, and leaves nothing behind', async () => {
    const before = await admin.tickets.counts.query()
    const error = await refusal(admin.tickets.create.mutate(aCall({ priorityId: 'gigantic' })))
    expect(error).toMatchObject({
      code: 'BAD_REQUEST',
      fieldErrors: { priorityId: ['ticket.unknown_choice'] },
    })
    expect((await admin.tickets.counts.query()).active).toBe(before.active)
  })

  it('cleans hostile HTML and keeps what a person typed in plain text, angle brackets too', async () => {
    const { id } = await admin.tickets.create.mutate(
      aCall({
        body: '<p onclick="x()">Oi <img src=x onerror=alert(1)><a href="javascript:alert(1)">aqui</a></p><script>alert(1)</script>',
      }),
    )
    await admin.tickets.reply.mutate({ ticketId: id, kind: 'note', body: 'digite <nome> se 2 < 3\nfim' })
    const { messages } = await admin.tickets.get.query({ id })
    expect(messages[0]?.html).toBe('<p>Oi <a>aqui</a></p>')
    expect(messages[1]).toMatchObject({
      html: '<p>digite &lt;nome&gt; se 2 &lt; 3<br />fim</p>',
      text: 'digite <nome> se 2 < 3\nfim',
    })
  })
})

describe('answering', () => {
  it('the first public answer opens a new ticket and ends the wait; a note does neither', async () => {
    const { id } = await admin.tickets.create.mutate(aCall())
    await admin.tickets.reply.mutate({ ticketId: id, kind: 'note', body: 'ver com o Bruno' })
    const noted = await admin.tickets.get.query({ id })
    await admin.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Estamos vendo.' })
    const answered = await admin.tickets.get.query({ id })
    expect([noted.status.class, noted.waitingSince === null]).toEqual(['new', false])
    expect([answered.status.class, answered.waitingSince]).toEqual(['open', null])
  })

  it('the same message id twice is one message', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall())
    const reply = { ticketId, id: v7(), kind: 'public', body: 'Resolvido?' } as const
    expect(await admin.tickets.reply.mutate(reply)).toEqual(await admin.tickets.reply.mutate(reply))
    expect((await admin.tickets.get.query({ id: ticketId })).messages).toHaveLength(2)
  })

  it('sets a status in the same step, and resolving is written down and undone by reopening', async () => {
    const { id } = await admin.tickets.create.mutate(aCall())
    await admin.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Pronto.', statusId: 'resolved' })
    const resolved = await admin.tickets.get.query({ id })
    expect(resolved).toMatchObject({ status: { class: 'resolved' } })
    expect(resolved.resolvedAt).not.toBeNull()
    const reopened = await admin.tickets.update.mutate({
      ticketId: id,
      version: resolved.version,
      changes: { statusId: 'open' },
    })
    expect(reopened).toMatchObject({ status: { class: 'open' }, resolvedAt: null, closedAt: null })
  })

  it('refuses an empty message', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall())
    const error = await refusal(admin.tickets.reply.mutate({ ticketId, kind: 'public', body: ' <br> ' }))
    expect(error.fieldErrors).toEqual({ body: ['message.empty'] })
  })
})

describe('changing a ticket', () => {
  it('edits of different fields made on the same version merge', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall())
    await admin.tickets.update.mutate({ ticketId, version: 1, changes: { priorityId: 'urgent' } })
    const merged = await admin.tickets.update.mutate({
      ticketId,
      version: 1,
      changes: { subject: 'Cupom não sai' },
    })
    expect(merged).toMatchObject({ subject: 'Cupom não sai', priority: { key: 'urgent' }, version: 3 })
  })

  it('an edit of a field that somebody changed since is refused with the ticket as it is, and changes nothing', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall())
    await admin.tickets.update.mutate({ ticketId, version: 1, changes: { priorityId: 'urgent' } })
    const error = await refusal(
      admin.tickets.update.mutate({ ticketId, version: 1, changes: { priorityId: 'low', subject: 'Outro' } }),
    )
    expect(error).toMatchObject({
      code: 'CONFLICT',
      reason: 'ticket.changed_meanwhile',
      fields: ['priorityId'],
      current: { priority: { key: 'urgent' }, subject: aCall().subject, version: 2 },
    })
  })

  it('an edit that wants what already is changes nothing', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall({ priorityId: 'high' }))
    await admin.tickets.update.mutate({ ticketId, version: 1, changes: { priorityId: 'urgent' } })
    const same = await admin.tickets.update.mutate({
      ticketId,
      version: 1,
      changes: { priorityId: 'urgent' },
    })
    expect(same.version).toBe(2)
  })

  it('a priority that somebody set stays when the urgency changes; a proposed one follows', async () => {
    const { id: ticketId } = await admin.tickets.create.mutate(aCall({ urgency: 'low', impact: 'high' }))
    const followed = await admin.tickets.update.mutate({ ticketId, version: 1, changes: { urgency: 'high' } })
    await admin.tickets.update.mutate({ ticketId, version: 2, changes: { priorityId: 'low' } })
    const kept = await admin.tickets.update.mutate({ ticketId, version: 3, changes: { urgency: 'medium' } })
    expect([followed.priority.key, kept.priority.key]).toEqual(['urgent', 'low'])
  })

  it('two agents filling different custom fields do not collide', async () => {
    for (const name of ['Modelo', 'Série']) await admin.fields.create.mutate({ name, kind: 'text' })
    const { id: ticketId } = await admin.tickets.create.mutate(aCall())
    await admin.tickets.update.mutate({ ticketId, version: 1, changes: { fields: { modelo: 'MP-4200' } } })
    const both = await admin.tickets.update.mutate({
      ticketId,
      version: 1,
      changes: { fields: { serie: '77' } },
    })
    expect(both.fields).toEqual({ modelo: 'MP-4200', serie: '77' })
  })

  it('the history tells each change with both values', async () => {
    const { id: ticketId, priority } = await admin.tickets.create.mutate(aCall())
    const { priority: next } = await admin.tickets.update.mutate({
      ticketId,
      version: 1,
      changes: { priorityId: 'urgent' },
    })
    const { timeline } = await admin.tickets.get.query({ id: ticketId })
    expect(timeline.map(({ type }) => type)).toEqual(['ticket.created', 'message.created', 'ticket.updated'])
    expect(timeline[2]?.data).toMatchObject({
      version: 2,
      changes: { priorityId: { from: priority.id, to: next.id } },
    })
    expect(timeline[2]?.actor.name).toBe('Ana Souza')
  })
})

describe('who sees what', () => {
  it("an agent sees their teams' tickets, their own and those without a team; others are not there", async () => {
    const teamA = await admin.teams.create.mutate({ name: 'Suporte' })
    const teamB = await admin.teams.create.mutate({ name: 'Financeiro' })
    const bruno = await server.join(adminToken, {
      name: 'Bruno',
      email: 'bruno@ipe.example',
      teamIds: [teamA.id],
    })
    const agent = server.client(bruno.token)
    const mine = await admin.tickets.create.mutate(aCall({ teamId: teamB.id, agentId: bruno.id }))
    const ours = await admin.tickets.create.mutate(aCall({ teamId: teamA.id }))
    const common = await admin.tickets.create.mutate(aCall())
    const hidden = await admin.tickets.create.mutate(
      aCall({ teamId: teamB.id, subject: 'folha de pagamento' }),
    )

    const seen = await agent.tickets.items.query({ ids: [mine, ours, common, hidden].map(({ id }) => id) })
    expect(seen.items.map(({ id }) => id).sort()).toEqual([mine.id, ours.id, common.id].sort())
    expect((await agent.tickets.search.query({ text: 'folha de pagamento' })).items).toEqual([])
    expect(
      (await agent.tickets.counts.query()).byTeam.find(({ teamId }) => teamId === teamB.id)?.active,
    ).toBe(1)
    const refusals = await Promise.all([
      refusal(agent.tickets.get.query({ id: hidden.id })),
      refusal(agent.tickets.get.query({ number: hidden.number })),
      refusal(agent.tickets.reply.mutate({ ticketId: hidden.id, kind: 'note', body: 'oi' })),
      refusal(agent.tickets.update.mutate({ ticketId: hidden.id, version: 1, changes: { subject: 'x' } })),
    ])
    expect(refusals.map(({ reason }) => reason)).toEqual(Array(4).fill('ticket.not_found'))
  })
})

describe('a retried command', () => {
  it('is answered with the first answer and done once', async () => {
    const ticket = await admin.tickets.create.mutate(aCall())
    const once = server.client(adminToken, { commandId: v7() })
    const change = { ticketId: ticket.id, version: 1, changes: { subject: 'Uma vez só' } }
    const first = await once.tickets.update.mutate(change)
    await admin.tickets.update.mutate({ ticketId: ticket.id, version: 2, changes: { subject: 'Depois' } })
    expect(await once.tickets.update.mutate(change)).toEqual(first)
    expect((await admin.tickets.get.query({ id: ticket.id })).subject).toBe('Depois')
  })

  it('two at the same moment are done once', async () => {
    const ticket = await admin.tickets.create.mutate(aCall())
    const once = server.client(adminToken, { commandId: v7() })
    const reply = { ticketId: ticket.id, kind: 'note', body: 'uma vez' } as const
    const [first, second] = await Promise.all([
      once.tickets.reply.mutate(reply),
      once.tickets.reply.mutate(reply),
    ])
    expect(first).toEqual(second)
    expect((await admin.tickets.get.query({ id: ticket.id })).messages).toHaveLength(2)
  })

  it('with another input is refused instead of answered wrongly', async () => {
    const ticket = await admin.tickets.create.mutate(aCall())
    const once = server.client(adminToken, { commandId: v7() })
    await once.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: 'um' })
    const error = await refusal(
      once.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: 'dois' }),
    )
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'command.reused' })
  })

  it('a refused one may be sent again', async () => {
    const once = server.client(adminToken, { commandId: v7() })
    const id = v7()
    const call = { ticketId: id, kind: 'note', body: 'cedo demais' } as const
    expect((await refusal(once.tickets.reply.mutate(call))).reason).toBe('ticket.not_found')
    await admin.tickets.create.mutate(aCall({ id }))
    expect(await once.tickets.reply.mutate(call)).toMatchObject({ text: 'cedo demais' })
  })
})
