import { afterEach, describe, expect, it } from 'vitest'
import type { Metric, SlaClockView } from '../../server/sla/contract.ts'
import { at } from '../support/promise-story.ts'
import { startPromiseOffice, type Person, type PromiseOffice } from '../support/promise-office.ts'

let office: PromiseOffice
afterEach(() => office[Symbol.asyncDispose]())

const iso = (when: string) => new Date(at(when)).toISOString()
/** No ticket of these tests is one, so the policy takes none of them. */
const chatsOnly = { when: { field: 'channel', op: 'is', value: 'chat' } } as const
const nobodyYet = [{ priority: 'normal', resolutionMinutes: 240 }]

async function clockOf(metric: Metric, ticketId: string): Promise<SlaClockView | undefined> {
  const ticket = await office.ana.api.tickets.get.query({ id: ticketId })
  return ticket.sla.find((each) => each.metric === metric)
}

async function happened(ticketId: string): Promise<string[]> {
  const { timeline } = await office.ana.api.tickets.get.query({ id: ticketId })
  return timeline.map(({ type }) => type).filter((type) => /^(sla|alert)\./.test(type))
}

const openAlerts = async ({ api }: Person) => (await api.alerts.list.query({})).items

async function change(
  ticketId: string,
  changes: Parameters<typeof office.carla.api.tickets.update.mutate>[0]['changes'],
) {
  const { version } = await office.ana.api.tickets.get.query({ id: ticketId })
  return office.ana.api.tickets.update.mutate({ ticketId, version, changes })
}

const settled = () => office.server.services.schedule.settled()

async function changePolicy(
  changes: Parameters<typeof office.ana.api.sla.policies.update.mutate>[0]['changes'],
): Promise<void> {
  await office.ana.api.sla.policies.update.mutate({ id: office.policyId, changes })
  await office.server.services.recompute.settled()
  await settled()
}

it('a ticket that comes back is promised what policies say now, also when there were none while it was done', async () => {
  office = await startPromiseOffice({ ...chatsOnly, targets: nobodyYet })
  const id = await office.ticket()
  await change(id, { statusId: 'resolved' })
  await changePolicy({ when: null })
  expect(await clockOf('resolution', id)).toBeUndefined()
  await office.until('mon 09:00')
  await change(id, { statusId: 'open' })
  expect(await clockOf('resolution', id)).toMatchObject({ status: 'running', remainingMs: 4 * 3_600_000 })
})

describe('an office that begins with promises', () => {
  it('finds what was late before marked as missed, and no alert of it', async () => {
    office = await startPromiseOffice({ ...chatsOnly, targets: nobodyYet })
    const late = await office.ticket()
    await office.until('tue 17:00')
    const young = await office.ticket()
    await changePolicy({ when: null })
    expect(await clockOf('resolution', late)).toMatchObject({ status: 'breached' })
    expect(await happened(late)).toEqual(['sla.breached'])
    expect(await openAlerts(office.carla)).toEqual([])
    const { levels } = await office.carla.api.sla.explain.query({ ticketId: late, metric: 'resolution' })
    expect(levels).toMatchObject([{ at: null, firedAt: null }])
    await office.until('wed 14:00')
    expect(await openAlerts(office.carla)).toMatchObject([{ ticketId: young, reason: 'sla.breached' }])
  })

  it('after an upgrade is told of dates that pass from then on, not of those that had passed', async () => {
    office = await startPromiseOffice(chatsOnly)
    const late = await office.ticket({ dueAt: iso('mon 10:00') })
    const toCome = await office.ticket({ dueAt: iso('tue 10:00') })
    await office.server.services.store.write(async ({ db }) => {
      await db.sql`DELETE FROM ticket_sla`
      await db.sql`
        INSERT INTO sla_recompute (id, scope, cursor, done, total, startedAt) VALUES ('upgrade', '{}', 0, 0, 2, 0)`
    })
    await office.server.stop()
    office.clock.time = at('mon 15:00')
    await office.restart()
    await office.server.services.recompute.settled()
    await settled()
    expect(await clockOf('resolution', late)).toMatchObject({ status: 'breached', dueAt: iso('mon 10:00') })
    expect(await openAlerts(office.carla)).toEqual([])
    await office.until('tue 10:01')
    expect(await openAlerts(office.carla)).toMatchObject([{ ticketId: toCome }])
  })
})

