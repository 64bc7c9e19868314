import { describe, expect, it, vi } from 'vitest'
import { v7 } from 'uuid'
import { keepHouse } from '../../server/housekeeping.ts'
import type { DeskEvent } from '../../server/events/contract.ts'
import { newId } from '../../server/ids.ts'
import { startAlertOffice, type AlertOffice, type Person } from '../support/alert-office.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer } from '../support/server.ts'

const typesOf = (events: DeskEvent[]) => events.map(({ type }) => type)
const idOf = async (office: AlertOffice, person: Person) => (await office.alertOf(person))?.id ?? ''

/** What the log has of alerts, with whom it was for. */
async function log(server: { services: AlertOffice['server']['services'] }) {
  const rows = await server.services.store.read.sql<{ type: string; audience: string; data: string }[]>`
    SELECT type, audience, data FROM event WHERE type LIKE 'alert.%' ORDER BY seq`
  return rows.map(({ type, audience, data }) => ({
    type,
    audience: JSON.parse(audience) as { teams: string[]; agents: string[] },
    data: JSON.parse(data) as Record<string, unknown>,
  }))
}

describe('an alert', () => {
  it('goes from raised over delivered and seen to acknowledged on one screen, and the other hears of it', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, ticket } = office
    const [atBruno, atCarla] = [await office.listen(bruno), await office.listen(carla)]
    expect(await office.raise({ notify: ['team'] })).toBe('raised')

    const raised = await office.alertOf(carla)
    expect(raised).toMatchObject({
      ticketId: ticket.id,
      ticket: {
        number: ticket.number,
        subject: 'Impressora fiscal não imprime',
        priority: { name: 'Normal', weight: expect.any(Number) },
        requester: 'José Almeida',
      },
      severity: 'warning',
      reason: 'sla.warning',
      data: { metric: 'resolution', dueAt: '2026-03-09T15:00:00.000Z' },
      raisedAt: '2026-03-09T12:00:00.000Z',
      heldUntil: null,
      lateMs: null,
      state: 'raised',
      level: 1,
      acknowledgedAt: null,
      acknowledgedBy: null,
    })
    expect(raised?.recipients.map(({ name }) => name).toSorted()).toEqual(['Bruno', 'Carla'])
    const ids = [raised?.id ?? '']

    await bruno.api.alerts.delivered.mutate({ ids })
    expect(await office.alertOf(carla)).toMatchObject({ state: 'delivered' })
    await office.pass({ minutes: 1 })
    await bruno.api.alerts.seen.mutate({ ids })
    await office.pass({ minutes: 1 })
    for (const again of [bruno, carla]) {
      await again.api.alerts.delivered.mutate({ ids })
      await again.api.alerts.seen.mutate({ ids })
    }
    const seen = await office.alertOf(carla)
    expect(seen).toMatchObject({ state: 'seen' })
    expect(
      Object.fromEntries(seen?.recipients.map((part) => [part.name, [part.deliveredAt, part.seenAt]]) ?? []),
    ).toEqual({
      Bruno: ['2026-03-09T12:00:00.000Z', '2026-03-09T12:01:00.000Z'],
      Carla: ['2026-03-09T12:02:00.000Z', '2026-03-09T12:02:00.000Z'],
    })

    const acknowledged = await carla.api.alerts.acknowledge.mutate({ id: ids[0] ?? '' })
    expect(acknowledged).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: '2026-03-09T12:02:00.000Z',
      acknowledgedBy: { type: 'agent', id: carla.id, name: 'Carla' },
    })
    expect(await office.alertOf(bruno)).toBeUndefined()
    const recent = await bruno.api.alerts.list.query({ state: 'recent' })
    expect(recent.items).toEqual([acknowledged])

    for (const listener of [atBruno, atCarla]) {
      const heard = await listener.heard()
      expect(typesOf(heard)).toEqual(['alert.raised', 'alert.delivered', 'alert.seen', 'alert.acknowledged'])
      expect(heard[0]).toMatchObject({
        ticketId: ticket.id,
        actor: { type: 'system' },
        data: { alertId: ids[0], key: 'sla:1', level: 1, severity: 'warning', metric: 'resolution' },
      })
      expect(heard[3]).toMatchObject({
        actor: { id: carla.id, name: 'Carla' },
        data: { alertId: ids[0], by: { type: 'agent', id: carla.id }, via: 'person' },
      })
    }
  })

  it('is for its recipients: a colleague without it hears nothing, sees nothing and can do nothing with it', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, davi } = office
    const listeners = [await office.listen(carla), await office.listen(davi)]
    await office.raise()
    const id = await idOf(office, bruno)
    await bruno.api.alerts.delivered.mutate({ ids: [id] })
    for (const other of [carla, davi]) {
      expect(await office.alertOf(other)).toBeUndefined()
      for (const call of [
        other.api.alerts.acknowledge.mutate({ id }),
        other.api.alerts.snooze.mutate({ id, minutes: 5 }),
      ])
        expect(await refusal(call)).toMatchObject({ httpStatus: 404, reason: 'alert.not_found' })
      await other.api.alerts.seen.mutate({ ids: [id] })
      const all = await refusal(other.api.alerts.list.query({ scope: 'all' }))
      expect(all).toMatchObject({ httpStatus: 403, reason: 'auth.forbidden' })
    }
    expect(await office.alertOf(bruno)).toMatchObject({ state: 'delivered', recipients: [{ name: 'Bruno' }] })
    await bruno.api.alerts.acknowledge.mutate({ id })
    for (const listener of listeners) expect(await listener.heard()).toEqual([])
    for (const { audience } of await log(office.server))
      expect(audience).toEqual({ teams: [], agents: [bruno.id] })
    expect(await refusal(bruno.api.alerts.acknowledge.mutate({ id: v7() }))).toMatchObject({
      reason: 'alert.not_found',
    })
  })

  it('that a supervisor looks after without having been told is in everybody’s list, and can be acknowledged there', async () => {
    await using office = await startAlertOffice()
    await office.raise()
    expect(await office.alertOf(office.silvia)).toBeUndefined()
    const { items } = await office.silvia.api.alerts.list.query({ scope: 'all' })
    const done = await office.silvia.api.alerts.acknowledge.mutate({ id: items[0]?.id ?? '' })
    expect(done.acknowledgedBy?.name).toBe('Silvia')
    expect(await office.alertOf(office.bruno)).toBeUndefined()
  })

  it('of a missed deadline that somebody has in hand takes the warning of it along, and no other', async () => {
    await using office = await startAlertOffice()
    const { bruno, ana } = office
    const data = { metric: 'resolution', cycle: 1, dueAt: '2026-03-09T15:00:00.000Z' }
    await office.raise({ key: 'warning', data })
    await office.raise({ key: 'another', data: { ...data, metric: 'firstResponse' } })
    await office.raise({ key: 'breach', severity: 'urgent', reason: 'sla.breached', data })
    const open = async () => (await ana.api.alerts.list.query({ scope: 'all' })).items
    const missed = (await open()).find(({ reason }) => reason === 'sla.breached')
    await bruno.api.alerts.acknowledge.mutate({ id: missed?.id ?? '' })
    expect((await open()).map(({ data }) => data['metric'])).toEqual(['firstResponse'])
  })

  it('acknowledged by two at once is the first one’s, and the second is told so', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await office.raise({ notify: ['team'] })
    const id = await idOf(office, bruno)
    const answers = await Promise.all([bruno, carla].map(({ api }) => api.alerts.acknowledge.mutate({ id })))
    expect(answers[0]?.acknowledgedBy).toEqual(answers[1]?.acknowledgedBy)
    const events = await log(office.server)
    expect(events.filter(({ type }) => type === 'alert.acknowledged')).toHaveLength(1)
  })

  it('of a ticket that went to another team is no longer theirs who can’t see it', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia, ana, ticket, workshop } = office
    await office.raise()
    const id = await idOf(office, bruno)
    await ana.api.tickets.update.mutate({
      ticketId: ticket.id,
      version: 1,
      changes: { teamId: workshop, agentId: null },
    })
    expect(await office.alertOf(bruno)).toBeUndefined()
    expect((await refusal(bruno.api.alerts.acknowledge.mutate({ id }))).reason).toBe('alert.not_found')
    expect(await office.alertOf(silvia)).toMatchObject({ id })
  })

  it('whose only recipient has left is the supervisors’, who can put it off like any other', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia, ana } = office
    await office.raise()
    const id = await idOf(office, bruno)
    await ana.api.agents.deactivate.mutate({ id: bruno.id })
    for (const overseer of [silvia, ana]) expect(await office.alertOf(overseer)).toMatchObject({ id })
    const at = await silvia.api.alerts.snooze.mutate({ id, minutes: 5 })
    expect(at.recipients.map(({ name, snoozedUntil }) => [name, snoozedUntil])).toEqual(
      expect.arrayContaining([
        ['Bruno', null],
        ['Silvia', '2026-03-09T12:05:00.000Z'],
        ['Ana Souza', null],
      ]),
    )
    expect(await office.alertOf(ana)).toMatchObject({ id })
  })

  it('may be about no ticket', async () => {
    await using office = await startAlertOffice()
    await office.raise({ ticket: null, notify: [office.davi.id], reason: 'rule.alert' })
    expect(await office.alertOf(office.davi)).toMatchObject({
      ticketId: null,
      ticket: null,
      reason: 'rule.alert',
    })
  })

  it('that comes late says by how much', async () => {
    await using office = await startAlertOffice()
    await office.raise({ lateMs: 5_400_000 })
    expect(await office.alertOf(office.bruno)).toMatchObject({ lateMs: 5_400_000 })
  })

  it('put off by a client that asks again under the same key is put off once', async () => {
    await using office = await startAlertOffice()
    await office.raise()
    const id = await idOf(office, office.bruno)
    const client = office.server.client(office.bruno.token, { commandId: v7() })
    const first = await client.alerts.snooze.mutate({ id, minutes: 10 })
    await office.pass({ minutes: 1 })
    expect(await client.alerts.snooze.mutate({ id, minutes: 10 })).toEqual(first)
    expect(await office.alertOf(office.bruno)).toMatchObject({
      recipients: [{ snoozedUntil: '2026-03-09T12:10:00.000Z' }],
    })
  })

  it('is not raised when its transaction fails', async () => {
    await using office = await startAlertOffice()
    const { store, alerts } = office.server.services
    const failing = store.write(async (tx) => {
      const ticket = { id: office.ticket.id, teamId: null, agentId: null }
      await alerts.raise(tx, {
        ...{ key: 'k', ticket, severity: 'info', reason: 'r', data: {}, lateMs: null, notify: ['agent'] },
        tellAt: office.clock.now() + 60_000,
      })
      throw new Error('power cut')
    })
    await expect(failing).rejects.toThrow('power cut')
    expect((await office.ana.api.alerts.list.query({ scope: 'all' })).items).toEqual([])
    expect(await log(office.server)).toEqual([])
  })
})

