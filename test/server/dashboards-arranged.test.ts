import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Meta } from '../../server/api/trpc.ts'
import { appRouter } from '../../server/api/root.ts'
import { newId } from '../../server/ids.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { aDashboard, aTile, openTicket, watching } from '../support/dashboard-office.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let clock: TestClock
let token: string
let admin: Client
let silvia: Client
let bruno: Client
let brunoId: string

beforeAll(async () => {
  clock = aClock()
  server = await startTestServer({ clock })
  token = await server.setup()
  admin = server.client(token)
  silvia = server.client(
    (await server.join(token, { name: 'Sílvia', email: 's@ipe.example', role: 'supervisor' })).token,
  )
  const joined = await server.join(token, { name: 'Bruno', email: 'b@ipe.example' })
  bruno = server.client(joined.token)
  brunoId = joined.id
})
afterAll(() => server[Symbol.asyncDispose]())

const namesOf = async (api: Client) => (await api.dashboards.list.query()).map(({ name }) => name)
const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error as { data?: { reason?: string } }).data?.reason ?? String(error),
  )

describe('dashboards', () => {
  it('begin with the desk’s own, which nobody changes', async () => {
    expect((await silvia.dashboards.list.query()).map(({ id, editable }) => [id, editable])).toEqual([
      ['standard', false],
      ['standard-agents', false],
    ])
    expect(await namesOf(bruno)).toEqual(['Minhas filas'])
  })

  it('are one’s own unless shared, which takes a supervisor, and are read-only to others', async () => {
    const own = await bruno.dashboards.create.mutate(aDashboard({ name: 'Meu' }))
    expect(await namesOf(silvia)).not.toContain('Meu')
    expect(await reasonOf(silvia.dashboards.remove.mutate({ id: own.id }))).toBe('dashboards.not_found')
    expect(await reasonOf(bruno.dashboards.create.mutate(aDashboard({ audience: 'agents' })))).toBe(
      'dashboards.share_forbidden',
    )
    const shared = await silvia.dashboards.create.mutate(aDashboard({ name: 'De todos', audience: 'agents' }))
    await silvia.dashboards.create.mutate(aDashboard({ name: 'Chefia', audience: 'supervisors' }))
    expect(await namesOf(bruno)).toEqual(['Minhas filas', 'Meu', 'De todos'])
    expect(await namesOf(admin)).toEqual(expect.arrayContaining(['De todos', 'Chefia']))
    const changes = { name: 'Outro' }
    expect(await reasonOf(bruno.dashboards.update.mutate({ id: shared.id, version: 1, changes }))).toBe(
      'dashboards.share_forbidden',
    )
  })

  it('merge edits of different parts, and refuse one on top of another with what stands', async () => {
    const { id } = await silvia.dashboards.create.mutate(aDashboard({ audience: 'everybody' }))
    await silvia.dashboards.update.mutate({ id, version: 1, changes: { name: 'Da Sílvia' } })
    const tiles = [aTile({ kind: 'breached' })]
    const merged = await admin.dashboards.update.mutate({ id, version: 1, changes: { tiles } })
    expect(merged).toMatchObject({ name: 'Da Sílvia', tiles, version: 3 })
    await expect(
      admin.dashboards.update.mutate({ id, version: 1, changes: { name: 'Da Ana' } }),
    ).rejects.toMatchObject({
      data: { reason: 'dashboards.changed', current: { name: 'Da Sílvia', version: 3 } },
    })
  })

  it('come back after they were removed', async () => {
    const { id } = await bruno.dashboards.create.mutate(aDashboard({ name: 'Vai e volta' }))
    await bruno.dashboards.remove.mutate({ id })
    expect(await namesOf(bruno)).not.toContain('Vai e volta')
    await bruno.dashboards.restore.mutate({ id })
    expect(await namesOf(bruno)).toContain('Vai e volta')
  })
})

