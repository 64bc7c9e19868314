import { expect, test } from 'vitest'
import type { TicketChanges, TicketItem } from '../../server/tickets/contract.ts'
import { expectedTicket, pendingMessages } from '../../src-renderer/stores/expected.ts'
import { aCommand, aDetail, aTicket, theCatalog } from './stores-support.ts'

const update = (changes: TicketChanges) => aCommand({ input: { ticketId: 't1', version: 5, changes } })
const ana = { type: 'agent', id: 'a1', name: 'Ana' } as const

test.each<[string, TicketChanges, Partial<TicketItem>]>([
  ['subject', { subject: 'Outro' }, { subject: 'Outro' }],
  [
    'status by key',
    { statusId: 'resolved' },
    { status: { id: 's-done', key: 'resolved', name: 'Resolvido', class: 'resolved' } as never },
  ],
  [
    'priority',
    { priorityId: 'p-urgent' },
    { priority: expect.objectContaining({ id: 'p-urgent', weight: 40 }) as never },
  ],
  ['agent', { agentId: 'a2' }, { agent: { id: 'a2', name: 'Bruno' } }],
  ['nobody', { agentId: null }, { agent: null }],
  ['team', { teamId: 'e1' }, { team: { id: 'e1', name: 'Suporte' } }],
  ['type', { typeId: 'incident' }, { type: { id: 'y1', name: 'Incidente' } }],
  ['category', { categoryId: 'g1' }, { category: { id: 'g1', name: 'Impressora' } }],
  ['deadline', { dueAt: '2026-12-01T12:00:00.000Z' }, { dueAt: '2026-12-01T12:00:00.000Z' }],
  [
    'a known tag',
    { tags: ['fiscal'] },
    { tags: [{ id: 'g-fiscal', name: 'fiscal', color: '#00aa55', public: true }] },
  ],
])('a change of %s on its way shows already', (_name, changes, expected) => {
  expect(expectedTicket(aTicket(), [update(changes)], theCatalog)).toMatchObject(expected)
})

test('changes lie over one another in their order', () => {
  const commands = [update({ subject: 'um' }), update({ agentId: 'a1' }), update({ subject: 'dois' })]
  expect(expectedTicket(aTicket(), commands, theCatalog)).toMatchObject({
    subject: 'dois',
    agent: { id: 'a1' },
  })
})

test('a refused change shows no longer, nor do those of other tickets', () => {
  const refused = { ...update({ subject: 'recusado' }), state: 'refused' as const }
  const other = { ...update({ subject: 'outro' }), subject: 't2' }
  expect(expectedTicket(aTicket(), [refused, other], theCatalog)).toEqual(aTicket())
})

test('a reply that sets a status shows the status', () => {
  const reply = aCommand({
    procedure: 'tickets.reply',
    input: { ticketId: 't1', kind: 'public', body: 'Pronto', statusId: 's-done' },
  })
  expect(expectedTicket(aTicket(), [reply], theCatalog).status.class).toBe('resolved')
})

test('custom fields merge one by one, and null clears', () => {
  const detail = aDetail({ fields: { serie: 'A1', garantia: true } })
  const expected = expectedTicket(detail, [update({ fields: { serie: 'B2', garantia: null } })], theCatalog)
  expect(expected.fields).toEqual({ serie: 'B2' })
})

test('a choice that this PC does not know yet leaves what is shown', () => {
  expect(expectedTicket(aTicket(), [update({ statusId: 'brand-new' })], theCatalog).status.id).toBe('s-open')
})

test('the version stays what the server said: the next change is made on that', () => {
  expect(expectedTicket(aTicket(), [update({ subject: 'x' })], theCatalog).version).toBe(5)
})

test('replies on their way stand in the conversation with how they fare, until they have arrived', () => {
  const reply = aCommand({
    procedure: 'tickets.reply',
    input: { ticketId: 't1', id: 'm9', kind: 'note', body: '<p>nota</p>' },
  })
  const refused = aCommand({
    ...reply,
    id: 'command-2',
    input: { ticketId: 't1', id: 'm10', kind: 'public', body: 'x' },
    state: 'refused',
  })
  const pending = pendingMessages('t1', [update({ subject: 'x' }), reply, refused], [], ana)
  expect(pending.map(({ id, kind, state }) => [id, kind, state])).toEqual([
    ['m9', 'note', 'waiting'],
    ['m10', 'public', 'refused'],
  ])
  expect(pendingMessages('t1', [reply], [{ id: 'm9' }], ana)).toEqual([])
})
