import { describe, expect, test } from 'vitest'
import type { DeskEvent } from '../../server/events/contract.ts'
import type { MessageView } from '../../server/tickets/contract.ts'
import { conversationOf, foldLongThread, newsSince } from '../../src-renderer/features/ticket/conversation.ts'
import { wordsOf, type EventNames } from '../../src-renderer/features/ticket/event-words.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString()

function aMessage(id: string, minute: number, parts: Partial<MessageView> = {}): MessageView {
  return {
    id,
    ticketId: 't',
    kind: 'public',
    author: { type: 'customer', id: 'c', name: 'José' },
    channel: 'email',
    html: `<p>${id}</p>`,
    text: id,
    attachments: [],
    createdAt: at(minute),
    ...parts,
  }
}

function anEvent(seq: number, minute: number, parts: Partial<DeskEvent> = {}): DeskEvent {
  return {
    seq,
    type: 'ticket.updated',
    at: at(minute),
    actor: { type: 'agent', id: 'ana', name: 'Ana' },
    ticketId: 't',
    data: { version: seq, changes: {} },
    ...parts,
  }
}

const names: EventNames = {
  status: (id) => ({ new: 'Novo', open: 'Aberto' })[id] ?? null,
  priority: (id) => ({ normal: 'Normal', high: 'Alta' })[id] ?? null,
  type: () => null,
  category: () => null,
  team: (id) => ({ s: 'Suporte' })[id] ?? null,
  agent: (id) => ({ ana: 'Ana', bruno: 'Bruno' })[id] ?? null,
  customer: () => null,
  tag: (id) => ({ g: 'garantia', l: 'locação' })[id] ?? null,
  level: (level) => level,
  dateTime: (ms) => new Date(ms).toISOString(),
  moment: (iso) => iso.slice(11, 16),
  promise: (metric) => ({ firstResponse: '1ª resposta' })[metric] ?? null,
  fieldName: (key) => ({ serie: 'Nº de série' })[key] ?? key,
  fieldValue: (_key, value) => String(value),
  unknown: '(removido)',
}

const said = (changes: Record<string, unknown>, actor?: DeskEvent['actor']) =>
  wordsOf(anEvent(1, 0, { data: { changes }, ...(actor ? { actor } : {}) }), names)

describe('the conversation', () => {
  test('messages and changes stand in the order they happened', () => {
    const entries = conversationOf({
      messages: [aMessage('m1', 0), aMessage('m2', 10)],
      timeline: [
        anEvent(1, 0, { type: 'ticket.created' }),
        anEvent(2, 0, { type: 'message.created' }),
        anEvent(3, 5),
      ],
    })
    expect(entries.map(({ kind, key }) => `${kind}:${key}`)).toEqual([
      'events:event-1',
      'message:m1',
      'events:event-3',
      'message:m2',
    ])
  })

  test('a change made with a reply stands after the reply', () => {
    const [first, second] = conversationOf({ messages: [aMessage('m1', 3)], timeline: [anEvent(1, 3)] })
    expect([first?.kind, second?.kind]).toEqual(['message', 'events'])
  })

  test('what concerns one person only, or says nothing new, is no part of the history', () => {
    const entries = conversationOf({
      messages: [],
      timeline: [
        anEvent(1, 1, { type: 'alert.snoozed' }),
        anEvent(2, 2, { type: 'alert.raised', data: { again: true } }),
        anEvent(3, 3, { type: 'alert.raised', data: {} }),
        anEvent(4, 4, { type: 'alert.acknowledged', data: { via: 'settled' } }),
      ],
    })
    expect(entries).toMatchObject([{ events: [{ seq: 3 }] }])
  })

  test('changes that follow each other make one entry', () => {
    const entries = conversationOf({ messages: [], timeline: [anEvent(1, 1), anEvent(2, 2), anEvent(3, 3)] })
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({ kind: 'events', events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] })
  })

  test('a long thread keeps its beginning and its end, and says how much lies between', () => {
    const messages = Array.from({ length: 60 }, (_, index) => aMessage(`m${index}`, index))
    const entries = conversationOf({ messages, timeline: [] })
    const folded = foldLongThread(entries, false)
    expect(folded[0]).toMatchObject({ key: 'm0' })
    expect(folded[1]).toMatchObject({ kind: 'earlier', count: 34 })
    expect(folded.at(-1)).toMatchObject({ key: 'm59' })
    expect(foldLongThread(entries, true)).toEqual(entries)
    expect(foldLongThread(entries.slice(0, 40), false)).toHaveLength(40)
  })
})