describe('lists of alerts', () => {
  it('begin with the most severe, then the newest, and end where they are told to', async () => {
    await using office = await startAlertOffice()
    for (const [key, severity] of [
      ['a', 'info'],
      ['b', 'urgent'],
      ['c', 'warning'],
      ['d', 'urgent'],
    ] as const)
      await office.raise({ key, severity, reason: `rule.${key}` })
    const { items, seq } = await office.bruno.api.alerts.list.query({ limit: 3 })
    expect(items.map(({ reason }) => reason)).toEqual(['rule.d', 'rule.b', 'rule.c'])
    expect(seq).toBe((await office.bruno.api.tickets.counts.query()).seq)
    for (const { id } of items) {
      await office.pass({ minutes: 1 })
      await office.bruno.api.alerts.acknowledge.mutate({ id })
    }
    const recent = await office.silvia.api.alerts.list.query({ scope: 'all', state: 'recent' })
    expect(recent.items.map(({ reason }) => reason)).toEqual(['rule.c', 'rule.b', 'rule.d'])
    expect((await office.silvia.api.alerts.list.query({ state: 'recent' })).items).toEqual([])
  })

  it('have those alone that are asked for, as far as they belong there', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    for (const key of ['a', 'b', 'c']) await office.raise({ key, reason: `rule.${key}` })
    const known = (await bruno.api.alerts.list.query({})).items
    const [a, b] = ['rule.a', 'rule.b'].map(
      (reason) => known.find((alert) => alert.reason === reason)?.id ?? '',
    )
    await bruno.api.alerts.acknowledge.mutate({ id: b ?? '' })
    const ids = [a, b, newId()].flatMap((id) => id ?? [])
    const { items } = await bruno.api.alerts.list.query({ ids })
    expect(items).toEqual(known.filter(({ id }) => id === a))
    expect((await carla.api.alerts.list.query({ ids })).items).toEqual([])
  })
})

