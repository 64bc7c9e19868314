import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { createComputer } from '../support/electron/computer.ts'
import { chooseEntry } from '../support/electron/menu.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'
import { useClient, useShell } from '../support/electron/use-desktop.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const client = useClient()
const shell = useShell()
const callKeys = 'CommandOrControl+Shift+L'

function tray(desktop: Desktop) {
  const { tray: shown } = desktop.electron
  if (!shown) throw new Error('There is nothing beside the clock')
  return shown
}

const ask = (page: Page, changes: object) =>
  page.evaluate((wanted) => window.balcao?.computer.set(wanted), changes)

test('closing the main window leaves the program beside the clock, says so once, and a click brings it back', async () => {
  const desktop = await shell.start({ platform: 'windows' })
  const page = await desktop.page()
  await page.evaluate(() => (document.body.dataset.typed = 'half a sentence'))

  desktop.window().close()
  expect(desktop.window().isVisible()).toBe(false)
  expect(desktop.electron.notifications.map(({ title }) => title)).toEqual(['O Balcão continua aberto'])

  tray(desktop).click()
  expect(desktop.window().isVisible()).toBe(true)
  expect(desktop.window().isFocused()).toBe(true)
  expect(await page.getAttribute('body', 'data-typed')).toBe('half a sentence')

  desktop.window().close()
  expect(desktop.electron.notifications).toHaveLength(1)
  tray(desktop).choose('Sair do Balcão')
  await desktop.electron.app.ended
  expect(desktop.windows()).toEqual([])
})

test('where that is wanted, closing the main window ends the program', async () => {
  const desktop = await shell.start({ platform: 'windows' })
  await ask(await desktop.page(), { closeToTray: false })
  desktop.window().close()
  await desktop.electron.app.ended
})

test('started at log-in there is the tray and no window in sight; a second start shows it', async () => {
  const desktop = await shell.start({ args: ['--hidden'], platform: 'windows', isInstalled: true })
  await desktop.page()
  expect(desktop.windows().filter((window) => window.isVisible())).toEqual([])
  expect(tray(desktop).tooltip).toContain('Balcão')

  const second = await shell.start({ computer: desktop.computer, platform: 'windows', isInstalled: true })
  await second.electron.app.ended
  expect(desktop.window().isVisible()).toBe(true)
})

test('a shortcut that another program holds is said to be taken, and another can be chosen', async () => {
  const computer = await createComputer()
  computer.shortcutsOfOthers.add(callKeys)
  const desktop = await shell.start({ computer, platform: 'windows' })
  const page = await desktop.page()
  expect(desktop.electron.notifications.at(-1)?.body).toContain('Ctrl+Shift+L')
  expect(await page.evaluate(() => window.balcao?.computer.get())).toMatchObject({ shortcutHold: 'taken' })

  const other = 'CommandOrControl+Alt+J'
  expect(await ask(page, { callShortcut: other })).toMatchObject({ shortcutHold: 'held' })
  expect(desktop.electron.shortcuts.isRegistered(other)).toBe(true)
  await desktop.quit()

  // Whoever was told once is not told at every start.
  const again = await shell.start({ computer, platform: 'windows' })
  await again.page()
  expect(again.electron.shortcuts.isRegistered(other)).toBe(true)
  expect(again.electron.notifications).toEqual([])
})

test('a ticket is reached by its link, torn off to the other screen, found there again, and saved as PDF', async () => {
  await using server = await startTestServer()
  const api = server.client(await server.setup())
  const ticket = await api.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'Parou hoje cedo.',
    requester: { name: 'José da Padaria' },
    channel: 'phone',
  })
  const computer = await createComputer()
  computer.screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1920, height: 1040 },
  ]
  const desktop = await client.start({ computer, serverUrl: server.url, platform: 'windows' })
  const page = await desktop.page()
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Senha').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.waitForURL(/\/queue$/)

  desktop.openLink('balcao://settings/people')
  desktop.openLink(`balcao://ticket/${ticket.number}`)
  await page.waitForURL(`**/ticket/${ticket.id}`)

  await page.getByRole('button', { name: 'Abrir em outra janela' }).click()
  await expect.poll(() => desktop.windows('ticket').length).toBe(1)
  const torn = await desktop.page('ticket')
  await torn.getByText('Parou hoje cedo.').first().waitFor()
  await expectNoAxeViolations(torn)
  // The same ticket again raises the same window.
  await page.getByRole('button', { name: 'Abrir em outra janela' }).click()
  await expect.poll(() => desktop.window('ticket').isFocused()).toBe(true)
  expect(desktop.windows('ticket')).toHaveLength(1)

  desktop.window('ticket').setBounds({ x: 2200, y: 120, width: 900, height: 700 })
  desktop.window('ticket').close()
  await page.evaluate((id) => window.balcao?.windows.openTicket(id), ticket.id)
  expect(desktop.window('ticket').getNormalBounds()).toMatchObject({ x: 2200, y: 120 })
  desktop.window('ticket').close()
  // That screen is gone: the window comes to the one that is left.
  computer.screens = [{ x: 0, y: 0, width: 1366, height: 728 }]
  await page.evaluate((id) => window.balcao?.windows.openTicket(id), ticket.id)
  const { x, width } = desktop.window('ticket').getNormalBounds()
  expect(x).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(1366)

  await expect.poll(() => desktop.window('ticket').isVisible()).toBe(true)
  await (await desktop.page('ticket')).getByText('Parou hoje cedo.').first().waitFor()
  chooseEntry(desktop.electron.menu, 'savePdf', desktop.window('ticket'))
  const path = join(computer.downloadsDir, `Protocolo ${ticket.number}.pdf`)
  await expect.poll(() => readFile(path, 'latin1').catch(() => '')).toMatch(/^%PDF-/)
  await (await desktop.page('ticket')).getByRole('button', { name: 'Mostrar na pasta' }).click()
  await expect.poll(() => computer.revealed).toEqual([path])
}, 30_000)
