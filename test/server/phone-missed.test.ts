import { describe, expect, it } from 'vitest'
import {
  CONTACT,
  MOBILE,
  admin,
  after,
  bia,
  davi,
  missed,
  options,
  restart,
  teamId,
  tickets,
  told,
  usePhoneOffice,
} from '../support/phone-office.ts'
import { refusal } from '../support/refusal.ts'

usePhoneOffice()

describe('a missed call', () => {
  const miss = async (callId: string, fields: object = {}) => {
    await told('incoming', { call_id: callId, extension: '201', ...fields })
    await told('missed', { call_id: callId, ...fields })
  }

  it('becomes one ticket that nobody has answered, and calls that follow go into it', async () => {
    await options(missed('ticket'))
    await admin.customers.create.mutate(CONTACT)
    await admin.customers.create.mutate({ name: 'Lia Prado', phone: MOBILE })
    await miss('c1')
    await after({ minutes: 1 })
    expect(await tickets()).toEqual([])
    await after({ minutes: 1 })
    expect(await tickets()).toMatchObject([
      {
        ...{
          subject: 'Ligação perdida de +55 11 98765 4321',
          channel: 'phone',
          team: { id: teamId },
          agent: null,
        },
        ...{ requester: { name: 'Rui Prado' }, waitingSince: expect.any(String) },
      },
    ])
    await after({ minutes: 30 })
    await miss('c2', { number: `+55${MOBILE}` })
    await after({ minutes: 2 })
    await after({ minutes: 50 })
    await miss('c3')
    await after({ minutes: 2 })
    const [ticket, ...others] = await tickets()
    expect(others).toEqual([])
    const { messages, createdBy } = await admin.tickets.get.query({ id: ticket?.id ?? '' })
    expect(createdBy).toMatchObject({ type: 'system' })
    expect(messages.map(({ text }) => text)).toEqual([
      '+55 11 98765 4321 ligou às 09:00 e ninguém atendeu.\nTocou no ramal: 201.\nEste número também é de: Lia Prado.',
      '+55 11 98765 4321 ligou de novo às 09:32, 2ª vez, e ninguém atendeu.',
      '+55 11 98765 4321 ligou de novo às 10:24, 3ª vez, e ninguém atendeu.',
    ])
    expect((await admin.calls.list.query({ ticketId: ticket?.id })).items).toHaveLength(3)
    // Not in the window any more.
    await after({ minutes: 61 })
    await miss('c4')
    await after({ minutes: 2 })
    expect(await tickets()).toHaveLength(2)
  })

  it('of an unknown number makes a customer of it; a withheld one makes nothing', async () => {
    await options(missed('ticket', null))
    await miss('c1', { number: '21 3456-7890' })
    await miss('c2', { number: 'anonymous' })
    await after({ minutes: 2 })
    expect(await tickets()).toMatchObject([{ requester: { name: '+55 21 3456 7890' }, team: null }])
  })

  it('from a colleague’s phone is no customer’s: it becomes no ticket and no alert', async () => {
    await options(missed('ticket'))
    await miss('c1', { number: 'PJSIP/202-0000001a' })
    await after({ minutes: 2 })
    await options(missed('alert'))
    await miss('c2', { number: '202' })
    await after({ minutes: 2 })
    expect(await tickets()).toEqual([])
    expect((await bia.api.alerts.list.query({})).items).toEqual([])
    await miss('c3', { number: '340' })
    await after({ minutes: 2 })
    expect((await bia.api.alerts.list.query({})).items).toMatchObject([{ data: { number: '340' } }])
  })

  it('after a ticket was resolved begins another', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ minutes: 2 })
    const [ticket] = await tickets()
    await admin.tickets.update.mutate({
      ...{ ticketId: ticket?.id ?? '', version: ticket?.version ?? 0, changes: { statusId: 'resolved' } },
    })
    await miss('c2')
    await after({ minutes: 2 })
    expect(await tickets()).toHaveLength(2)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['called again and was answered', () => told('answered', { call_id: 'c2', extension: '201' })],
    ['was called back', () => told('answered', { call_id: 'c2', extension: '202', direction: 'out' })],
    ['was answered after all, told late', () => told('answered', { call_id: 'c1', extension: '201' })],
  ])('whose caller %s meanwhile needs nothing more', async (_name, answer) => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ minutes: 1 })
    await answer()
    await after({ minutes: 5 })
    expect(await tickets()).toEqual([])
  })

  it('waits while the same number rings again', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await after({ ms: 110_000 })
    await told('incoming', { call_id: 'c2', extension: '202' })
    await after({ ms: 15_000 })
    expect(await tickets()).toEqual([])
    await told('answered', { call_id: 'c2', extension: '202' })
    await after({ minutes: 5 })
    expect(await tickets()).toEqual([])
  })

  it('alerts the team, and once more with how often when it is missed again', async () => {
    await options(missed('alert'))
    await admin.customers.create.mutate(CONTACT)
    await miss('c1')
    await after({ minutes: 2 })
    const alerts = async () => (await bia.api.alerts.list.query({})).items
    expect(await alerts()).toMatchObject([
      { reason: 'call.missed', severity: 'warning', data: { customer: 'Rui Prado', times: 1 }, level: 1 },
    ])
    await miss('c2')
    await after({ minutes: 2 })
    const [alert, ...others] = await alerts()
    expect([others, alert]).toMatchObject([[], { data: { times: 2 }, level: 2 }])
    await bia.api.alerts.acknowledge.mutate({ id: alert?.id ?? '' })
    await miss('c3')
    await after({ minutes: 2 })
    expect(await alerts()).toMatchObject([{ data: { number: '+55 11 98765 4321' } }])
  })

  it('is done once about, whatever restarts', async () => {
    await options(missed('ticket'))
    await miss('c1')
    await restart({ minutes: 10 })
    await restart()
    expect(await tickets()).toHaveLength(1)
  })

  it('is not answered by being written down: the promise of a first response runs', async () => {
    await options(missed('ticket'))
    await admin.sla.policies.create.mutate({
      name: 'Comercial',
      targets: ['urgent', 'high', 'normal', 'low'].map((priority) => ({
        priority,
        firstResponseMinutes: 60,
      })),
    } as Parameters<typeof admin.sla.policies.create.mutate>[0])
    await miss('c1')
    await after({ minutes: 2 })
    expect((await tickets())[0]?.sla).toMatchObject([{ metric: 'firstResponse', status: 'running' }])
  })
})

