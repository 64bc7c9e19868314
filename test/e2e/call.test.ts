import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

async function anOffice(server: TestServer) {
  const token = await server.setup()
  const client = server.client(token)
  const bakery = await client.customers.create.mutate({
    name: 'Padaria São José',
    phones: ['11 98765-4321'],
    emails: ['contato@saojose.example'],
  })
  return { token, client, bakery }
}

const panel = (page: Page) => page.getByRole('region', { name: 'Registrar ligação' })
const who = (page: Page) => panel(page).getByRole('combobox', { name: 'Quem está ligando?' })
const protocol = (page: Page) => panel(page).getByText(/^\d{4}-\d{6}$/)

describe('a call', () => {
  test('is logged with the keyboard alone, and the number of old lists finds its customer', async () => {
    await using server = await startTestServer()
    const { token, client, bakery } = await anOffice(server)
    await using desk = await desks.open(server, { token })
    const { page } = desk
    await desk.live()

    const started = performance.now()
    await page.keyboard.press('Control+Shift+L')
    await who(page).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('11 8765-4321')
    await page.keyboard.press('Enter')
    await panel(page).getByRole('link', { name: bakery.name }).waitFor()
    await page.keyboard.type('Forno não liga')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Desde ontem à noite.')
    await page.keyboard.press('Control+Enter')
    await protocol(page).waitFor()
    expect(performance.now() - started).toBeLessThan(20_000)

    await page.keyboard.press('Enter')
    await page.getByText('Desde ontem à noite.').first().waitFor()
    const { items } = await client.tickets.list.query({})
    expect(items).toMatchObject([
      {
        subject: 'Forno não liga',
        channel: 'phone',
        requester: { id: bakery.id },
        agent: { name: 'Ana Souza' },
      },
    ])
  })

  test('about an open ticket becomes a note on it instead of a second ticket', async () => {
    await using server = await startTestServer()
    const { token, client, bakery } = await anOffice(server)
    const ticket = await client.tickets.create.mutate({
      subject: 'Boleto em duplicidade',
      body: 'Veio duas vezes.',
      requester: { id: bakery.id },
      channel: 'email',
    })
    await using desk = await desks.open(server, { token })
    const { page } = desk
    await desk.live()
    await page.getByRole('button', { name: 'Ligação', exact: true }).click()
    await who(page).fill('sao jose')
    await panel(page)
      .getByRole('option', { name: /Padaria São José/ })
      .click()

    // The keyboard is on the choice, with "something new" chosen: one arrow reaches the open ticket.
    await panel(page).getByRole('radio', { name: 'Assunto novo' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('ArrowDown')
    await panel(page).getByLabel('Anotação da ligação').fill('Ligou de novo, quer resposta hoje.')
    await panel(page).getByLabel('Resolver na ligação').check()
    await panel(page).getByRole('button', { name: 'Anotar no ticket' }).click()
    await panel(page).getByText('Anotado no ticket').waitFor()
    await protocol(page).and(page.getByText(ticket.number)).waitFor()

    await panel(page).getByRole('button', { name: 'Abrir o ticket' }).click()
    await page.getByText('Ligou de novo, quer resposta hoje.').first().waitFor()
    await page.getByRole('button', { name: 'Status: Resolvido' }).waitFor()
    const read = await client.tickets.get.query({ id: ticket.id })
    expect(read.messages.at(-1)).toMatchObject({ kind: 'note', channel: 'phone' })
    expect((await client.tickets.list.query({})).items).toHaveLength(1)
  })

  test('solved at once, with priority by urgency and impact, is made so in one step', async () => {
    await using server = await startTestServer()
    const { token, client } = await anOffice(server)
    await using desk = await desks.open(server, { token })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('Control+Shift+L')
    await who(page).fill('João Pereira')
    await who(page).press('Tab')
    await panel(page).getByRole('textbox', { name: 'Telefone' }).fill('(21) 3456-7890')
    await panel(page).getByLabel('Assunto', { exact: true }).fill('Sistema parado')
    for (const level of ['Urgência', 'Impacto']) {
      await panel(page).getByRole('button', { name: level }).click()
      await page.getByRole('option', { name: 'Alta' }).click()
    }
    await panel(page).getByText('Proposta pela matriz').waitFor()
    await panel(page).getByRole('button', { name: 'Prioridade Urgente' }).waitFor()
    await panel(page).getByLabel('Resolver na ligação').check()
    await panel(page).getByRole('button', { name: 'Registrar' }).click()
    await panel(page).getByText('Ticket registrado e resolvido').waitFor()
    await protocol(page).waitFor()

    const { items } = await client.tickets.list.query({})
    expect(items).toMatchObject([{ status: { class: 'resolved' }, priority: { key: 'urgent' } }])
    const [person] = await client.customers.find.query({ text: 'joao pereira' })
    expect(person?.phone).toBe('+552134567890')
  })

  test('that lacks something says what, and puts the keyboard there', async () => {
    await using server = await startTestServer()
    const { token } = await anOffice(server)
    await using desk = await desks.open(server, { token })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('Control+Shift+L')
    await who(page).waitFor()
    await page.keyboard.press('Control+Enter')
    await panel(page).getByText('Diga quem pede: telefone, nome ou e-mail.').waitFor()
    await panel(page).getByText('Escreva um assunto.').waitFor()
    await who(page).and(page.locator(':focus')).waitFor()
  })

  test('half written survives closing the panel and reloading the page', async () => {
    await using server = await startTestServer()
    const { token } = await anOffice(server)
    await using desk = await desks.open(server, { token })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('Control+Shift+L')
    await panel(page).getByLabel('Assunto', { exact: true }).fill('Nota fiscal rejeitada')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    await page.reload()
    await desk.live()
    await page.keyboard.press('Control+Shift+L')
    await panel(page).getByLabel('Assunto', { exact: true }).waitFor()
    await expect
      .poll(() => panel(page).getByLabel('Assunto', { exact: true }).inputValue())
      .toBe('Nota fiscal rejeitada')
    await panel(page).getByRole('button', { name: 'Começar do zero' }).click()
    await expect.poll(() => panel(page).getByLabel('Assunto', { exact: true }).inputValue()).toBe('')
  })

  test('taken without a network waits on this PC, and its protocol appears when the server is back', async () => {
    const first = await startTestServer()
    const { token } = await anOffice(first)
    await using desk = await desks.open(first, { token, expectedErrors: NETWORK_ERRORS })
    const { page } = desk
    await desk.live()
    await first.stop()
    await page.getByRole('button', { name: /sem conexão desde/ }).waitFor()

    await page.keyboard.press('Control+Shift+L')
    await who(page).fill('Carla 11 91234-5678')
    await who(page).press('Enter')
    await panel(page).getByLabel('Assunto', { exact: true }).fill('Sem internet na loja')
    await panel(page).getByRole('button', { name: 'Registrar' }).click()
    await panel(page)
      .getByText(/o protocolo aparece aqui assim que a conexão voltar/)
      .waitFor()

    const port = Number(new URL(first.url).port)
    await using second = await startTestServer({ dataDir: first.dataDir, port })
    await protocol(page).waitFor()
    const { items } = await second.client(token).tickets.list.query({})
    expect(items.map(({ subject }) => subject)).toEqual(['Sem internet na loja'])
  })

  test('whose panel was closed before the answer came tells its protocol in a notice', async () => {
    await using server = await startTestServer()
    const { token, client } = await anOffice(server)
    await using desk = await desks.open(server, { token, expectedErrors: NETWORK_ERRORS })
    const { page } = desk
    await desk.live()
    await desk.context.setOffline(true)
    await page.keyboard.press('Control+Shift+L')
    await who(page).fill('Diego 11 91234-5678')
    await who(page).press('Enter')
    await panel(page).getByLabel('Assunto', { exact: true }).fill('Cabo rompido')
    await page.keyboard.press('Control+Enter')
    await panel(page).getByText('Ticket registrado').waitFor()
    await page.keyboard.press('Escape')
    await desk.context.setOffline(false)
    await page
      .getByText(/Protocolo \d{4}-000001: o ticket chegou ao servidor/)
      .first()
      .waitFor()
    expect((await client.tickets.list.query({})).items).toHaveLength(1)
  })

  test('is not needed for a ticket: a customer’s page and a closed ticket open the same panel, filled in', async () => {
    await using server = await startTestServer()
    const { token, client, bakery } = await anOffice(server)
    const closed = await client.tickets.create.mutate({
      subject: 'Troca de bobina',
      body: 'Feita.',
      requester: { id: bakery.id },
      channel: 'phone',
      statusId: 'closed',
    })
    await using desk = await desks.open(server, { token, path: `/customers/${bakery.id}` })
    const { page } = desk
    await desk.live()
    const form = page.getByRole('region', { name: 'Novo ticket' })
    await page
      .getByRole('button', { name: /Novo ticket/ })
      .first()
      .click()
    await form.getByRole('link', { name: bakery.name }).waitFor()
    await form.getByLabel('Assunto', { exact: true }).fill('Orçamento de manutenção')
    await form.getByRole('button', { name: 'Criar ticket' }).click()
    await form
      .or(panel(page))
      .getByText(/^\d{4}-000002$/)
      .waitFor()
    await page.keyboard.press('Escape')

    await page.goto(`${server.url}/ticket/${closed.id}`)
    await page.getByRole('button', { name: 'Novo ticket de continuação' }).click()
    await form.getByRole('link', { name: bakery.name }).waitFor()
    expect(await form.getByLabel('Assunto', { exact: true }).inputValue()).toContain(closed.number)
    await form.getByRole('button', { name: 'Criar ticket' }).click()
    await form
      .or(panel(page))
      .getByText(/^\d{4}-000003$/)
      .waitFor()
    const { items } = await client.tickets.list.query({
      filter: { requesterIds: [bakery.id], channels: ['manual'] },
    })
    expect(items).toHaveLength(2)
  })

  test('that the server refuses comes back to its form with everything in it', async () => {
    await using server = await startTestServer()
    const { token, client } = await anOffice(server)
    await using desk = await desks.open(server, { token, expectedErrors: /400/ })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('Control+Shift+L')
    await who(page).fill('Carla')
    await who(page).press('Tab')
    // The server is stricter about e-mails than the form's early hint.
    await panel(page).getByRole('textbox', { name: 'E-mail' }).fill('carla@loja..example')
    await panel(page).getByLabel('Assunto', { exact: true }).fill('Pedido com defeito')
    await panel(page).getByRole('button', { name: 'Registrar' }).click()
    await panel(page).getByRole('alert').waitFor()
    expect(await page.getByText('não foi aceito').count()).toBe(0)
    expect(await panel(page).getByLabel('Assunto', { exact: true }).inputValue()).toBe('Pedido com defeito')
    await panel(page).getByRole('textbox', { name: 'E-mail' }).fill('carla@loja.example')
    await panel(page).getByRole('button', { name: 'Registrar' }).click()
    await protocol(page).waitFor()
    expect((await client.tickets.list.query({})).items).toHaveLength(1)
  })

  test('from a number in the link opens with its customer chosen', async () => {
    await using server = await startTestServer()
    const { token, bakery } = await anOffice(server)
    await using desk = await desks.open(server, { token, path: '/calls/new?phone=%2B5511987654321' })
    await panel(desk.page).getByRole('link', { name: bakery.name }).waitFor()
  })
})
