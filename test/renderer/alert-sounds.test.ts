import { describe, expect, test } from 'vitest'
import type { AlertsApi, AlertSettings, Tone } from '../../src-main/alerts/ipc.ts'
import { TONES } from '../../src-main/alerts/ipc.ts'
import type { AlertPreferences } from '../../server/alerts/preferences.contract.ts'
import type { DesktopMessage } from '../../src-main/ipc/contract.ts'
import { isWanted, notHeard, toneOf } from '../../src-renderer/features/alerts/audible.ts'
import { playOrderedSounds } from '../../src-renderer/features/alerts/ordered-sounds.ts'
import { createAlertSettings, DEFAULT_SETTINGS } from '../../src-renderer/features/alerts/sound-settings.ts'
import { isTone, lengthOf, SCORES, tones } from '../../src-renderer/features/alerts/tones.ts'
import { ANA, anAlert } from './alerts-support.ts'

function aStorage(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept))
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  }
}

function aDesktop(first: AlertSettings = DEFAULT_SETTINGS) {
  const kept: AlertSettings[] = [first]
  const api = {
    getSettings: () => Promise.resolve(kept.at(-1) ?? first),
    setSettings: (settings: AlertSettings) => Promise.resolve(void kept.push(settings)),
  } as AlertsApi
  return { api, kept }
}

describe('the sounds', () => {
  test('are those that the desktop can order, no two alike', () => {
    expect([...tones].sort()).toEqual([...TONES].sort())
    expect(new Set(tones.map((tone) => JSON.stringify(SCORES[tone]))).size).toBe(TONES.length)
    expect(isTone('toString')).toBe(false)
  })

  test.each(TONES)('%s stays where speakers and ears can bear it, and is over in two seconds', (tone) => {
    for (const { frequency, at, length, gain } of SCORES[tone]) {
      expect(frequency).toBeGreaterThanOrEqual(200)
      expect(frequency).toBeLessThanOrEqual(2_000)
      expect(gain).toBeGreaterThan(0)
      expect(gain).toBeLessThanOrEqual(1)
      expect(at).toBeGreaterThanOrEqual(0)
      expect(length).toBeGreaterThan(0.05)
    }
    expect(lengthOf(tone)).toBeLessThanOrEqual(2)
  })

  test('have in the siren the longest of all, with the most notes', () => {
    const others = TONES.filter((tone): tone is Exclude<Tone, 'siren'> => tone !== 'siren')
    for (const tone of others) {
      expect(lengthOf('siren')).toBeGreaterThan(lengthOf(tone))
      expect(SCORES.siren.length).toBeGreaterThan(SCORES[tone].length)
    }
  })

  test('are played as the desktop orders them, and nothing else is', () => {
    const played: [Tone, number][] = []
    const told: ((message: DesktopMessage) => void)[] = []
    const desk = {
      onMessage: (listener: (message: DesktopMessage) => void) => (told.push(listener), () => undefined),
    }
    playOrderedSounds(desk, (tone, volume) => Promise.resolve(played.push([tone, volume]) > 0))
    told[0]?.({ kind: 'open', path: '/queue' })
    told[0]?.({ kind: 'sound', tone: 'drop', volume: 0.4 })
    expect(played).toEqual([['drop', 0.4]])
  })
})