describe('a wall', () => {
  const aWall = async (parts: { hideCustomers?: boolean; dashboardIds?: string[] } = {}) => {
    const { wall, secret } = await silvia.walls.create.mutate({
      ...{ name: 'TV', dashboardIds: ['standard'], rotateSeconds: 20, hideCustomers: false, theme: 'dark' },
      ...parts,
    })
    return { wall, secret, screen: server.client(secret) }
  }
  const watchWall = (screen: Client) => watching((on) => screen.wall.watch.subscribe({}, on))

  it('shows its dashboards and what stands, and is in the list with its screens', async () => {
    const { wall, screen } = await aWall()
    expect(await screen.wall.open.query()).toMatchObject({
      ...{ name: 'TV', theme: 'dark', company: 'Papelaria Ipê', locale: 'pt-BR' },
      dashboards: [{ id: 'standard', name: 'Visão geral' }],
    })
    const seen = watchWall(screen)
    await seen.atLeast(1)
    await openTicket(admin)
    clock.advance({ ms: 1_000 })
    await vi.waitFor(() => expect(seen.last()?.total.waiting).toBeGreaterThan(0))
    expect((await silvia.walls.list.query()).find(({ id }) => id === wall.id)).toMatchObject({
      watching: 1,
      lastSeenAt: new Date(clock.time).toISOString(),
    })
  })

  it('hides on the server what customers are called and what they wrote', async () => {
    const ticket = await openTicket(admin)
    await admin.tickets.update.mutate({
      ticketId: ticket.id,
      version: ticket.version,
      changes: { dueAt: new Date(clock.time + 60_000).toISOString(), dueReason: 'Combinado' },
    })
    const [open, discreet] = [await aWall(), await aWall({ hideCustomers: true })]
    const [shown, hidden] = [watchWall(open.screen), watchWall(discreet.screen)]
    await Promise.all([shown.atLeast(1), hidden.atLeast(1)])
    expect(shown.last()?.breaches[0]).toMatchObject({ subject: 'Impressora', customer: 'José' })
    expect(hidden.last()?.breaches[0]).toMatchObject({ subject: null, customer: null, number: ticket.number })
    const asked = await discreet.screen.wall.live.query({})
    expect(asked.breaches[0]).toMatchObject({ number: ticket.number })
    expect(JSON.stringify([hidden.pushed, asked])).not.toMatch(/José|Impressora/)
  })

  it('sees no more of the desk than it shows', async () => {
    const [ours, theirs] = [
      await admin.teams.create.mutate({ name: 'Nossa' }),
      await admin.teams.create.mutate({ name: 'Deles' }),
    ]
    await openTicket(admin, theirs.id)
    const dashboard = await silvia.dashboards.create.mutate(aDashboard({ teamIds: [ours.id] }))
    const { screen } = await aWall({ dashboardIds: [dashboard.id] })
    const seen = watching((on) => screen.wall.watch.subscribe({ teamIds: [theirs.id, ours.id] }, on))
    await seen.atLeast(1)
    expect(seen.last()?.queues.map(({ name }) => name)).toEqual(['Nossa'])
    const asked = await screen.wall.live.query({ teamIds: [theirs.id, ours.id] })
    expect(asked.queues.map(({ name }) => name)).toEqual(['Nossa'])
    expect(asked.total.waiting).toBe(0)
  })

  it('opens nothing else: every procedure that needs a session turns its secret away', async () => {
    const { secret } = await aWall()
    const { procedures } = appRouter._def as unknown as {
      procedures: Record<string, { _def: { type: string; meta: Required<Meta> } }>
    }
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    for (const [name, { _def }] of Object.entries(procedures)) {
      if (_def.meta.permission === 'open') continue
      const answer = await fetch(
        `${server.url}/trpc/${name}`,
        _def.type === 'mutation' ? { method: 'POST', headers, body: '{}' } : { headers },
      )
      expect(answer.status, name).toBe(401)
      await answer.body?.cancel()
    }
    const open = Object.entries(procedures).filter(([, { _def }]) => _def.meta.permission === 'open')
    expect(open.map(([name]) => name).filter((name) => name.startsWith('wall'))).toEqual([
      'wall.open',
      'wall.live',
      'wall.watch',
    ])
  })

  it('ends at once on its screens when it is revoked, and never opens again', async () => {
    const { wall, screen, secret } = await aWall()
    const seen = watchWall(screen)
    await seen.atLeast(1)
    await silvia.walls.revoke.mutate({ id: wall.id })
    await vi.waitFor(() => expect(seen.hasEnded()).toBe(true))
    expect(await reasonOf(screen.wall.open.query())).toBe('wall.revoked')
    expect(await reasonOf(screen.wall.live.query({}))).toBe('wall.revoked')
    expect(await reasonOf(server.client(`${secret.slice(0, -4)}AAAA`).wall.open.query())).toBe('wall.unknown')
    expect(await reasonOf(admin.wall.open.query())).toBe('wall.unknown')
  })

  it('is kept as a hash only', async () => {
    const { secret } = await aWall()
    const rows = await server.services.store.read.sql<object[]>`SELECT * FROM wall`
    const events = await server.services.store.read.sql<object[]>`SELECT * FROM event`
    const commands = await server.services.store.read.sql<object[]>`SELECT * FROM command`
    expect(JSON.stringify([rows, events, commands])).not.toContain(secret)
  })
})

