import { describe, expect, test } from 'vitest'
import type { MatrixView, PriorityView, StatusView } from '../../server/catalog/contract.ts'
import { createTicketSchema, replySchema } from '../../server/tickets/contract.ts'
import {
  agentOf,
  blankForm,
  draftKey,
  isPhone,
  newCallerFrom,
  priorityOf,
  problemsOf,
  toHtml,
  writeOf,
  type CallForm,
} from '../../src-renderer/features/call/call-form.ts'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const OTHER_ID = '01890a5d-ac96-774b-bcce-b302099a8058'
const me = { id: OTHER_ID, teamIds: ['support'] }

const aForm = (parts: Partial<CallForm> = {}): CallForm => ({ ...blankForm({}), ...parts })
const maria = { id: ID, name: 'Maria', phone: null, email: null, tier: null, organization: null }

describe('what is typed to find the caller', () => {
  test.each([
    ['Maria Souza', { name: 'Maria Souza', phone: '', email: '' }],
    ['11 98765-4321', { name: '', phone: '11 98765-4321', email: '' }],
    ['Maria (11) 98765-4321', { name: 'Maria', phone: '(11) 98765-4321', email: '' }],
    ['maria@loja.example', { name: '', phone: '', email: 'maria@loja.example' }],
    [
      'Maria, maria@loja.example, 11987654321',
      { name: 'Maria', phone: '11987654321', email: 'maria@loja.example' },
    ],
    ['Loja 24 horas', { name: 'Loja 24 horas', phone: '', email: '' }],
  ])('%s becomes a new customer’s name, phone and e-mail', (text, expected) => {
    expect(newCallerFrom(text)).toEqual(expected)
  })

  test('only a whole number tells one customer from all others', () => {
    expect(isPhone('(11) 98765-4321')).toBe(true)
    expect(isPhone('+351 912 345 678')).toBe(true)
    expect(isPhone('98765')).toBe(false)
    expect(isPhone('Maria 11 98765-4321')).toBe(false)
  })
})

describe('a draft', () => {
  test('of a call that rings in does not overwrite the one half written', () => {
    expect(draftKey({ phone: '(11) 98765-4321' })).not.toBe(draftKey({}))
    expect(draftKey({ phone: '11 98765 4321' })).toBe(draftKey({ phone: '(11) 98765-4321' }))
  })

  test('of a ticket for one customer is not offered for another', () => {
    expect(draftKey({ customerId: ID })).not.toBe(draftKey({ customerId: OTHER_ID }))
  })

  test('begins with what is known, and does not ask for a customer who is', () => {
    expect(blankForm({ customerId: ID, phone: '11 98765-4321', subject: 'Continuação' })).toMatchObject({
      who: '',
      subject: 'Continuação',
      channel: 'phone',
    })
    expect(blankForm({ phone: '11 98765-4321' }).who).toBe('11 98765-4321')
  })
})

describe('a call is complete', () => {
  test('with somebody who asks and a subject', () => {
    expect(problemsOf(aForm())).toEqual({ who: 'call.problem.who', subject: 'call.problem.subject' })
    expect(problemsOf(aForm({ caller: maria, subject: 'Boleto' }))).toEqual({})
  })

  test('with a phone that can be called back and an e-mail that can be written to', () => {
    const newCaller = { name: 'Maria', phone: '98765', email: 'maria@' }
    expect(problemsOf(aForm({ newCaller, subject: 'Boleto' }))).toEqual({
      phone: 'call.problem.phone',
      email: 'call.problem.email',
    })
    const named = { name: 'Maria', phone: '', email: '' }
    expect(problemsOf(aForm({ newCaller: named, subject: 'Boleto' }))).toEqual({})
  })

  test('on an open ticket with what was said, or with its resolution', () => {
    expect(problemsOf(aForm({ caller: maria, ticketId: ID }))).toEqual({ notes: 'call.problem.notes' })
    expect(problemsOf(aForm({ caller: maria, ticketId: ID, notes: 'Ligou de novo' }))).toEqual({})
    expect(problemsOf(aForm({ caller: maria, ticketId: ID, resolved: true }))).toEqual({})
  })
})

