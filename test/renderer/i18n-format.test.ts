import { expect, test } from 'vitest'
import {
  dueState,
  durationParts,
  formatDate,
  formatNumber,
  formatRelative,
  toMs,
} from '../../src-renderer/i18n/format.ts'

const now = toMs('2026-11-21T15:00:00')
const minutes = (count: number) => count * 60_000
const hours = (count: number) => minutes(count * 60)

test('up to a day, time is told from now', () => {
  expect(formatRelative(now - minutes(3), 'pt-BR', now)).toBe('há 3 min')
  expect(formatRelative(now - minutes(59), 'en', now)).toBe('59 min ago')
  expect(formatRelative(now - hours(23), 'es', now)).toBe('hace 23 h')
  expect(formatRelative(now - 20_000, 'pt-BR', now)).toBe('agora')
})

test('from a day on, time is told by the calendar', () => {
  expect(formatRelative(now - hours(24), 'pt-BR', now)).toBe('20 de nov.')
  expect(formatRelative(now + hours(48), 'en', now)).toBe('Nov 23')
})

test('another year is named', () => {
  expect(formatDate('2025-03-02T12:00:00', 'pt-BR', now)).toBe('2 de mar. de 2025')
  expect(formatDate('2026-03-02T12:00:00', 'pt-BR', now)).toBe('2 de mar.')
})

test.each([
  [minutes(8), { unit: 'minutes', minutes: '8' }],
  [hours(2) + minutes(5), { unit: 'hours', hours: 2, minutes: '05' }],
  [hours(76), { unit: 'days', days: 3, hours: 4 }],
  [-minutes(3), { unit: 'minutes', minutes: '3' }],
  [0, { unit: 'minutes', minutes: '1' }],
])('%i ms are told at the precision people act on', (durationMs, parts) => {
  expect(durationParts(durationMs)).toMatchObject(parts)
})

test('a deadline presses from its warning on and is overdue after it', () => {
  expect(dueState(now + hours(2), now, hours(1))).toBe('later')
  expect(dueState(now + hours(1), now, hours(1))).toBe('soon')
  expect(dueState(now, now, hours(1))).toBe('soon')
  expect(dueState(now - 1, now, hours(1))).toBe('overdue')
})

test('numbers follow the language', () => {
  expect(formatNumber(1234.5, 'pt-BR')).toBe('1.234,5')
  expect(formatNumber(1234.5, 'en')).toBe('1,234.5')
})
