import { describe, expect, it } from 'vitest'
import type { DeskEvent } from '../../server/events/contract.ts'
import {
  candidates,
  headsOf,
  linkChoices,
  mixesCustomers,
} from '../../src-renderer/features/links/link-choice.ts'
import { linkWords } from '../../src-renderer/features/ticket/link-event-words.ts'

const about = (id: string, requesterId: string) => ({
  id,
  requester: { id: requesterId, name: requesterId, tier: null },
})

describe('bringing tickets together', () => {
  it('warns of different customers where their conversations become one, not where tickets are only linked', () => {
    const mixed = linkChoices.filter((choice) =>
      mixesCustomers(choice, about('a', 'rita'), about('b', 'josé')),
    )
    expect(mixed).toEqual(['mergeInto', 'mergeHere'])
    expect(mixesCustomers('mergeInto', about('a', 'rita'), about('b', 'rita'))).toBe(false)
  })

  it('offers neither the ticket itself nor what was merged into it', () => {
    const items = ['own', 'merged', 'other'].map((id) => ({ id }))
    expect(candidates(items, 'own', ['merged'])).toEqual([{ id: 'other' }])
  })

  it('tells a ticket by its first and its latest message, once when there is only one', () => {
    const messages = ['a', 'b', 'c'].map((id) => ({ id })) as Parameters<typeof headsOf>[0]['messages']
    expect(headsOf({ messages }).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(headsOf({ messages: messages.slice(0, 1) }).map(({ id }) => id)).toEqual(['a'])
    expect(headsOf({ messages: [] })).toEqual([])
  })
})

describe('the history of tickets that belong together', () => {
  const event = (type: string, ticketId: string, data: Record<string, unknown>): DeskEvent => ({
    ...{ seq: 1, type, at: '2026-03-09T12:00:00.000Z', ticketId, data },
    actor: { type: 'agent', id: 'ana', name: 'Ana' },
  })

  it('names the other ticket, each from its own side', () => {
    const data = { sourceId: 'a', targetId: 'b', source: '2026-000001', target: '2026-000002' }
    const told = ['a', 'b'].map((id) => linkWords(event('ticket.merged', id, data)))
    expect(told).toMatchObject([
      { sentence: 'mergedInto', name: '2026-000002' },
      { sentence: 'mergedHere', name: '2026-000001' },
    ])
    const link = { parentId: 'p', childId: 'c', parent: '2026-000003', child: '2026-000004' }
    expect(linkWords(event('ticket.linked', 'c', link))).toMatchObject({
      sentence: 'linkedUnder',
      name: '2026-000003',
    })
    expect(linkWords(event('ticket.unlinked', 'p', link))).toMatchObject({
      ...{ sentence: 'unlinkedHere', name: '2026-000004' },
    })
  })

  it('leaves other events to others', () => {
    expect(linkWords(event('ticket.created', 'a', {}))).toBeNull()
    expect(linkWords(event('flood.detected', 'a', { count: 5 }))).toMatchObject({
      sentence: 'floodDetected',
      name: '5',
    })
  })
})
