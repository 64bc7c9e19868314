import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Metric, SlaClockView } from '../../server/sla/contract.ts'
import { at } from '../support/promise-story.ts'
import { startPromiseOffice, type Person, type PromiseOffice } from '../support/promise-office.ts'

let office: PromiseOffice
afterEach(() => office[Symbol.asyncDispose]())

const iso = (when: string) => new Date(at(when)).toISOString()
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

const settled = () => office.server.services.schedule.settled()

describe('promises that can’t be read', () => {
  const damage = (ticketId: string) =>
    office.server.services.store.write(
      ({ db }) =>
        db.sql`UPDATE ticket_sla SET facts = '{"createdAt":', clocks = '[{' WHERE ticketId = ${ticketId}`,
    )

  it('empty no list, keep no other ticket waiting, and are told again by the ticket’s history', async () => {
    office = await startPromiseOffice({ targets: nobodyYet })
    const broken = await office.ticket()
    const sound = await office.ticket()
    await damage(broken)
    const { items } = await office.carla.api.tickets.list.query({})
    expect(items.map(({ id, sla }) => [id, sla.length])).toEqual([
      [broken, 0],
      [sound, 1],
    ])
    expect(await office.carla.api.tickets.get.query({ id: broken })).toMatchObject({ sla: [] })
    await expect(
      office.carla.api.sla.explain.query({ ticketId: broken, metric: 'resolution' }),
    ).rejects.toMatchObject({ data: { reason: 'sla.not_promised' } })
    await office.until('mon 13:30')
    expect(await openAlerts(office.carla)).toHaveLength(2)
    expect(await clockOf('resolution', broken)).toMatchObject({
      status: 'breached',
      startedAt: iso('mon 08:00'),
    })
  })

  it('of a policy that can’t be read wait for it instead of being called off', async () => {
    office = await startPromiseOffice({ targets: nobodyYet })
    const id = await office.ticket()
    const { store, book } = office.server.services
    const write = (targets: string) =>
      store.write(async (tx) => {
        await tx.db.sql`UPDATE sla_policy SET targets = ${targets} WHERE id = ${office.policyId}`
        book.changedIn(tx)
      })
    const [{ targets }] = await store.read.sql<[{ targets: string }]>`SELECT targets FROM sla_policy`
    await write('[{')
    await office.until('mon 12:01')
    await office.carla.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Já vai.' })
    expect(await clockOf('resolution', id)).toMatchObject({ cancelledAt: null, dueAt: iso('mon 12:00') })
    await write(targets)
    await office.until('mon 13:35')
    expect(await happened(id)).toEqual(['sla.breached', 'alert.raised'])
  })

  it('are read from the history when somebody answers, and what was missed is not counted twice', async () => {
    office = await startPromiseOffice({ targets: nobodyYet })
    const id = await office.ticket()
    await office.until('mon 12:01')
    await damage(id)
    await office.carla.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Já vai.' })
    expect(await clockOf('resolution', id)).toMatchObject({ status: 'breached' })
    const range = { from: iso('mon 00:00'), to: iso('tue 00:00') }
    expect(await office.ana.api.sla.attainment.query(range)).toMatchObject([{ breached: 1 }])
  })
})

describe('a clock that is set back', () => {
  it('by an hour makes no answer come before its question', async () => {
    office = await startPromiseOffice()
    const id = await office.ticket()
    await office.until('mon 08:30')
    await office.carla.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Já vai.' })
    await office.customerWrites(id)
    office.clock.time = at('mon 08:00')
    await office.carla.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Pronto.' })
    expect(await clockOf('nextResponse', id)).toMatchObject({ status: 'met' })
  })

  it('while what is due is being done leaves the rest for its time, and the server at rest', async () => {
    office = await startPromiseOffice({ targets: nobodyYet })
    await office.ticket()
    await office.ticket({ subject: 'Outro' })
    const { promises, schedule } = office.server.services
    const plan = promises.plan.bind(promises)
    const planned = vi.spyOn(promises, 'plan').mockImplementationOnce((...args) => {
      const done = plan(...args)
      return done.finally(() => (office.clock.time = at('mon 11:00')))
    })
    office.clock.time = at('mon 12:01')
    await schedule.settled()
    expect(planned.mock.calls.length).toBeLessThan(10)
    await office.until('mon 13:30')
    expect(await openAlerts(office.carla)).toHaveLength(2)
  })
})

describe('when a level can’t be carried out', () => {
  const ladder = {
    targets: nobodyYet,
    escalations: [
      {
        metric: 'resolution' as const,
        atPercent: 50,
        notify: ['agent' as const],
        actions: [{ do: 'addNote' as const, value: 'Metade do prazo.' }],
      },
    ],
  }

  it('nothing of it is written, other tickets get theirs, and it is done once, late', async () => {
    office = await startPromiseOffice(ladder)
    const first = await office.ticket()
    const second = await office.ticket()
    const { alerts } = office.server.services
    vi.spyOn(alerts, 'raise').mockRejectedValueOnce(new Error('the disk is full'))
    await office.until('mon 10:00')
    const { timeline } = await office.ana.api.tickets.get.query({ id: first })
    expect(timeline.map(({ type }) => type)).toEqual(['ticket.created', 'message.created'])
    expect(await happened(second)).toEqual(['sla.warning', 'alert.raised'])
    await office.until('mon 10:01')
    expect(await happened(first)).toEqual(['sla.warning', 'alert.raised'])
    await office.until('mon 10:30')
    expect(await happened(first)).toEqual(['sla.warning', 'alert.raised'])
  })

  it('an answer that comes in the same moment is kept, and each is told once', async () => {
    office = await startPromiseOffice({
      ...ladder,
      targets: [{ priority: 'normal', resolutionMinutes: 240 }],
    })
    const id = await office.ticket()
    office.clock.time = at('mon 10:00')
    await Promise.all([
      office.carla.api.tickets.reply.mutate({
        ticketId: id,
        kind: 'public',
        body: 'Ok.',
        statusId: 'resolved',
      }),
      settled(),
    ])
    expect(await clockOf('resolution', id)).toMatchObject({ status: 'met' })
    expect(await openAlerts(office.carla)).toEqual([])
  })
})