describe('the settings of this computer', () => {
  test('keep a browser silent whose owner had turned the sound off, and forget the old switch', async () => {
    const storage = aStorage({ 'balcao.alertSound': 'false' })
    const { settings, isSoundOn, whenKnown } = createAlertSettings(null, storage)
    await whenKnown()
    expect(isSoundOn.value).toBe(false)
    expect(settings.value.sounds).toEqual({ urgent: null, warning: null, info: null })
    expect(storage.getItem('balcao.alertSound')).toBeNull()
    const next = createAlertSettings(null, storage)
    await next.whenKnown()
    expect(next.isSoundOn.value).toBe(false)
  })

  test('carry the old “off” over to the desktop program, which keeps them from then on', async () => {
    const { api, kept } = aDesktop({ ...DEFAULT_SETTINGS, volume: 0.3, privacy: 'name' })
    await createAlertSettings(api, aStorage({ 'balcao.alertSound': 'false' })).whenKnown()
    expect(kept.at(-1)).toMatchObject({ volume: 0.3, privacy: 'name', sounds: { urgent: null } })
  })

  test('are not written over by an old “on”', async () => {
    const { api, kept } = aDesktop()
    await createAlertSettings(api, aStorage({ 'balcao.alertSound': 'true' })).whenKnown()
    expect(kept).toHaveLength(1)
  })

  test('bring the chosen sounds back after muting', async () => {
    const mine = createAlertSettings(null, aStorage())
    await mine.change({ sounds: { urgent: 'pulse', warning: null, info: 'bell' } })
    await mine.setSoundOn(false)
    expect(mine.isSoundOn.value).toBe(false)
    await mine.setSoundOn(true)
    expect(mine.settings.value.sounds).toEqual({ urgent: 'pulse', warning: null, info: 'bell' })
  })

  test('fall back to the defaults where a browser kept nonsense', async () => {
    const nonsense = JSON.stringify({ volume: 7, sounds: { urgent: 'gong', info: null } })
    const mine = createAlertSettings(null, aStorage({ 'balcao.alertSettings': nonsense }))
    await mine.whenKnown()
    expect(mine.settings.value).toEqual({
      ...DEFAULT_SETTINGS,
      sounds: { ...DEFAULT_SETTINGS.sounds, info: null },
    })
  })

  test('are read before they are changed, so that nothing assumed is kept', async () => {
    const { api, kept } = aDesktop({ ...DEFAULT_SETTINGS, privacy: 'nothing' })
    await createAlertSettings(api, aStorage()).change({ volume: 0.2 })
    expect(kept.at(-1)).toMatchObject({ privacy: 'nothing', volume: 0.2 })
  })
})

describe('in a browser', () => {
  const sounds = DEFAULT_SETTINGS.sounds
  const all: AlertPreferences = { cells: {}, quiet: null }
  /** A Thursday, 22:00. */
  const now = new Date(2026, 10, 26, 22, 0)
  const wishes = (preferences: AlertPreferences) => ({ preferences, agentId: ANA.id, now })
  const warning = anAlert({ id: 'w1', severity: 'warning', reason: 'sla.warning' })
  const quiet = { days: [4], from: '19:00', to: '07:00' }

  test('an urgent alert is heard whatever its reader chose and whatever the hour', () => {
    const deaf: AlertPreferences = { cells: { promiseBreached: { mine: [] } }, quiet }
    expect(toneOf([anAlert()], sounds, wishes(deaf))).toBe('siren')
  })

  test('others are heard where their reader wants it, and never in quiet hours', () => {
    expect(toneOf([warning], sounds, wishes(all))).toBe('marimba')
    const seenOnly: AlertPreferences = { cells: { promiseWarning: { mine: ['notification'] } }, quiet: null }
    expect(toneOf([warning], sounds, wishes(seenOnly))).toBeNull()
    expect(isWanted(warning, 'notification', wishes(seenOnly))).toBe(true)
    expect(toneOf([warning], sounds, wishes({ cells: {}, quiet }))).toBeNull()
  })

  test('several at once make one sound, the most urgent one’s that has any', () => {
    expect(toneOf([warning, anAlert()], sounds, wishes(all))).toBe('siren')
    expect(toneOf([warning, anAlert()], { ...sounds, urgent: null }, wishes(all))).toBe('marimba')
  })

  test('one that was heard is not heard again after a reload, until it rises a level', () => {
    const storage = aStorage()
    expect(notHeard(storage, [warning])).toEqual([warning])
    expect(notHeard(storage, [warning])).toEqual([])
    const risen = { ...warning, level: 2 }
    expect(notHeard(storage, [warning, risen])).toEqual([risen])
  })
})
