/** The data layer against the real server over HTTP. */
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { newId } from '../../src-renderer/outbox/new-id.ts'
import { useCatalogStore } from '../../src-renderer/stores/catalog.ts'
import { useCountsStore } from '../../src-renderer/stores/counts.ts'
import { useTicketList } from '../../src-renderer/stores/use-ticket-list.ts'
import { useTicket } from '../../src-renderer/stores/use-ticket.ts'
import { ADMIN, PASSWORD, startTestServer, type Client, type TestServer } from '../support/server.ts'
import { aDesk, openPage, standInForBrowser, type Page } from './stores-desk.ts'

beforeEach(standInForBrowser)

const soon = { timeout: 15_000, interval: 25 }

const aCall = (subject: string) => ({
  subject,
  body: '<p>Não imprime</p>',
  requester: { name: 'José', phone: '11 98765-4321' },
  channel: 'phone' as const,
})

interface Office extends AsyncDisposable {
  server: TestServer
  /** A colleague elsewhere. */
  other: Client
  page: Page
}

async function openOffice(): Promise<Office> {
  const server = await startTestServer()
  const token = await server.setup()
  const other = server.client((await server.join(token, { name: 'Bruno', email: 'bruno@ipe.example' })).token)
  const page = await openPage(aDesk(server.url))
  await page.session.login(ADMIN.email, ADMIN.password)
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
  return {
    server,
    other,
    page,
    async [Symbol.asyncDispose]() {
      await page.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('what a colleague does shows without a reload, and moves nothing', async () => {
  await using office = await openOffice()
  const { other, page } = office
  const first = await other.tickets.create.mutate(aCall('Primeiro'))
  const list = page.use(() => useTicketList({ sort: { by: 'createdAt', dir: 'asc' } }))
  const ticket = page.use(() => useTicket(first.id))
  const counts = page.use(() => useCountsStore())
  await vi.waitFor(() => expect(list.items.value.map(({ subject }) => subject)).toEqual(['Primeiro']), soon)
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(1), soon)
  await vi.waitFor(() => expect(counts.counts?.active).toBe(1), soon)

  await other.tickets.create.mutate(aCall('Segundo'))
  await other.tickets.update.mutate({
    ticketId: first.id,
    version: 1,
    changes: { subject: 'Primeiro, mudado' },
  })
  await other.tickets.reply.mutate({ ticketId: first.id, kind: 'note', body: '<p>vi aqui</p>' })
  await vi.waitFor(
    () => expect(list.items.value.map(({ subject }) => subject)).toEqual(['Primeiro, mudado']),
    soon,
  )
  await vi.waitFor(() => expect(list.newCount.value).toBe(1), soon)
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(2), soon)
  await vi.waitFor(() => expect(counts.counts?.active).toBe(2), soon)
  expect(ticket.ticket.value?.timeline.map(({ type }) => type)).toContain('ticket.updated')
  await list.refresh()
  expect(list.items.value).toHaveLength(2)
  expect(list.newCount.value).toBe(0)
})

test('a cut connection resumes, and every event comes once and in order', async () => {
  await using office = await openOffice()
  const { server, other, page } = office
  const seen: number[] = []
  page.connection.onEvent(({ seq }) => seen.push(seq))
  const [head] = await server.services.store.read.sql<{ seq: number }[]>`SELECT max(seq) AS seq FROM event`
  for (let i = 0; i < 6; i += 1) {
    await other.tickets.create.mutate(aCall(`antes ${i}`))
    server.destroyConnections()
    // The writer's own connection is cut too: it tries again, with an id that makes that safe.
    const id = newId()
    await vi.waitFor(() => other.tickets.create.mutate({ ...aCall(`depois ${i}`), id }), soon)
    page.connection.nudge({ suspect: false })
  }
  const logged = await server.services.store.read.sql<{ seq: number }[]>`
    SELECT seq FROM event WHERE seq > ${head?.seq ?? 0} ORDER BY seq`
  expect(logged.length).toBeGreaterThan(20)
  await vi.waitFor(() => expect(seen).toEqual(logged.map(({ seq }) => seq)), soon)
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
})

test('a page that nobody looks at lets its link go, and misses nothing by it', async () => {
  await using office = await openOffice()
  const { server, other, page } = office
  const seen: string[] = []
  page.connection.onEvent(({ type }) => seen.push(type))
  page.connection.rest()
  await vi.waitFor(() => expect(server.services.hub.listenerCount).toBe(0), soon)
  await other.tickets.create.mutate(aCall('Enquanto ninguém via'))
  page.connection.wake()
  await vi.waitFor(() => expect(seen).toContain('ticket.created'), soon)
})

test('what is written while the server is away shows at once, and is done once when it is back', async () => {
  await using office = await openOffice()
  const { server, other, page } = office
  const { id } = await other.tickets.create.mutate(aCall('Impressora'))
  const catalog = page.use(() => useCatalogStore())
  const ticket = page.use(() => useTicket(id))
  await vi.waitFor(() => expect(catalog.statuses).not.toEqual([]), soon)
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(1), soon)
  await server.stop()
  await vi.waitFor(() => expect(page.connection.state).toBe('offline'), soon)

  const { version } = ticket.ticket.value ?? { version: 0 }
  const resolved = catalog.statuses.find((status) => status.class === 'resolved')
  await page.outbox.enqueue('tickets.reply', {
    ticketId: id,
    id: newId(),
    kind: 'public',
    body: '<p>Resolvido</p>',
  })
  await page.outbox.enqueue('tickets.update', {
    ticketId: id,
    version,
    changes: { subject: 'Impressora fiscal' },
  })
  await page.outbox.enqueue('tickets.update', {
    ticketId: id,
    version,
    changes: { subject: 'Impressora fiscal nova' },
  })
  await page.outbox.enqueue('tickets.update', {
    ticketId: id,
    version,
    changes: { statusId: resolved?.id ?? '' },
  })
  expect(page.connection.waitingWrites).toBe(4)
  expect(ticket.ticket.value).toMatchObject({
    subject: 'Impressora fiscal nova',
    status: { class: 'resolved' },
  })
  expect(ticket.pending.value.map(({ html }) => html)).toEqual(['<p>Resolvido</p>'])

  await using back = await startTestServer({
    dataDir: server.dataDir,
    port: Number(new URL(server.url).port),
  })
  page.connection.nudge({ suspect: false })
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
  await vi.waitFor(() => expect(page.connection.waitingWrites).toBe(0), soon)
  expect(page.outbox.refused).toEqual([])
  const rows = await back.services.store.read.sql<
    { text: string }[]
  >`SELECT text FROM message WHERE ticketId = ${id}`
  expect(rows.map(({ text }) => text)).toEqual(['Não imprime', 'Resolvido'])
  await vi.waitFor(
    () =>
      expect(ticket.ticket.value).toMatchObject({
        subject: 'Impressora fiscal nova',
        status: { class: 'resolved' },
      }),
    soon,
  )
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(2), soon)
  expect(ticket.pending.value).toEqual([])
})