describe('another date in place of one that was missed', () => {
  it('settles the alert, and is told of when it is missed too', async () => {
    office = await startPromiseOffice(chatsOnly)
    const id = await office.ticket({ dueAt: iso('mon 10:00') })
    await office.until('mon 10:01')
    expect(await openAlerts(office.carla)).toHaveLength(1)
    await change(id, { dueAt: iso('tue 10:00') })
    expect(await openAlerts(office.carla)).toEqual([])
    await office.until('tue 10:00')
    expect(await openAlerts(office.carla)).toEqual([])
    await office.until('tue 10:01')
    expect(await openAlerts(office.carla)).toMatchObject([{ data: { dueAt: iso('tue 10:00') } }])
    expect((await happened(id)).filter((type) => type === 'sla.breached')).toHaveLength(1)
  })

  it('in the past is missed at once and told of once, without a warning of what is over', async () => {
    office = await startPromiseOffice({
      escalations: [{ metric: 'resolution', atPercent: 50, notify: ['agent'] }],
      targets: nobodyYet,
    })
    await office.until('mon 09:00')
    const id = await office.ticket({ dueAt: iso('fri 10:00').replace('2026-03-13', '2026-03-06') })
    await settled()
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
    await office.until('fri 17:00')
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
  })

  it('is one that the desk can reckon with', async () => {
    office = await startPromiseOffice(chatsOnly)
    await expect(office.ticket({ dueAt: '9999-12-31T00:00:00Z' })).rejects.toMatchObject({
      data: { fieldErrors: { dueAt: ['calendar.out_of_range'] } },
    })
  })
})

describe('a level of the ladder', () => {
  it('at the deadline that tells nobody leaves the missed deadline to the desk, which tells the agent', async () => {
    office = await startPromiseOffice({
      targets: nobodyYet,
      escalations: [
        {
          metric: 'resolution',
          atPercent: 100,
          notify: [],
          actions: [{ do: 'addTags', value: ['vencido'] }],
        },
      ],
    })
    const id = await office.ticket()
    await office.until('mon 13:30')
    expect(await openAlerts(office.carla)).toMatchObject([{ ticketId: id, reason: 'sla.breached' }])
    expect((await office.ana.api.tickets.get.query({ id })).tags.map(({ name }) => name)).toEqual(['vencido'])
  })

  it('that was added after its moment passes over the tickets that are beyond it', async () => {
    office = await startPromiseOffice({ targets: nobodyYet })
    const late = await office.ticket()
    await office.until('mon 14:00')
    const young = await office.ticket()
    await office.until('tue 08:00')
    await changePolicy({
      escalations: [
        { metric: 'resolution', atPercent: 75, notify: ['supervisors'] },
        { metric: 'resolution', offsetMinutes: 30, notify: ['supervisors'] },
      ],
    })
    await office.until('tue 08:05')
    expect(await openAlerts(office.bruno)).toEqual([])
    await office.until('tue 09:00')
    expect(await happened(late)).toEqual(['sla.breached', 'alert.raised'])
    expect(await openAlerts(office.bruno)).toMatchObject([{ ticketId: young, level: 2 }])
  })

  it('that a raised priority puts in the past is carried out at once', async () => {
    office = await startPromiseOffice({
      targets: [
        { priority: 'normal', resolutionMinutes: 480 },
        { priority: 'urgent', resolutionMinutes: 120 },
      ],
      escalations: [{ metric: 'resolution', atPercent: 50, notify: ['agent'] }],
    })
    const id = await office.ticket()
    await office.until('mon 09:30')
    await change(id, { priorityId: 'urgent' })
    await settled()
    expect(await openAlerts(office.carla)).toMatchObject([{ ticketId: id, reason: 'sla.warning' }])
  })

  it('tells the team that it has given the ticket to, and nobody who may not see it any more', async () => {
    office = await startPromiseOffice()
    const { id: second } = await office.ana.api.teams.create.mutate({ name: 'Segundo nível' })
    const davi = await office.server.join(office.ana.token, {
      name: 'Davi Reis',
      email: 'davi@ipe.example',
      teamIds: [second],
    })
    await changePolicy({
      targets: nobodyYet,
      escalations: [
        {
          metric: 'resolution',
          atPercent: 50,
          notify: ['team'],
          actions: [{ do: 'setTeam', value: second }],
        },
      ],
    })
    const id = await office.ticket({ agentId: null })
    await office.until('mon 10:00')
    const api = office.server.client(davi.token)
    expect((await api.alerts.list.query({})).items).toMatchObject([{ ticketId: id, reason: 'sla.warning' }])
    expect(await openAlerts(office.carla)).toEqual([])
  })

  it('does nothing to a ticket whose alert somebody took, also when it tells nobody', async () => {
    office = await startPromiseOffice({
      targets: nobodyYet,
      escalations: [
        { metric: 'resolution', atPercent: 50, notify: ['agent'] },
        {
          metric: 'resolution',
          atPercent: 75,
          notify: [],
          actions: [{ do: 'setPriority', value: 'urgent' }],
        },
      ],
    })
    const id = await office.ticket()
    await office.until('mon 10:00')
    for (const alert of await openAlerts(office.carla))
      await office.carla.api.alerts.acknowledge.mutate({ id: alert.id })
    await office.until('mon 11:00')
    expect((await office.ana.api.tickets.get.query({ id })).priority.key).toBe('normal')
  })
})

