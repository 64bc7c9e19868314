import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALERT_WINDOW_SIZE, openAlertWindow, someCards } from '../support/alert-window.ts'
import { expectNoAxeViolations, launchBrowser } from '../support/browser.ts'
import { PHONE, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
let server: TestServer
let token: string
let api: Client
let browser: Browser

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  api = server.client(token)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
})

test('what somebody wants to be told of, and their quiet hours, are still there after a reload', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/alerts' })
  const cell = page.getByRole('checkbox', { name: 'Lembrete, Meus, Som' })
  await cell.click()
  await expect
    .poll(async () => (await api.alerts.preferences.query()).cells)
    .toEqual({ reminder: { mine: ['notification'] } })
  await page.getByRole('switch', { name: 'Silenciar em certos horários' }).click()
  await page.getByRole('checkbox', { name: 'dom', exact: true }).click()
  await page.getByLabel('Das', { exact: true }).fill('20:30')
  await page.getByRole('button', { name: 'Salvar' }).click()
  await page.getByText('Salvo', { exact: true }).waitFor()
  await page.reload()
  await page.getByText('Das 20:30 às 07:00 do dia seguinte').waitFor()
  expect(await cell.getAttribute('aria-checked')).toBe('false')
  expect(await page.getByRole('checkbox', { name: 'dom', exact: true }).getAttribute('aria-checked')).toBe(
    'false',
  )
  await expectNoAxeViolations(page)

  await page.getByRole('button', { name: 'Voltar ao padrão' }).click()
  await expect.poll(async () => (await api.alerts.preferences.query()).cells).toEqual({})
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect
    .poll(async () => (await api.alerts.preferences.query()).cells)
    .toEqual({ reminder: { mine: ['notification'] } })
  expect((await api.alerts.preferences.query()).quiet).toMatchObject({ from: '20:30' })
})

test('what is changed on another computer shows at once', async () => {
  const screen = await desks.open(server, {
    token,
    path: '/settings/alerts',
    viewport: PHONE,
    colorScheme: 'dark',
  })
  const { page } = screen
  await screen.live()
  const cell = page.getByRole('checkbox', { name: 'Ticket novo, Todos, Aviso' })
  await cell.waitFor()
  await api.alerts.setPreferences.mutate({ cells: { newTicket: { all: ['notification'] } }, quiet: null })
  await expect.poll(() => cell.getAttribute('aria-checked')).toBe('true')
  await expectNoAxeViolations(page)
})

test('the alert window is worked with the keyboard alone, and empties itself', async () => {
  const context = await browser.newContext({
    viewport: ALERT_WINDOW_SIZE,
    locale: 'pt-BR',
    reducedMotion: 'reduce',
  })
  const { page, show, acts, hidden } = await openAlertWindow(context, server.url)
  const [first, second, third] = someCards(Date.now())
  if (!first || !second || !third) throw new Error('three cards are needed')
  await show([first, second, third])
  const dialog = page.getByRole('alertdialog', { name: '3 alertas esperam por você' })
  await dialog.getByRole('article', { name: first.title }).and(page.locator(':focus')).waitFor()
  await expectNoAxeViolations(page)
  // A card that has just appeared takes no key, for it was meant for something else; pressed again it works.
  await expect
    .poll(async () => {
      if ((await acts()).length === 0) await page.keyboard.press('a')
      return acts()
    })
    .toEqual([{ act: 'acknowledge', alertId: first.id }])
  await show([second, third])
  await dialog
    .or(page.getByRole('alertdialog'))
    .getByRole('article', { name: second.title })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('ArrowDown')
  await expect
    .poll(async () => {
      if ((await acts()).length === 1) await page.keyboard.press('s')
      return (await acts()).at(-1)
    })
    .toEqual({ act: 'snooze', alertId: third.id, minutes: 15 })
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await acts()).at(-1)).toEqual({ act: 'open', alertId: second.id })
  await page.keyboard.press('Escape')
  await expect.poll(hidden).toBe(1)
  await show([])
  await page.getByRole('heading', { name: 'Nenhum alerta espera por você' }).waitFor()
  expect(await page.getByRole('alertdialog').count()).toBe(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await show([first, third])
  await page.getByRole('article', { name: first.title }).waitFor()
  await expectNoAxeViolations(page)
  await context.close()
})