test('an edit that collides is rolled back, and waits with both versions', async () => {
  await using office = await openOffice()
  const { other, page } = office
  const { id } = await other.tickets.create.mutate(aCall('Original'))
  const ticket = page.use(() => useTicket(id))
  await vi.waitFor(() => expect(ticket.ticket.value?.version).toBe(1), soon)
  await other.tickets.update.mutate({ ticketId: id, version: 1, changes: { subject: 'Do Bruno' } })
  const sent = await page.outbox.enqueue('tickets.update', {
    ticketId: id,
    version: 1,
    changes: { subject: 'Da Ana' },
  })
  await expect(sent.answer).rejects.toMatchObject({ failure: { code: 'CONFLICT' } })
  const [refused] = ticket.refused.value
  expect(refused?.failure?.details['current']).toMatchObject({ subject: 'Do Bruno', version: 2 })
  await vi.waitFor(() => expect(ticket.ticket.value?.subject).toBe('Do Bruno'), soon)
  await page.outbox.retry(sent.id, { ticketId: id, version: 2, changes: { subject: 'Da Ana' } })
  await vi.waitFor(() => expect(page.outbox.queue).toEqual([]), soon)
  expect(ticket.ticket.value).toMatchObject({ subject: 'Da Ana', version: 3 })
})

