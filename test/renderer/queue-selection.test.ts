import { expect, test } from 'vitest'
import type { TicketItem } from '../../server/tickets/contract.ts'
import { commonTags, commonValue, tagsAfter } from '../../src-renderer/features/queue/bulk.ts'
import { clockOf } from '../../src-renderer/features/queue/row-clock.ts'
import {
  extendTo,
  markAfterLoss,
  noSelection,
  toggle,
  within,
} from '../../src-renderer/features/queue/selection.ts'
import { aPromise } from './stores-support.ts'

const order = ['a', 'b', 'c', 'd', 'e']

function aTicket(parts: Partial<TicketItem>): TicketItem {
  return {
    agent: null,
    status: { id: 'open', key: 'open', name: 'Aberto', class: 'open' },
    priority: { id: 'normal', key: 'normal', name: 'Normal', weight: 20, color: '#2563eb' },
    tags: [],
    sla: [],
    waitingSince: null,
    updatedAt: '2026-11-21T12:00:00Z',
    ...parts,
  } as TicketItem
}

const tagged = (...names: string[]) =>
  aTicket({ tags: names.map((name) => ({ id: name, name, color: '#000000', public: false })) })

test('x selects a row and takes it back', () => {
  const once = toggle(noSelection, 'b')
  expect([...once.ids]).toEqual(['b'])
  expect(toggle(once, 'b').ids.size).toBe(0)
})

test('a range reaches from the last chosen row in either direction', () => {
  expect([...extendTo(toggle(noSelection, 'b'), 'd', order).ids]).toEqual(['b', 'c', 'd'])
  expect([...extendTo(toggle(noSelection, 'd'), 'b', order).ids].sort()).toEqual(['b', 'c', 'd'])
})

test('a range without a beginning is the row itself', () => {
  expect([...extendTo(noSelection, 'c', order).ids]).toEqual(['c'])
  expect(extendTo(noSelection, 'gone', order).ids.size).toBe(0)
})

test('rows that left the list leave the selection', () => {
  const selection = extendTo(toggle(noSelection, 'a'), 'c', order)
  const kept = within(selection, ['b', 'c'])
  expect([...kept.ids]).toEqual(['b', 'c'])
  expect(kept.anchor).toBeNull()
  expect(within(kept, order)).toBe(kept)
})

test('tickets that differ have no common value', () => {
  const ana = { id: 'ana', name: 'Ana' }
  expect(commonValue([aTicket({ agent: ana }), aTicket({ agent: ana })], 'agentId')).toBe('ana')
  expect(commonValue([aTicket({}), aTicket({})], 'agentId')).toBeNull()
  expect(commonValue([aTicket({ agent: ana }), aTicket({})], 'agentId')).toBeUndefined()
})

test('tagging several tickets leaves the tags that only some of them have', () => {
  const tickets = [tagged('garantia', 'vip'), tagged('garantia')]
  const common = commonTags(tickets)
  expect(common).toEqual(['garantia'])
  expect(tickets.map((ticket) => tagsAfter(ticket, common, ['locação']))).toEqual([
    ['vip', 'locação'],
    ['locação'],
  ])
})

test('a ticket whose tags stay the same is not touched', () => {
  expect(tagsAfter(tagged('a', 'b'), ['a'], ['a'])).toBeNull()
})

test('a row shows its nearest promise, else how long the customer waits, else the last change', () => {
  const clock = aPromise()
  const kept = aPromise({ status: 'met', metAt: '2026-11-21T10:00:00Z' })
  const waitingSince = '2026-11-21T11:00:00Z'
  expect(clockOf(aTicket({ sla: [clock], waitingSince }))).toEqual({ kind: 'promise', clock })
  expect(clockOf(aTicket({ sla: [kept], waitingSince })).kind).toBe('waiting')
  expect(clockOf(aTicket({ waitingSince })).kind).toBe('waiting')
  expect(clockOf(aTicket({})).kind).toBe('updated')
})

test('what is resolved no longer runs out', () => {
  const status = { id: 'r', key: 'resolved', name: 'Resolvido', class: 'resolved' as const }
  expect(clockOf(aTicket({ sla: [aPromise()], status })).kind).toBe('updated')
})

test('after a row has gone, "next" leads to the row that took its place', () => {
  expect(markAfterLoss(order, ['a', 'b', 'd', 'e'], 'c')).toBe('b')
  expect(markAfterLoss(order, ['b', 'c'], 'a')).toBeNull()
  expect(markAfterLoss(order, ['e'], 'd')).toBeNull()
})
