import { describe, expect, test } from 'vitest'
import type { AlertPreferences } from '../../../server/alerts/preferences.contract.ts'
import type { DeskEvent } from '../../../server/events/contract.ts'
import type { Happening } from '../../../src-main/alerts/happening.ts'
import { createNews } from '../../../src-main/alerts/news.ts'
import { ME, RAISED, TICKET } from './alert-support.ts'

const [SHOP, WORKSHOP] = ['0197a000-0000-7000-8000-0000000000b1', '0197a000-0000-7000-8000-0000000000b2']
const MESSAGE = '0197a000-0000-7000-8000-0000000000c1'
const bruno = { id: '0197a000-0000-7000-8000-000000000002', name: 'Bruno' }

type Changes = Partial<Pick<DeskEvent, 'type' | 'at' | 'data' | 'ticketId'>> & { actor?: object }

function aPerson(ticket: { agent?: object | null; team?: object | null; text?: string } | null = {}) {
  const told: Happening[] = []
  const asked: string[] = []
  const desk = { preferences: { cells: {}, quiet: null } as AlertPreferences }
  const news = createNews({
    office: () =>
      ({
        me: { id: ME, name: 'Ana', teamIds: [SHOP], role: 'agent' },
        preferences: desk.preferences,
      }) as never,
    ticket(id) {
      asked.push(id)
      if (!ticket) return Promise.resolve(null)
      const { agent = { id: ME }, team = { id: SHOP }, text = 'Já voltou?' } = ticket
      return Promise.resolve({
        ...{ id, number: '2026-000001', subject: 'Impressora parada', requester: { name: 'Rita Prado' } },
        ...{ agent, team, messages: [{ id: MESSAGE, text }] },
      } as never)
    },
    now: () => RAISED,
    tell: (happening) => void told.push(happening),
  })
  const hear = (changes: Changes = {}) =>
    news.hear({
      ...{ seq: 1, type: 'message.created', at: new Date(RAISED).toISOString(), ticketId: TICKET },
      actor: { type: 'customer', id: null, name: 'Rita Prado' },
      data: { messageId: MESSAGE, kind: 'reply', authorType: 'customer' },
      ...changes,
    } as never)
  return Object.assign(desk, { told, asked, hear })
}

const byBruno = { type: 'agent', ...bruno }
const assignedTo = (changes: object) => ({ type: 'ticket.updated', actor: byBruno, data: { changes } })

describe('a person hears', () => {
  test.each([
    ['of a customer who writes in their ticket', {}, { kind: 'customerMessage', scope: 'mine' }],
    [
      'of a colleague’s note in it',
      { actor: byBruno, data: { messageId: MESSAGE, kind: 'note', authorType: 'agent' } },
      { kind: 'note', scope: 'mine' },
    ],
    ['of a ticket given to them', assignedTo({ agentId: { to: ME } }), { kind: 'assigned', scope: 'mine' }],
  ] as const)('%s', async (_, event, expected) => {
    const person = aPerson()
    await person.hear(event as Changes)
    expect(person.told).toMatchObject([{ what: 'news', severity: 'info', ticketId: TICKET, ...expected }])
  })

  test('of a new ticket of their team, and of one that has no team; not of another team’s', async () => {
    const created = { type: 'ticket.created', data: {} } as const
    for (const [team, count] of [
      [{ id: SHOP }, 1],
      [null, 1],
      [{ id: WORKSHOP }, 0],
    ] as const) {
      const person = aPerson({ agent: null, team })
      await person.hear(created)
      expect(person.told).toHaveLength(count)
    }
  })
})

describe('a person does not hear', () => {
  test.each([
    ['of what they did themselves', { actor: { type: 'agent', id: ME, name: 'Ana' } }],
    [
      'of a colleague’s answer',
      { actor: byBruno, data: { messageId: MESSAGE, kind: 'reply', authorType: 'agent' } },
    ],
    ['of a ticket given to another', assignedTo({ agentId: { to: bruno.id } })],
    ['of a ticket given to a team that is not theirs', assignedTo({ teamId: { to: WORKSHOP } })],
    [
      'of what happened long ago: it comes after a cut, and stands in the queue',
      {
        at: new Date(RAISED - 3 * 60_000).toISOString(),
      },
    ],
    ['of what is about no ticket', { ticketId: null }],
  ] as const)('%s', async (_, event) => {
    const person = aPerson()
    await person.hear(event as Changes)
    expect(person.told).toEqual([])
    expect(person.asked).toEqual([])
  })

  test('of the first message of a ticket whose coming they heard of', async () => {
    const person = aPerson({ agent: null })
    await person.hear({ type: 'ticket.created', data: {} })
    await person.hear()
    expect(person.told).toMatchObject([{ kind: 'newTicket' }])
    await person.hear()
    expect(person.asked).toHaveLength(2)
  })

  test('of a ticket that they may not read, or that is gone', async () => {
    const person = aPerson(null)
    await person.hear()
    expect(person.told).toEqual([])
  })

  test('of a kind that they want nothing of; the server is not even asked for the ticket', async () => {
    const person = aPerson()
    person.preferences = { cells: { customerMessage: { mine: [], team: [], all: [] } }, quiet: null }
    await person.hear()
    expect(person.told).toEqual([])
    expect(person.asked).toEqual([])
  })

  test('of a colleague’s customer, unless they ask for that', async () => {
    const person = aPerson({ agent: bruno })
    await person.hear()
    expect(person.told).toEqual([])
    person.preferences = { cells: { customerMessage: { team: ['notification'] } }, quiet: null }
    await person.hear()
    expect(person.told).toMatchObject([{ kind: 'customerMessage', scope: 'team' }])
  })
})

test('a message is told in one line, and cut where it gets long', async () => {
  const person = aPerson({ text: `Bom dia,\n\n${'muito '.repeat(60)}` })
  await person.hear()
  const [told] = person.told
  const text = told?.what === 'news' ? told.news.text : ''
  expect(text).toMatch(/^Bom dia, muito muito .+…$/)
  expect(text).toHaveLength(160)
})
