import { expect, test } from 'vitest'
import type { TicketChanges, TicketItem } from '../../server/tickets/contract.ts'
import { expectedTicket, pendingMessages } from '../../src-renderer/stores/expected.ts'
import { aCommand, aDetail, aPromise, aTicket, theCatalog } from './stores-support.ts'

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
  [
    'a known tag',
    { tags: ['fiscal'] },
    { tags: [{ id: 'g-fiscal', name: 'fiscal', color: '#00aa55', public: true }] },
  ],
])('a change of %s on its way shows already', (_name, changes, expected) => {
  expect(expectedTicket(aTicket(), [update(changes)], theCatalog)).toMatchObject(expected)
})

test('a date that somebody sets binds at once in place of the promised end, with its reason', () => {
  const dueAt = '2026-12-01T12:00:00.000Z'
  const [answer, end] = [
    aPromise(),
    aPromise({ metric: 'resolution', status: 'paused', dueAt: null, pausedSince: dueAt }),
  ]
  const before = aDetail({ sla: [answer, end], dueAt: answer.dueAt })
  const expected = expectedTicket(before, [update({ dueAt, dueReason: 'Peça em trânsito' })], theCatalog)
  expect(expected).toMatchObject({ manualDueAt: dueAt, dueReason: 'Peça em trânsito', dueAt: answer.dueAt })
  expect(expected.sla).toMatchObject([
    { metric: 'firstResponse', manual: false, dueAt: answer.dueAt },
    { metric: 'resolution', manual: true, dueAt, status: 'running', pausedSince: null },
  ])
})

test('a date binds a ticket that nothing was promised for', () => {
  const dueAt = '2026-12-01T12:00:00.000Z'
  const expected = expectedTicket(aTicket(), [update({ dueAt })], theCatalog)
  expect(expected).toMatchObject({
    dueAt,
    sla: [{ metric: 'resolution', manual: true, dueAt, targetMs: null }],
  })
  expect(expected).not.toHaveProperty('manualDueAt')
})

test.each<[string, TicketChanges]>([
  ['the date is taken back', { dueAt: null, dueReason: null }],
  ['the priority changes', { priorityId: 'p-urgent' }],
  ['the status changes', { statusId: 's-done' }],
])('when %s, promises stay as they are until the server has reckoned them', (_name, changes) => {
  const sla = [aPromise({ metric: 'resolution', manual: true })]
  expect(
    expectedTicket(aDetail({ sla, manualDueAt: sla[0]?.dueAt ?? null }), [update(changes)], theCatalog).sla,
  ).toBe(sla)
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
