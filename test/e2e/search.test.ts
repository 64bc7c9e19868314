import { expect, test } from 'vitest'
import { useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()

async function anOffice(server: TestServer) {
  const token = await server.setup()
  return { token, client: server.client(token) }
}

async function makeTickets(client: Client, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1)
    await client.tickets.create.mutate({
      subject: `Pedido ${index}`,
      body: `O pacote ${index} chegou amassado.`,
      requester: { name: `Cliente ${index}`, email: `cliente${index}@example.com` },
      channel: 'email',
    })
}

test('a link to a search shows its results, marks what was found, and pages on', async () => {
  await using server = await startTestServer()
  const { token, client } = await anOffice(server)
  await makeTickets(client, 30)
  await using desk = await desks.open(server, { token, path: '/search?q=AMASSADO' })
  const { page } = desk
  const hits = page.getByRole('region', { name: 'Tickets' }).getByRole('listitem')
  await hits.first().waitFor()
  expect(await hits.first().locator('mark').innerText()).toBe('amassado')
  expect(await hits.count()).toBe(25)
  await hits.last().scrollIntoViewIfNeeded()
  await expect.poll(() => hits.count()).toBe(30)
  await page.getByText('30 encontrados').first().waitFor()
})

test('customers are found beside their tickets, by part of a phone too', async () => {
  await using server = await startTestServer()
  const { token, client } = await anOffice(server)
  const { id } = await client.customers.create.mutate({
    name: 'Oficina Três Irmãos',
    phones: ['11 98765-4321'],
  })
  await client.tickets.create.mutate({
    subject: 'Orçamento',
    body: 'Pediu preço',
    requester: { id },
    channel: 'phone',
  })
  await using desk = await desks.open(server, { token, path: '/search' })
  const { page } = desk
  await page.getByRole('searchbox').fill('98765')
  await page
    .getByRole('region', { name: 'Clientes' })
    .getByRole('link', { name: /Oficina Três Irmãos/ })
    .waitFor()
  await page
    .getByRole('region', { name: 'Tickets' })
    .getByRole('link', { name: /Orçamento/ })
    .waitFor()
  expect(new URL(page.url()).search).toBe('?q=98765')
})

test('the keyboard goes from the field through the results and back, and a search is remembered', async () => {
  await using server = await startTestServer()
  const { token, client } = await anOffice(server)
  await makeTickets(client, 3)
  await using desk = await desks.open(server, { token })
  const { page } = desk
  await desk.live()
  await page.keyboard.press('/')
  await page.getByRole('searchbox').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('pacote')
  await page.keyboard.press('Enter')
  await page
    .getByRole('link', { name: /Pedido 3/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('j')
  await page
    .getByRole('link', { name: /Pedido 2/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.getByRole('searchbox').and(page.locator(':focus')).waitFor()

  await page.getByRole('searchbox').fill('')
  await page.getByRole('region', { name: 'Buscas recentes' }).getByRole('button', { name: 'pacote' }).click()
  await page.getByRole('link', { name: /Pedido 3/ }).waitFor()
})

test('what is found stays true while it is on the screen', async () => {
  await using server = await startTestServer()
  const { token, client } = await anOffice(server)
  await makeTickets(client, 1)
  await using desk = await desks.open(server, { token, path: '/search?q=pacote' })
  await desk.page.getByRole('link', { name: /Pedido 1/ }).waitFor()
  await desk.live()
  const [ticket] = (await client.tickets.list.query({})).items
  if (!ticket) throw new Error('no ticket')
  await client.tickets.update.mutate({
    ticketId: ticket.id,
    version: ticket.version,
    changes: { subject: 'Pacote trocado' },
  })
  await desk.page.getByRole('link', { name: /Pacote trocado/ }).waitFor()
})

test('nothing found says what else to try', async () => {
  await using server = await startTestServer()
  const { token } = await anOffice(server)
  await using desk = await desks.open(server, { token, path: '/search?q=zebra' })
  await desk.page.getByRole('heading', { name: 'Nada encontrado para “zebra”' }).waitFor()
  await desk.page.getByRole('button', { name: 'Registrar ligação' }).click()
  await desk.page.getByRole('region', { name: 'Registrar ligação' }).waitFor()
})

test('the palette finds tickets by number and words, and customers by name', async () => {
  await using server = await startTestServer()
  const { token, client } = await anOffice(server)
  await makeTickets(client, 2)
  await using desk = await desks.open(server, { token })
  const { page } = desk
  await desk.live()
  await page.keyboard.press('Control+K')
  const palette = page.getByRole('dialog', { name: 'Comandos' })
  await palette.waitFor()
  await page.keyboard.type('000002')
  await palette.getByRole('option', { name: /Pedido 2/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('O pacote 2 chegou amassado.').first().waitFor()

  await page.keyboard.press('Control+K')
  await page.keyboard.type('cliente 1')
  await palette.getByRole('option', { name: /^Cliente 1/ }).click()
  await page.waitForURL(/\/customers\//)
})
