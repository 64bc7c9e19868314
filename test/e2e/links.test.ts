/** Tickets that belong together: merged by keyboard, seen as one, taken apart; a flood gathered and answered at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { PHONE, useDesks } from '../support/e2e.ts'
import { conversation, startTicketOffice, type TicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()
let office: TicketOffice

beforeAll(async () => {
  office = await startTicketOffice()
})
afterAll(() => office[Symbol.asyncDispose]())

test('two tickets are merged with the keyboard, read as one conversation, and taken apart again', async () => {
  const kept = await office.ticket({ subject: 'Boleto não chegou', body: 'Cadê o boleto de março?' })
  const extra = await office.ticket({
    ...{
      subject: 'Segunda via do boleto',
      body: 'Preciso da segunda via.',
      requester: { name: 'Rita Prado' },
    },
  })
  const { token, api } = office.ana
  await using desk = await desks.open(office.server, { token, path: `/ticket/${extra.id}` })
  const { page } = desk
  await desk.live()
  await conversation(page).getByText('Preciso da segunda via.').waitFor()

  await page.keyboard.press('#')
  const dialog = page.getByRole('dialog', { name: `Juntar ou vincular ${extra.number}` })
  await dialog.getByText('Este cliente não tem outro ticket.').waitFor()
  await page.keyboard.type('boleto não chegou')
  await dialog.getByRole('option', { name: 'Boleto não chegou' }).waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await dialog
    .getByRole('radio', { name: `Juntar este em ${kept.number}` })
    .and(page.locator(':focus'))
    .waitFor()
  await dialog.getByText('Os clientes são diferentes: Rita Prado e José Almeida.').waitFor()
  await dialog.getByRole('region', { name: 'O outro ticket' }).getByText('Cadê o boleto de março?').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')

  await page.getByRole('heading', { name: 'Boleto não chegou' }).waitFor()
  await conversation(page).getByText('Cadê o boleto de março?').waitFor()
  const brought = conversation(page).getByRole('article', { name: /^Rita Prado/ })
  await brought.getByRole('link', { name: `de ${extra.number}` }).click()

  const bar = page.getByRole('group', { name: 'Continua em' })
  await bar.getByRole('link', { name: kept.number }).waitFor()
  await expectNoAxeViolations(page)
  expect((await api.tickets.get.query({ id: extra.id })).status.class).toBe('closed')

  await page.keyboard.press('u')
  await page.getByText(`${extra.number} voltou a ser um ticket separado`).first().waitFor()
  await bar.waitFor({ state: 'hidden' })
  expect((await api.tickets.get.query({ id: extra.id })).status.class).toBe('new')
  expect((await api.tickets.get.query({ id: kept.id })).messages).toHaveLength(1)
})

test('many tickets of one cause are noticed, gathered under the first, and answered together', async () => {
  const tickets = []
  for (const name of ['Padaria', 'Farmácia', 'Papelaria', 'Mercado', 'Oficina'])
    tickets.push(
      await office.ticket({
        ...{ subject: 'Sem internet na loja', body: 'A internet da loja caiu.', requester: { name } },
      }),
    )
  const [first, second] = tickets
  const { token, api } = office.ana
  await using desk = await desks.open(office.server, { token, path: `/ticket/${second?.id}` })
  const { page } = desk
  await desk.live()
  const bar = page.getByRole('main').getByRole('group', { name: /5 tickets parecidos em 1 min/ })
  await bar
    .last()
    .getByRole('button', { name: `Agrupar em ${first?.number}` })
    .waitFor()
  await expectNoAxeViolations(page)
  await bar
    .last()
    .getByRole('button', { name: `Agrupar em ${first?.number}` })
    .click()
  await bar.first().waitFor({ state: 'detached' })
  const panel = page.getByRole('region', { name: 'Tickets vinculados' })
  await panel.getByText('Principal').waitFor()
  await panel.getByRole('link', { name: `Sem internet na loja ${first?.number}` }).click()

  await panel.getByRole('button', { name: 'Responder e resolver os 4' }).click()
  const dialog = page.getByRole('dialog', { name: 'Responder e resolver 4 tickets vinculados' })
  await dialog.getByRole('textbox', { name: 'Resposta aos clientes' }).fill('A internet voltou às 14h.')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Responder e resolver os 4' }).click()
  await page.getByText('4 tickets vinculados resolvidos').first().waitFor()
  const children = await Promise.all(tickets.slice(1).map(({ id }) => api.tickets.get.query({ id })))
  expect(children.map(({ status }) => status.class)).toEqual(Array(4).fill('resolved'))
  expect(children.map(({ messages }) => messages.at(-1)?.text)).toEqual(
    Array(4).fill('A internet voltou às 14h.'),
  )
  await page.keyboard.press('u')
  await expect
    .poll(async () => (await api.tickets.get.query({ id: second?.id ?? '' })).status.class)
    .toBe('new')
})

test('a merged ticket and the choice of another fit a phone', async () => {
  const kept = await office.ticket({ subject: 'Toner acabou' })
  const extra = await office.ticket({ subject: 'Toner, de novo' })
  await office.ana.api.tickets.merge.mutate({ sourceId: extra.id, targetId: kept.id })
  const { token } = office.ana
  const options = { token, path: `/ticket/${extra.id}`, viewport: PHONE }
  await using desk = await desks.open(office.server, { ...options, colorScheme: 'dark' })
  const { page } = desk
  await desk.live()
  const bar = page.getByRole('group', { name: 'Continua em' })
  await bar.waitFor()
  await expectNoAxeViolations(page)
  await bar.getByRole('link', { name: kept.number }).click()
  await page.getByRole('heading', { name: 'Toner acabou' }).waitFor()
  await page.keyboard.press('#')
  await page
    .getByRole('dialog')
    .getByRole('combobox')
    .or(page.getByRole('dialog').getByRole('textbox'))
    .first()
    .waitFor()
  await expectNoAxeViolations(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})
