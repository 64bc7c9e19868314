import { describe, expect, test } from 'vitest'
import { badgeModel, type AlertCounts } from '../../../src-main/alerts/badge.ts'

const counts = (changes: Partial<AlertCounts> = {}): AlertCounts => ({
  worst: null,
  count: 0,
  isOffline: false,
  ...changes,
})
const urgent = (count: number) => counts({ worst: 'urgent', count })

describe('a Mac writes on the dock', () => {
  test.each([
    ['how many there are', urgent(7), '7'],
    ['all of ninety-nine', urgent(99), '99'],
    ['no more than "99+", which still fits', urgent(100), '99+'],
    ['a dot when it is cut off and knows of none', counts({ isOffline: true }), '•'],
    ['the count, however old, when it is cut off', { ...urgent(2), isOffline: true }, '2'],
    ['nothing when all is quiet', counts(), ''],
  ] as const)('%s', (_, told, text) => {
    expect(badgeModel(told, 'macos', '')).toEqual({ count: told.count, text, overlay: null })
  })
})

test('Windows puts the worst severity on the button, with words for who cannot see it', () => {
  expect(badgeModel(urgent(3), 'windows', '3 alertas urgentes')).toEqual({
    count: 3,
    text: '',
    overlay: { icon: 'urgent', description: '3 alertas urgentes' },
  })
  expect(badgeModel(counts(), 'windows', '').overlay).toBeNull()
  expect(badgeModel(counts({ isOffline: true }), 'windows', '').overlay).toBeNull()
})

test('Linux gets the bare count', () => {
  expect(badgeModel(urgent(120), 'linux', 'urgentes')).toEqual({ count: 120, text: '', overlay: null })
})
