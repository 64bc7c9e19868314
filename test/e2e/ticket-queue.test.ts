/** The list: choosing queues, filtering, changing many at once, on any width and in any theme. */
import { expect, test } from 'vitest'
import { expectNoAxeViolations, expectNoAxeViolationsInAnyLook } from '../support/browser.ts'
import { PHONE, useDesks } from '../support/e2e.ts'
import { conversation, editor, row, startTicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()

test('several tickets are changed together and brought back together', async () => {
  await using office = await startTicketOffice()
  const tickets: { id: string }[] = []
  for (const subject of ['Primeiro', 'Segundo', 'Terceiro']) tickets.push(await office.ticket({ subject }))
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  await row(page, 'Terceiro').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await page.getByText('3 selecionados').waitFor()

  await page.keyboard.press('p')
  await page.keyboard.type('alta')
  await page.keyboard.press('Enter')
  await page.getByText('3 tickets alterados').first().waitFor()
  const priorities = async () =>
    (await office.ana.api.tickets.items.query({ ids: tickets.map(({ id }) => id) })).items.map(
      ({ priority }) => priority.key,
    )
  await expect.poll(priorities).toEqual(['high', 'high', 'high'])

  await page.locator('body').press('u')
  await expect.poll(priorities).toEqual(['normal', 'normal', 'normal'])
})

test('a filter becomes a saved view with its own count', async () => {
  await using office = await startTicketOffice()
  await office.ticket({ subject: 'Com etiqueta', tags: ['garantia'] })
  await office.ticket({ subject: 'Sem etiqueta' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token, path: '/queue/active' })
  await live()
  await row(page, 'Sem etiqueta').waitFor()
  await page.keyboard.press('Shift+F')
  await page.getByRole('button', { name: 'Adicionar condição' }).click()
  await page.getByRole('option', { name: 'Etiquetas' }).click()
  await page.getByRole('button', { name: /Etiquetas: valor/ }).click()
  await page.getByRole('option', { name: 'garantia' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Aplicar' }).click()
  await row(page, 'Sem etiqueta').waitFor({ state: 'hidden' })
  await row(page, 'Com etiqueta').waitFor()

  await page.getByRole('button', { name: 'Salvar como fila' }).click()
  await page.getByLabel('Nome').fill('Em garantia')
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByRole('heading', { name: /Em garantia/ }).waitFor()
  await page.getByRole('button', { name: /Em garantia 1/ }).click()
  await page.getByRole('menuitem', { name: /Em garantia/ }).waitFor()
  expect(await office.ana.api.views.list.query()).toMatchObject([{ name: 'Em garantia', shared: false }])
})

test('the order can be turned, and an empty queue says what to do', async () => {
  await using office = await startTicketOffice()
  await office.ticket({ subject: 'Mais antigo', agentId: null })
  await office.ticket({ subject: 'Mais novo', agentId: null })
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  await page.getByText('Sua fila está em dia').waitFor()
  await page.getByRole('button', { name: 'Ver 2 não atribuídos' }).click()
  await row(page, 'Mais novo').waitFor()
  await page.getByRole('button', { name: /^Ordem:/ }).click()
  await page.getByRole('menuitemradio', { name: 'Criados por último' }).click()
  await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Mais novo')
})

test('a long list comes page by page as one goes down', async () => {
  await using office = await startTicketOffice()
  const { api } = office.ana
  const { id: requesterId } = await api.customers.create.mutate({ name: 'Cliente de muitos' })
  for (let index = 0; index < 120; index += 1)
    await office.ticket({
      subject: `Ticket ${String(index).padStart(3, '0')}`,
      requester: { id: requesterId },
    })
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  const list = page.getByRole('listbox', { name: 'Minha fila' })
  await row(page, 'Ticket 000').waitFor()
  await list.getByRole('option').first().focus()
  await page.keyboard.press('End')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Ticket 049')
  await expect.poll(() => list.getByRole('option').first().getAttribute('aria-setsize')).toBe('100')
  await page.keyboard.press('End')
  await expect.poll(() => list.getByRole('option').first().getAttribute('aria-setsize')).toBe('120')
  await page.keyboard.press('End')
  await row(page, 'Ticket 119').waitFor()
})

test('on a phone the list is the page, then the ticket is', async () => {
  await using office = await startTicketOffice()
  await office.ticket()
  const { page } = await desks.open(office.server, { token: office.ana.token, viewport: PHONE, touch: true })
  await row(page, 'Impressora fiscal não imprime').tap()
  await conversation(page).getByText('parou desde cedo').waitFor()
  expect(await page.getByRole('listbox').count()).toBe(0)
  await expectNoAxeViolations(page)
  await editor(page).tap()
  await page.keyboard.type('Respondido do celular.')
  await page.getByRole('button', { name: 'Enviar', exact: true }).tap()
  await conversation(page).getByText('Respondido do celular.').waitFor()
  await page.getByRole('button', { name: 'Voltar à lista' }).tap()
  await row(page, 'Impressora fiscal não imprime').waitFor()
  await expectNoAxeViolations(page)
})

test('axe finds nothing in the queue and the ticket, light, dark or of high contrast', async () => {
  await using office = await startTicketOffice()
  const dueAt = new Date(Date.now() + 1_800_000).toISOString()
  const { id } = await office.ticket({ priorityId: 'urgent', tags: ['garantia', 'VIP'], dueAt })
  await office.bruno.api.tickets.reply.mutate({
    ticketId: id,
    kind: 'note',
    body: 'Ver com a assistência.',
  })
  await office.bruno.api.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Estamos vendo.' })
  const { page, live } = await desks.open(office.server, { token: office.ana.token })
  await live()
  await row(page, 'Impressora fiscal não imprime').waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  await row(page, 'Impressora fiscal não imprime').click()
  await conversation(page).getByText('Estamos vendo.').waitFor()
  await page.keyboard.press('n')
  await page.keyboard.type('Nota em andamento')
  await expectNoAxeViolationsInAnyLook(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Minha fila 1' }).click()
  await page.getByRole('menuitem').first().waitFor()
  await expectNoAxeViolationsInAnyLook(page)
})
