import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectStore } from '../support/crash-inspection.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let token: string
let api: Client

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  api = server.client(token)
})
afterAll(() => server[Symbol.asyncDispose]())

const aTicket = (subject: string, statusId?: string, priorityId?: string) =>
  api.tickets.create.mutate({
    subject,
    body: 'x',
    requester: { name: 'Rui' },
    channel: 'phone',
    ...(statusId ? { statusId } : {}),
    ...(priorityId ? { priorityId } : {}),
  })

describe('two hundred overlapping writes over HTTP, some of them refused', () => {
  it('do each exactly what they were answered, and nothing else', async () => {
    const ticket = await aTicket('Disputado')
    const notes = Array.from({ length: 70 }, (_, i) =>
      api.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: `nota ${i}` }),
    )
    const edits = Array.from({ length: 50 }, (_, i) =>
      api.tickets.update.mutate({ ticketId: ticket.id, version: 1, changes: { subject: `edição ${i}` } }),
    )
    const opened = Array.from({ length: 60 }, (_, i) =>
      aTicket(`novo ${i}`, i % 3 === 0 ? 'no-such-status' : 'open'),
    )
    const same = Array.from({ length: 20 }, () =>
      server.client(token, { commandId: 'one-and-the-same' }).teams.create.mutate({ name: 'Uma só' }),
    )
    const done = await Promise.allSettled([...notes, ...edits, ...opened, ...same])
    const fulfilled = (from: number, count: number) =>
      done.slice(from, from + count).filter(({ status }) => status === 'fulfilled').length
    expect([fulfilled(0, 70), fulfilled(70, 50), fulfilled(120, 60), fulfilled(180, 20)]).toEqual([
      70, 1, 40, 20,
    ])

    const detail = await api.tickets.get.query({ id: ticket.id })
    const texts = detail.messages.map(({ text }) => text).slice(1)
    expect(texts.toSorted()).toEqual(Array.from({ length: 70 }, (_, i) => `nota ${i}`).toSorted())
    expect(detail.version).toBe(1 + 70 + 1)
    expect((await api.teams.list.query()).filter(({ name }) => name === 'Uma só')).toHaveLength(1)

    const scratch = await mkdtemp(join(tmpdir(), 'balcao-scratch-'))
    const problems = inspectStore(server.dataDir, scratch, [])
    await rm(scratch, { recursive: true })
    expect(problems).toEqual([])
  })
})

describe('a ticket carries its status’s class and its priority’s weight', () => {
  it('also when both change in the very commit that makes the ticket', async () => {
    for (let round = 0; round < 5; round++) {
      const status = await api.statuses.create.mutate({ name: `Etapa ${round}`, class: 'open' })
      const priority = await api.priorities.create.mutate({
        name: `Nível ${round}`,
        weight: 1,
        color: '#112233',
      })
      await Promise.all([
        api.statuses.update.mutate({ id: status.id, changes: { class: 'hold' } }),
        api.priorities.update.mutate({ id: priority.id, changes: { weight: 99 } }),
        aTicket(`corrida ${round}`, status.id, priority.id),
      ])
    }
    const { store } = server.services
    const wrong = await store.read.sql`
      SELECT ticket.number, ticket.statusClass, status.class, ticket.priorityWeight, priority.weight FROM ticket
      JOIN status ON status.id = ticket.statusId JOIN priority ON priority.id = ticket.priorityId
      WHERE ticket.statusClass <> status.class OR ticket.priorityWeight <> priority.weight`
    expect(wrong).toEqual([])
  })

  it('a choice that is archived in the same commit is no longer given', async () => {
    const team = await api.teams.create.mutate({ name: 'De saída' })
    const outcomes = await Promise.allSettled([
      api.teams.archive.mutate({ id: team.id }),
      api.tickets.create.mutate({
        subject: 'x',
        body: 'x',
        requester: { name: 'Rui' },
        channel: 'phone',
        teamId: team.id,
      }),
    ])
    const [row] = await server.services.store.read.sql<{ seq: number }[]>`
      SELECT seq FROM event WHERE type = 'team.archived' ORDER BY seq DESC LIMIT 1`
    const tickets = await server.services.store.read.sql<{ seq: number }[]>`
      SELECT event.seq FROM event JOIN ticket ON ticket.id = event.ticketId
      WHERE event.type = 'ticket.created' AND ticket.teamId = ${team.id} AND event.seq > ${row?.seq}`
    expect(outcomes[0]?.status).toBe('fulfilled')
    expect(tickets).toEqual([])
  })
})
