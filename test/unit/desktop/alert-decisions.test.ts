import { describe, expect, test } from 'vitest'
import type { AlertPreferences, QuietHours } from '../../../server/alerts/preferences.contract.ts'
import { isQuietAt } from '../../../server/alerts/notice.contract.ts'
import { decide, type Circumstances } from '../../../src-main/alerts/decide.ts'
import { newsHappening, type Happening } from '../../../src-main/alerts/happening.ts'
import { alertSettings } from '../../../src-main/alerts/ipc.ts'
import { aCall, TICKET } from './alert-support.ts'

const settings = alertSettings.parse({ sounds: {} })
const nothingSaid: AlertPreferences = { cells: {}, quiet: null }
const free = { isSupported: true, permission: 'granted', attention: 'free' } as const
const on = (changes: Partial<Circumstances> = {}): Circumstances => ({
  preferences: nothingSaid,
  settings,
  now: new Date(2026, 10, 26, 10, 0),
  focusedTicketId: null,
  system: free,
  ...changes,
})
const night: QuietHours = { days: [1, 2, 3, 4, 5], from: '18:00', to: '08:00' }
const customerMessage = newsHappening('customerMessage', 'mine', {
  id: TICKET,
  number: '2026-000001',
  subject: 'Impressora',
  requester: 'Rita',
  actor: 'Rita',
  text: 'Ainda parada',
})
const urgent: Happening = aCall({ severity: 'urgent' })
const warning: Happening = aCall({ severity: 'warning', reason: 'sla.warning' })

describe('urgent alerts come through', () => {
  test('whatever the person chose', () => {
    const preferences = { cells: { promiseBreached: { mine: [] } }, quiet: null }
    expect(decide(urgent, on({ preferences }))).toEqual({ notShown: null, sound: 'siren', ownWindow: false })
  })

  test('at any hour', () => {
    const preferences = { cells: {}, quiet: night }
    expect(decide(urgent, on({ preferences, now: new Date(2026, 10, 26, 3, 0) })).notShown).toBeNull()
  })

  test.each([
    ['do not disturb', { ...free, attention: 'dnd' }, 'os_dnd'],
    ['a presentation', { ...free, attention: 'presenting' }, 'os_dnd'],
    ['a system that forbids it', { ...free, permission: 'denied' }, 'permission_denied'],
    ['a system that has no notifications', { ...free, isSupported: false }, 'not_supported'],
  ] as const)('past %s, by a window and a sound of our own', (_what, system, reason) => {
    expect(decide(urgent, on({ system }))).toEqual({ notShown: reason, sound: 'siren', ownWindow: true })
  })

  test('with the sound alone to whoever is looking at that ticket', () => {
    expect(decide(urgent, on({ focusedTicketId: TICKET }))).toEqual({
      notShown: 'window_focused_on_ticket',
      sound: 'siren',
      ownWindow: false,
    })
  })

  test('without a sound on a computer that was told to make none', () => {
    const mute = { ...settings, sounds: { ...settings.sounds, urgent: null } }
    expect(decide(urgent, on({ settings: mute })).sound).toBeNull()
  })
})

describe('everything else honours the person and the system', () => {
  test('what a new person gets: one’s own matters are shown and heard', () => {
    expect(decide(customerMessage, on())).toEqual({ notShown: null, sound: 'drop', ownWindow: false })
    expect(decide(warning, on())).toEqual({ notShown: null, sound: 'marimba', ownWindow: false })
  })

  test('a cell without channels tells nothing, and says that it was the person’s choice', () => {
    const preferences = { cells: { customerMessage: { mine: [] } }, quiet: null }
    expect(decide(customerMessage, on({ preferences }))).toEqual({
      notShown: 'preference',
      sound: null,
      ownWindow: false,
    })
  })

  test('sound without a notification is a choice as well', () => {
    const preferences = { cells: { customerMessage: { mine: ['sound' as const] } }, quiet: null }
    expect(decide(customerMessage, on({ preferences }))).toMatchObject({
      notShown: 'preference',
      sound: 'drop',
    })
  })

  test('quiet hours are quiet', () => {
    const preferences = { cells: {}, quiet: night }
    const at = on({ preferences, now: new Date(2026, 10, 26, 19, 0) })
    expect(decide(warning, at)).toEqual({ notShown: 'quiet_hours', sound: null, ownWindow: false })
  })

  test('do not disturb silences the sound too, and opens no window', () => {
    expect(decide(warning, on({ system: { ...free, attention: 'dnd' } }))).toEqual({
      notShown: 'os_dnd',
      sound: null,
      ownWindow: false,
    })
  })

  test('a system that says nothing is trusted', () => {
    const system = { isSupported: true, permission: 'unknown', attention: 'unknown' } as const
    expect(decide(warning, on({ system })).notShown).toBeNull()
  })

  test('who is looking at the ticket needs no word of it', () => {
    expect(decide(customerMessage, on({ focusedTicketId: TICKET }))).toMatchObject({
      notShown: 'window_focused_on_ticket',
      sound: null,
    })
  })
})

describe('quiet hours, in local wall-clock time', () => {
  // 26 November 2026 is a Thursday.
  test.each([
    ['before they begin', night, [26, 17, 59], false],
    ['at their beginning', night, [26, 18, 0], true],
    ['past midnight', night, [27, 2, 0], true],
    ['at their end', night, [27, 8, 0], false],
    ['on Saturday morning, begun on Friday', night, [28, 7, 59], true],
    ['on Saturday evening', night, [28, 19, 0], false],
    ['on Monday morning, for they did not begin on Sunday', night, [30, 7, 0], false],
    ['within a day', { days: [4], from: '12:00', to: '13:30' }, [26, 13, 29], true],
    ['of a day, on another day', { days: [4], from: '12:00', to: '13:30' }, [27, 12, 30], false],
    [
      'from and to the same time: round the clock',
      { days: [4], from: '00:00', to: '00:00' },
      [26, 15, 0],
      true,
    ],
  ] as const)('%s', (_when, quiet, [day, hour, minute], expected) => {
    expect(isQuietAt({ ...quiet, days: [...quiet.days] }, new Date(2026, 10, day, hour, minute))).toBe(
      expected,
    )
  })

  test('none are never', () => {
    expect(isQuietAt(null, new Date(2026, 10, 26, 3, 0))).toBe(false)
  })
})
