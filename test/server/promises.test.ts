import { afterEach, describe, expect, it } from 'vitest'
import type { Metric, SlaClockView } from '../../server/sla/contract.ts'
import type { Phase } from '../../server/sla/facts.ts'
import { pastFacts } from '../../server/sla/past-facts.ts'
import { phaseOfStatus } from '../../server/sla/promises.ts'
import { findKeptByTicket } from '../../server/sla/ticket-sla-rows.ts'
import { at } from '../support/promise-story.ts'
import { startPromiseOffice, type Person, type PromiseOffice } from '../support/promise-office.ts'

let office: PromiseOffice
afterEach(() => office[Symbol.asyncDispose]())

const iso = (when: string) => new Date(at(when)).toISOString()

async function clockOf(metric: Metric, ticketId: string): Promise<SlaClockView> {
  const ticket = await office.ana.api.tickets.get.query({ id: ticketId })
  const clock = ticket.sla.find((each) => each.metric === metric)
  if (!clock) throw new Error(`No ${metric} is promised.`)
  return clock
}

/** What happened to a ticket, by the names of its events that promises and alerts made. */
async function happened(ticketId: string): Promise<string[]> {
  const { timeline } = await office.ana.api.tickets.get.query({ id: ticketId })
  return timeline.map(({ type }) => type).filter((type) => /^(sla|alert)\./.test(type))
}

const openAlerts = async ({ api }: Person) => (await api.alerts.list.query({})).items

const reply = (ticketId: string) =>
  office.carla.api.tickets.reply.mutate({ ticketId, kind: 'public', body: 'Já vai.' })

async function change(
  ticketId: string,
  changes: Parameters<typeof office.carla.api.tickets.update.mutate>[0]['changes'],
) {
  const { version } = await office.carla.api.tickets.get.query({ id: ticketId })
  return office.carla.api.tickets.update.mutate({ ticketId, version, changes })
}

describe('a ticket that arrives on Friday evening', () => {
  it('is owed its answer on Monday morning, and lists say so', async () => {
    office = await startPromiseOffice()
    await office.until('fri 17:30')
    const id = await office.ticket()
    expect(await clockOf('firstResponse', id)).toMatchObject({
      status: 'running',
      dueAt: iso('mon+1 08:30'),
      remainingMs: 3_600_000,
    })
    const { items } = await office.carla.api.tickets.list.query({ sort: { by: 'dueAt' } })
    expect(items[0]).toMatchObject({
      id,
      dueAt: iso('mon+1 08:30'),
      slaPolicy: { id: office.policyId, name: 'Comercial' },
    })
  })

  it('is not told of over the weekend, and once on Monday when nobody answered', async () => {
    office = await startPromiseOffice()
    await office.until('fri 17:30')
    const id = await office.ticket()
    await office.until('mon+1 08:30')
    expect(await happened(id)).toEqual([])
    office.clock.advance({ ms: 1 })
    await office.server.services.schedule.settled()
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
    expect(await openAlerts(office.carla)).toMatchObject([
      { ticketId: id, severity: 'urgent', reason: 'sla.breached', level: 1, lateMs: null },
    ])
    expect(await clockOf('firstResponse', id)).toMatchObject({
      status: 'breached',
      breachedAt: iso('mon+1 08:30'),
    })
  })
})

it('a lunch break is nobody’s time', async () => {
  office = await startPromiseOffice()
  await office.until('mon 11:30')
  const id = await office.ticket()
  expect((await clockOf('firstResponse', id)).dueAt).toBe(iso('mon 14:00'))
  const { segments } = await office.carla.api.sla.explain.query({ ticketId: id, metric: 'firstResponse' })
  expect(segments).toEqual([
    { from: iso('mon 11:30'), to: iso('mon 12:00'), state: 'counted', reason: 'open', minutes: 30 },
    { from: iso('mon 12:00'), to: iso('mon 13:30'), state: 'closed', reason: 'closed', minutes: 90 },
    { from: iso('mon 13:30'), to: iso('mon 14:00'), state: 'counted', reason: 'open', minutes: 30 },
  ])
})

it('waiting for the customer over a weekend costs nothing, and their answer starts the clock again', async () => {
  office = await startPromiseOffice()
  await office.until('fri 15:00')
  const id = await office.ticket()
  await office.until('fri 15:30')
  await office.carla.api.tickets.reply.mutate({
    ticketId: id,
    kind: 'public',
    body: 'Qual pedido?',
    statusId: 'waiting',
  })
  expect(await clockOf('resolution', id)).toMatchObject({
    status: 'paused',
    dueAt: null,
    pausedSince: iso('fri 15:30'),
  })
  expect((await office.carla.api.tickets.get.query({ id })).dueAt).toBeNull()
  await office.until('mon+1 09:00')
  await office.customerWrites(id)
  expect(await clockOf('resolution', id)).toMatchObject({ status: 'running', dueAt: iso('mon+1 14:00') })
  expect(await clockOf('nextResponse', id)).toMatchObject({
    status: 'running',
    dueAt: iso('mon+1 10:00'),
    cycle: 1,
  })
  expect(await happened(id)).toEqual([])
})