describe('escalation', () => {
  it('takes an open alert to its next level, with those told before and those who join', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia, ana, carla } = office
    const atCarla = await office.listen(carla)
    await office.raise()
    await bruno.api.alerts.seen.mutate({ ids: [await idOf(office, bruno)] })
    await office.pass({ minutes: 30 })
    const atBruno = await office.listen(bruno)
    const next = { severity: 'urgent', reason: 'sla.breached', notify: ['supervisors'] } as const
    expect(await office.raise(next)).toBe('escalated')
    const alert = await office.alertOf(silvia)
    expect(alert).toMatchObject({ state: 'escalated', level: 2, severity: 'urgent', reason: 'sla.breached' })
    expect(Object.fromEntries(alert?.recipients.map(({ name, level }) => [name, level]) ?? [])).toEqual({
      Bruno: 1,
      Silvia: 2,
      'Ana Souza': 2,
    })
    const [heard, ...more] = await atBruno.heard()
    expect(more).toEqual([])
    expect(heard).toMatchObject({ type: 'alert.escalated', data: { level: 2, severity: 'urgent' } })
    expect(heard?.data['recipients']).toHaveLength(3)
    expect(heard?.data['recipients']).toEqual(expect.arrayContaining([bruno.id, silvia.id, ana.id]))
    expect(await atCarla.heard()).toEqual([])
    // What was urgent does not become less so by a further level.
    await office.raise({ severity: 'info' })
    expect(await office.alertOf(silvia)).toMatchObject({ level: 3, severity: 'urgent' })
  })

  it('leaves alone what somebody has acknowledged', async () => {
    await using office = await startAlertOffice()
    await office.raise()
    await office.bruno.api.alerts.acknowledge.mutate({ id: await idOf(office, office.bruno) })
    const before = await log(office.server)
    expect(await office.raise({ notify: ['supervisors'] })).toBe('acknowledged')
    expect(await log(office.server)).toEqual(before)
    expect(await office.alertOf(office.silvia)).toBeUndefined()
  })

  it('tells of two levels that are reached at once, as after downtime', async () => {
    await using office = await startAlertOffice()
    await office.raise()
    await office.raise({ notify: ['agent'] })
    const events = await log(office.server)
    expect(events.map(({ type, audience }) => [type, audience.agents])).toEqual([
      ['alert.raised', [office.bruno.id]],
      ['alert.escalated', [office.bruno.id]],
    ])
  })

  it('of a snoozed alert ends the snooze', async () => {
    await using office = await startAlertOffice()
    const { bruno } = office
    await office.raise()
    await bruno.api.alerts.snooze.mutate({ id: await idOf(office, bruno), minutes: 60 })
    await office.raise({ notify: ['supervisors'] })
    const alert = await office.alertOf(bruno)
    expect(alert?.recipients.map(({ snoozedUntil }) => snoozedUntil)).toEqual([null, null, null])
    await office.pass({ minutes: 60 })
    expect((await log(office.server)).map(({ type }) => type)).toEqual([
      'alert.raised',
      'alert.snoozed',
      'alert.escalated',
    ])
  })
})

