import { expect, test } from 'vitest'
import { toReal, toSubstitute } from '../support/electron/origins.ts'
import { useShell } from '../support/electron/use-desktop.ts'
import { strict } from '../support/electron/strict.ts'

const shell = useShell()

test('what the stand-in does not know throws, by name', () => {
  expect(() => (strict('app', {}) as { dock?: unknown }).dock).toThrow('no app.dock')
})

test('a path that the stand-in does not know throws', async () => {
  const desktop = await shell.start()
  expect(() => desktop.electron.app.getPath('music')).toThrow("app.getPath('music')")
})

test('only our own origin is translated, not an address that begins like it', () => {
  expect(toSubstitute('app://balcao/tickets/1')).toBe('http://balcao.localhost/tickets/1')
  expect(toReal(toSubstitute('app://balcao/tickets/1'))).toBe('app://balcao/tickets/1')
  expect(toSubstitute('app://balcao.example/')).toBe('app://balcao.example/')
  expect(toReal('http://balcao.localhost.example/')).toBe('http://balcao.localhost.example/')
})