describe('the priority', () => {
  const level = (key: string, weight: number): PriorityView => {
    const look = { color: '#000000', criteria: '', procedure: '' }
    return { id: `${key}-id`, key, name: key, weight, ...look, position: weight, archived: false }
  }
  const priorities = [level('low', 10), level('normal', 20), level('high', 30)]
  const row = { low: 'low-id', medium: 'normal-id', high: 'high-id' }
  const matrix: MatrixView = { low: row, medium: row, high: row }

  test('is the normal one until somebody says more', () => {
    expect(priorityOf(aForm(), priorities, matrix)).toEqual({ id: 'normal-id', proposed: false })
    expect(priorityOf(aForm({ urgency: 'high' }), priorities, matrix)).toEqual({
      id: 'normal-id',
      proposed: false,
    })
  })

  test('is proposed by urgency and impact, and the agent’s choice wins', () => {
    const both = aForm({ urgency: 'low', impact: 'high' })
    expect(priorityOf(both, priorities, matrix)).toEqual({ id: 'high-id', proposed: true })
    expect(priorityOf({ ...both, priorityId: 'low-id' }, priorities, matrix)).toEqual({
      id: 'low-id',
      proposed: false,
    })
  })

  test('is the lightest where the office has no normal one', () => {
    expect(priorityOf(aForm(), [level('high', 30), level('low', 10)], matrix)?.id).toBe('low-id')
    expect(priorityOf(aForm(), [], null)).toBeNull()
  })
})

describe('the one responsible', () => {
  test('is whoever logs the call, unless it goes to a team they are not in', () => {
    expect(agentOf(aForm(), me)).toBe(me.id)
    expect(agentOf(aForm({ teamId: 'support' }), me)).toBe(me.id)
    expect(agentOf(aForm({ teamId: 'billing' }), me)).toBeNull()
  })

  test('of a call solved at once is who solved it, whichever team it concerns', () => {
    expect(agentOf(aForm({ teamId: 'billing', resolved: true }), me)).toBe(me.id)
  })

  test('is whom the agent chose, nobody included', () => {
    expect(agentOf(aForm({ agentId: 'bruno' }), me)).toBe('bruno')
    expect(agentOf(aForm({ agentId: null, resolved: true }), me)).toBeNull()
  })
})

describe('what is sent', () => {
  const resolved: StatusView = {
    id: 'solved',
    key: null,
    name: 'Feito',
    class: 'resolved',
    position: 1,
    archived: false,
  }
  const context = { id: ID, me, statuses: [resolved] }

  test('for a new matter is a ticket that the server’s contract takes', () => {
    const { procedure, input } = writeOf(
      aForm({ caller: maria, subject: ' Boleto ', notes: 'Venceu <ontem>' }),
      context,
    )
    expect(procedure).toBe('tickets.create')
    expect(createTicketSchema.parse(input)).toMatchObject({
      id: ID,
      subject: 'Boleto',
      body: '<p>Venceu &lt;ontem&gt;</p>',
      requester: { id: maria.id },
      channel: 'phone',
      agentId: me.id,
    })
    expect(input).not.toHaveProperty('priorityId')
  })

  test('for somebody new says only what is known of them', () => {
    const newCaller = { name: 'João ', phone: ' 11 98765-4321', email: ' ' }
    const { input } = writeOf(aForm({ newCaller, subject: 'Boleto' }), context)
    expect(createTicketSchema.parse(input).requester).toEqual({ name: 'João', phone: '11 98765-4321' })
  })

  test('without notes lets the subject speak', () => {
    expect(writeOf(aForm({ caller: maria, subject: 'Boleto' }), context).input.body).toBe('<p>Boleto</p>')
  })

  test('about an open ticket is an internal note of the call', () => {
    const form = aForm({ caller: maria, ticketId: OTHER_ID, notes: 'Ligou de novo' })
    const { procedure, input } = writeOf(form, context)
    expect(procedure).toBe('tickets.reply')
    expect(replySchema.parse(input)).toEqual({
      id: ID,
      ticketId: OTHER_ID,
      kind: 'note',
      channel: 'phone',
      body: '<p>Ligou de novo</p>',
    })
  })

  test('when solved on the call has the office’s own status for that', () => {
    expect(writeOf(aForm({ caller: maria, subject: 'Boleto', resolved: true }), context).input.statusId).toBe(
      'solved',
    )
    const note = aForm({ caller: maria, ticketId: OTHER_ID, notes: 'Ok', resolved: true })
    expect(writeOf(note, context).input.statusId).toBe('solved')
  })
})

test('typed text keeps its lines and paragraphs, and is never markup', () => {
  expect(toHtml('um\ndois\n\n<b>três</b> & tal')).toBe(
    '<p>um<br>dois</p><p>&lt;b&gt;três&lt;/b&gt; &amp; tal</p>',
  )
})
