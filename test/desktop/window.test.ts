import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createComputer } from '../support/electron/computer.ts'
import { useShell } from '../support/electron/use-desktop.ts'
import { settingsPath } from '../support/electron/start-desktop.ts'

const shell = useShell()

test('the client opens one visible window on the built page', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()

  expect(await page.title()).toBe('Fixture')
  await expect.poll(() => page.getAttribute('html', 'data-ran')).toBe('yes')
  await expect.poll(() => desktop.window().isVisible()).toBe(true)
  expect(desktop.windows('main')).toHaveLength(1)
})

test('a route of the page’s own survives a reload', async () => {
  const desktop = await shell.start()
  const page = await desktop.page()
  await page.evaluate(() => history.pushState(null, '', '/tickets/2026-000123'))
  await page.reload()

  expect(await page.title()).toBe('Fixture')
  expect(await page.getAttribute('html', 'data-ran')).toBe('yes')
})

test('a second start raises the first window and ends itself', async () => {
  const first = await shell.start()
  await first.page()
  first.window().minimize()

  const second = await shell.start({ computer: first.computer })
  await second.electron.app.ended

  expect(second.electron.windows.size).toBe(0)
  expect(first.windows('main')).toHaveLength(1)
  expect(first.window().isMinimized()).toBe(false)
  expect(first.window().isFocused()).toBe(true)
})

test('the first client can start again after it was closed', async () => {
  const first = await shell.start()
  await first.quit()
  const again = await shell.start({ computer: first.computer })

  expect(await (await again.page()).title()).toBe('Fixture')
})

test('what the page stored is there after a restart', async () => {
  const first = await shell.start()
  await (await first.page()).evaluate(() => localStorage.setItem('draft', 'Bom dia, José'))
  await first.quit()
  const again = await shell.start({ computer: first.computer })

  const stored = await (await again.page()).evaluate(() => localStorage.getItem('draft'))
  expect(stored).toBe('Bom dia, José')
})

test('the window opens where it was left', async () => {
  const first = await shell.start()
  first.window().setBounds({ x: 240, y: 130, width: 1100, height: 700 })
  await first.quit()
  const again = await shell.start({ computer: first.computer })

  expect(again.window().getNormalBounds()).toEqual({ x: 240, y: 130, width: 1100, height: 700 })
  await again.page()
  expect(again.window().isMaximized()).toBe(false)
})

test('a maximised window opens maximised and still knows its normal size', async () => {
  const first = await shell.start()
  first.window().setBounds({ x: 240, y: 130, width: 1100, height: 700 })
  first.window().maximize()
  await first.quit()
  const again = await shell.start({ computer: first.computer })
  await again.page()

  await expect.poll(() => again.window().isMaximized()).toBe(true)
  expect(again.window().getNormalBounds()).toEqual({ x: 240, y: 130, width: 1100, height: 700 })
})

test('a window left on a screen that was unplugged opens on the one that remains', async () => {
  const computer = await createComputer()
  computer.screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1920, height: 1040 },
  ]
  const first = await shell.start({ computer })
  first.window().setBounds({ x: 2400, y: 130, width: 1100, height: 700 })
  await first.quit()
  computer.screens = [{ x: 0, y: 0, width: 1366, height: 728 }]
  const again = await shell.start({ computer })

  const { x, y, width, height } = again.window().getNormalBounds()
  expect(x).toBeGreaterThanOrEqual(0)
  expect(y).toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(1366)
  expect(y + height).toBeLessThanOrEqual(728)
})

test('damaged settings are replaced by defaults instead of keeping the client from starting', async () => {
  const first = await shell.start()
  await first.quit()
  await writeFile(settingsPath(first.computer), '{"window":')
  const again = await shell.start({ computer: first.computer })
  await again.page()
  await again.quit()

  expect(JSON.parse(await readFile(settingsPath(first.computer), 'utf8'))).toHaveProperty('places.main')
})
