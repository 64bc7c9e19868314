import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hours } from '../../server/sla/calendar.contract.ts'
import { newId } from '../../server/ids.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
let supervisor: Client
let agent: Client
/** Noon of a Monday in São Paulo. */
const NOON = Date.parse('2026-03-09T15:00:00Z')
let clock: TestClock
beforeEach(async () => {
  clock = aClock(NOON)
  server = await startTestServer({ clock })
  admin = await server.setup()
  const hire = (role: 'supervisor' | 'agent') =>
    server.join(admin, { name: role, email: `${role}@ipe.example`, role })
  supervisor = server.client((await hire('supervisor')).token)
  agent = server.client((await hire('agent')).token)
})
afterEach(() => server[Symbol.asyncDispose]())

type Input = Parameters<Client['calendars']['create']['mutate']>[0]

const lunchBreak: Hours = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
    day,
    [
      ['08:00', '12:00'],
      ['13:30', '18:00'],
    ],
  ]),
)
const aCalendar = (parts: Partial<Input> = {}): Input => ({
  name: 'Comercial',
  timezone: 'America/Sao_Paulo',
  hours: lunchBreak,
  holidays: [{ date: '12-25', name: 'Natal' }],
  ...parts,
})
const create = (parts: Partial<Input> = {}) => supervisor.calendars.create.mutate(aCalendar(parts))
const list = () => agent.calendars.list.query()

/** A policy for every ticket that counts by this calendar. */
const promise = (calendarId: string, name = 'Padrão') =>
  supervisor.sla.policies.create.mutate({
    name,
    calendarId,
    targets: [
      { priority: 'normal', firstResponseMinutes: 60, nextResponseMinutes: 60, resolutionMinutes: 480 },
    ],
  })

/** Type, audience and data of what the log says about calendars. */
async function calendarEvents() {
  const rows = await server.services.store.read.sql<
    { type: string; audience: string | null; data: string }[]
  >`
    SELECT type, audience, data FROM event WHERE type LIKE 'calendar.%' ORDER BY seq`
  return rows.map(({ type, audience, data }) => [type, audience, JSON.parse(data) as unknown])
}

const revisions = () =>
  server.services.store.read.sql<{ id: string; hours: string; createdAt: number }[]>`
    SELECT id, hours, createdAt FROM calendar_revision ORDER BY id`

