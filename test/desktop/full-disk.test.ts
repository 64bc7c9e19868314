import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createComputer, type Computer } from '../support/electron/computer.ts'
import { settingsPath, type Desktop } from '../support/electron/start-desktop.ts'
import { useShell } from '../support/electron/use-desktop.ts'

const shell = useShell()
const files = ['settings.json', 'secrets.json']
const inFolder = (computer: Computer, file: string) => join(dirname(settingsPath(computer)), file)

/** Each file is written beside its place first; there stands something that can't be written over. */
async function fillDisk(computer: Computer): Promise<void> {
  for (const file of files) await mkdir(inFolder(computer, `${file}.new`), { recursive: true })
}

async function makeRoom(computer: Computer): Promise<void> {
  for (const file of files) await rm(inFolder(computer, `${file}.new`), { recursive: true })
}

const keep = async (desktop: Desktop) =>
  (await desktop.page()).evaluate(() => window.balcao?.secrets.set('token', 'the-session'))
const read = async (desktop: Desktop) =>
  (await desktop.page()).evaluate(() => window.balcao?.secrets.get('token'))
const forget = async (desktop: Desktop) =>
  (await desktop.page()).evaluate(() => window.balcao?.secrets.delete('token'))

test('on a full disk the program starts though its shortcut is taken, and closing the window puts it beside the clock', async () => {
  const computer = await createComputer()
  await fillDisk(computer)
  computer.shortcutsOfOthers.add('CommandOrControl+Shift+L')
  const desktop = await shell.start({ computer, platform: 'windows' })
  await desktop.page()

  desktop.window().close()
  expect(desktop.windows('main')).toHaveLength(1)
  expect(desktop.window().isVisible()).toBe(false)
  expect(desktop.electron.notifications.map(({ title }) => title)).toContain('O Balcão continua aberto')
  desktop.electron.tray?.click()
  desktop.window().close()
  expect(
    desktop.electron.notifications.filter(({ title }) => title === 'O Balcão continua aberto'),
  ).toHaveLength(1)
})

test('who logs out on a full disk is out, after a restart too', async () => {
  const desktop = await shell.start()
  expect(await keep(desktop)).toBe('encrypted')
  await fillDisk(desktop.computer)
  await forget(desktop)
  expect(await read(desktop)).toBeNull()
  await desktop.quit()

  await makeRoom(desktop.computer)
  expect(await read(await shell.start({ computer: desktop.computer }))).toBeNull()
})

test('who logs in on a full disk is in until the program closes, and nobody else after it', async () => {
  const desktop = await shell.start()
  await (await desktop.page()).evaluate(() => window.balcao?.secrets.set('token', 'the-session-before'))
  await fillDisk(desktop.computer)
  expect(await keep(desktop)).toBe('untilClosed')
  expect(await read(desktop)).toBe('the-session')
  await desktop.quit()

  await makeRoom(desktop.computer)
  expect(await read(await shell.start({ computer: desktop.computer }))).toBeNull()
})
