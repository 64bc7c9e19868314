import { describe, expect, it, test } from 'vitest'
import { pastOf, type PastEvent, type PastState } from '../../../server/rules/preview/history.ts'
import { Overlay } from '../../../server/rules/preview/overlay.ts'

const ticket = { id: 't', channel: 'email', createdAt: 0 } as const
const now: PastState = {
  ...{
    subject: 'Toner',
    requesterId: 'c',
    typeId: null,
    categoryId: null,
    statusId: 'closed',
    priorityId: 'high',
  },
  ...{ urgency: 'high', impact: 'low', teamId: null, agentId: null, dueAt: null, tagIds: [] },
}
const event = (at: number, type: string, data: object, actorId: string | null = 'ana'): PastEvent => ({
  ...{ at, type, actorId, actorType: actorId === null ? 'system' : 'agent', data: JSON.stringify(data) },
})
const created = event(0, 'ticket.created', {
  statusId: 'new',
  priorityId: 'normal',
  tagIds: ['a'],
  version: 1,
})
const message = (at: number, authorType: string, version: number, kind = 'public') =>
  event(at, 'message.created', { messageId: `m${version}`, kind, channel: 'email', authorType, version })
const updated = (at: number, changes: object) => event(at, 'ticket.updated', { version: 9, changes })
const momentsOf = (...events: PastEvent[]) =>
  (pastOf(ticket, now, [created, ...events])?.moments ?? []).map(({ at, triggers }) => [at, ...triggers])

describe('a ticket’s past', () => {
  it('begins as its first event says, else as it was before its first change, else as it is now', () => {
    const past = pastOf(ticket, now, [created, updated(5, { urgency: { from: 'low', to: 'high' } })])
    expect(past?.first).toMatchObject({ statusId: 'new', tagIds: ['a'], urgency: 'low', impact: 'low' })
  })

  it('is not known without its beginning', () => {
    expect(pastOf(ticket, now, [updated(5, {})])).toBeUndefined()
  })

  it('takes the first message for part of the beginning', () => {
    expect(momentsOf(message(0, 'customer', 1))).toEqual([[0, 'ticket.created']])
  })

  it('takes an answer and the status set along with it for one act, and anything else for another', () => {
    const answer = message(7, 'agent', 2)
    const resolved = updated(7, { statusId: { from: 'new', to: 'resolved' } })
    expect(momentsOf(answer, resolved).slice(1)).toEqual([[7, 'message.sent', 'ticket.updated']])
    expect(momentsOf(answer, updated(7, { teamId: { from: null, to: 'x' } })).slice(1)).toEqual([
      [7, 'message.sent'],
      [7, 'ticket.updated'],
    ])
  })

  it('takes a deadline that somebody found missed for part of their act', () => {
    const missed = event(7, 'sla.breached', { metric: 'resolution' }, null)
    expect(momentsOf(message(7, 'customer', 2), missed).slice(1)).toEqual([
      [7, 'message.received', 'sla.breached'],
    ])
    expect(momentsOf(message(6, 'customer', 2), missed).slice(1)).toEqual([
      [6, 'message.received'],
      [7, 'sla.breached'],
    ])
  })
})

test('custom fields are as they were before anybody changed them, else as they are now', () => {
  const held = { ...now, 'fields.serial': 'A1', 'fields.sector': 'shop' }
  const filled = updated(5, { 'fields.serial': { from: null, to: 'A1' } })
  const past = pastOf(ticket, held, [created, filled])
  expect(past?.first).toMatchObject({ 'fields.serial': null, 'fields.sector': 'shop' })
  const overlay = new Overlay(past?.first ?? held)
  overlay.acted({ 'fields.sector': { from: 'shop', to: 'stock' } })
  expect(overlay.happened({ 'fields.serial': { from: null, to: 'A1' } })).toEqual({
    'fields.serial': { from: null, to: 'A1' },
  })
  expect(overlay.state).toMatchObject({ 'fields.serial': 'A1', 'fields.sector': 'stock' })
})

describe('what a rule would have changed', () => {
  it('stays until somebody really sets the same field, and tells what they then would have changed', () => {
    const overlay = new Overlay(now)
    overlay.acted({ priorityId: { from: 'high', to: 'urgent' } })
    expect(overlay.happened({ teamId: { from: null, to: 'x' } })).toEqual({ teamId: { from: null, to: 'x' } })
    expect(overlay.state).toMatchObject({ priorityId: 'urgent', teamId: 'x' })
    expect(overlay.happened({ priorityId: { from: 'high', to: 'low' } })).toEqual({
      priorityId: { from: 'urgent', to: 'low' },
    })
  })

  it('of tags stays when others put on other tags', () => {
    const overlay = new Overlay({ ...now, tagIds: ['a', 'b'] })
    overlay.acted({ tagIds: { from: ['a', 'b'], to: ['b', 'c'] } })
    overlay.happened({ tagIds: { from: ['a', 'b'], to: ['a', 'b', 'd'] } })
    expect(overlay.state.tagIds).toEqual(['b', 'c', 'd'])
    overlay.happened({ tagIds: { from: ['a', 'b', 'd'], to: ['b', 'd'] } })
    overlay.happened({ tagIds: { from: ['b', 'd'], to: ['a', 'b', 'd'] } })
    expect(overlay.state.tagIds, 'somebody put it on again').toEqual(['a', 'b', 'c', 'd'])
  })

  it('is no change when somebody does what the rule had done already', () => {
    const overlay = new Overlay(now)
    overlay.acted({ priorityId: { from: 'high', to: 'urgent' } })
    expect(overlay.happened({ priorityId: { from: 'high', to: 'urgent' } })).toEqual({})
  })
})
