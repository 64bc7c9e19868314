import { expect, it } from 'vitest'
import type { When } from '../../../server/demo/script.ts'
import { instantOf } from '../../../server/demo/when.ts'

/** Wednesday, 18 November 2026, 10:00 in Minas Gerais. */
const NOW = Date.parse('2026-11-18T13:00:00Z')
const at = (text: string) => Date.parse(`${text}-03:00`)

it.each<[string, When, string, string]>([
  ['a working day back', '-1d 09:05', '2026-11-18T10:00', '2026-11-17T09:05'],
  ['three working days back over the weekend', '-3d 16:30', '2026-11-18T10:00', '2026-11-13T16:30'],
  ['minutes before now', '-90m', '2026-11-18T10:00', '2026-11-18T08:30'],
  ['minutes after an older step', '+30m', '2026-11-13T16:30', '2026-11-13T17:00'],
  ['a day after a Friday is a Monday', '+1440m', '2026-11-13T16:30', '2026-11-16T16:30'],
  ['minutes after a step of today', '+20m', '2026-11-18T08:30', '2026-11-18T08:50'],
  ['what lies ahead stays ahead', '+1440m', '2026-11-17T11:00', '2026-11-18T11:00'],
])('%s', (_, when, previous, expected) => {
  expect(new Date(instantOf(when, at(previous), NOW)).toISOString()).toBe(
    new Date(at(expected)).toISOString(),
  )
})

it('counts from Friday on a weekend', () => {
  const sunday = at('2026-11-15T20:00')
  expect(instantOf('-1d 10:00', sunday, sunday)).toBe(at('2026-11-13T10:00'))
})