describe('an alert for people off shift', () => {
  const opening = (office: AlertOffice) => office.clock.now() + 14 * 3_600_000

  it('is held until opening and then told once', async () => {
    await using office = await startAlertOffice()
    const { bruno, silvia } = office
    const atBruno = await office.listen(bruno)
    await office.raise({ tellAt: opening(office) })
    expect(await office.alertOf(bruno)).toBeUndefined()
    const [held] = (await silvia.api.alerts.list.query({ scope: 'all' })).items
    expect(held).toMatchObject({
      heldUntil: '2026-03-10T02:00:00.000Z',
      state: 'raised',
      recipients: [{ name: 'Bruno' }],
    })
    const id = held?.id ?? ''
    expect((await refusal(bruno.api.alerts.acknowledge.mutate({ id }))).reason).toBe('alert.not_found')
    await office.pass({ minutes: 14 * 60 - 1 })
    expect(await atBruno.heard()).toEqual([])
    await office.pass({ minutes: 1 })
    expect(await office.alertOf(bruno)).toMatchObject({ id, heldUntil: null })
    await office.pass({ minutes: 30 })
    expect(await atBruno.heard()).toMatchObject([{ type: 'alert.raised', at: '2026-03-10T02:00:00.000Z' }])
    expect(await log(office.server)).toHaveLength(1)
  })

  it('is told once also when the server was off at opening, and its next start is the third', async () => {
    await using office = await startAlertOffice()
    const { clock, bruno, server } = office
    await office.raise({ tellAt: opening(office) })
    await server.stop()
    {
      await using night = await startTestServer({ clock, dataDir: server.dataDir })
      await night.services.schedule.settled()
      expect(await log(night)).toEqual([])
    }
    clock.advance({ minutes: 15 * 60 })
    for (let start = 0; start < 2; start++) {
      await using morning = await startTestServer({ clock, dataDir: server.dataDir })
      await morning.services.schedule.settled()
      expect(await log(morning)).toMatchObject([{ type: 'alert.raised', audience: { agents: [bruno.id] } }])
      expect((await morning.client(bruno.token).alerts.list.query({})).items).toHaveLength(1)
    }
  })

  it('is never told when it is settled before, although it climbed at night', async () => {
    await using office = await startAlertOffice()
    const { silvia, server } = office
    await office.raise({ tellAt: opening(office) })
    await office.raise({ tellAt: opening(office), notify: ['supervisors'] })
    expect((await silvia.api.alerts.list.query({ scope: 'all' })).items).toMatchObject([{ level: 2 }])
    const { store, alerts } = server.services
    await store.write((tx) =>
      alerts.settle(tx, ['sla:1', 'sla:unknown'], { type: 'agent', id: office.carla.id }),
    )
    await office.pass({ minutes: 20 * 60 })
    expect(await log(server)).toMatchObject([
      {
        type: 'alert.acknowledged',
        audience: { teams: [], agents: [] },
        data: { by: { type: 'agent', id: office.carla.id }, via: 'settled' },
      },
    ])
    expect(office.clock.alarms).toBe(0)
  })

  it('is not told when somebody settles it in the moment of opening', async () => {
    await using office = await startAlertOffice()
    const { server, clock } = office
    const { store, alerts, schedule } = server.services
    await office.raise({ tellAt: opening(office) })
    const maySettle = Promise.withResolvers<undefined>()
    const settling = store.write(async (tx) => {
      await maySettle.promise
      await alerts.settle(tx, ['sla:1'], { type: 'system' })
    })
    const write = vi.spyOn(store, 'write')
    clock.advance({ minutes: 14 * 60 })
    await vi.waitFor(() => expect(write).toHaveBeenCalledOnce())
    maySettle.resolve(undefined)
    await settling
    await schedule.settled()
    expect((await log(server)).map(({ type }) => type)).toEqual(['alert.acknowledged'])
  })

  it('goes to those who oversee the desk when its recipient left overnight', async () => {
    await using office = await startAlertOffice()
    await office.raise({ tellAt: opening(office) })
    await office.ana.api.agents.deactivate.mutate({ id: office.bruno.id })
    await office.pass({ minutes: 14 * 60 })
    const [told] = await log(office.server)
    expect(told?.audience.agents.toSorted()).toEqual([office.ana.id, office.silvia.id].toSorted())
    expect(await office.alertOf(office.silvia)).toMatchObject({ heldUntil: null })
  })
})

