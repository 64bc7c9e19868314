import { expect, test } from 'vitest'
import {
  linuxState,
  macState,
  printedTruth,
  registryNumber,
  windowsState,
} from '../../../src-main/electron/attention-signs.ts'

test.each([
  [5, 0, 'free'],
  [5, 1, 'dnd'],
  [5, 2, 'dnd'],
  [2, 0, 'presenting'],
  [3, null, 'presenting'],
  [4, 0, 'presenting'],
  [4, 2, 'dnd'],
  [6, null, 'dnd'],
  [1, 0, 'free'],
  [7, null, 'free'],
  [null, 0, 'free'],
  [null, 1, 'dnd'],
  [null, null, 'unknown'],
] as const)('Windows in state %s with focus assist at %s is %s', (state, quiet, expected) => {
  expect(windowsState(state, quiet)).toBe(expected)
})

test('a value of the registry is read from what reg.exe prints, in any language and with any line ends', () => {
  const output =
    '\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\PushNotifications\r\n    ToastEnabled    REG_DWORD    0x0\r\n\r\n'
  expect(registryNumber(output, 'ToastEnabled')).toBe(0)
  expect(registryNumber(output.replace('0x0', '0x1'), 'ToastEnabled')).toBe(1)
})

test('a value that is missing or no number is none', () => {
  expect(registryNumber('', 'Enabled')).toBeNull()
  expect(registryNumber('    Enabled    REG_SZ    yes', 'Enabled')).toBeNull()
})

test('a Mac with a focus that is on is not to be disturbed', () => {
  const records = [{ assertionDetails: { assertionDetailsModeIdentifier: 'com.apple.focus.work' } }]
  expect(macState(JSON.stringify({ data: [{ storeAssertionRecords: records }] }))).toBe('dnd')
  expect(macState(JSON.stringify({ data: [{ storeAssertionRecords: [] }] }))).toBe('free')
  expect(macState(JSON.stringify({ data: [{}] }))).toBe('free')
})

test.each(['', 'not json', '{}', 'null', '{"data":[null]}'])(
  'of a Mac that says %j nothing is known',
  (text) => {
    expect(macState(text)).toBe('unknown')
  },
)

test.each([
  ['(<true>,)\n', true],
  ['(<false>,)\n', false],
  ['b true\n', true],
  ['b false\n', false],
  ['true\n', true],
  ['false\n', false],
  ['', null],
  ['Error: GDBus.Error:org.freedesktop.DBus.Error.InvalidArgs: No such property “Inhibited”', null],
])('%j is %s', (printed, truth) => {
  expect(printedTruth(printed)).toBe(truth)
})

test.each([
  [true, null, 'dnd'],
  [false, null, 'free'],
  [null, false, 'dnd'],
  [null, true, 'free'],
  [false, false, 'dnd'],
  [true, true, 'dnd'],
  [null, null, 'unknown'],
] as const)('Linux with inhibited %s and banners %s is %s', (inhibited, banners, expected) => {
  expect(linuxState(inhibited, banners)).toBe(expected)
})
