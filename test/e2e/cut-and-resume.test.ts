import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { SCREENS_READY } from '../../src-renderer/shell/preload-screens.ts'
import { NETWORK_ERRORS, useDesks, writeMessage } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

async function aTicket(server: TestServer) {
  const token = await server.setup()
  const client = server.client(token)
  const ticket = await client.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'Parou ontem à noite.',
    requester: { name: 'Padaria São José', phone: '11 98765-4321' },
    channel: 'phone',
  })
  return { token, client, ticket }
}

const noteField = (page: Page) => page.getByRole('textbox', { name: 'Nota interna' })
const replyField = (page: Page) => page.getByRole('textbox', { name: 'Resposta ao cliente' })

describe('a cut', () => {
  test('is noticed, and after it nothing is missing and nothing stands twice', async () => {
    await using server = await startTestServer()
    const { token, client, ticket } = await aTicket(server)
    await using desk = await desks.open(server, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()

    const note = (round: number) => page.getByRole('article').getByText(`Depois do corte ${round}`)
    for (const round of [1, 2, 3]) {
      // The way back stays closed until it has happened, so that only the log can tell of it.
      await desk.context.setOffline(true)
      server.destroyConnections()
      await client.tickets.reply.mutate({
        ticketId: ticket.id,
        kind: 'note',
        body: `Depois do corte ${round}`,
      })
      await desk.context.setOffline(false)
      await note(round).waitFor()
    }
    for (const round of [1, 2, 3]) expect(await note(round).count()).toBe(1)
    await desk.live()
  })

  test('holds an answer back, and the server gets it once', async () => {
    const first = await startTestServer()
    const { token, ticket } = await aTicket(first)
    await using desk = await desks.open(first, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    await first.stop()
    await page.getByRole('button', { name: /sem conexão desde/ }).waitFor()

    await writeMessage(page, 'r', 'Chegamos às 15h.')
    await page.getByText('Na fila: será enviada quando a conexão voltar').waitFor()
    await page.getByText('1 a enviar').first().waitFor({ state: 'attached' })

    const port = Number(new URL(first.url).port)
    await using second = await startTestServer({ dataDir: first.dataDir, port })
    await desk.live()
    await page.getByText('Na fila: será enviada quando a conexão voltar').waitFor({ state: 'detached' })
    await page.getByText('1 a enviar').first().waitFor({ state: 'detached' })
    const { messages } = await second.client(token).tickets.get.query({ id: ticket.id })
    expect(messages.filter(({ text }) => text === 'Chegamos às 15h.')).toHaveLength(1)
    expect(await page.getByRole('article').getByText('Chegamos às 15h.').count()).toBe(1)
  })

  test('lets an agent answer and change the same ticket several times over, without quarrelling with themself', async () => {
    await using server = await startTestServer()
    const { token, client, ticket } = await aTicket(server)
    const expectedErrors = /409|net::|Failed to load/
    await using desk = await desks.open(server, { token, path: `/ticket/${ticket.id}`, expectedErrors })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    await desk.context.setOffline(true)
    await writeMessage(page, 'r', 'Chegamos às 15h.')
    for (const [property, before, after] of [
      ['Status', 'Novo', 'Em espera'],
      ['Status', 'Em espera', 'Aguardando cliente'],
      ['Prioridade', 'Normal', 'Alta'],
      ['Prioridade', 'Alta', 'Urgente'],
    ]) {
      await page.getByRole('button', { name: `${property}: ${before}` }).click()
      await page.getByRole('option', { name: after }).click()
      await page.getByRole('button', { name: `${property}: ${after}` }).waitFor()
    }
    await page.getByText('5 a enviar').first().waitFor({ state: 'attached' })
    await desk.context.setOffline(false)
    await page
      .getByText(/\d a enviar/)
      .first()
      .waitFor({ state: 'detached' })
    expect(await page.getByRole('group', { name: 'O ticket mudou enquanto você editava' }).count()).toBe(0)
    const read = await client.tickets.get.query({ id: ticket.id })
    expect([read.status.key, read.priority.key]).toEqual(['waiting', 'urgent'])
  })

  test('whose answer got lost on the way back does not double what was sent', async () => {
    await using server = await startTestServer()
    const { token, client, ticket } = await aTicket(server)
    await using desk = await desks.open(server, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    // The server does what it is told, but its first answer never arrives.
    await page.route(
      '**/trpc/tickets.reply*',
      async (route) => {
        await route.fetch()
        await route.abort('connectionreset')
      },
      { times: 1 },
    )

    await writeMessage(page, 'r', 'Chegamos às 15h.')
    await page.getByText('1 a enviar').first().waitFor({ state: 'attached' })
    await page.getByText('1 a enviar').first().waitFor({ state: 'detached' })
    const { messages } = await client.tickets.get.query({ id: ticket.id })
    expect(messages.filter(({ text }) => text === 'Chegamos às 15h.')).toHaveLength(1)
  })

  test('does not keep anybody from opening what they have seen, and screens they have not', async () => {
    const server = await startTestServer()
    const { token, ticket } = await aTicket(server)
    await using desk = await desks.open(server, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    // The screens come in the background once the link stands.
    await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, SCREENS_READY)
    await server.stop()
    await page.getByRole('button', { name: /sem conexão desde/ }).waitFor()
    await page.getByRole('link', { name: 'Buscar' }).click()
    await page.getByRole('searchbox').waitFor()
    await page.goBack()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    // Not all of a screen lies in one file.
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('link', { name: 'Alertas e sons' }).click()
    await page.getByRole('heading', { name: 'Alertas e sons' }).waitFor()
  })
})

describe('a reload', () => {
  test('keeps the half-written answer, and the note beside it', async () => {
    await using server = await startTestServer()
    const { token, ticket } = await aTicket(server)
    await using desk = await desks.open(server, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    await page.keyboard.press('r')
    await replyField(page).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('Prezada Maria, segue')
    await page.getByRole('button', { name: /^Nota interna/ }).click()
    await noteField(page).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('perguntar ao Bruno')

    await page.reload()
    await page.getByText('Prezada Maria, segue').or(page.getByText('perguntar ao Bruno')).first().waitFor()
    await page.getByRole('button', { name: /^Nota interna/ }).click()
    await noteField(page).getByText('perguntar ao Bruno').waitFor()
    await page.getByRole('button', { name: /^Resposta ao cliente/ }).click()
    await replyField(page).getByText('Prezada Maria, segue').waitFor()
  })

  test('in the middle of a cut sends what waited once the server is back', async () => {
    await using server = await startTestServer()
    const { token, client, ticket } = await aTicket(server)
    await using desk = await desks.open(server, {
      token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: NETWORK_ERRORS,
    })
    const { page } = desk
    await desk.live()
    await page.getByText('Parou ontem à noite.').first().waitFor()
    // Only the writes are cut, so that the page itself can be loaded again.
    await page.route('**/trpc/tickets.reply*', (route) => route.abort('connectionreset'))
    await writeMessage(page, 'r', 'Chegamos às 15h.')
    await page.getByText('1 a enviar').first().waitFor({ state: 'attached' })
    await page.reload()
    await page.getByRole('article').getByText('Chegamos às 15h.').waitFor()
    await page.getByText('1 a enviar').first().waitFor({ state: 'attached' })

    await page.unroute('**/trpc/tickets.reply*')
    await page.getByText('1 a enviar').first().waitFor({ state: 'detached' })
    const { messages } = await client.tickets.get.query({ id: ticket.id })
    expect(messages.filter(({ text }) => text === 'Chegamos às 15h.')).toHaveLength(1)
  })
})
