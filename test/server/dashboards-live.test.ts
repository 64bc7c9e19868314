import { describe, expect, it, vi } from 'vitest'
import {
  aDashboardOffice as anOffice,
  openTicket as open,
  watchDesk as watch,
} from '../support/dashboard-office.ts'

const MINUTE = 60_000

describe('who watches the desk', () => {
  it('sees what stands at once, and then each change within a second', async () => {
    const { clock, admin } = await anOffice()
    await open(admin)
    const screen = watch(admin)
    await screen.atLeast(1)
    expect(screen.last()?.total).toMatchObject({ waiting: 1, inWork: 0, arrivedLastHour: 1 })
    await open(admin)
    clock.advance({ ms: 999 })
    expect(screen.pushed).toHaveLength(1)
    clock.advance({ ms: 1 })
    await screen.atLeast(2)
    expect(screen.last()?.total.waiting).toBe(2)
    expect(await admin.dashboard.live.query({})).toEqual(screen.last())
  })

  it('is given a sign of life, for which nothing is read, and a figure that time alone changes', async () => {
    const { clock, server, admin } = await anOffice()
    await open(admin)
    const screen = watch(admin)
    await screen.atLeast(1)
    const { reckonings } = server.services.deskReader
    clock.advance({ ms: 15_000 })
    await screen.atLeast(2)
    expect(server.services.deskReader.reckonings).toBe(reckonings)
    expect(Date.parse(screen.last()?.at ?? '')).toBe(clock.time)
    clock.advance({ ms: 60 * MINUTE - 15_000 })
    await vi.waitFor(() => expect(screen.last()?.total).toMatchObject({ waiting: 1, arrivedLastHour: 0 }))
  })

  it('goes on seeing each change after the clock was set back', async () => {
    const { clock, admin } = await anOffice()
    const screen = watch(admin)
    await screen.atLeast(1)
    clock.time -= 60 * MINUTE
    await open(admin)
    clock.advance({ ms: 1_000 })
    await screen.atLeast(2)
    expect(screen.last()?.total.waiting).toBe(1)
  })

  it('goes on after a cut with what stands by then', async () => {
    const { server, admin } = await anOffice()
    const screen = watch(admin)
    await screen.atLeast(1)
    server.destroyConnections()
    await open(admin)
    await vi.waitFor(() => expect(screen.last()?.total.waiting).toBe(1), 15_000)
  })

  it('is let go when the session ends, and nothing goes on being reckoned', async () => {
    const { server, token } = await anOffice()
    const dora = await server.join(token, { name: 'Dora', email: 'dora@ipe.example' })
    const api = server.client(dora.token)
    const screen = watch(api)
    await screen.atLeast(1)
    expect(server.services.liveDesk.scopeCount).toBe(1)
    await api.auth.logout.mutate()
    await vi.waitFor(() => expect(screen.hasEnded()).toBe(true))
    expect(server.services.liveDesk.scopeCount).toBe(0)
  })

  it('shares one look at the desk with all others', async () => {
    const { clock, server, admin } = await anOffice()
    const teams = await Promise.all(
      ['Loja', 'Oficina', 'Compras'].map((name) => admin.teams.create.mutate({ name })),
    )
    const screens = Array.from({ length: 20 }, (_, index) => {
      const team = teams[index % 4]
      return watch(admin, team ? { teamIds: [team.id] } : {})
    })
    await Promise.all(screens.map((screen) => screen.atLeast(1)))
    const { reckonings } = server.services.deskReader
    await open(admin, teams[0]?.id)
    clock.advance({ ms: 1_000 })
    await Promise.all(screens.map((screen) => screen.atLeast(2)))
    expect(server.services.deskReader.reckonings).toBe(reckonings + 1)
    expect(screens.map((screen) => screen.last()?.total.waiting)).toEqual(
      screens.map((_, index) => (index % 4 === 0 || index % 4 === 3 ? 1 : 0)),
    )
  })

  it('keeps the server from stopping not for a moment', async () => {
    const { server, admin } = await anOffice()
    const screen = watch(admin)
    await screen.atLeast(1)
    await server.stop()
  })
})

describe('an agent', () => {
  it("sees their teams' queues, the triage and their own teams' colleagues, whatever they ask for", async () => {
    const { server, admin, token } = await anOffice()
    const [ours, theirs] = [
      await admin.teams.create.mutate({ name: 'Nossa' }),
      await admin.teams.create.mutate({ name: 'Deles' }),
    ]
    const bruno = await server.join(token, { name: 'Bruno', email: 'b@ipe.example', teamIds: [ours.id] })
    await server.join(token, { name: 'Célia', email: 'c@ipe.example', teamIds: [theirs.id] })
    await open(admin)
    await open(admin, ours.id)
    await open(admin, theirs.id)
    const api = server.client(bruno.token)
    const seen = await api.dashboard.live.query({})
    expect(seen.queues.map(({ name, waiting }) => [name, waiting])).toEqual([
      [null, 1],
      ['Nossa', 1],
    ])
    expect(seen.total.waiting).toBe(2)
    expect(seen.agents.map(({ name }) => name)).toEqual(['Bruno'])
    const asked = await api.dashboard.live.query({ teamIds: [theirs.id] })
    expect(asked).toMatchObject({ queues: [], agents: [], total: { waiting: 0 } })
  })
})
