import { expect, test } from 'vitest'
import {
  newer,
  newerDetail,
  outdates,
  withAnswer,
  withEvent,
  withMessage,
} from '../../src-renderer/stores/ticket-events.ts'
import { aDetail, aMessage, aTicket, anEvent } from './stores-support.ts'

test.each([
  ['a later version', { version: 6 }, true],
  ["one's own echo", { version: 5 }, false],
  ['an older event, replayed', { version: 3 }, false],
  ['something without a version', {}, true],
])('%s makes a copy of version 5 stale or not', (_name, data, stale) => {
  expect(outdates(anEvent({ data }), aTicket({ version: 5 }))).toBe(stale)
})

test('a promise that runs out makes a copy stale without a new version; an alert about it does not', () => {
  const stale = (type: string) => outdates(anEvent({ type, data: {} }), aTicket())
  expect(['sla.warning', 'sla.breached', 'alert.raised', 'alert.acknowledged'].map(stale)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a list of events gives the same history however often it is applied', () => {
  const events = [101, 102, 103].map((seq) => anEvent({ seq }))
  const once = events.reduce(withEvent, aDetail())
  const twice = events.reduce(withEvent, once)
  expect(once.timeline.map(({ seq }) => seq)).toEqual([101, 102, 103])
  expect(twice).toBe(once)
})

test('events that the reading already has, or of another ticket, change nothing', () => {
  const detail = aDetail({ seq: 100 })
  expect(withEvent(detail, anEvent({ seq: 100 }))).toBe(detail)
  expect(withEvent(detail, anEvent({ ticketId: 't2' }))).toBe(detail)
})

test('of two readings the newer stays, in whichever order they came', () => {
  const [old, recent] = [aTicket({ version: 5 }), aTicket({ version: 6 })]
  expect(newer(old, recent)).toBe(recent)
  expect(newer(recent, old)).toBe(recent)
  expect(newer(undefined, old)).toBe(old)
  const [before, after] = [aDetail({ seq: 100 }), aDetail({ seq: 101 })]
  expect(newerDetail(after, before)).toBe(after)
  expect(newerDetail(before, after)).toBe(after)
})

test('a reading that is later in the log but older than our own answer does not undo it', () => {
  const answered = withAnswer(aDetail({ seq: 100 }), aDetail({ version: 6, subject: 'Novo' }))
  expect(answered).toMatchObject({ version: 6, subject: 'Novo' })
  expect(newerDetail(answered, aDetail({ seq: 101, version: 5 }))).toBe(answered)
})

test('an answer that comes after a newer reading changes nothing', () => {
  const detail = aDetail({ version: 7 })
  expect(withAnswer(detail, aDetail({ version: 6, subject: 'velho' }))).toBe(detail)
})

test('an answered message is added once', () => {
  const detail = withMessage(aDetail(), aMessage())
  expect(detail.messages).toHaveLength(1)
  expect(withMessage(detail, aMessage())).toBe(detail)
})
