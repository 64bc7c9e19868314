import { expect, test } from 'vitest'
import type { AlertView } from '../../../server/alerts/contract.ts'
import type { DeskEvent } from '../../../server/events/contract.ts'
import { createKnownAlerts } from '../../../src-main/office/known-alerts.ts'
import { anAlert, TICKET } from './alert-support.ts'

const [one, other] = [
  anAlert({ id: 'one', ticketId: TICKET }),
  anAlert({ id: 'other', ticketId: 'elsewhere' }),
]

function anEvent(type: string, alertId: string | null, parts: Partial<DeskEvent> = {}): DeskEvent {
  const actor = { type: 'system', id: null, name: null } as const
  return {
    ...{ seq: 5, type, at: '', actor, ticketId: null, data: alertId === null ? {} : { alertId } },
    ...parts,
  }
}

/** What is to be read after `event`, when these two are known. */
function readAfter(event: DeskEvent): string[] | 'all' | 'nothing' {
  const known = createKnownAlerts()
  known.hear(event, [one, other])
  if (!known.isStale()) return 'nothing'
  const ids = known.takeStale()
  expect(known.isStale()).toBe(false)
  return ids === null ? 'all' : [...ids]
}

const idsOf = (alerts: readonly AlertView[]) => alerts.map(({ id }) => id)

test.each(['alert.raised', 'alert.escalated', 'alert.snoozed'])(
  '%s makes that one alert be read, not the list',
  (type) => {
    expect(readAfter(anEvent(type, 'new'))).toEqual(['new'])
  },
)

test.each(['alert.delivered', 'alert.seen', 'alert.not_shown'])(
  '%s, which is others’ affair, makes nothing be read',
  (type) => {
    expect(readAfter(anEvent(type, 'one'))).toBe('nothing')
  },
)

test('what happens to a ticket makes the alerts of that ticket be read', () => {
  expect(readAfter(anEvent('ticket.updated', null, { ticketId: TICKET }))).toEqual(['one'])
  expect(readAfter(anEvent('ticket.updated', null, { ticketId: 'unknown' }))).toBe('nothing')
})

test('who goes or changes places, and more alerts than the server takes at once, make all be read', () => {
  expect(readAfter(anEvent('agent.updated', null))).toBe('all')
  expect(readAfter(anEvent('team.deleted', null))).toBe('all')
  const known = createKnownAlerts()
  for (let n = 0; n < 101; n += 1) known.hear(anEvent('alert.raised', `a${n}`), [])
  expect(known.takeStale()).toBeNull()
})

test('what a colleague acknowledges is gone at once, with nothing to read', () => {
  const known = createKnownAlerts()
  known.hear(anEvent('alert.escalated', 'one'), [one, other])
  expect(idsOf(known.hear(anEvent('alert.acknowledged', 'one'), [one, other]))).toEqual(['other'])
  expect(known.isStale()).toBe(false)
})

test('an answer puts those it was asked for in place, takes away those it no longer has, and leaves the others', () => {
  const known = createKnownAlerts()
  const page = { items: [anAlert({ id: 'one', level: 2 })], seq: 9 }
  const after = known.withAnswer([one, other], page, new Set(['one']))
  expect(after).toEqual([other, ...page.items])
  expect(known.withAnswer([one, other], { items: [], seq: 9 }, new Set(['one']))).toEqual([other])
  expect(known.withAnswer([one, other], page, null)).toEqual(page.items)
})

test('an answer from before an alert fell silent, or called, does not undo that', () => {
  const known = createKnownAlerts()
  const left = known.hear(anEvent('alert.acknowledged', 'one', { seq: 7 }), [one, other])
  expect(known.withAnswer(left, { items: [one, other], seq: 6 }, null)).toEqual([other])

  known.hear(anEvent('alert.raised', 'new', { seq: 8 }), left)
  const withNew = known.withAnswer(left, { items: [anAlert({ id: 'new' })], seq: 8 }, new Set(['new']))
  expect(idsOf(known.withAnswer(withNew, { items: [other], seq: 7 }, null))).toEqual(['new', 'other'])
})