describe('a missed call that somebody took care of', () => {
  it('becomes no ticket, until it is to be taken care of after all', async () => {
    await options({ missed: { choice: 'ticket', teamId: null, waitMinutes: 2, windowMinutes: 60 } })
    const callId = await told('incoming', { extension: '201' })
    expect(await refusal(bia.api.calls.handle.mutate({ callId, handled: true }))).toMatchObject({
      reason: 'call.not_missed',
    })
    await told('missed')
    expect(await refusal(davi.api.calls.handle.mutate({ callId, handled: true }))).toMatchObject({
      reason: 'call.not_found',
    })
    const handled = await bia.api.calls.handle.mutate({ callId, handled: true })
    expect(handled).toMatchObject({ state: 'missed', wrapUp: { code: null, note: '' } })
    expect(await bia.api.calls.handle.mutate({ callId, handled: true })).toEqual(handled)
    await after({ minutes: 3 })
    expect(await tickets()).toEqual([])
    expect(await bia.api.calls.handle.mutate({ callId, handled: false })).toMatchObject({ wrapUp: null })
    expect((await bia.api.calls.list.query({ state: 'missed' })).items).toMatchObject([{ wrapUp: null }])
  })

  it('calls nobody any more: its alert is quiet once all of its calls are taken care of', async () => {
    await options(missed('alert'))
    const alerts = async (state: 'open' | 'recent') => (await bia.api.alerts.list.query({ state })).items
    const ids: string[] = []
    for (const call_id of ['c1', 'c2']) {
      ids.push(await told('incoming', { call_id, extension: '201' }))
      await told('missed', { call_id })
      await after({ minutes: 2 })
    }
    await bia.api.calls.handle.mutate({ callId: ids[0] ?? '', handled: true })
    expect(await alerts('open')).toMatchObject([{ data: { times: 2 } }])
    await bia.api.calls.handle.mutate({ callId: ids[1] ?? '', handled: true })
    expect(await alerts('open')).toEqual([])
    expect(await alerts('recent')).toMatchObject([{ acknowledgedBy: { id: bia.id } }])
    await told('incoming', { call_id: 'c3', extension: '201' })
    await told('missed', { call_id: 'c3' })
    await after({ minutes: 2 })
    expect(await alerts('open')).toMatchObject([{ data: { times: 3 }, level: 1 }])
  })
})