it('a missed end stays missed when the ticket comes back, and is not announced again', async () => {
  office = await startPromiseOffice()
  const id = await office.ticket()
  await reply(id)
  await office.until('mon 15:00')
  expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
  await change(id, { statusId: 'resolved' })
  expect(await openAlerts(office.carla)).toEqual([])
  await office.until('tue 09:00')
  await change(id, { statusId: 'open' })
  await office.until('wed 12:00')
  expect(await clockOf('resolution', id)).toMatchObject({ status: 'breached', breachedAt: iso('mon 12:00') })
  expect((await happened(id)).filter((type) => type === 'sla.breached')).toHaveLength(1)
})

it('a priority raised at the last minute leaves what is left of the shorter promise', async () => {
  office = await startPromiseOffice({
    targets: [
      { priority: 'normal', resolutionMinutes: 480 },
      { priority: 'urgent', resolutionMinutes: 120 },
    ],
  })
  const id = await office.ticket()
  await office.until('mon 09:50')
  await change(id, { priorityId: 'urgent' })
  expect(await clockOf('resolution', id)).toMatchObject({
    status: 'running',
    dueAt: iso('mon 10:00'),
    remainingMs: 600_000,
  })
})

describe('an escalation of two levels', () => {
  const ladder = [
    { metric: 'firstResponse' as const, atPercent: 50, notify: ['agent' as const] },
    { metric: 'firstResponse' as const, offsetMinutes: 0, notify: ['agent' as const] },
    {
      metric: 'firstResponse' as const,
      offsetMinutes: 30,
      notify: ['supervisors' as const],
      actions: [{ do: 'setPriority' as const, value: 'urgent' }],
    },
  ]

  it('warns, then alerts, then climbs to the supervisors and does what the level says', async () => {
    office = await startPromiseOffice({ escalations: ladder })
    const id = await office.ticket()
    await office.until('mon 08:30')
    expect(await openAlerts(office.carla)).toMatchObject([{ reason: 'sla.warning', severity: 'warning' }])
    await office.until('mon 09:01')
    expect(await openAlerts(office.bruno)).toEqual([])
    await office.until('mon 09:30')
    expect(await openAlerts(office.bruno)).toMatchObject([
      { reason: 'sla.breached', state: 'escalated', level: 2 },
    ])
    expect((await office.carla.api.tickets.get.query({ id })).priority.key).toBe('urgent')
  })

  it('ends where somebody acknowledges, and a warning acknowledged does not silence the breach', async () => {
    office = await startPromiseOffice({ escalations: ladder })
    const id = await office.ticket()
    await office.until('mon 08:30')
    for (const alert of await openAlerts(office.carla))
      await office.carla.api.alerts.acknowledge.mutate({ id: alert.id })
    await office.until('mon 09:01')
    const [breach] = await openAlerts(office.carla)
    expect(breach).toMatchObject({ reason: 'sla.breached' })
    await office.carla.api.alerts.acknowledge.mutate({ id: breach?.id ?? '' })
    await office.until('mon 11:00')
    expect(await openAlerts(office.bruno)).toEqual([])
    expect((await office.carla.api.tickets.get.query({ id })).priority.key).toBe('normal')
  })

  it('begins again when a ticket that waited goes on: an acknowledged warning does not silence the next', async () => {
    const warnings = [50, 70].map((atPercent) => ({
      metric: 'resolution' as const,
      atPercent,
      notify: ['agent' as const],
    }))
    office = await startPromiseOffice({
      targets: [{ priority: 'normal', resolutionMinutes: 240 }],
      escalations: warnings,
    })
    const id = await office.ticket()
    await office.until('mon 10:00')
    for (const alert of await openAlerts(office.carla))
      await office.carla.api.alerts.acknowledge.mutate({ id: alert.id })
    await change(id, { statusId: 'waiting' })
    await office.until('mon 11:00')
    await change(id, { statusId: 'open' })
    await office.until('mon 11:50')
    expect(await openAlerts(office.carla)).toMatchObject([{ reason: 'sla.warning', level: 1 }])
  })

  it('falls silent for everybody when the customer is answered', async () => {
    office = await startPromiseOffice({ escalations: ladder })
    const id = await office.ticket()
    await office.until('mon 09:30')
    await reply(id)
    expect(await openAlerts(office.bruno)).toEqual([])
    expect((await happened(id)).at(-1)).toBe('alert.acknowledged')
  })

  it('tells supervisors and administrators when nobody has the ticket', async () => {
    office = await startPromiseOffice({ escalations: ladder })
    await office.ticket({ agentId: null })
    await office.until('mon 08:30')
    expect(await openAlerts(office.bruno)).toHaveLength(1)
    expect(await openAlerts(office.ana)).toHaveLength(1)
    expect(await openAlerts(office.carla)).toEqual([])
  })
})

