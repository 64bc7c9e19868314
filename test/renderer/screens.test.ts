import { describe, expect, it } from 'vitest'
import type { AlertShowing } from '../../server/alerts/contract.ts'
import type { ScreenView } from '../../server/alerts/screens.contract.ts'
import { blockedAtWork, outcomeOf } from '../../src-renderer/features/screens/screen-state.ts'
import {
  minutesOf,
  minutesText,
} from '../../src-renderer/features/settings/promises/policies/ladder-minutes.ts'
import { after, ANA, BRUNO } from './alerts-support.ts'

const screen = (name: string, parts: Partial<ScreenView> = {}): ScreenView => ({
  ...{ id: name, name, platform: 'windows', version: '1.4.0', agent: ANA, lastSeenAt: after(0) },
  ...{ blocked: null, blockedSince: null, shown: 0, notShown: 0 },
  ...parts,
})
const showing = (parts: Partial<AlertShowing> = {}): AlertShowing => ({
  ...{ screen: 'PC-07', way: 'notification', reason: null, at: after(0) },
  ...parts,
})

describe('the computers that alerts don’t reach', () => {
  it('are those blocked of people who are there, the longest blocked first', () => {
    const screens = [
      screen('PC-01'),
      screen('PC-02', { blocked: 'os_dnd', blockedSince: after(2) }),
      screen('PC-03', { blocked: 'permission_denied', blockedSince: after(1) }),
      screen('PC-04', { blocked: 'os_dnd', blockedSince: after(0), agent: BRUNO }),
    ]
    const stateOf = (agentId: string) => (agentId === BRUNO.id ? 'offline' : 'busy')
    expect(blockedAtWork(screens, stateOf).map(({ name }) => name)).toEqual(['PC-03', 'PC-02'])
  })
})

describe('what became of an alert on somebody’s computers', () => {
  it('is that it was shown, wherever else it was withheld', () => {
    const showings = [
      showing({ reason: 'os_dnd' }),
      showing({ way: 'window', screen: 'PC-09', at: after(1) }),
    ]
    expect(outcomeOf(showings)).toEqual({ kind: 'shown', screen: 'PC-09', at: after(1) })
  })

  it('is else the last hindrance, and nothing for what a person chose or had before them', () => {
    const withheld = [
      showing({ reason: 'timeout' }),
      showing({ reason: 'os_dnd', screen: 'PC-09', at: after(1) }),
      showing({ reason: 'grouped', at: after(2) }),
    ]
    expect(outcomeOf(withheld)).toEqual({ kind: 'blocked', screen: 'PC-09', reason: 'os_dnd', at: after(1) })
    expect(outcomeOf([showing({ reason: 'window_focused_on_ticket' })])).toBeNull()
    expect(outcomeOf([])).toBeNull()
  })
})

describe('minutes as they are typed', () => {
  it.each([
    ['', null],
    [' 5 ', 5],
    ['1440', 1_440],
    ['0', undefined],
    ['1441', undefined],
    ['5,5', undefined],
    ['cinco', undefined],
  ])('“%s” is %s', (text, minutes) => expect(minutesOf(text)).toBe(minutes))

  it('are written as they are read', () => {
    for (const minutes of [null, 1, 15]) expect(minutesOf(minutesText(minutes))).toBe(minutes)
  })
})
