import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { useDesks } from '../support/e2e.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const desks = useDesks()

const focused = (page: Page) => page.locator(':focus')
/** Tab until the keyboard is on it, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' }).and(focused(page))
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await target.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way to ${role} ${String(name)} with Tab alone`)
}

test('first run, a call, its answer and its end need no mouse', async () => {
  await using server = await startTestServer()
  // An agent faster than the network meets their own earlier change, which the client settles without asking.
  await using desk = await desks.open(server, { expectedErrors: /409/ })
  const { page } = desk
  const { keyboard } = page

  await page.getByLabel('Nome da empresa').and(focused(page)).waitFor()
  await keyboard.type('Papelaria Ipê')
  await keyboard.press('Enter')
  await page.getByLabel('Seu nome').and(focused(page)).waitFor()
  await keyboard.type(ADMIN.name)
  await tabTo(page, 'textbox', 'E-mail')
  await keyboard.type(ADMIN.email)
  await keyboard.press('Tab')
  await keyboard.type(ADMIN.password)
  await keyboard.press('Enter')
  await page.getByRole('button', { name: 'Abrir o balcão' }).and(focused(page)).waitFor()
  await keyboard.press('Enter')
  await desk.live()

  await keyboard.press('Control+Shift+L')
  await page.getByRole('combobox', { name: 'Quem está ligando?' }).and(focused(page)).waitFor()
  await keyboard.type('Maria 11 98765-4321')
  await keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Assunto' }).and(focused(page)).waitFor()
  await keyboard.type('Impressora fiscal não imprime')
  await keyboard.press('Tab')
  await keyboard.type('Parou ontem à noite.')
  await tabTo(page, 'button', /^Prioridade/)
  await keyboard.press('Enter')
  await page.getByRole('dialog').locator(':focus').waitFor()
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await page
    .getByRole('button', { name: /^Prioridade/ })
    .and(focused(page))
    .waitFor()
  await keyboard.press('Control+Enter')
  await page.getByText(/^\d{4}-000001$/).waitFor()
  await page.getByRole('button', { name: 'Abrir o ticket' }).and(focused(page)).waitFor()
  await keyboard.press('Enter')

  await page.getByRole('article').getByText('Parou ontem à noite.').waitFor()
  await keyboard.press('r')
  await page.getByRole('textbox', { name: 'Resposta ao cliente' }).and(focused(page)).waitFor()
  await keyboard.type('Um técnico chega às 15h.')
  await keyboard.press('Control+Enter')
  await page.getByRole('article').getByText('Um técnico chega às 15h.').waitFor()

  // Out of the text, so that single keys speak to the ticket again.
  await keyboard.press('Escape')
  await keyboard.press('s')
  await page.getByRole('listbox', { name: 'Status' }).waitFor()
  await keyboard.type('aguard')
  await keyboard.press('Enter')
  await page.getByRole('button', { name: 'Status: Aguardando cliente' }).waitFor()
  await keyboard.press('e')
  await page.getByRole('button', { name: 'Status: Resolvido' }).waitFor()
  await keyboard.press('u')
  await page.getByRole('button', { name: 'Status: Aguardando cliente' }).waitFor()
})

test('the queue is walked with j and k, and a ticket opened with Enter', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const client = server.client(token)
  for (const subject of ['Primeiro', 'Segundo', 'Terceiro'])
    await client.tickets.create.mutate({
      subject,
      body: `Texto do ${subject}`,
      requester: { name: subject },
      channel: 'phone',
    })
  await using desk = await desks.open(server, { token, path: '/queue/unassigned' })
  const { page } = desk
  await desk.live()
  const rows = page.getByRole('listbox', { name: 'Não atribuídos' }).getByRole('option')
  await rows.nth(2).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const subject = await rows.nth(1).innerText()
  const opened = ['Primeiro', 'Segundo', 'Terceiro'].find((each) => subject.includes(each)) ?? ''
  await page.getByRole('article').getByText(`Texto do ${opened}`).waitFor()
})

test('every place is two keys away, and ? shows them all', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  await using desk = await desks.open(server, { token })
  const { page } = desk
  await desk.live()
  for (const [keys, path] of [
    ['g c', '/customers'],
    ['g d', '/dashboard'],
    ['g p', '/settings'],
    ['g s', '/search'],
    ['g q', '/queue'],
  ]) {
    // In the search the keyboard is in the field, where letters are letters.
    if (new URL(page.url()).pathname === '/search') await page.keyboard.press('Escape')
    for (const key of keys?.split(' ') ?? []) await page.keyboard.press(key)
    await page.waitForURL((url) => url.pathname.startsWith(path ?? ''))
  }
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Atalhos do teclado' })
  await sheet.getByText('Registrar ligação').first().waitFor()
  await sheet.getByText('Buscar', { exact: true }).first().waitFor()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
})

test('letters typed into a field are letters, never shortcuts', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  await using desk = await desks.open(server, { token, path: '/search' })
  const { page } = desk
  await page.getByRole('searchbox').and(focused(page)).waitFor()
  await page.keyboard.type('gcqesdu?/jk')
  expect(await page.getByRole('searchbox').inputValue()).toBe('gcqesdu?/jk')
  expect(new URL(page.url()).pathname).toBe('/search')
})

test('what is taken away leaves the focus in the part where it stood', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const client = server.client(token)
  const bakery = await client.customers.create.mutate({ name: 'Padaria São José' })
  const ticket = await client.tickets.create.mutate({
    ...{ subject: 'Toner', body: 'Acabou.', requester: { id: bakery.id }, channel: 'phone' },
    tags: ['fiscal', 'loja'],
  })
  await using desk = await desks.open(server, { token, path: '/settings/tags' })
  const { page } = desk
  const nowhere = () => page.evaluate(() => document.activeElement === document.body)
  const inTheList = page.locator('main').locator(':focus')

  await page.getByRole('button', { name: 'Arquivar “fiscal”' }).press('Enter')
  await page.getByRole('button', { name: 'Arquivar “fiscal”' }).waitFor({ state: 'detached' })
  await inTheList.waitFor()

  await page.getByRole('button', { name: 'Nova etiqueta' }).press('Enter')
  await page.getByRole('textbox', { name: 'Nome' }).and(focused(page)).press('Escape')
  await page.getByRole('textbox', { name: 'Nome' }).waitFor({ state: 'detached' })
  await inTheList.waitFor()

  await page.goto(`${server.url}/ticket/${ticket.id}`)
  await page.getByRole('button', { name: 'Resolver' }).first().press('Enter')
  await page.getByRole('button', { name: 'Reabrir' }).first().waitFor()
  await inTheList.waitFor()
  expect(await nowhere()).toBe(false)
})
