import { describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
import {
  MOBILE,
  admin,
  after,
  bia,
  clock,
  options,
  rolesOf,
  teamId,
  told,
  usePhoneOffice,
} from '../support/phone-office.ts'
import { refusal } from '../support/refusal.ts'

usePhoneOffice()

describe('the wrap-up', () => {
  const talk = async () => {
    const callId = await told('incoming', { extension: '201' })
    await told('answered', { extension: '201' })
    return callId
  }

  it('waits its time after the end, takes a code and a note, and writes the note into the ticket', async () => {
    const callId = await talk()
    await told('ended')
    expect((await bia.api.calls.current.query()).items).toMatchObject([
      { role: 'wrapUp', wrapUpUntil: new Date(clock.now() + 60_000).toISOString() },
    ])
    const ticket = await bia.api.tickets.create.mutate({
      ...{ subject: 'Toner', body: '…', requester: { phone: MOBILE }, channel: 'phone', teamId },
    })
    const note = 'Pediu <b>2</b>\nToner 85A & papel\n\nRetornar às 14 h'
    const done = { callId, note, ms: 12_000, noteToTicket: true }
    expect(await refusal(bia.api.calls.wrapUp.mutate(done))).toMatchObject({ reason: 'call.no_ticket' })
    await bia.api.calls.link.mutate({ callId, ticketId: ticket.id })
    const codes = await bia.api.wrapUpCodes.list.query()
    expect(codes.map(({ key }) => key)).toContain('callback')
    const codeId = codes[0]?.id ?? ''
    expect(await bia.api.calls.wrapUp.mutate({ ...done, codeId })).toMatchObject({
      ...{
        role: null,
        wrapUp: { code: { name: 'Resolvido na ligação' }, note, ms: 12_000 },
      },
    })
    const { messages } = await bia.api.tickets.get.query({ id: ticket.id })
    expect(messages.at(-1)).toMatchObject({
      ...{ kind: 'note', channel: 'phone' },
      html: '<p>Pediu &lt;b&gt;2&lt;/b&gt;<br />Toner 85A &amp; papel</p><p>Retornar às 14 h</p>',
    })
    expect(await rolesOf(bia)).toEqual([])
  })

  it('goes away by itself where none is required, and stays where one is', async () => {
    await talk()
    await told('ended')
    await after({ ms: 61_000 })
    expect(await rolesOf(bia)).toEqual([])
    await options({ wrapUp: { required: true, seconds: 60 } })
    const [call] = (await bia.api.calls.current.query()).items
    expect(call).toMatchObject({ role: 'wrapUp', wrapUpUntil: null })
    const bare = { callId: call?.id ?? '', ms: 0 }
    expect(await refusal(bia.api.calls.wrapUp.mutate(bare))).toMatchObject({ reason: 'call.code_required' })
    expect(await refusal(bia.api.calls.wrapUp.mutate({ ...bare, codeId: newId() }))).toMatchObject({
      reason: 'call.code_unknown',
    })
  })

  it('ends a call whose end nobody told, and is for whoever had it', async () => {
    const callId = await talk()
    expect(await refusal(admin.calls.wrapUp.mutate({ callId, ms: 0 }))).toMatchObject({
      reason: 'call.not_yours',
    })
    expect(await bia.api.calls.wrapUp.mutate({ callId, ms: 0 })).toMatchObject({
      state: 'ended',
      isEndAssumed: false,
    })
  })
})
