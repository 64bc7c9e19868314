import { expect, test } from 'vitest'
import {
  hoursAndMinutes,
  inDays,
  parseDuration,
} from '../../src-renderer/features/settings/promises/policies/duration.ts'

test.each([
  ['15 min', 15],
  ['15', 15],
  ['90', 90],
  ['4h', 240],
  ['4 horas', 240],
  ['4 hours', 240],
  ['1 hora e 30 minutos', 90],
  ['1d 4h', 28 * 60],
  ['2 dias', 48 * 60],
  ['2 días', 48 * 60],
  ['1 day 4', 28 * 60],
  ['1h30', 90],
  ['1 h 30', 90],
  ['1:30', 90],
  ['1,5 h', 90],
  ['1.5h', 90],
  [' 10 MIN. ', 10],
  ['1d 2h 3min', 24 * 60 + 123],
])('"%s" is understood as %i minutes', (text, minutes) => {
  expect(parseDuration(text)).toBe(minutes)
})

test.each(['', 'logo', '4x', '4 meses', '10 min 1 h', '1 h 2 h', '-15', '1:75', '0,5', '4h depois', 'h'])(
  '"%s" is not taken for a duration',
  (text) => {
    expect(parseDuration(text)).toBeNull()
  },
)

test('what the form writes is read as the same, in every language', () => {
  for (const minutes of [1, 15, 60, 61, 90, 240, 28 * 60, 100 * 60 + 5]) {
    const parts = hoursAndMinutes(minutes)
    const written = [`${parts.minutes} min`, `${parts.hours} h`, `${parts.hours} h ${parts.minutes}`]
    const text = written[parts.hours === 0 ? 0 : parts.minutes === 0 ? 1 : 2] ?? ''
    expect(parseDuration(text)).toBe(minutes)
  }
})

test('long durations are also said in days: of 24 hours, or of the calendar', () => {
  expect(inDays(48 * 60, 24 * 60)).toBe(2)
  expect(inDays(28 * 60, 8 * 60)).toBe(3.5)
  expect(inDays(8 * 60, 8 * 60)).toBeNull()
})
