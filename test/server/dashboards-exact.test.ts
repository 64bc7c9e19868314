import { describe, expect, it } from 'vitest'
import type { LiveSnapshot } from '../../server/dashboards/contract.ts'
import { aDashboardOffice, openTicket, watchDesk } from '../support/dashboard-office.ts'
import { recount } from '../support/desk-recount.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const STEPS = 30

/** The same every time. */
function dice(seed: number) {
  let state = seed
  const roll = (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
  return { roll, pick: <T>(from: readonly T[]): T | undefined => from[roll(from.length)] }
}

const comparable = ({ total, queues, breaches, agents, today, alerts, satisfaction }: LiveSnapshot) => ({
  ...{ total, queues, satisfaction, unacknowledged: alerts.unacknowledged },
  breaches: breaches.map(({ ticketId, isBreached }) => ({ ticketId, isBreached })),
  loads: Object.fromEntries(
    agents
      .filter(({ load, breached }) => load + breached > 0)
      .map((agent) => [agent.agentId, [agent.load, agent.breached]]),
  ),
  today: {
    ...{ arrived: today.arrived, resolved: today.resolved },
    byHour: today.hours.map(({ arrived }) => arrived ?? 0),
  },
})

describe('figures of a dashboard', () => {
  it.each([2, 3])(
    'are after each step what anybody would count (history %i)',
    async (seed) => {
      const { roll, pick } = dice(seed)
      const { clock, server, admin, token } = await aDashboardOffice()
      const { read } = server.services.store
      await admin.sla.policies.create.mutate({
        name: 'Sempre',
        targets: [
          { priority: 'normal', firstResponseMinutes: 30, nextResponseMinutes: 45, resolutionMinutes: 240 },
        ],
        escalations: [{ metric: 'firstResponse', atPercent: 100, notify: ['supervisors'] }],
      })
      const teams = [
        await admin.teams.create.mutate({ name: 'Loja' }),
        await admin.teams.create.mutate({ name: 'Oficina' }),
      ]
      const teamIds = teams.map(({ id }) => id)
      const bruno = await server.join(token, {
        name: 'Bruno',
        email: 'b@ipe.example',
        teamIds: teamIds.slice(0, 1),
      })
      const api = server.client(bruno.token)
      const screen = watchDesk(admin)
      const ids: string[] = []
      const scopes = [...teamIds, null]
      const ticketOf = async () => {
        const id = pick(ids)
        return id === undefined ? undefined : admin.tickets.get.query({ id })
      }
      const change = async (changes: Parameters<typeof admin.tickets.update.mutate>[0]['changes']) => {
        const ticket = await ticketOf()
        if (ticket)
          // Some steps are not allowed where a ticket stands: then nothing changes.
          await admin.tickets.update
            .mutate({ ticketId: ticket.id, version: ticket.version, changes })
            .catch(() => undefined)
      }
      const steps: (() => Promise<unknown>)[] = [
        async () => ids.push((await openTicket(admin, pick(scopes) ?? undefined)).id),
        async () => ids.push((await openTicket(admin, pick(scopes) ?? undefined)).id),
        () => change({ statusId: pick(['open', 'waiting', 'hold', 'resolved', 'closed']) ?? 'open' }),
        () => change({ teamId: pick(scopes) ?? null }),
        () => change({ agentId: pick([bruno.id, null]) ?? null }),
        () =>
          change({
            dueAt: new Date(clock.time + (roll(90) + 1) * MINUTE).toISOString(),
            dueReason: 'Combinado',
          }),
        async () => {
          const ticket = await ticketOf()
          if (ticket)
            await admin.tickets.reply.mutate({ ticketId: ticket.id, kind: 'public', body: 'Certo.' })
        },
        async () => {
          const [target, source] = [pick(ids), pick(ids)]
          if (target && source && target !== source)
            await admin.tickets.merge.mutate({ sourceId: source, targetId: target }).catch(() => undefined)
        },
        async () => {
          const ticket = await ticketOf()
          if (ticket)
            await admin.feedback.record.mutate({ ticketId: ticket.id, kind: 'csat', score: roll(5) + 1 })
        },
        async () => {
          const ticket = await ticketOf()
          if (ticket) await admin.feedback.remove.mutate({ ticketId: ticket.id, kind: 'csat' })
        },
        async () => Promise.resolve(clock.advance({ ms: roll(40 * MINUTE) })),
        async () => Promise.resolve(clock.advance({ ms: roll(5) === 0 ? roll(12) * DAY : MINUTE })),
      ]
      for (let step = 0; step < STEPS; step++) {
        await pick(steps)?.()
        await server.services.schedule.settled()
        const label = `step ${step}`
        expect(comparable(await admin.dashboard.live.query({})), label).toEqual(
          await recount(read, clock.time, null),
        )
        const seen = comparable(await api.dashboard.live.query({}))
        const expected = await recount(read, clock.time, [teamIds[0] ?? '', null])
        // Of agents only colleagues are seen; that is another test's.
        expect({ ...seen, loads: {} }, label).toEqual({ ...expected, loads: {} })
      }
      clock.advance({ ms: 1_000 })
      const { pushed } = screen
      const before = pushed.length
      clock.advance({ ms: 15_000 })
      await screen.atLeast(Math.max(before, 1))
      await expect.poll(() => screen.last()?.at, { timeout: 10_000 }).toBe(new Date(clock.time).toISOString())
      expect(comparable(screen.last() as LiveSnapshot)).toEqual(await recount(read, clock.time, null))
    },
    60_000,
  )
})

describe('what is usual', () => {
  it('comes from the same weekday of the last eight weeks, without the days before the desk was at work', async () => {
    const { clock, admin } = await aDashboardOffice()
    expect((await admin.dashboard.live.query({})).today.usualArrived).toBeNull()
    // A Monday at nine in São Paulo; the first is the day on which the desk began.
    for (const count of [1, 2, 5, 3]) {
      for (let index = 0; index < count; index++) await openTicket(admin)
      clock.advance({ days: 7 })
    }
    const { today } = await admin.dashboard.live.query({})
    expect(today.hours[9]?.usual).toEqual({ low: 2, middle: 3, high: 5 })
    expect(today.hours[10]?.usual).toEqual({ low: 0, middle: 0, high: 0 })
    expect(today.usualArrived).toEqual({ low: 2, middle: 3, high: 5 })
    clock.advance({ minutes: -60 })
    expect((await admin.dashboard.live.query({})).today.usualArrived).toEqual({ low: 0, middle: 0, high: 0 })
  })

  it('leaves holidays out, whose quiet says nothing of other days', async () => {
    const { clock, admin } = await aDashboardOffice()
    const hours = { mon: [['08:00', '18:00'] as [string, string]] }
    const calendar = { name: 'Loja', timezone: 'America/Sao_Paulo', hours }
    const holidays = [{ date: '2026-03-23', name: 'Aniversário da cidade' }]
    // The Mondays from 9 March on; on the third of them the town is closed.
    for (const count of [1, 4, 0, 4]) {
      for (let index = 0; index < count; index++) await openTicket(admin)
      clock.advance({ days: 7 })
    }
    const { id } = await admin.calendars.create.mutate({ ...calendar, holidays: [] })
    expect((await admin.dashboard.live.query({})).today.usualArrived).toMatchObject({ low: 0 })
    await admin.calendars.update.mutate({ id, changes: { holidays } })
    expect((await admin.dashboard.live.query({})).today.usualArrived).toEqual({ low: 4, middle: 4, high: 4 })
  })
})

describe('satisfaction', () => {
  it('is what the queue of that time was told in thirty days, the last answer of each ticket, and forgotten to the minute', async () => {
    const { clock, admin } = await aDashboardOffice()
    const team = await admin.teams.create.mutate({ name: 'Loja' })
    const seen = async (teamIds?: string[]) =>
      (await admin.dashboard.live.query(teamIds ? { teamIds } : {})).satisfaction
    const answer = async (ticketId: string, score: number) =>
      admin.feedback.record.mutate({ ticketId, kind: 'csat', score })
    expect(await seen()).toEqual({ share: null, answers: 0 })

    const screen = watchDesk(admin)
    const [first, second] = [await openTicket(admin, team.id), await openTicket(admin)]
    await answer(first.id, 4)
    await admin.feedback.record.mutate({ ticketId: second.id, kind: 'nps', score: 0 })
    clock.advance({ ms: 1_000 })
    await expect.poll(() => screen.last()?.satisfaction).toEqual({ share: 1, answers: 1 })
    clock.advance({ days: 1 })
    await answer(second.id, 5)
    await answer(second.id, 3)
    expect(await seen()).toEqual({ share: 0.5, answers: 2 })
    // Where the ticket goes afterwards is not whom the customer spoke of.
    const { version } = await admin.tickets.get.query({ id: first.id })
    await admin.tickets.update.mutate({ ticketId: first.id, version, changes: { teamId: null } })
    expect(await seen([team.id])).toEqual({ share: 1, answers: 1 })

    clock.advance({ days: 29, ms: -1_001 })
    expect(await seen()).toEqual({ share: 0.5, answers: 2 })
    clock.advance({ ms: 1 })
    expect(await seen()).toEqual({ share: 0, answers: 1 })
  })
})
