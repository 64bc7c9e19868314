import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createComputer, type Computer } from '../support/electron/computer.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'
import { useShell } from '../support/electron/use-desktop.ts'
import { settingsPath } from '../support/electron/start-desktop.ts'

const shell = useShell()
const token = 'a-token-that-opens-the-desk'

async function keepToken(desktop: Desktop): Promise<unknown> {
  const page = await desktop.page()
  return page.evaluate((value) => window.balcao?.secrets.set('token', value), token)
}

async function readToken(desktop: Desktop): Promise<unknown> {
  const page = await desktop.page()
  return page.evaluate(() => window.balcao?.secrets.get('token'))
}

async function everythingOnDisk(computer: Computer): Promise<string> {
  const folder = dirname(settingsPath(computer))
  const files = await readdir(folder)
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return contents.join('\n')
}

test('the token survives a restart and is nowhere on disk in clear', async () => {
  const first = await shell.start()
  expect(await keepToken(first)).toBe('encrypted')
  expect(await readToken(first)).toBe(token)
  await first.quit()

  const onDisk = await everythingOnDisk(first.computer)
  expect(onDisk).toContain('token')
  expect(onDisk).not.toContain(token)
  expect(onDisk).not.toContain(Buffer.from(token).toString('base64'))

  const again = await shell.start({ computer: first.computer })
  expect(await readToken(again)).toBe(token)
})

test('without a keychain the token is kept in memory only, and the page is told', async () => {
  const computer = await createComputer()
  computer.keychain.isAvailable = false
  const first = await shell.start({ computer })
  expect(await keepToken(first)).toBe('untilClosed')

  await (await first.page()).reload()
  expect(await readToken(first)).toBe(token)
  await first.quit()

  const again = await shell.start({ computer })
  expect(await readToken(again)).toBeNull()
  expect(await everythingOnDisk(computer)).not.toContain('token')
})

test('a token that the keychain can no longer read is forgotten, not an error', async () => {
  const first = await shell.start()
  await keepToken(first)
  await first.quit()
  first.computer.keychain.forgetKey()

  const again = await shell.start({ computer: first.computer })
  expect(await readToken(again)).toBeNull()
})

test('a keychain that is not open yet takes nothing away: the token is there once it is', async () => {
  const first = await shell.start()
  await keepToken(first)
  await first.quit()
  first.computer.keychain.isAvailable = false

  const again = await shell.start({ computer: first.computer })
  expect(await readToken(again)).toBeNull()
  first.computer.keychain.isAvailable = true
  expect(await readToken(again)).toBe(token)
})

test('a deleted token is gone after a restart', async () => {
  const first = await shell.start()
  await keepToken(first)
  await (await first.page()).evaluate(() => window.balcao?.secrets.delete('token'))
  await first.quit()

  const again = await shell.start({ computer: first.computer })
  expect(await readToken(again)).toBeNull()
})