describe('a snooze', () => {
  it('is quiet for whoever asked for it, and then tells them again, alone', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await office.raise({ notify: ['team'] })
    const [atBruno, atCarla] = [await office.listen(bruno), await office.listen(carla)]
    const id = await idOf(office, bruno)
    await bruno.api.alerts.snooze.mutate({ id, minutes: 10 })
    expect(await office.alertOf(bruno)).toMatchObject({
      recipients: expect.arrayContaining([
        expect.objectContaining({ name: 'Bruno', snoozedUntil: '2026-03-09T12:10:00.000Z' }),
        expect.objectContaining({ name: 'Carla', snoozedUntil: null }),
      ]),
    })
    await office.pass({ minutes: 9 })
    expect(typesOf(await atBruno.heard())).toEqual(['alert.snoozed'])
    await office.pass({ minutes: 1 })
    expect(await atBruno.heard()).toMatchObject([
      { type: 'alert.snoozed', data: { alertId: id, until: '2026-03-09T12:10:00.000Z' } },
      { type: 'alert.raised', ticketId: null, data: { alertId: id, again: true, recipients: [bruno.id] } },
    ])
    expect(await atCarla.heard()).toEqual([])
    expect((await office.alertOf(bruno))?.recipients.map(({ snoozedUntil }) => snoozedUntil)).toEqual([
      null,
      null,
    ])
  })

  it('of what is acknowledged meanwhile ends in silence', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla } = office
    await office.raise({ notify: ['team'] })
    const id = await idOf(office, bruno)
    await bruno.api.alerts.snooze.mutate({ id, minutes: 10 })
    await carla.api.alerts.acknowledge.mutate({ id })
    expect(await bruno.api.alerts.snooze.mutate({ id, minutes: 10 })).toMatchObject({ state: 'acknowledged' })
    await office.pass({ minutes: 60 })
    expect((await log(office.server)).map(({ type }) => type)).toEqual([
      'alert.raised',
      'alert.snoozed',
      'alert.acknowledged',
    ])
  })

  it.each([0, 481, 1.5])('of %d minutes is refused', async (minutes) => {
    await using office = await startAlertOffice()
    await office.raise()
    const call = office.bruno.api.alerts.snooze.mutate({ id: await idOf(office, office.bruno), minutes })
    expect(await refusal(call)).toMatchObject({
      httpStatus: 400,
      fieldErrors: { minutes: expect.any(Array) },
    })
  })
})