describe('what came while a reply was written', () => {
  const seen = aMessage('m1', 0)

  test('a public message of somebody else counts', () => {
    const reply = aMessage('m2', 1, { author: { type: 'agent', id: 'bruno', name: 'Bruno' } })
    expect(newsSince([seen, reply], 'm1', 'ana').map(({ id }) => id)).toEqual(['m2'])
  })

  test("notes and one's own messages do not", () => {
    const note = aMessage('m2', 1, { kind: 'note', author: { type: 'agent', id: 'bruno', name: 'Bruno' } })
    const own = aMessage('m3', 2, { author: { type: 'agent', id: 'ana', name: 'Ana' } })
    expect(newsSince([seen, note, own], 'm1', 'ana')).toEqual([])
  })

  test('what was there before does not', () => {
    expect(newsSince([aMessage('m0', 0), seen], 'm1', 'ana')).toEqual([])
  })
})

describe('history in words', () => {
  test('a change names both values', () => {
    expect(said({ priorityId: { from: 'normal', to: 'high' } })).toEqual([
      { sentence: 'changed', property: 'priorityId', from: 'Normal', to: 'Alta', name: '' },
    ])
  })

  test('a value given for the first time and one taken away have sentences of their own', () => {
    expect(said({ teamId: { from: null, to: 's' } })[0]).toMatchObject({ sentence: 'set', to: 'Suporte' })
    expect(said({ teamId: { from: 's', to: null } })[0]).toMatchObject({
      sentence: 'cleared',
      from: 'Suporte',
    })
  })

  test('who takes a ticket is told from who is given one', () => {
    expect(said({ agentId: { from: null, to: 'ana' } })[0]).toMatchObject({ sentence: 'took' })
    expect(said({ agentId: { from: null, to: 'bruno' } })[0]).toMatchObject({
      sentence: 'assigned',
      to: 'Bruno',
    })
    expect(said({ agentId: { from: 'ana', to: 'bruno' } })[0]).toMatchObject({
      sentence: 'reassigned',
      from: 'Ana',
    })
    expect(said({ agentId: { from: 'ana', to: null } })[0]).toMatchObject({
      sentence: 'unassigned',
      from: 'Ana',
    })
  })

  test('tags say what came and what went', () => {
    expect(said({ tagIds: { from: ['g'], to: ['l'] } })).toMatchObject([
      { sentence: 'tagged', to: 'locação' },
      { sentence: 'untagged', from: 'garantia' },
    ])
  })

  test('custom fields go by their own names', () => {
    expect(said({ 'fields.serie': { from: null, to: 'X-9' } })[0]).toMatchObject({
      sentence: 'fieldSet',
      name: 'Nº de série',
      to: 'X-9',
    })
  })

  test('a value that nobody knows any more still makes a sentence', () => {
    expect(said({ statusId: { from: 'new', to: 'lost' } })[0]).toMatchObject({
      from: 'Novo',
      to: '(removido)',
    })
  })

  test('a date that a person set is told with its reason, in one sentence', () => {
    const dueAt = { from: null, to: Date.UTC(2026, 10, 23, 18) }
    expect(said({ dueAt, dueReason: { from: null, to: 'Peça em trânsito' } })).toEqual([
      expect.objectContaining({
        sentence: 'set',
        property: 'dueAt',
        to: '2026-11-23T18:00:00.000Z',
        reason: 'Peça em trânsito',
      }),
    ])
    expect(said({ dueReason: { from: 'a', to: 'b' } })).toMatchObject([
      { sentence: 'changed', property: 'dueReason' },
    ])
    expect(said({ dueAt: { from: 1, to: null }, dueReason: { from: 'a', to: null } })).toMatchObject([
      { sentence: 'cleared', property: 'dueAt' },
    ])
  })

  test.each([
    ['sla.warning', 'promiseWarned'],
    ['sla.breached', 'promiseMissed'],
  ])('%s names the promise and its deadline, and how late the desk noticed', (type, sentence) => {
    const data = { metric: 'firstResponse', dueAt: '2026-11-21T14:30:00.000Z', lateMs: null }
    const told = { sentence, name: '1ª resposta', to: '14:30' }
    expect(wordsOf(anEvent(1, 0, { type, data }), names)).toEqual([{ from: '', ...told }])
    expect(wordsOf(anEvent(1, 0, { type, data: { ...data, lateMs: 9 } }), names)).toEqual([
      { from: '', ...told, lateMs: 9 },
    ])
  })

  test('an alert names those who were told', () => {
    const words = (type: string) =>
      wordsOf(anEvent(1, 0, { type, data: { recipients: ['ana', 'bruno'] } }), names)
    expect(words('alert.raised')).toMatchObject([{ sentence: 'alertRaised', to: 'Ana, Bruno' }])
    expect(words('alert.escalated')).toMatchObject([{ sentence: 'alertEscalated', to: 'Ana, Bruno' }])
    expect(words('alert.acknowledged')).toMatchObject([{ sentence: 'alertAcknowledged' }])
  })

  test('several changes of one act are several sentences', () => {
    expect(
      said({ priorityId: { from: 'normal', to: 'high' }, statusId: { from: 'new', to: 'open' } }),
    ).toHaveLength(2)
  })
})