describe('a supervisor', () => {
  it('says how an agent is, with their own name on it', async () => {
    expect(await reasonOf(bruno.presence.setFor.mutate({ agentId: brunoId, state: 'away' }))).toBe(
      'auth.forbidden',
    )
    await silvia.presence.setFor.mutate({ agentId: brunoId, state: 'away' })
    const agent = (await silvia.dashboard.live.query({})).agents.find(({ agentId }) => agentId === brunoId)
    expect(agent?.state).toBe('away')
    const [event] = await server.services.store.read.sql<{ name: string }[]>`
      SELECT g.name FROM event e JOIN agent g ON g.id = e.actorId WHERE e.type = 'presence.changed' ORDER BY e.seq DESC LIMIT 1`
    expect(event?.name).toBe('Sílvia')
  })

  it('lends an agent to another queue and takes them back, but out of their own team never', async () => {
    const [own, other] = [
      await admin.teams.create.mutate({ name: 'Casa' }),
      await admin.teams.create.mutate({ name: 'Vizinha' }),
    ]
    await admin.agents.update.mutate({ id: brunoId, changes: { teamIds: [own.id] } })
    await silvia.teams.lend.mutate({ agentId: brunoId, teamId: other.id })
    const lent = (await silvia.dashboard.live.query({})).agents.find(({ agentId }) => agentId === brunoId)
    expect([lent?.teamIds.length, lent?.lentTeamIds]).toEqual([2, [other.id]])
    await openTicket(admin, other.id)
    expect((await bruno.dashboard.live.query({})).queues.map(({ name }) => name)).toContain('Vizinha')
    // What an administrator saves of the agent leaves it lent.
    await admin.agents.update.mutate({ id: brunoId, changes: { teamIds: [own.id, other.id] } })
    await silvia.teams.takeBack.mutate({ agentId: brunoId, teamId: other.id })
    expect((await bruno.dashboard.live.query({})).queues.map(({ name }) => name)).not.toContain('Vizinha')
    expect(await reasonOf(silvia.teams.takeBack.mutate({ agentId: brunoId, teamId: own.id }))).toBe(
      'teams.not_lent',
    )
  })

  it('who lends at the same moment as another lends once', async () => {
    const { id: teamId } = await admin.teams.create.mutate({ name: 'Disputada' })
    const lend = { agentId: brunoId, teamId }
    const views = await Promise.all([silvia.teams.lend.mutate(lend), admin.teams.lend.mutate(lend)])
    for (const view of views) expect(view.teamIds.filter((id) => id === teamId)).toHaveLength(1)
    const told = await server.services.store.read.sql<{ count: number }[]>`
      SELECT count(*) AS count FROM event WHERE type = 'agent.updated' AND data LIKE ${`%"lentTo":"${teamId}"%`}`
    expect(told).toEqual([{ count: 1 }])
    // And the same when both call them back.
    await Promise.all([silvia.teams.takeBack.mutate(lend), admin.teams.takeBack.mutate(lend)])
    const bruno = (await silvia.dashboard.live.query({})).agents.find(({ agentId }) => agentId === brunoId)
    expect(bruno?.lentTeamIds).toEqual([])
  })

  it('whispers to one agent, and nobody else ever sees it', async () => {
    const ticket = await openTicket(admin)
    const text = `Ofereça o desconto ${newId()}`
    await silvia.tickets.whisper.mutate({ ticketId: ticket.id, agentId: brunoId, text })
    const [heard] = (await bruno.alerts.list.query({})).items
    expect(heard).toMatchObject({
      reason: 'ticket.whisper',
      ticketId: ticket.id,
      data: { text, from: 'Sílvia' },
    })
    for (const other of [admin, silvia]) {
      const seen = [
        await other.alerts.list.query({}),
        await other.alerts.list.query({ scope: 'all' }),
        await other.tickets.get.query({ id: ticket.id }),
      ]
      expect(JSON.stringify(seen)).not.toContain(text)
    }
    const id = heard?.id ?? ''
    expect(await reasonOf(admin.alerts.acknowledge.mutate({ id }))).toBe('alert.not_found')
    await bruno.alerts.acknowledge.mutate({ id })
    expect(JSON.stringify(await admin.alerts.list.query({ scope: 'all', state: 'recent' }))).not.toContain(
      text,
    )
    const other = await admin.teams.create.mutate({ name: 'Fechada' })
    const { id: hidden } = await openTicket(admin, other.id)
    expect(await reasonOf(silvia.tickets.whisper.mutate({ ticketId: hidden, agentId: brunoId, text }))).toBe(
      'whisper.cannot_see',
    )
  })
})
