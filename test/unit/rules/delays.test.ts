import { describe, expect, it } from 'vitest'
import { endOf, hoursFor } from '../../../server/rules/time/delays.ts'
import { alwaysOpen, type BusinessTime } from '../../../server/sla/calendar.ts'
import type { Book } from '../../../server/sla/sla-book.ts'
import { at, shopHours } from '../../support/promise-story.ts'

/** A shop day has 8½ hours: 08–12 and 13:30–18. */
const SHOP_DAY = 510

const hours = (name: string): BusinessTime => ({ ...alwaysOpen, isOpen: () => name === 'open' })
const [ofTeam, ofPolicy, ofDelay, ofOffice] = [hours('a'), hours('b'), hours('c'), hours('d')]
const calendar = (id: string, time: BusinessTime, archived = false) => [id, { id, archived, time }] as const
const book = {
  calendars: new Map([
    calendar('old', hours('old'), true),
    calendar('office', ofOffice),
    calendar('team', ofTeam),
    calendar('policy', ofPolicy),
    calendar('delay', ofDelay),
  ]),
  policyById: new Map([
    ['P', { calendarId: 'policy' }],
    ['round-the-clock', { calendarId: null }],
  ]),
} as unknown as Book
const people = {
  teams: new Map([
    ['T', { calendarId: 'team' }],
    ['U', { calendarId: null }],
  ]),
} as unknown as Parameters<typeof hoursFor>[1]
const by = (teamId: string | null, policyId: string | null, calendarId?: string) =>
  hoursFor(book, people, { teamId, policyId }, { calendarId })

describe('whose hours a delay counts by', () => {
  it('those of the ticket’s team come first, then its promise’s, then the rule’s own, then the office’s', () => {
    expect(by('T', 'P', 'delay')).toBe(ofTeam)
    expect(by('U', 'P', 'delay')).toBe(ofPolicy)
    expect(by(null, 'round-the-clock', 'delay')).toBe(ofDelay)
    expect(by(null, null)).toBe(ofOffice)
  })
  it('all hours count where the office has no calendar', () => {
    const none = { calendars: new Map(), policyById: new Map() } as unknown as Book
    expect(hoursFor(none, people, { teamId: null, policyId: null }, {})).toBe(alwaysOpen)
  })
})

describe('when a delay ends', () => {
  it('in open hours, a long weekend is no time at all', () => {
    const threeDays = { minutes: 3 * SHOP_DAY, business: true }
    expect(endOf(threeDays, at('fri 10:00'), shopHours)).toBe(at('wed+1 10:00'))
  })
  it('in plain time, it is', () => {
    expect(endOf({ minutes: 3 * 1440, business: false }, at('fri 10:00'), shopHours)).toBe(at('mon+1 10:00'))
  })
  it('plain time counts where no open time is left', () => {
    const never: BusinessTime = { ...shopHours, add: () => null }
    expect(endOf({ minutes: 60, business: true }, at('fri 10:00'), never)).toBe(at('fri 11:00'))
  })
})
