import { describe, expect, test } from 'vitest'
import { notShownReasons } from '../../server/alerts/screens.contract.ts'
import {
  defaultCells,
  noticeKinds,
  preferencesInput,
  type AlertPreferences,
} from '../../server/alerts/preferences.contract.ts'
import { viewedTicket } from '../../src-renderer/features/alerts/use-viewing.ts'
import { actOf } from '../../src-renderer/features/alerts/window/alert-keys.ts'
import { hasChanges, isOn, withChannel } from '../../src-renderer/features/settings/alerts/cell-edits.ts'
import { adviceKey, hindranceOf } from '../../src-renderer/features/settings/alerts/outcome-words.ts'
import { draftOf, isNextDay, quietOf } from '../../src-renderer/features/settings/alerts/quiet-draft.ts'

const none: AlertPreferences = { cells: {}, quiet: null }

describe('the matrix of alerts', () => {
  test('keeps only what differs from the defaults', () => {
    const off = withChannel(none, 'reminder', 'mine', 'sound', false)
    expect(off.cells).toEqual({ reminder: { mine: ['notification'] } })
    expect(hasChanges(off)).toBe(true)
    const back = withChannel(off, 'reminder', 'mine', 'sound', true)
    expect(back.cells).toEqual({})
    expect(hasChanges(back)).toBe(false)
  })

  test('leaves the other cells and the quiet hours alone', () => {
    const quiet = { days: [1], from: '12:00', to: '13:00' }
    const before: AlertPreferences = { cells: { note: { all: ['sound'] }, offer: { mine: [] } }, quiet }
    const after = withChannel(before, 'note', 'mine', 'notification', false)
    expect(after).toEqual({ cells: { note: { all: ['sound'], mine: [] }, offer: { mine: [] } }, quiet })
  })

  test('offers no cell that cannot happen, and makes none', () => {
    expect(isOn(none, 'reminder', 'all', 'sound')).toBeNull()
    expect(withChannel(none, 'reminder', 'all', 'sound', true)).toBe(none)
  })

  test('can be all unticked, and is still what the server takes', () => {
    const silent = noticeKinds.reduce<AlertPreferences>((all, kind) => {
      const scopes = Object.keys(defaultCells[kind]) as ('mine' | 'team' | 'all')[]
      return scopes.reduce(
        (each, scope) =>
          withChannel(withChannel(each, kind, scope, 'sound', false), kind, scope, 'notification', false),
        all,
      )
    }, none)
    expect(preferencesInput.parse(silent)).toEqual(silent)
    expect(isOn(silent, 'promiseBreached', 'mine', 'notification')).toBe(false)
  })
})

describe('the quiet hours', () => {
  test('give back what they were opened with', () => {
    const quiet = { days: [0, 6], from: '08:00', to: '12:30' }
    expect(quietOf(draftOf(quiet))).toEqual(quiet)
    expect(quietOf(draftOf(null))).toBeNull()
  })

  test('need a day and both times', () => {
    const draft = { ...draftOf(null), on: true }
    expect(quietOf({ ...draft, days: [] })).toBeUndefined()
    expect(quietOf({ ...draft, from: '' })).toBeUndefined()
    expect(quietOf({ ...draft, from: '19:00:00' })).toMatchObject({ from: '19:00' })
  })

  test('that end at or before their beginning end on the next day', () => {
    expect(isNextDay({ from: '19:00', to: '07:00' })).toBe(true)
    expect(isNextDay({ from: '12:00', to: '13:00' })).toBe(false)
  })
})

describe('the keys of the alert window', () => {
  const press = (key: string, more = {}) => ({
    key,
    ...{ ctrlKey: false, altKey: false, metaKey: false, repeat: false },
    ...more,
  })
  const at = { index: 0, count: 2, onButton: false }

  test('open, take up, put off and put away', () => {
    expect(actOf(press('Enter'), at)).toEqual({ do: 'open' })
    expect(actOf(press('A'), at)).toEqual({ do: 'acknowledge' })
    expect(actOf(press('s'), at)).toEqual({ do: 'snooze', minutes: 15 })
    expect(actOf(press('Escape'), at)).toEqual({ do: 'hide' })
  })

  test('go from card to card and stop at the ends', () => {
    expect(actOf(press('ArrowDown'), at)).toEqual({ do: 'focus', index: 1 })
    expect(actOf(press('ArrowDown'), { ...at, index: 1 })).toEqual({ do: 'focus', index: 1 })
    expect(actOf(press('ArrowUp'), at)).toEqual({ do: 'focus', index: 0 })
  })

  test('leave Enter to the button it is on, and the system’s combinations to the system', () => {
    expect(actOf(press('Enter'), { ...at, onButton: true })).toBeNull()
    expect(actOf(press('a', { ctrlKey: true }), at)).toBeNull()
  })

  test('do nothing to the next card while a key is held down', () => {
    expect(actOf(press('a', { repeat: true }), at)).toBeNull()
  })

  test('only put away a window that is empty', () => {
    expect(actOf(press('Enter'), { ...at, count: 0 })).toBeNull()
    expect(actOf(press('Escape'), { ...at, count: 0 })).toEqual({ do: 'hide' })
  })
})

test('what the system forbids has its own advice on each system; what the person chose has none', () => {
  expect(adviceKey('os_dnd', 'windows')).toBe('notices.advice.os_dnd.windows')
  expect(adviceKey('permission_denied', 'macos')).toBe('notices.advice.permission_denied.macos')
  const withAdvice = notShownReasons.filter((reason) => adviceKey(reason, 'linux') !== null)
  expect(withAdvice).toEqual(['os_dnd', 'permission_denied', 'not_supported', 'timeout', 'failed'])
})

test('a test that fails says that notifications do not get through, whatever the system says of itself', () => {
  expect(hindranceOf({ blocked: null }, { notification: 'timeout' })).toBe('timeout')
  expect(hindranceOf({ blocked: 'os_dnd' }, { notification: 'failed' })).toBe('failed')
  expect(hindranceOf({ blocked: 'os_dnd' }, { notification: 'shown' })).toBe('os_dnd')
  expect(hindranceOf({ blocked: 'os_dnd' }, null)).toBe('os_dnd')
  expect(hindranceOf({ blocked: null }, { notification: 'shown' })).toBeNull()
  expect(hindranceOf(null, null)).toBeNull()
})

test('an address whose ticket is no id shows none', () => {
  const id = '019abc00-0000-7000-8000-0000000000a1'
  expect(viewedTicket(id)).toBe(id)
  for (const other of ['', 'x', '42', `${id}0`]) expect(viewedTicket(other)).toBeNull()
})