describe('a calendar', () => {
  it('comes back with what it was made of, for everybody', async () => {
    const made = await create()
    expect(made).toEqual({
      ...aCalendar(),
      id: expect.any(String) as string,
      version: 1,
      archived: false,
      usedBy: { policies: [], teams: [] },
    })
    expect(await list()).toEqual([made])
    expect(await calendarEvents()).toEqual([
      ['calendar.created', null, { id: made.id, changes: aCalendar() }],
    ])
  })

  it('is made once by a command that is sent twice', async () => {
    const twice = server.client(admin, { commandId: newId() })
    expect(await twice.calendars.create.mutate(aCalendar())).toEqual(
      await twice.calendars.create.mutate(aCalendar()),
    )
    expect(await list()).toHaveLength(1)
  })

  it('is read by agents and changed by those who configure the desk', async () => {
    const { id } = await create()
    expect(
      await agent.calendars.preview.query({ calendarId: id, from: '2026-03-06T20:30:00Z', minutes: 120 }),
    ).toEqual({
      dueAt: '2026-03-09T12:30:00.000Z',
    })
    for (const attempt of [
      () => agent.calendars.create.mutate(aCalendar({ name: 'Meu' })),
      () => agent.calendars.update.mutate({ id, changes: { name: 'Meu' } }),
      () => agent.calendars.archive.mutate({ id }),
      () => agent.calendars.restore.mutate({ id }),
    ])
      expect(await refusal(attempt())).toMatchObject({ reason: 'auth.forbidden' })
  })

  it('is changed in what differs, and tells that', async () => {
    const { id } = await create()
    const holidays = [
      { date: '12-25', name: 'Natal' },
      { date: '2026-06-04', name: 'Corpus Christi', open: [['08:00', '12:00'] as [string, string]] },
    ]
    const changed = await supervisor.calendars.update.mutate({
      id,
      version: 1,
      changes: { name: ' Comercial ', timezone: 'America/Sao_Paulo', holidays },
    })
    expect(changed).toEqual({
      ...aCalendar({ holidays }),
      id,
      version: 2,
      archived: false,
      usedBy: { policies: [], teams: [] },
    })
    expect((await calendarEvents()).at(-1)).toEqual(['calendar.updated', null, { id, changes: { holidays } }])
  })

  it('that is saved as it is stays as it is', async () => {
    const made = await create()
    expect(
      await supervisor.calendars.update.mutate({ id: made.id, version: 1, changes: aCalendar() }),
    ).toEqual(made)
    expect(await calendarEvents()).toHaveLength(1)
  })

  it('keeps what it said before', async () => {
    const { id } = await create()
    clock.advance({ minutes: 5 })
    const hours: Hours = { mon: [['09:00', '17:00']] }
    await supervisor.calendars.update.mutate({ id, changes: { hours } })
    await supervisor.calendars.update.mutate({ id, changes: { name: 'Só às segundas' } })
    const kept = await revisions()
    expect(kept.map((revision) => JSON.parse(revision.hours) as Hours)).toEqual([lunchBreak, hours])
    expect((kept[1]?.createdAt ?? 0) - (kept[0]?.createdAt ?? 0)).toBe(5 * 60_000)
    expect((await list())[0]).toMatchObject({ name: 'Só às segundas', hours, version: 3 })
  })

  it('has running promises reckoned anew when its hours change, and not when its name does', async () => {
    const { id } = await create()
    await promise(id)
    const ticket = await agent.tickets.create.mutate({
      subject: 'Impressora parada',
      body: '',
      requester: { name: 'Carla' },
      channel: 'phone',
      priorityId: 'normal',
    })
    await server.services.recompute.settled()
    const asked = () => server.services.store.read.sql<{ scope: string }[]>`
      SELECT scope FROM sla_recompute WHERE scope LIKE '%calendarId%'`
    await supervisor.calendars.update.mutate({ id, changes: { name: 'Matriz' } })
    expect(await asked()).toEqual([])
    // With four hours a day from noon on, eight end on Tuesday at four.
    const hours: Hours = { mon: [['12:00', '16:00']], tue: [['12:00', '16:00']] }
    await supervisor.calendars.update.mutate({ id, changes: { hours } })
    expect(await asked()).toEqual([{ scope: JSON.stringify({ calendarId: id }) }])
    await server.services.recompute.settled()
    const { sla } = await agent.tickets.get.query({ id: ticket.id })
    expect(sla.find(({ metric }) => metric === 'resolution')?.dueAt).toBe('2026-03-10T19:00:00.000Z')
  })

  it('with a name that another one bears is refused, unless that one is retired', async () => {
    const first = await create()
    const second = await create({ name: 'Plantão' })
    const taken = { reason: 'calendar.name_taken', fieldErrors: { name: ['calendar.name_taken'] } }
    expect(await refusal(create({ name: ' COMÉRCIAL ' }))).toMatchObject(taken)
    const rename = () => supervisor.calendars.update.mutate({ id: second.id, changes: { name: 'comercial' } })
    expect(await refusal(rename())).toMatchObject(taken)
    await supervisor.calendars.archive.mutate({ id: first.id })
    expect((await rename()).name).toBe('comercial')
    expect(await refusal(supervisor.calendars.restore.mutate({ id: first.id }))).toMatchObject(taken)
  })

  it('edited on top of somebody else’s edit is refused with what it is now', async () => {
    const { id } = await create()
    const current = await supervisor.calendars.update.mutate({ id, version: 1, changes: { name: 'Matriz' } })
    const late = supervisor.calendars.update.mutate({ id, version: 1, changes: { name: 'Filial' } })
    expect(await refusal(late)).toMatchObject({
      code: 'CONFLICT',
      reason: 'calendar.changed_meanwhile',
      current,
    })
    expect((await list())[0]).toEqual(current)
  })

  it('that does not exist is not found', async () => {
    const id = newId()
    for (const attempt of [
      () => supervisor.calendars.update.mutate({ id, changes: { name: 'x' } }),
      () => supervisor.calendars.archive.mutate({ id }),
      () => supervisor.calendars.restore.mutate({ id }),
      () => agent.calendars.preview.query({ calendarId: id, from: '2026-03-09T15:00:00Z', minutes: 1 }),
    ])
      expect(await refusal(attempt())).toMatchObject({ code: 'NOT_FOUND', reason: 'calendar.not_found' })
  })
})

