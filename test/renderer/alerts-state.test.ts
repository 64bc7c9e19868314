import { describe, expect, test } from 'vitest'
import {
  byUrgency,
  newCalls,
  nextReturn,
  standingOf,
  withAlertEvent,
  withoutOvertaken,
  worstSeverity,
} from '../../server/alerts/standing.contract.ts'
import { expectedAlerts, readSingly } from '../../src-renderer/stores/alert-state.ts'
import { after, ANA, anAlert, aRecipient, BRUNO, MINUTE, NOON } from './alerts-support.ts'
import { aCommand, anEvent } from './stores-support.ts'

const acknowledge = (parts = {}) =>
  aCommand({
    procedure: 'alerts.acknowledge',
    input: { id: 'x1' },
    subject: 'x1',
    createdAt: NOON + MINUTE,
    ...parts,
  })
const snooze = (minutes: number) =>
  aCommand({
    procedure: 'alerts.snooze',
    input: { id: 'x1', minutes },
    subject: 'x1',
    createdAt: NOON + MINUTE,
  })
const standing = (alert = anAlert(), minutes = 2) => standingOf(alert, ANA.id, NOON + minutes * MINUTE)

describe('an alert', () => {
  test('calls until it is acknowledged', () => {
    expect(standing()).toBe('calling')
    expect(standing(anAlert({ acknowledgedAt: after(1), acknowledgedBy: BRUNO }))).toBe('acknowledged')
  })

  test('is quiet for whoever put it off, until that moment and for nobody else', () => {
    const alert = anAlert({
      recipients: [
        aRecipient({ snoozedUntil: after(15) }),
        aRecipient({ agentId: BRUNO.id, name: BRUNO.name }),
      ],
    })
    expect(standing(alert, 14)).toBe('snoozed')
    expect(standing(alert, 15)).toBe('calling')
    expect(standingOf(alert, BRUNO.id, NOON)).toBe('calling')
  })

  test('falls silent with the event, before the whole has been read again', () => {
    const event = anEvent({ type: 'alert.acknowledged', actor: BRUNO, at: after(1), data: { alertId: 'x1' } })
    expect(withAlertEvent(anAlert(), event)).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: after(1),
      acknowledgedBy: BRUNO,
    })
    expect(withAlertEvent(anAlert({ id: 'x2' }), event).acknowledgedAt).toBeNull()
    expect(withAlertEvent(anAlert(), { ...event, type: 'alert.seen' }).acknowledgedAt).toBeNull()
  })

  test('stays with who acknowledged it first', () => {
    const first = anAlert({ acknowledgedAt: after(1), acknowledgedBy: BRUNO })
    expect(expectedAlerts([first], [acknowledge()], ANA)[0]?.acknowledgedBy).toEqual(BRUNO)
  })
})

describe('what waits in the outbox', () => {
  test('is in effect at once', () => {
    const [alert] = expectedAlerts([anAlert()], [acknowledge()], ANA)
    expect(alert).toMatchObject({ acknowledgedAt: after(1), acknowledgedBy: ANA })
  })

  test('puts an alert off from the moment that it was asked for', () => {
    const [alert] = expectedAlerts([anAlert()], [snooze(30), snooze(5)], ANA)
    expect(alert?.recipients[0]?.snoozedUntil).toBe(after(6))
  })

  test('concerns its own alert alone', () => {
    const [, other] = expectedAlerts([anAlert(), anAlert({ id: 'x2' })], [acknowledge(), snooze(5)], ANA)
    expect(other).toEqual(anAlert({ id: 'x2' }))
  })

  test('has no effect once the server refused it: the alert calls again', () => {
    expect(standing(expectedAlerts([anAlert()], [acknowledge({ state: 'refused' })], ANA)[0])).toBe('calling')
  })
})

describe('a call', () => {
  const calling = [anAlert()]

  test('is new the first time and not repeated while it lasts', () => {
    expect(newCalls(new Map(), new Set(), calling)).toEqual([{ alert: anAlert(), why: 'new' }])
    expect(newCalls(new Map([['x1', 1]]), new Set(['x1']), calling)).toEqual([])
  })

  test('comes again at a higher level', () => {
    const escalated = anAlert({ level: 2 })
    const calls = newCalls(new Map([['x1', 1]]), new Set(['x1']), [escalated])
    expect(calls).toEqual([{ alert: escalated, why: 'escalated' }])
  })

  test('comes again when the time it was put off for is over', () => {
    expect(newCalls(new Map([['x1', 1]]), new Set(), calling)).toEqual([{ alert: anAlert(), why: 'again' }])
  })
})

test('the next to come back is the nearest that lies ahead', () => {
  const putOff = (id: string, until: string) =>
    anAlert({ id, recipients: [aRecipient({ snoozedUntil: until })] })
  const list = [
    putOff('x1', after(30)),
    putOff('x2', after(5)),
    putOff('x3', after(-5)),
    anAlert({ id: 'x4' }),
  ]
  expect(nextReturn(list, ANA.id, NOON)).toBe(NOON + 5 * MINUTE)
  expect(nextReturn([anAlert()], ANA.id, NOON)).toBeNull()
  expect(nextReturn([putOff('x1', after(5))], BRUNO.id, NOON)).toBeNull()
})

test('the most severe stands first, then what is due soonest, then the newest', () => {
  const due = (id: string, minutes: number, severity: 'urgent' | 'warning' = 'urgent') =>
    anAlert({ id, severity, data: { metric: 'resolution', dueAt: after(minutes) } })
  const newer = anAlert({ id: 'other-new', data: {}, raisedAt: after(9) })
  const older = anAlert({ id: 'other-old', data: {} })
  const list = [due('warning', -60, 'warning'), older, newer, due('later', 20), due('sooner', -5)]
  expect(list.sort(byUrgency).map(({ id }) => id)).toEqual([
    'sooner',
    'later',
    'other-new',
    'other-old',
    'warning',
  ])
})

test('the bell has the colour of the worst', () => {
  expect(worstSeverity([])).toBeNull()
  expect(
    worstSeverity([
      anAlert({ severity: 'info' }),
      anAlert({ severity: 'urgent' }),
      anAlert({ severity: 'warning' }),
    ]),
  ).toBe('urgent')
})

test('a missed deadline stands for its warning, and for no other', () => {
  const warning = (parts = {}) => anAlert({ id: 'w', severity: 'warning', reason: 'sla.warning', ...parts })
  const missed = anAlert()
  const others = [
    warning({ id: 'w2', ticketId: 't2' }),
    warning({ id: 'w3', data: { metric: 'resolution', dueAt: after(30), policyId: 'p1' } }),
  ]
  expect(withoutOvertaken([warning(), missed, ...others])).toEqual([missed, ...others])
  expect(withoutOvertaken([warning()])).toEqual([warning()])
})

describe('an event makes the client read again', () => {
  const sizes = { limit: 3, most: 2 }
  const known = ['x1', 'x2'].map((id) => anAlert({ id }))

  test('what it is about, or everything where nothing or too much is known to have changed', () => {
    expect(readSingly(known, new Set(['x1']), sizes)).toEqual(['x1'])
    expect(readSingly(known, null, sizes)).toBeNull()
    expect(readSingly(null, new Set(['x1']), sizes)).toBeNull()
    expect(readSingly(known, new Set(['x1', 'x2', 'x3']), sizes)).toBeNull()
  })

  test('the whole list when it was cut off, for then what leaves it makes room for another', () => {
    expect(readSingly([...known, anAlert({ id: 'x3' })], new Set(['x1']), sizes)).toBeNull()
  })
})
