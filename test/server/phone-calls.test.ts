import { describe, expect, it } from 'vitest'
import { keepHouse } from '../../server/housekeeping.ts'
import {
  CONTACT,
  MOBILE,
  START,
  admin,
  adminToken,
  after,
  bia,
  caio,
  clock,
  davi,
  missed,
  options,
  post,
  restart,
  rolesOf,
  rows,
  server,
  teamId,
  tickets,
  told,
  usePhoneOffice,
} from '../support/phone-office.ts'
import { refusal } from '../support/refusal.ts'

usePhoneOffice()

describe('a call', () => {
  it('pops where it rings, with the customer and what they may see of their open tickets', async () => {
    const { id: customerId } = await admin.customers.create.mutate({ ...CONTACT, tier: 'vip' })
    const { id: theirs } = await admin.teams.create.mutate({ name: 'Diretoria' })
    const ticket = (subject: string, parts: object = {}) =>
      admin.tickets.create.mutate({
        ...{ subject, body: '…', requester: { id: customerId }, channel: 'email', teamId, ...parts },
      })
    const open = await ticket('Toner')
    await ticket('Resolvido', { statusId: 'resolved' })
    await ticket('Sigilo', { teamId: theirs })
    await told('incoming', { extension: '201', number: `sip:${MOBILE}@10.0.0.9` })
    expect((await bia.api.calls.current.query()).items).toMatchObject([
      {
        ...{ role: 'rings', state: 'ringing', number: '+55 11 98765 4321', extension: '201', candidates: [] },
        customer: { id: customerId, name: 'Rui Prado', tier: { key: 'vip' } },
        openTickets: [{ id: open.id, number: open.number, subject: 'Toner' }],
        hasMoreTickets: false,
      },
    ])
    expect(await rolesOf(caio)).toEqual([])
  })

  it('events say whose it is and nothing of who calls', async () => {
    await admin.customers.create.mutate(CONTACT)
    await told('incoming', { extension: '201' })
    const [event] = await rows('event')
    expect(event).toMatchObject({ type: 'call.ringing' })
    expect(JSON.parse(event?.audience ?? '')).toEqual({ teams: [], agents: [bia.id] })
    expect(JSON.parse(event?.data ?? '')).toMatchObject({
      agentIds: [bia.id],
      state: 'ringing',
      extension: '201',
    })
    expect(event?.data).not.toMatch(/Rui|98765/)
  })

  it('of a group pops at each phone; whoever answers keeps it and the others’ pops go away', async () => {
    await told('incoming', { extension: '201' })
    await told('incoming', { extension: '202' })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([
      ['rings +55 11 98765 4321'],
      ['rings +55 11 98765 4321'],
    ])
    await told('answered', { extension: '202' })
    await told('ended', { extension: '201' })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    const events = (await rows('event')).map(({ type, data }) => [
      type,
      (JSON.parse(data) as { agentIds: string[] }).agentIds,
    ])
    expect(events).toEqual([
      ['call.ringing', [bia.id]],
      ['call.ringing', [bia.id, caio.id]],
      ['call.answered', [caio.id]],
    ])
  })

  it('moves with a transfer, and told again changes nothing', async () => {
    for (const times of [1, 2]) {
      await told('incoming', { extension: '201' })
      await told('answered', { extension: '201' })
      clock.advance({ ms: times === 1 ? 1_000 : 0 })
      await told('transferred', { extension: '202' })
    }
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    expect((await rows('event')).map(({ type }) => type)).toEqual([
      'call.ringing',
      'call.answered',
      'call.updated',
    ])
    await told('ended')
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      { state: 'ended', agent: { name: 'Caio' }, extension: '202' },
    ])
  })

  it('whose number several have offers all of them, and a link decides', async () => {
    const rui = await admin.customers.create.mutate(CONTACT)
    const lia = await admin.customers.create.mutate({ name: 'Lia Prado', phone: '1187654321' })
    const callId = await told('incoming', { extension: '201' })
    expect(await bia.api.calls.get.query({ callId })).toMatchObject({
      customer: null,
      candidates: [{ id: rui.id }, { id: lia.id }],
    })
    const ticket = await bia.api.tickets.create.mutate({
      ...{ subject: 'Toner', body: '…', requester: { id: lia.id }, channel: 'phone', teamId },
    })
    expect(await bia.api.calls.link.mutate({ callId, ticketId: ticket.id })).toMatchObject({
      ...{ customer: { id: lia.id }, candidates: [], ticket: { number: ticket.number } },
    })
    expect((await caio.api.calls.list.query({ ticketId: ticket.id })).items).toMatchObject([{ id: callId }])
    expect((await caio.api.calls.list.query({ customerId: lia.id })).items).toMatchObject([{ id: callId }])
    expect((await caio.api.calls.list.query({ customerId: rui.id })).items).toEqual([])
  })

  it('of which no phone was named shows at everybody’s, until one claims it', async () => {
    const callId = await told('incoming')
    await told('answered')
    expect([await rolesOf(bia), await rolesOf(davi)]).toEqual([
      ['unclaimed +55 11 98765 4321'],
      ['unclaimed +55 11 98765 4321'],
    ])
    expect((await rows('event'))[0]?.audience).toBeNull()
    await davi.api.calls.claim.mutate({ callId })
    expect(await davi.api.calls.claim.mutate({ callId })).toMatchObject({
      role: 'talking',
      agent: { name: 'Davi' },
    })
    expect(await rolesOf(bia)).toEqual([])
    expect(await refusal(bia.api.calls.claim.mutate({ callId }))).toMatchObject({
      ...{ reason: 'call.taken', agent: { name: 'Davi' } },
    })
    await told('ended')
    expect(await refusal(davi.api.calls.claim.mutate({ callId }))).toMatchObject({ reason: 'call.over' })
  })

  it('at a phone of nobody here falls to the team, and whoever takes it sits at that phone', async () => {
    const { id: others } = await admin.teams.create.mutate({ name: 'Cobrança' })
    const eva = await server.join(adminToken, { name: 'Eva', email: 'eva@ipe.example', teamIds: [others] })
    await options({ unclaimed: { show: true, teamId } })
    const callId = await told('incoming', { extension: '300' })
    expect(await admin.calls.get.query({ callId })).toMatchObject({
      ringsAt: [{ extension: '300', agent: null }],
    })
    expect(JSON.parse((await rows('event'))[0]?.audience ?? '')).toEqual({ teams: [teamId], agents: [] })
    expect([await rolesOf(bia), await rolesOf(davi)]).toEqual([
      ['unclaimed +55 11 98765 4321'],
      ['unclaimed +55 11 98765 4321'],
    ])
    const stranger = server.client(eva.token).calls
    expect((await stranger.current.query()).items).toEqual([])
    expect(await refusal(stranger.get.query({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await refusal(stranger.claim.mutate({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await davi.api.calls.claim.mutate({ callId })).toMatchObject({ role: 'talking', extension: '300' })
    expect(await rolesOf(bia)).toEqual([])
    await told('answered', { extension: '300' })
    await told('ended', { extension: '300' })
    expect(await davi.api.calls.get.query({ callId })).toMatchObject({
      role: 'wrapUp',
      agent: { name: 'Davi' },
    })
  })

  it('at a phone of nobody here stays away from all screens where the office wants so', async () => {
    await options({ unclaimed: { show: false, teamId: null } })
    const callId = await told('incoming', { extension: '300' })
    expect([await rolesOf(davi), (await admin.calls.current.query()).items]).toEqual([[], []])
    expect(JSON.parse((await rows('event'))[0]?.audience ?? '')).toEqual({ teams: [], agents: [] })
    expect(await refusal(davi.api.calls.claim.mutate({ callId }))).toMatchObject({ reason: 'call.not_found' })
    expect(await admin.calls.get.query({ callId })).toMatchObject({ role: null, state: 'ringing' })
  })

  it('of an exchange that names no calls is told by number and phone', async () => {
    const unnamed = (event: string, fields: object = {}) => told(event, { call_id: '', ...fields })
    const first = await unnamed('incoming', { extension: '201' })
    expect(await unnamed('incoming', { extension: '202' })).toBe(first)
    expect(await unnamed('answered', { extension: '201' })).toBe(first)
    expect(await unnamed('ended', { extension: '201', number: '' })).toBe(first)
    expect(await unnamed('ended', { extension: '201' })).toBe(first)
    await after({ minutes: 1 })
    const second = await unnamed('incoming', { extension: '201' })
    expect(second).not.toBe(first)
    // Its end is never told, and the same number rings once more.
    await after({ minutes: 2 })
    const third = await unnamed('incoming', { extension: '201' })
    expect(await admin.calls.get.query({ callId: second })).toMatchObject({
      state: 'missed',
      isEndAssumed: true,
    })
    expect(third).not.toBe(second)
  })

  it('told of only when it is over was answered when they spoke', async () => {
    const callId = await told('ended', { extension: '201', talk_seconds: '95' })
    expect(await bia.api.calls.get.query({ callId })).toMatchObject({
      ...{ state: 'ended', role: 'wrapUp', agent: { name: 'Bia' } },
      answeredAt: new Date(clock.now() - 95_000).toISOString(),
    })
    const unspoken = await told('ended', { call_id: 'c2', extension: '201', talk_seconds: 0 })
    expect(await bia.api.calls.get.query({ callId: unspoken })).toMatchObject({ state: 'missed' })
  })

  it('is another one when an exchange counts its calls anew', async () => {
    const first = await told('incoming', { extension: '201' })
    await told('ended')
    await after({ minutes: 61 })
    const second = await told('incoming', { extension: '201' })
    expect(second).not.toBe(first)
    expect(await told('answered', { extension: '201' })).toBe(second)
  })

  it('is another one when an exchange that tells of ends alone uses an id again for another caller', async () => {
    const ended = (fields: object) => told('ended', { extension: '201', talk_seconds: 60, ...fields })
    const first = await ended({})
    await after({ minutes: 7 * 24 * 60 })
    expect(await ended({ recording_url: 'https://pbx.example/1' })).toBe(first)
    const second = await ended({ number: '21 3456-7890' })
    expect(second).not.toBe(first)
    const { items } = await bia.api.calls.list.query({})
    expect(items.map(({ number }) => number)).toEqual(['+55 21 3456 7890', '+55 11 98765 4321'])
  })

  it('that rang ten minutes ago, told once the server is back, does not ring for five minutes more', async () => {
    const at = new Date(clock.now() - 10 * 60_000).toISOString()
    await told('incoming', { extension: '201', at })
    await after({ ms: 10_000 })
    expect(await rolesOf(bia)).toEqual([])
    await told('incoming', { call_id: 'c2', extension: '201', at })
    await told('answered', { call_id: 'c2', extension: '201', at })
    await after({ minutes: 60 })
    expect(await rolesOf(bia)).toEqual(['talking +55 11 98765 4321'])
  })

  it('an exchange whose clock is hours off is believed the event and not the time', async () => {
    const callId = await told('incoming', {
      extension: '201',
      at: new Date(clock.now() - 3 * 3_600_000).toISOString(),
    })
    const { startedAt } = await bia.api.calls.get.query({ callId })
    expect(startedAt).toBe(new Date(clock.now()).toISOString())
    const late = await told('incoming', {
      call_id: 'c2',
      extension: '201',
      at: new Date(clock.now() - 60_000).toISOString(),
    })
    expect((await bia.api.calls.get.query({ callId: late })).startedAt).toBe(
      new Date(clock.now() - 60_000).toISOString(),
    )
  })

  it('whose end nobody told is closed in time, the server’s being off included', async () => {
    await told('incoming', { extension: '201' })
    await told('incoming', { call_id: 'c2', extension: '202' })
    await told('answered', { call_id: 'c2', extension: '202' })
    await after({ minutes: 4 })
    expect(await rolesOf(bia)).toHaveLength(1)
    await after({ minutes: 1 })
    expect([await rolesOf(bia), await rolesOf(caio)]).toEqual([[], ['talking +55 11 98765 4321']])
    await restart({ minutes: 300 })
    const { items } = await caio.api.calls.list.query({})
    expect(items).toMatchObject([{ state: 'ended', isEndAssumed: true, endedAt: items[0]?.answeredAt }])
  })

  it('goes on where it was after a restart in the midst of it', async () => {
    const callId = await told('incoming', { extension: '201' })
    await restart({ ms: 20_000 })
    expect(await rolesOf(bia)).toEqual(['rings +55 11 98765 4321'])
    expect(await told('answered', { extension: '201' })).toBe(callId)
    await restart({ minutes: 1 })
    expect(await told('ended')).toBe(callId)
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      { state: 'ended', id: callId },
    ])
  })

  it('told of in whatever order, and over and over, is one', async () => {
    const story = [
      { event: 'incoming', extension: '201', at: START },
      { event: 'incoming', extension: '202', at: START + 1_000 },
      { event: 'answered', extension: '202', at: START + 5_000 },
      { event: 'ended', extension: '202', at: START + 65_000 },
    ]
    clock.advance({ minutes: 2 })
    const answers = await Promise.all(
      [...story.toReversed(), ...story].map((each) => post({ ...each, call_id: 'c1' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 202))
    expect((await admin.calls.list.query({ scope: 'all' })).items).toMatchObject([
      {
        ...{ state: 'ended', agent: { name: 'Caio' }, startedAt: new Date(START).toISOString() },
        ...{
          answeredAt: new Date(START + 5_000).toISOString(),
          endedAt: new Date(START + 65_000).toISOString(),
        },
      },
    ])
  })

  it('is forgotten after two years, a test after a day', async () => {
    await told('incoming', { extension: '201' })
    await bia.api.phone.test.mutate()
    await after({ minutes: 10 })
    const count = async () => (await admin.calls.list.query({ scope: 'all' })).items.length
    expect(await count()).toBe(2)
    clock.advance({ days: 2 })
    await keepHouse(server.services)
    expect(await count()).toBe(1)
    clock.advance({ days: 731 })
    await keepHouse(server.services)
    expect((await server.services.store.read.sql<object[]>`SELECT * FROM call`).length).toBe(0)
  })
})

describe('what an agent’s own computer tells', () => {
  it('rings at the agent’s phone, with an extension or without', async () => {
    const call = await davi.api.calls.report.mutate({ event: 'incoming', number: MOBILE })
    expect(call).toMatchObject({
      role: 'rings',
      extension: null,
      ringsAt: [{ extension: null, agent: { name: 'Davi' } }],
    })
    await davi.api.calls.report.mutate({ event: 'answered', number: MOBILE })
    expect(await rolesOf(davi)).toEqual(['talking +55 11 98765 4321'])
    expect(
      await bia.api.calls.report.mutate({ event: 'incoming', number: MOBILE, callId: 'x' }),
    ).toMatchObject({
      extension: '201',
    })
    expect(await rolesOf(davi)).toHaveLength(1)
  })

  it('a test rings for half a minute, leaves no ticket and needs no wrap-up', async () => {
    await options({ ...missed('ticket'), wrapUp: { required: true, seconds: 60 } })
    const { id: callId, isTest } = await bia.api.phone.test.mutate()
    expect([isTest, await rolesOf(bia)]).toEqual([true, ['rings +55 11 5550 0100']])
    await bia.api.calls.claim.mutate({ callId })
    await after({ ms: 30_000 })
    expect(await rolesOf(bia)).toEqual([])
    await bia.api.phone.test.mutate()
    await after({ minutes: 10 })
    expect(await tickets()).toEqual([])
  })
})
