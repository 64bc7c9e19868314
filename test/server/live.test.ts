import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LiveMessage } from '../../server/events/contract.ts'
import { followEvents } from '../../server/events/feed.ts'
import type { Viewer } from '../../server/access/viewer.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let adminToken: string
let admin: Client

beforeAll(async () => {
  server = await startTestServer()
  adminToken = await server.setup()
  admin = server.client(adminToken)
})
afterAll(() => server[Symbol.asyncDispose]())

const aTicket = (teamId?: string) =>
  admin.tickets.create.mutate({
    subject: 'Ao vivo',
    body: 'x',
    bodyKind: 'public',
    requester: { name: 'Carla' },
    channel: 'phone',
    ...(teamId ? { teamId } : {}),
  })

/** Subscribes over real HTTP and collects what comes. */
async function follow(client: Client, lastEventId?: string) {
  const heard: LiveMessage[] = []
  let opened = false
  const subscription = client.live.events.subscribe(lastEventId ? { lastEventId } : undefined, {
    onStarted: () => (opened = true),
    onData: ({ data }) => heard.push(data),
  })
  await vi.waitFor(() => expect(opened).toBe(true), { timeout: 5_000 })
  return { heard, stop: () => subscription.unsubscribe() }
}

const types = (heard: LiveMessage[]) => heard.map(({ type }) => type)
const head = async () => (await admin.tickets.counts.query()).seq

describe('live events', () => {
  it('tell every screen of a change, in order and once', async () => {
    const feeds = await Promise.all(Array.from({ length: 5 }, () => follow(server.client(adminToken))))
    await aTicket()
    for (const { heard, stop } of feeds) {
      await vi.waitFor(() => expect(types(heard).slice(-2)).toEqual(['ticket.created', 'message.created']))
      expect(new Set(heard.map(({ seq }) => seq)).size).toBe(heard.length)
      stop()
    }
  })

  it('a client that was cut off hears what it missed when it comes back, nothing twice', async () => {
    const feed = await follow(server.client(adminToken))
    await aTicket()
    await vi.waitFor(() => expect(types(feed.heard)).toContain('message.created'))
    server.destroyConnections()
    await aTicket()
    await aTicket()
    await vi.waitFor(
      () => expect(types(feed.heard).filter((type) => type === 'ticket.created')).toHaveLength(3),
      { timeout: 15_000 },
    )
    const seqs = feed.heard.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    feed.stop()
  })

  it('resumes from the given event, and says resync when the gap is too wide or the log is behind the client', async () => {
    const before = await head()
    await aTicket()
    const resumed = await follow(admin, String(before))
    await vi.waitFor(() =>
      expect(types(resumed.heard).slice(-2)).toEqual(['ticket.created', 'message.created']),
    )
    const ahead = await follow(admin, String(before + 1_000_000))
    await vi.waitFor(() => expect(types(ahead.heard)).toEqual(['resync']))
    resumed.stop()
    ahead.stop()
  })

  it("keep other teams' tickets to themselves, and tell both sides of a transfer", async () => {
    const teamA = await admin.teams.create.mutate({ name: 'A' })
    const teamB = await admin.teams.create.mutate({ name: 'B' })
    const [bruno, celia] = await Promise.all([
      server.join(adminToken, { name: 'Bruno', email: 'bruno@ipe.example', teamIds: [teamA.id] }),
      server.join(adminToken, { name: 'Célia', email: 'celia@ipe.example', teamIds: [teamB.id] }),
    ])
    const a = await follow(server.client(bruno.token))
    const b = await follow(server.client(celia.token))
    const ticket = await aTicket(teamA.id)
    await admin.tickets.update.mutate({ ticketId: ticket.id, version: 1, changes: { teamId: teamB.id } })
    await admin.tickets.reply.mutate({ ticketId: ticket.id, kind: 'note', body: 'só para B' })
    const about = (heard: LiveMessage[]) =>
      types(heard.filter((event) => 'ticketId' in event && event.ticketId === ticket.id))
    await vi.waitFor(() => expect(about(b.heard)).toEqual(['ticket.updated', 'message.created']))
    expect(about(a.heard)).toEqual(['ticket.created', 'message.created', 'ticket.updated'])
    a.stop()
    b.stop()
  })

  it('end at once when the session is revoked, and leave no listener behind', async () => {
    const { hub } = server.services
    await vi.waitFor(() => expect(hub.listenerCount).toBe(0))
    const dora = await server.join(adminToken, { name: 'Dora', email: 'dora@ipe.example' })
    const feed = await follow(server.client(dora.token))
    expect(hub.listenerCount).toBe(1)
    await server.client(dora.token).auth.logout.mutate()
    await vi.waitFor(() => expect(hub.listenerCount).toBe(0))
    await aTicket()
    expect(types(feed.heard)).not.toContain('ticket.created')
    feed.stop()
  })
})

describe('the feed', () => {
  it('loses and doubles nothing while events are committed during the replay', async () => {
    const viewer = { permissions: new Set(['tickets.readAll']) } as unknown as Viewer
    const { store, hub } = server.services
    const start = await head()
    const stop = new AbortController()
    const seqs: number[] = []
    await aTicket()
    const feed = followEvents({ read: store.read, hub, nameOf: () => null }, viewer, start, stop.signal)
    const opening = aTicket()
    for await (const { seq } of feed) {
      seqs.push(seq)
      if (seqs.length === 1) await opening
      if (seqs.length === 4) stop.abort()
    }
    expect(seqs).toEqual([start + 1, start + 2, start + 3, start + 4])
  })
})