describe('a calendar in use', () => {
  it('says by whom, and can be retired: it counts on for them and nobody can take it up anew', async () => {
    const { id } = await create()
    const team = await server.client(admin).teams.create.mutate({ name: 'Suporte', calendarId: id })
    await promise(id)
    const retired = await supervisor.calendars.archive.mutate({ id })
    expect(retired).toMatchObject({ archived: true, usedBy: { policies: ['Padrão'], teams: ['Suporte'] } })
    expect(Object.keys((await agent.calendars.stretches.query()).calendars)).toEqual([id])
    expect(
      await agent.calendars.preview.query({ calendarId: id, from: '2026-03-09T15:00:00Z', minutes: 30 }),
    ).toEqual({
      dueAt: '2026-03-09T17:00:00.000Z',
    })
    expect(await refusal(promise(id, 'Outra'))).toMatchObject({
      fieldErrors: { calendarId: ['calendar.retired'] },
    })
    const again = server.client(admin).teams.create.mutate({ name: 'Vendas', calendarId: id })
    expect(await refusal(again)).toMatchObject({ fieldErrors: { calendarId: ['calendar.retired'] } })
    expect(
      (await server.client(admin).teams.update.mutate({ id: team.id, changes: { name: 'N1' } })).calendarId,
    ).toBe(id)
    const restored = await supervisor.calendars.restore.mutate({ id })
    expect(restored).toMatchObject({ archived: false, version: 3 })
    expect((await calendarEvents()).slice(1)).toEqual([
      ['calendar.updated', null, { id, changes: { archived: true } }],
      ['calendar.updated', null, { id, changes: { archived: false } }],
    ])
  })

  it('retired or restored twice is so once', async () => {
    const { id } = await create()
    const once = await supervisor.calendars.archive.mutate({ id })
    expect(await supervisor.calendars.archive.mutate({ id })).toEqual(once)
    await supervisor.calendars.restore.mutate({ id })
    await supervisor.calendars.restore.mutate({ id })
    expect(await calendarEvents()).toHaveLength(3)
  })
})

describe('the open stretches', () => {
  it('of calendars in use go from yesterday to sixty days ahead', async () => {
    const { id } = await create()
    await create({ name: 'Sem uso' })
    expect(await agent.calendars.stretches.query()).toMatchObject({ calendars: {} })
    await promise(id)
    const { from, until, calendars } = await agent.calendars.stretches.query()
    expect([from, until]).toEqual([Date.parse('2026-03-08T15:00:00Z'), Date.parse('2026-05-08T15:00:00Z')])
    expect(Object.keys(calendars)).toEqual([id])
    expect(calendars[id]?.slice(0, 2)).toEqual([
      [Date.parse('2026-03-09T11:00:00Z'), Date.parse('2026-03-09T15:00:00Z')],
      [Date.parse('2026-03-09T16:30:00Z'), Date.parse('2026-03-09T21:00:00Z')],
    ])
    expect(calendars[id]?.at(-1)).toEqual([
      Date.parse('2026-05-08T11:00:00Z'),
      Date.parse('2026-05-08T15:00:00Z'),
    ])
  })
})

describe('a preview', () => {
  const calendar = { timezone: 'America/Sao_Paulo', hours: lunchBreak, holidays: [] }
  const preview = (question: object) => agent.calendars.preview.query(question as never)

  it('answers of calendars that are not saved yet, forwards, backwards and between', async () => {
    const from = '2026-03-10T11:30:00Z'
    expect(await preview({ calendar, from, minutes: 60 })).toEqual({ dueAt: '2026-03-10T12:30:00.000Z' })
    expect(await preview({ calendar, from, minutes: -60 })).toEqual({ dueAt: '2026-03-09T20:30:00.000Z' })
    expect(await preview({ calendar, from, minutes: 0.5 })).toEqual({ dueAt: '2026-03-10T11:30:30.000Z' })
    expect(await preview({ calendar, from, to: '2026-03-09T20:30:00Z' })).toEqual({ minutes: -60 })
    expect(await preview({ calendar, from, to: '2026-03-10T17:00:00-03:00' })).toEqual({ minutes: 420 })
  })

  it('of a saved calendar goes by its last edit', async () => {
    const { id } = await create()
    const ask = () => preview({ calendarId: id, from: '2026-03-10T11:30:00Z', minutes: 60 })
    expect(await ask()).toEqual({ dueAt: '2026-03-10T12:30:00.000Z' })
    await supervisor.calendars.update.mutate({ id, changes: { timezone: 'America/Manaus' } })
    expect(await ask()).toEqual({ dueAt: '2026-03-10T13:00:00.000Z' })
  })
})
