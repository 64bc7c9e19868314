import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
let server: TestServer
let token: string
let api: Client
let ticket: { id: string; number: string }

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  api = server.client(token)
  ticket = await api.tickets.create.mutate({
    ...{ subject: 'Boleto vencido', body: 'Preciso da segunda via', channel: 'phone' },
    requester: { name: 'Maria <b>Souza</b>', phone: '11987654321' },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

test('a ready answer is written in the settings, with a preview on a real ticket', async () => {
  const { page, live } = await desks.open(server, {
    ...{ token, path: '/settings/macros', expectedErrors: NETWORK_ERRORS },
  })
  await live()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Nova resposta pronta' }).click()
  await page.getByLabel('Nome').fill('Segunda via do boleto')
  await page.getByLabel('Atalho').fill('boleto')
  const body = page.getByRole('textbox', { name: 'Texto' })
  await body.click()
  await page.keyboard.type('Olá, {{ customer.nome }}!')
  await page.getByText('A variável “customer.nome” não existe.').waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.getByText('A variável “customer.nome” não existe.').count()).toBe(2)
  expect(await api.macros.list.query()).toEqual([])

  await body.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Olá, ')
  await page.getByRole('button', { name: 'Inserir variável' }).click()
  await page.getByRole('option', { name: 'Nome do cliente', exact: false }).last().click()
  await page.keyboard.type(', segue o boleto do ')
  await page.keyboard.type('{{ ticket.number }}.')
  await page.getByText(`Olá, Maria <b>Souza</b>, segue o boleto do ${ticket.number}.`).waitFor()

  await page.getByRole('button', { name: 'Adicionar ação' }).click()
  await page.getByRole('menuitem', { name: 'Mudar a prioridade' }).click()
  await page.getByRole('button', { name: 'Mudar a prioridade: Escolher…' }).click()
  await page.getByRole('option', { name: 'Alta' }).click()
  await page.getByRole('button', { name: 'Adicionar ação' }).click()
  await page.getByRole('menuitem', { name: 'Escrever uma nota' }).click()
  await page.getByRole('textbox', { name: 'Escrever uma nota' }).fill('Boleto enviado a {{ customer.name }}')
  await page.getByText('Prioridade → Alta').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Arquivar “Segunda via do boleto”' }).waitFor()
  await expectNoAxeViolations(page)
  expect(await api.macros.list.query()).toMatchObject([{ name: 'Segunda via do boleto', shortcut: 'boleto' }])
})

test('on a ticket it is found by a slash, shows what sending will do, and does it', async () => {
  await api.macros.create.mutate({
    name: 'Marcar urgente',
    actions: [{ do: 'setPriority', value: 'urgent' }],
  })
  const { page, live } = await desks.open(server, { token, path: `/ticket/${ticket.id}` })
  await live()
  await page.keyboard.press('r')
  const text = page.getByRole('textbox', { name: 'Resposta ao cliente' })
  await text.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Tudo bem? e/ou /bol')
  await page.getByRole('option', { name: 'Segunda via do boleto' }).waitFor()
  await page.getByRole('region', { name: 'Prévia da resposta pronta' }).getByText('segue o boleto').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Enter')
  await page.getByText('Ao enviar:').waitFor()
  await expect
    .poll(() => text.innerText())
    .toBe(`Tudo bem? e/ou Olá, Maria <b>Souza</b>, segue o boleto do ${ticket.number}.`)
  await page.getByRole('button', { name: /^Não fazer: Nota interna/ }).click()
  await expectNoAxeViolations(page)

  // What waits for sending is kept with the draft.
  await page.reload()
  await live()
  await page.getByText('Prioridade → Alta').waitFor()
  await text.click()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Ao enviar:').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Prioridade: Alta/ }).waitFor()
  const sent = await api.tickets.get.query({ id: ticket.id })
  expect(sent.messages.map(({ kind }) => kind)).toEqual(['public', 'public'])
  expect(sent.priority.key).toBe('high')

  // One without a text is done at once, and can be taken back.
  await page.keyboard.press('Control+Shift+M')
  await page.getByRole('option', { name: 'Marcar urgente' }).waitFor()
  await page.keyboard.type('urg')
  await page.getByRole('option', { name: 'Segunda via do boleto' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /Prioridade: Urgente/ }).waitFor()
  expect((await text.innerText()).trim()).toBe('')
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await page.getByRole('button', { name: /Prioridade: Alta/ }).waitFor()
})