test('when the session ends the screen stays, nothing is lost, and logging in again sends it', async () => {
  await using office = await openOffice()
  const { server, other, page } = office
  const { id } = await other.tickets.create.mutate(aCall('Impressora'))
  const ticket = page.use(() => useTicket(id))
  await vi.waitFor(() => expect(ticket.ticket.value).not.toBeNull(), soon)
  const elsewhere = await server.client().auth.login.mutate({ email: ADMIN.email, password: ADMIN.password })
  await server.client(elsewhere.token).auth.revokeOthers.mutate()
  await page.outbox.enqueue('tickets.reply', { ticketId: id, kind: 'note', body: '<p>escrita a tempo</p>' })
  await vi.waitFor(() => expect(page.session.status).toBe('expired'), soon)
  expect(ticket.ticket.value?.subject).toBe('Impressora')
  expect(page.outbox.waiting).toHaveLength(1)
  await page.session.login(ADMIN.email, ADMIN.password)
  await vi.waitFor(() => expect(page.outbox.queue).toEqual([]), soon)
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(2), soon)
})

test('the next page shows the last known list and ticket before the server has said a word, then the truth', async () => {
  const server = await startTestServer()
  const other = server.client(await server.setup())
  const { id } = await other.tickets.create.mutate(aCall('Guardado'))
  const secrets = new Map<string, string>()
  const first = await openPage(aDesk(server.url, secrets))
  await first.session.login(ADMIN.email, ADMIN.password)
  const list = first.use(() => useTicketList({}))
  const ticket = first.use(() => useTicket(id))
  await vi.waitFor(() => expect(list.state.value).toBe('fresh'), soon)
  await vi.waitFor(() => expect(ticket.ticket.value?.messages).toHaveLength(1), soon)
  await first.close()
  await server.stop()

  await using next = await openPage(aDesk(server.url, secrets))
  expect(next.session.status).toBe('signedIn')
  const again = next.use(() => useTicketList({}))
  const ticketAgain = next.use(() => useTicket(id))
  await vi.waitFor(() => expect(again.items.value.map(({ subject }) => subject)).toEqual(['Guardado']), soon)
  await vi.waitFor(() => expect(ticketAgain.ticket.value?.messages).toHaveLength(1), soon)
  expect(again.state.value).toBe('stale')
  await using back = await startTestServer({
    dataDir: server.dataDir,
    port: Number(new URL(server.url).port),
  })
  await back.client(secrets.get('token')).tickets.create.mutate(aCall('Novo'))
  await vi.waitFor(() => expect(again.items.value).toHaveLength(2), soon)
})

test('a ticket that goes out of sight is said to be gone', async () => {
  await using server = await startTestServer()
  const admin = server.client(await server.setup())
  const team = await admin.teams.create.mutate({ name: 'Suporte' })
  await server.join(
    (await server.client().auth.login.mutate({ email: ADMIN.email, password: ADMIN.password })).token,
    { name: 'Bia', email: 'bia@ipe.example' },
  )
  const { id } = await admin.tickets.create.mutate(aCall('Passa adiante'))
  await using page = await openPage(aDesk(server.url))
  await page.session.login('bia@ipe.example', PASSWORD)
  const ticket = page.use(() => useTicket(id))
  const list = page.use(() => useTicketList({}))
  await vi.waitFor(() => expect(list.items.value).toHaveLength(1), soon)
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
  await admin.tickets.update.mutate({ ticketId: id, version: 1, changes: { teamId: team.id } })
  await vi.waitFor(() => expect(ticket.isGone.value).toBe(true), soon)
  await vi.waitFor(() => expect([...list.departed.value]).toEqual([id]), soon)
  await list.refresh()
  expect(list.items.value).toEqual([])
})

test('an agent who joins a team sees its tickets without logging in again', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const admin = server.client(token)
  const team = await admin.teams.create.mutate({ name: 'Suporte' })
  const { id: agentId } = await server.join(token, { name: 'Bia', email: 'bia@ipe.example' })
  await admin.tickets.create.mutate({ ...aCall('Do suporte'), teamId: team.id })
  await using page = await openPage(aDesk(server.url))
  await page.session.login('bia@ipe.example', PASSWORD)
  const list = page.use(() => useTicketList({}))
  await vi.waitFor(() => expect(page.connection.state).toBe('live'), soon)
  await vi.waitFor(() => expect(list.state.value).toBe('fresh'), soon)
  expect(list.items.value).toEqual([])
  await admin.agents.update.mutate({ id: agentId, changes: { teamIds: [team.id] } })
  await vi.waitFor(() => expect(list.items.value.map(({ subject }) => subject)).toEqual(['Do suporte']), soon)
  await vi.waitFor(() => expect(page.session.agent?.teamIds).toEqual([team.id]), soon)
})