describe('a server that was off across a deadline', () => {
  it('tells of it once when it is back, late and by how much', async () => {
    office = await startPromiseOffice()
    const id = await office.ticket()
    await office.server.stop()
    office.clock.time = at('mon 11:00')
    await office.restart()
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
    expect(await openAlerts(office.carla)).toMatchObject([
      { reason: 'sla.breached', lateMs: 2 * 3_600_000 - 1 },
    ])
    await office.restart()
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
  })

  it('holds what fell due until the team is back at work', async () => {
    office = await startPromiseOffice()
    const id = await office.ticket()
    await office.server.stop()
    office.clock.time = at('mon 22:00')
    await office.restart()
    expect(await happened(id)).toEqual(['sla.breached', 'sla.breached'])
    expect(await openAlerts(office.carla)).toEqual([])
    await office.until('tue 08:00')
    expect(await openAlerts(office.carla)).toHaveLength(2)
  })
})

it('a call that was answered while it was logged owes no first answer, unless the office counts otherwise', async () => {
  office = await startPromiseOffice()
  const met = await office.ticket({ channel: 'phone' })
  expect(await clockOf('firstResponse', met)).toMatchObject({ status: 'met', metAt: iso('mon 08:00') })
  await office.ana.api.sla.updateSettings.mutate({ phoneFirstResponse: 'await' })
  const awaits = await office.ticket({ channel: 'phone' })
  expect(await clockOf('firstResponse', awaits)).toMatchObject({ status: 'running' })
})

describe('a date that a person sets', () => {
  it('wins over the promise with its reason until it is cleared', async () => {
    office = await startPromiseOffice()
    const id = await office.ticket({ channel: 'phone' })
    const set = await change(id, { dueAt: iso('wed 10:00'), dueReason: 'Peça chega na quarta' })
    expect(set).toMatchObject({
      dueAt: iso('wed 10:00'),
      manualDueAt: iso('wed 10:00'),
      dueReason: 'Peça chega na quarta',
    })
    expect(await clockOf('resolution', id)).toMatchObject({ manual: true, dueAt: iso('wed 10:00') })
    const cleared = await change(id, { dueAt: null })
    expect(cleared).toMatchObject({ dueAt: iso('mon 12:00'), manualDueAt: null, dueReason: null })
  })

  it('is watched over where no policy applies', async () => {
    office = await startPromiseOffice({ when: { field: 'channel', op: 'is', value: 'chat' } })
    const id = await office.ticket({ dueAt: iso('mon 10:00') })
    expect(await clockOf('resolution', id)).toMatchObject({ policyId: null, targetMs: null })
    await office.until('mon 10:01')
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
  })
})

describe('a change of policies or calendars', () => {
  it('reckons running promises anew and leaves kept ones alone', async () => {
    office = await startPromiseOffice()
    const answered = await office.ticket()
    await reply(answered)
    const waiting = await office.ticket()
    await office.ana.api.sla.policies.update.mutate({
      id: office.policyId,
      changes: { targets: [{ priority: 'normal', firstResponseMinutes: 30, resolutionMinutes: 480 }] },
    })
    await office.server.services.recompute.settled()
    expect(await clockOf('firstResponse', waiting)).toMatchObject({ dueAt: iso('mon 08:30') })
    expect(await clockOf('firstResponse', answered)).toMatchObject({ status: 'met', targetMs: 3_600_000 })
    expect(await clockOf('resolution', answered)).toMatchObject({ dueAt: iso('mon 17:30') })
  })

  it('gives a ticket from before any promise what its whole story leaves it', async () => {
    office = await startPromiseOffice({ when: { field: 'channel', op: 'is', value: 'chat' } })
    const id = await office.ticket()
    await office.until('mon 08:30')
    await change(id, { statusId: 'waiting' })
    await office.until('mon 09:30')
    await change(id, { statusId: 'open' })
    await office.ana.api.sla.policies.update.mutate({ id: office.policyId, changes: { when: null } })
    await office.server.services.recompute.settled()
    expect(await clockOf('resolution', id)).toMatchObject({
      startedAt: iso('mon 08:00'),
      dueAt: iso('mon 14:30'),
    })
  })

  it('in a calendar moves deadlines, and a stopped clock is still explained by the hours it ran in', async () => {
    office = await startPromiseOffice()
    const done = await office.ticket()
    await office.until('mon 09:00')
    await change(done, { statusId: 'resolved' })
    const before = await office.ana.api.sla.explain.query({ ticketId: done, metric: 'resolution' })
    await office.until('mon 11:30')
    const open = await office.ticket()
    await office.ana.api.calendars.update.mutate({
      id: office.calendarId,
      changes: { hours: { mon: [['10:00', '20:00']] } },
    })
    await office.server.services.recompute.settled()
    expect(await clockOf('firstResponse', open)).toMatchObject({ dueAt: iso('mon 12:30') })
    expect(await office.ana.api.sla.explain.query({ ticketId: done, metric: 'resolution' })).toEqual(before)
  })

  it('goes on after a restart where it was', async () => {
    office = await startPromiseOffice({ when: { field: 'channel', op: 'is', value: 'chat' } })
    const id = await office.ticket()
    const { recompute, store } = office.server.services
    await recompute.stop()
    await store.write((tx) => recompute.request(tx))
    await office.ana.api.sla.policies.update.mutate({ id: office.policyId, changes: { when: null } })
    expect((await office.ana.api.sla.progress.query()).running).toBe(true)
    await office.restart()
    await office.server.services.recompute.settled()
    expect((await office.ana.api.sla.progress.query()).running).toBe(false)
    expect(await clockOf('firstResponse', id)).toMatchObject({ status: 'running' })
  })
})