it('a missed date of a ticket that no policy takes waits for the shift of its team', async () => {
  office = await startPromiseOffice(chatsOnly)
  await office.ana.api.teams.update.mutate({ id: office.teamId, changes: { calendarId: office.calendarId } })
  await office.ticket({ dueAt: iso('mon 22:00') })
  await office.until('mon 23:00')
  expect(await openAlerts(office.carla)).toEqual([])
  await office.until('tue 08:00')
  expect(await openAlerts(office.carla)).toHaveLength(1)
})

it('of two policies that take turns each level is carried out once', async () => {
  office = await startPromiseOffice({
    targets: [{ priority: 'normal', resolutionMinutes: 480 }],
    escalations: [{ metric: 'resolution', atPercent: 25, notify: ['agent'] }],
  })
  await office.ana.api.sla.policies.create.mutate({
    name: 'Urgências',
    calendarId: office.calendarId,
    when: { field: 'priority', op: 'is', value: 'urgent' },
    targets: [{ priority: 'urgent', resolutionMinutes: 300 }],
    escalations: [{ metric: 'resolution', atPercent: 25, notify: ['agent'] }],
  })
  await office.server.services.recompute.settled()
  const id = await office.ticket()
  for (const [when, priorityId] of [
    ['mon 09:00', 'urgent'],
    ['mon 09:30', 'normal'],
    ['mon 10:30', 'urgent'],
    ['mon 11:00', 'normal'],
  ] as const) {
    await office.until(when)
    await change(id, { priorityId })
    await settled()
  }
  expect(await happened(id)).toEqual(['sla.warning', 'alert.raised', 'sla.warning', 'alert.escalated'])
})

it('reckoning everything anew when nothing changed changes nothing', async () => {
  office = await startPromiseOffice()
  const id = await office.ticket()
  await office.until('mon 09:30')
  const { recompute, store } = office.server.services
  const kept = () => store.read.sql`SELECT facts, clocks, wakeAt FROM ticket_sla`
  const before = [await kept(), await happened(id)]
  await store.write((tx) => recompute.request(tx))
  await recompute.settled()
  await settled()
  expect([await kept(), await happened(id)]).toEqual(before)
})

it('a retired policy keeps its word to the tickets it took, and takes no more', async () => {
  office = await startPromiseOffice()
  const old = await office.ticket()
  await office.ana.api.sla.policies.archive.mutate({ id: office.policyId })
  await office.server.services.recompute.settled()
  const fresh = await office.ticket()
  expect(await clockOf('firstResponse', fresh)).toBeUndefined()
  await change(old, { priorityId: 'high' })
  expect(await clockOf('firstResponse', old)).toMatchObject({ status: 'running', dueAt: iso('mon 09:00') })
  await office.ana.api.sla.policies.restore.mutate({ id: office.policyId })
  await office.server.services.recompute.settled()
  expect(await clockOf('firstResponse', fresh)).toMatchObject({ status: 'running' })
})

it('how late a person’s date was met does not count as how late the target was', async () => {
  office = await startPromiseOffice({ targets: nobodyYet })
  const id = await office.ticket({ dueAt: iso('mon 09:00') })
  await office.until('mon 10:00')
  await change(id, { statusId: 'resolved' })
  const range = { from: iso('mon 00:00'), to: iso('tue 00:00') }
  expect(await office.ana.api.sla.attainment.query(range)).toMatchObject([
    { breached: 1, averageOverMs: null },
  ])
})

it('a date at the end of the century is explained in as many stretches as anybody reads', async () => {
  office = await startPromiseOffice({ targets: nobodyYet })
  const id = await office.ticket({ dueAt: '2099-12-31T12:00:00Z' })
  const explained = await office.ana.api.sla.explain.query({ ticketId: id, metric: 'resolution' })
  expect(explained.segments).toHaveLength(1_000)
  expect(explained.segments[0]).toMatchObject({ from: iso('mon 08:00'), state: 'counted' })
})

it('a report about a time that ends before it begins is refused', async () => {
  office = await startPromiseOffice()
  const range = { from: iso('tue 00:00'), to: iso('mon 00:00') }
  await expect(office.ana.api.sla.attainment.query(range)).rejects.toMatchObject({
    data: { fieldErrors: { to: ['sla.range_reversed'] } },
  })
})
