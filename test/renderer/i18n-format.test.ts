import { expect, test } from 'vitest'
import {
  durationParts,
  formatDate,
  formatMoment,
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

test('business time is not told in days, whose hours it does not have', () => {
  expect(durationParts(hours(28), false)).toMatchObject({ unit: 'hours', hours: 28, minutes: '00' })
})

test.each([
  ['2026-11-21T18:05:00', '18:05'],
  ['2026-11-22T08:00:00', 'amanhã 08:00'],
  ['2026-11-20T17:30:00', 'ontem 17:30'],
  ['2026-11-23T08:00:00', 'seg 08:00'],
  ['2026-11-27T08:00:00', 'sex 08:00'],
  ['2026-11-28T08:00:00', '28 de nov. 08:00'],
  ['2026-11-16T08:00:00', '16 de nov. 08:00'],
])('the moment %s is spoken of as "%s"', (instant, words) => {
  expect(formatMoment(instant, 'pt-BR', now)).toBe(words)
})

test('numbers follow the language', () => {
  expect(formatNumber(1234.5, 'pt-BR')).toBe('1.234,5')
  expect(formatNumber(1234.5, 'en')).toBe('1,234.5')
})
