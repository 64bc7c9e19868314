import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { useDesks } from '../support/e2e.ts'
import { startTestServer } from '../support/server.ts'

const desks = useDesks()

test('what similar tickets were given is proposed beside a ticket, with its evidence, and taken with a key', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const api = server.client(token)
  const { id: categoryId } = await api.categories.create.mutate({ name: 'Impressoras' })
  const open = (where: string, more = {}) =>
    api.tickets.create.mutate({
      ...{ subject: `Impressora ${where} sem toner`, body: 'O toner acabou, não imprime.', channel: 'email' },
      ...{ requester: { name: 'Rosa Esteves', email: 'rosa@esteves.example' }, ...more },
    })
  for (const where of ['do caixa', 'da recepção', 'do estoque']) {
    const { id } = await open(where, { categoryId })
    const body = 'Trocamos o toner na mesma tarde.'
    await api.tickets.reply.mutate({ ticketId: id, kind: 'public', body, statusId: 'resolved' })
  }
  const ticket = await open('da loja')
  for (const colorScheme of ['light', 'dark'] as const) {
    await using desk = await desks.open(server, { token, path: `/ticket/${ticket.id}`, colorScheme })
    const { page } = desk
    await desk.live()
    await page.getByText('Trocamos o toner na mesma tarde.').first().waitFor()
    await page.getByRole('button', { name: /^Aceitar/ }).waitFor()
    await expectNoAxeViolations(page)
    if (colorScheme === 'light') continue
    await page.keyboard.press('h')
    await page.getByText('Categoria: Impressoras, como sugerido').first().waitFor()
    await page.getByRole('button', { name: /^Aceitar/ }).waitFor({ state: 'detached' })
    // The screen stays until what it sent has arrived.
    await expect
      .poll(async () => (await api.tickets.get.query({ id: ticket.id })).category?.name)
      .toBe('Impressoras')
  }
})
