import { expect, test } from 'vitest'
import { autostartEntry, isAutostartEnabled } from '../../../src-main/electron/autostart-entry.ts'
import { linksAmong } from '../../../src-main/electron/link-arguments.ts'

test('only addresses of our own schemes are taken from a command line', () => {
  const argv = [
    String.raw`C:\Program Files\Balcão\Balcão.exe`,
    '--allow-file-access-from-files',
    '--hidden',
    'https://elsewhere.example/',
    'file:///etc/passwd',
    'balcao://ticket/2026-000123',
    'tel:+551133334444',
    'callto:33334444',
    '--gpu-launcher=balcao://ticket/1',
  ]
  expect(linksAmong(argv)).toEqual(['balcao://ticket/2026-000123', 'tel:+551133334444', 'callto:33334444'])
})

test('a path with blanks and signs reaches Linux whole', () => {
  const [, exec] = /^Exec=(.*)$/m.exec(autostartEntry(['/opt/O $meu "Balcão" 100%', '--hidden'])) ?? []
  expect(exec).toBe(String.raw`"/opt/O \\$meu \\"Balcão\\" 100%%" "--hidden"`)
})

test('an entry that the desktop switched off is off', () => {
  const entry = autostartEntry(['/opt/balcao'])
  expect(isAutostartEnabled(entry)).toBe(true)
  expect(isAutostartEnabled(`${entry}Hidden=true\n`)).toBe(false)
  expect(isAutostartEnabled(entry.replace('enabled=true', 'enabled=false'))).toBe(false)
})
