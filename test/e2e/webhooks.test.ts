import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, PHONE, useDesks } from '../support/e2e.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
let server: TestServer
let receiver: Receiver
let token: string
let api: Client

beforeAll(async () => {
  server = await startTestServer()
  receiver = await startReceiver({ status: 503, body: 'Em manutenção' })
  token = await server.setup()
  api = server.client(token)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const path = '/settings/webhooks'

test('an administrator makes a webhook, keeps its secret, tests it, and sees a delivery fail and then arrive', async () => {
  await using desk = await desks.open(server, { token, path, expectedErrors: NETWORK_ERRORS })
  const { page, live } = desk
  await live()
  await page.getByText('Nenhum webhook ainda').waitFor()
  await expectNoAxeViolations(page)

  await page.keyboard.press('n')
  await page.getByLabel('Nome', { exact: true }).fill('Painel da loja')
  await page.getByLabel('Endereço (URL)').fill('painel.exemplo')
  await page.keyboard.press('Enter')
  await page.getByText('Informe um endereço completo').waitFor()
  await expectNoAxeViolations(page)
  await page.getByLabel('Endereço (URL)').fill(receiver.url)
  await page.keyboard.press('Enter')
  const secret = page.getByRole('region', { name: 'Segredo de “Painel da loja”' })
  await secret.getByRole('button', { name: 'Copiar segredo' }).click()
  await secret
    .getByRole('status')
    .filter({ hasText: /^Copiado$/ })
    .waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^[\w-]{43}$/)
  await secret.getByRole('button', { name: 'Fechar' }).click()
  expect(await page.content()).not.toContain(copied)

  await page.getByRole('button', { name: 'Enviar teste para “Painel da loja”' }).click()
  await page.getByText('“Painel da loja” respondeu 503').waitFor()
  await page.getByText('Em manutenção').waitFor()

  const ticket = await api.tickets.create.mutate({
    ...{ subject: 'Caixa parado', body: 'x', requester: { name: 'José' }, channel: 'phone' },
  })
  const [webhook] = await api.webhooks.list.query()
  await server.services.store.write((tx) =>
    server.services.webhooks.send(tx, {
      ...{ webhookId: webhook?.id ?? '', key: 'regra:1' },
      payload: { ticketId: ticket.id, trigger: 'ticket.created', rule: { id: 'r', name: 'VIP parado' } },
    }),
  )
  await page.getByText('falhando', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Entregas de “Painel da loja”' }).click()
  const dialog = page.getByRole('dialog', { name: 'Entregas de “Painel da loja”' })
  await dialog.getByText('VIP parado · quando um ticket chega').waitFor()
  await dialog.getByText('vai repetir', { exact: true }).waitFor()
  await dialog.getByText('1 tentativa', { exact: true }).click()
  await dialog.getByText('Em manutenção').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')

  receiver.reply = { status: 200 }
  await page.getByRole('button', { name: 'Enviar teste para “Painel da loja”' }).click()
  await page.getByText(/^“Painel da loja” respondeu 200 em/).waitFor()
  await page.getByText('entregando', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Entregas de “Painel da loja”' }).click()
  await dialog.getByText('entregue', { exact: true }).waitFor()
  await dialog.getByRole('link', { name: ticket.number }).click()
  await page.getByRole('heading', { name: 'Caixa parado' }).waitFor()
})

test('on a phone one is put away and taken back', async () => {
  const { webhook } = await api.webhooks.create.mutate({ name: 'ERP', url: receiver.url })
  await using desk = await desks.open(server, {
    token,
    path,
    viewport: PHONE,
    touch: true,
    colorScheme: 'dark',
  })
  const { page } = desk
  const archived = async () => (await api.webhooks.list.query()).find(({ id }) => id === webhook.id)?.archived
  await page.getByRole('button', { name: 'Mais opções de “ERP”' }).click()
  await page.getByRole('menuitem', { name: 'Arquivar' }).click()
  await expect.poll(archived).toBe(true)
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect.poll(archived).toBe(false)
  await expectNoAxeViolations(page)
})
