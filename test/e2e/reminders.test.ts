/** Somebody asks the desk to remind them of a ticket, and is reminded. */
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { PHONE, useDesks } from '../support/e2e.ts'
import { startTicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()

test('a reminder is set with the keyboard, taken back, brought back, and comes at its time', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: `/ticket/${id}` })
  await live()
  const panel = page.getByRole('region', { name: 'Lembretes' })
  await panel.waitFor()

  await page.keyboard.press('z')
  const dialog = page.getByRole('dialog', { name: /^Lembrar-me do ticket/ })
  await dialog
    .getByRole('textbox', { name: /^Do que lembrar/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type('Ligar para o José')
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await panel.getByText('Ligar para o José').waitFor()
  const reminders = () => office.ana.api.reminders.list.query({ ticketId: id })
  expect(await reminders()).toMatchObject([{ text: 'Ligar para o José', mine: true }])
  await expectNoAxeViolations(page)

  await panel.getByRole('button', { name: /^Cancelar o lembrete/ }).click()
  await page.getByText('Lembrete cancelado', { exact: true }).waitFor()
  await expect.poll(reminders).toEqual([])
  await page.locator('body').press('u')
  await panel.getByText('Ligar para o José').waitFor()
  await expect.poll(reminders).toHaveLength(1)

  await office.ana.api.reminders.create.mutate({
    ticketId: id,
    at: new Date(Date.now() + 1_500).toISOString(),
    text: 'Conferir o cabo',
  })
  await page.getByText('Lembrete: Conferir o cabo').first().waitFor()
})

test('a time that is over is refused before it is sent, on a phone as well', async () => {
  await using office = await startTicketOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, {
    ...{ token: office.ana.token, path: `/ticket/${id}`, viewport: PHONE, colorScheme: 'dark' },
  })
  await live()
  await page.keyboard.press('z')
  const dialog = page.getByRole('dialog', { name: /^Lembrar-me do ticket/ })
  await dialog.getByLabel('Data e hora').fill('2020-01-02T10:00')
  await dialog.getByText('Esse horário já passou. Escolha um horário futuro.').waitFor()
  await expect.poll(() => dialog.getByRole('button', { name: 'Criar lembrete' }).isDisabled()).toBe(true)
  await expectNoAxeViolations(page)
})