describe('what was done about a promise', () => {
  it('acknowledges its open alerts in the name of whoever did it, and leaves acknowledged ones theirs', async () => {
    await using office = await startAlertOffice()
    const { bruno, carla, server } = office
    await office.raise({ key: 'warning' })
    await bruno.api.alerts.acknowledge.mutate({ id: await idOf(office, bruno) })
    await office.raise({ key: 'breach' })
    const { store, alerts } = server.services
    const settle = (actor: Parameters<typeof alerts.settle>[2]) =>
      store.write((tx) => alerts.settle(tx, ['warning', 'breach'], actor))
    await settle({ type: 'agent', id: carla.id })
    await settle({ type: 'system' })
    await store.write((tx) => alerts.settle(tx, [], { type: 'system' }))
    const { items } = await bruno.api.alerts.list.query({ state: 'recent' })
    expect(items.map(({ acknowledgedBy }) => acknowledgedBy?.name).toSorted()).toEqual(['Bruno', 'Carla'])
    expect(await office.alertOf(bruno)).toBeUndefined()
  })

  it('names the customer who did it', async () => {
    await using office = await startAlertOffice()
    await office.raise()
    const { id } = await office.ana.api.customers.create.mutate({ name: 'Lia Prado' })
    const { store, alerts } = office.server.services
    await store.write((tx) => alerts.settle(tx, ['sla:1'], { type: 'customer', id }))
    const { items } = await office.bruno.api.alerts.list.query({ state: 'recent' })
    expect(items[0]?.acknowledgedBy).toEqual({ type: 'customer', id, name: 'Lia Prado' })
  })
})

it('alerts acknowledged more than half a year ago are cleared away, open ones never', async () => {
  await using office = await startAlertOffice()
  const { services } = office.server
  const kept = async () =>
    (await services.store.read.sql<{ key: string }[]>`SELECT key FROM alert ORDER BY key`).map(
      // A settled one has its id behind its key.
      ({ key }) => key.split(':')[0],
    )
  await office.raise({ key: 'open' })
  await office.raise({ key: 'settled' })
  await services.store.write((tx) => services.alerts.settle(tx, ['settled'], { type: 'system' }))
  await office.pass({ days: 180 })
  await keepHouse(services)
  expect(await kept()).toEqual(['open', 'settled'])
  await office.pass({ days: 1 })
  await keepHouse(services)
  expect(await kept()).toEqual(['open'])
})
