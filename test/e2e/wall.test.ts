/** A screen on the wall, from its link to its end. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { openTicket } from '../support/dashboard-office.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { startTestServer } from '../support/server.ts'

const desks = useDesks()

const number = (page: Page, title: string, value: string) =>
  page.getByRole('region', { name: title, exact: true }).getByText(value, { exact: true }).waitFor()

test('a wall opens by its link alone, hides customers, outlives the server, and says when it was revoked', async () => {
  const first = await startTestServer()
  const token = await first.setup()
  await first.client(token).settings.update.mutate({ timezone: 'America/Noronha' })
  const ticket = await openTicket(first.client(token))
  await first.client(token).tickets.update.mutate({
    ticketId: ticket.id,
    version: ticket.version,
    changes: { dueAt: new Date(Date.now() + 30 * 60_000).toISOString() },
  })
  await using office = await desks.open(first, { token, path: '/dashboard', expectedErrors: NETWORK_ERRORS })
  await office.live()
  await office.page.getByRole('button', { name: 'Mais ações do painel' }).click()
  await office.page.getByRole('menuitem', { name: 'Telões' }).click()
  const dialog = office.page.getByRole('dialog', { name: 'Telões' })
  await dialog.getByRole('button', { name: 'Novo telão' }).click()
  await dialog.getByLabel('Nome', { exact: true }).fill('TV da sala')
  await dialog.getByRole('button', { name: 'Criar link' }).click()
  const link = await dialog.getByText(/\/wall#/).textContent()
  expect(new URL(link ?? '').origin).toBe(first.url)
  await expectNoAxeViolations(office.page)

  const viewport = { width: 1920, height: 1080 }
  const path = (link ?? '').slice(first.url.length)
  await using wall = await desks.open(first, { path, viewport, expectedErrors: NETWORK_ERRORS })
  const { page } = wall
  await page.getByRole('heading', { name: 'Visão geral', level: 1 }).waitFor()
  await number(page, 'Esperando', '1')
  // Few TVs know where they hang: it tells the office's time.
  const there = () =>
    new Intl.DateTimeFormat('pt-BR', { timeStyle: 'short', timeZone: 'America/Noronha' }).format()
  await expect.poll(async () => (await page.locator('time').first().innerText()) === there()).toBe(true)
  await page.getByText(ticket.number).waitFor()
  expect(await page.getByText('Impressora').count()).toBe(0)
  expect(await page.getByText('José').count()).toBe(0)
  expect(
    await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight),
  ).toBeLessThanOrEqual(0)
  await dialog.getByText('1 tela aberta').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('p')
  await page.getByText('em pausa').waitFor()

  await first.stop()
  await page.getByText(/parado desde/).waitFor()
  const port = Number(new URL(first.url).port)
  await using second = await startTestServer({ dataDir: first.dataDir, port })
  await openTicket(second.client(token))
  await number(page, 'Esperando', '2')
  await page.getByText(/parado desde/).waitFor({ state: 'detached' })
  expect(await page.getByLabel('Senha').count()).toBe(0)

  await office.page.getByRole('button', { name: 'Revogar TV da sala' }).click()
  await office.page.getByRole('alertdialog').getByRole('button', { name: 'Revogar' }).click()
  await page.getByRole('heading', { name: 'Este telão foi revogado' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Este telão foi revogado' }).waitFor()
})