it('what became of promises is written down as it happens, by policy, agent, team, priority and month', async () => {
  office = await startPromiseOffice()
  const kept = await office.ticket()
  const missed = await office.ticket()
  await office.until('mon 08:20')
  await reply(kept)
  await office.until('mon 09:15')
  await reply(missed)
  const rows = await office.bruno.api.sla.attainment.query({
    from: iso('mon 00:00'),
    to: iso('tue 00:00'),
    metric: 'firstResponse',
  })
  expect(rows).toEqual([{ group: office.policyId, met: 1, breached: 1, averageOverMs: 15 * 60_000 }])
  const months = await office.bruno.api.sla.attainment.query({
    from: iso('mon 00:00'),
    to: iso('tue 00:00'),
    groupBy: 'month',
    metric: 'firstResponse',
  })
  expect(months).toMatchObject([{ group: '2026-03', met: 1, breached: 1 }])
})

it('a kept end that has to be kept again counts once, as it ended', async () => {
  office = await startPromiseOffice()
  const id = await office.ticket()
  await office.until('mon 09:00')
  await change(id, { statusId: 'resolved' })
  await office.until('mon 10:00')
  await change(id, { statusId: 'open' })
  await office.until('mon 17:00')
  await change(id, { statusId: 'resolved' })
  const rows = await office.bruno.api.sla.attainment.query({
    from: iso('mon 00:00'),
    to: iso('tue 00:00'),
    metric: 'resolution',
  })
  expect(rows).toMatchObject([{ met: 0, breached: 1 }])
})

it('what is kept of a ticket is what its events tell', async () => {
  office = await startPromiseOffice()
  const id = await office.ticket({ dueAt: iso('wed 10:00') })
  await office.until('mon 08:10')
  await reply(id)
  await office.until('mon 08:40')
  await office.customerWrites(id)
  await office.customerWrites(id)
  await change(id, { statusId: 'waiting' })
  await office.until('mon 10:00')
  await change(id, { dueAt: null, statusId: 'cancelled' })
  await change(id, { statusId: 'open', priorityId: 'high' })
  await office.customerWrites(id)
  const { store } = office.server.services
  const { statuses } = await office.ana.api.catalog.get.query()
  const keys = new Map(statuses.map((status) => [status.id, status.key]))
  const kept = await findKeptByTicket(store.read, id)
  const told = await pastFacts(store.read, id, {
    phaseOf: (statusId, statusClass) => phaseOfStatus(keys.get(statusId) ?? null, statusClass as Phase),
    answeredAtCreation: () => false,
  })
  expect(kept?.facts).toEqual(told)
  expect(kept?.facts).toMatchObject({ rounds: 2, unansweredSince: at('mon 10:00'), dueAt: null })
})

it('a ticket out of sight explains nothing', async () => {
  office = await startPromiseOffice()
  const { id: elsewhere } = await office.ana.api.teams.create.mutate({ name: 'Diretoria' })
  const { id } = await office.ana.api.tickets.create.mutate({
    ...{ subject: 'Sigilo', body: '…', requester: { name: 'Rui' }, channel: 'email', teamId: elsewhere },
  })
  await expect(
    office.carla.api.sla.explain.query({ ticketId: id, metric: 'resolution' }),
  ).rejects.toMatchObject({
    data: { reason: 'ticket.not_found' },
  })
})
