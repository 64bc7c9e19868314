import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { useDesks, writeMessage } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

async function anOffice(server: TestServer) {
  const ana = await server.setup()
  const bruno = await server.join(ana, { name: 'Bruno Lima', email: 'bruno@ipe.example' })
  const client = server.client(ana)
  const ticket = await client.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'Parou ontem à noite.',
    requester: { name: 'Padaria São José', phone: '11 98765-4321' },
    channel: 'phone',
  })
  return { ana, bruno: bruno.token, client, ticket }
}

const status = (page: Page, name: string) => page.getByRole('button', { name: `Status: ${name}` })
const priority = (page: Page, name: string) => page.getByRole('button', { name: `Prioridade: ${name}` })

async function choosePriority(page: Page, name: string): Promise<void> {
  await priority(page, 'Normal').click()
  await page.getByRole('option', { name }).click()
}

describe('two agents on one ticket', () => {
  test('see each other’s answers, notes and changes without a reload, in the list too', async () => {
    await using server = await startTestServer()
    const { ana, bruno, ticket } = await anOffice(server)
    await using desk = await desks.open(server, { token: ana, path: `/ticket/${ticket.id}` })
    await using other = await desks.open(server, { token: bruno, path: '/queue/active' })
    await Promise.all([desk.live(), other.live()])
    const row = other.page.getByRole('option', { name: new RegExp(ticket.number) })
    await row.click()
    await Promise.all(
      [desk, other].map(({ page }) => page.getByText('Parou ontem à noite.').first().waitFor()),
    )
    // Whatever happens below must not come from loading the page again.
    await other.page.evaluate(() => Object.assign(window, { sameDocument: true }))

    await writeMessage(desk.page, 'r', 'Um técnico chega às 15h.')
    await other.page.getByRole('article').getByText('Um técnico chega às 15h.').waitFor()
    await status(other.page, 'Aberto').waitFor()

    await writeMessage(other.page, 'n', 'O cliente prefere a parte da manhã.')
    await desk.page.getByRole('article').getByText('O cliente prefere a parte da manhã.').waitFor()

    await choosePriority(desk.page, 'Urgente')
    await priority(other.page, 'Urgente').waitFor()
    await row.getByRole('img', { name: 'Urgente' }).waitFor()
    expect(await other.page.evaluate(() => 'sameDocument' in window)).toBe(true)
  })

  test('who change different fields at once both get their way', async () => {
    await using server = await startTestServer()
    const { ana, client, ticket } = await anOffice(server)
    await using desk = await desks.open(server, {
      token: ana,
      path: `/ticket/${ticket.id}`,
      expectedErrors: /net::|Failed/,
    })
    await desk.live()
    await priority(desk.page, 'Normal').waitFor()
    await desk.context.setOffline(true)
    await choosePriority(desk.page, 'Alta')
    await priority(desk.page, 'Alta').waitFor()
    await client.tickets.update.mutate({
      ticketId: ticket.id,
      version: ticket.version,
      changes: { subject: 'Outra impressora' },
    })
    await desk.context.setOffline(false)

    await desk.page.getByText('Outra impressora').first().waitFor()
    await expect
      .poll(async () => (await client.tickets.get.query({ id: ticket.id })).priority.key)
      .toBe('high')
  })

  test('who change the same field are shown both values, and neither is lost', async () => {
    await using server = await startTestServer()
    const { ana, bruno, client, ticket } = await anOffice(server)
    await using desk = await desks.open(server, {
      token: ana,
      path: `/ticket/${ticket.id}`,
      expectedErrors: /net::|Failed|409/,
    })
    const { page } = desk
    await desk.live()
    await priority(page, 'Normal').waitFor()
    await desk.context.setOffline(true)
    await choosePriority(page, 'Alta')
    await server.client(bruno).tickets.update.mutate({
      ticketId: ticket.id,
      version: ticket.version,
      changes: { priorityId: 'urgent' },
    })
    await desk.context.setOffline(false)

    const conflict = page.getByRole('group', { name: 'O ticket mudou enquanto você editava' })
    await conflict.waitFor()
    await conflict.getByText('Bruno Lima').waitFor()
    await conflict.getByRole('radio', { name: /Valor atual.*Urgente/ }).waitFor()
    await conflict.getByRole('radio', { name: /Sua alteração.*Alta/ }).check()
    await conflict.getByRole('button', { name: 'Confirmar a escolha' }).click()
    await conflict.waitFor({ state: 'detached' })
    await expect
      .poll(async () => (await client.tickets.get.query({ id: ticket.id })).priority.key)
      .toBe('high')
  })

  test('a ticket that goes to another team leaves the screen of who may no longer see it', async () => {
    await using server = await startTestServer()
    const { ana, client } = await anOffice(server)
    const support = await client.teams.create.mutate({ name: 'Suporte' })
    const billing = await client.teams.create.mutate({ name: 'Cobrança' })
    const carla = await server.join(ana, { name: 'Carla', email: 'carla@ipe.example', teamIds: [support.id] })
    const ticket = await client.tickets.create.mutate({
      subject: 'Fatura errada',
      body: 'Veio com outro nome.',
      requester: { name: 'Loja Azul' },
      channel: 'phone',
      teamId: support.id,
    })
    await using desk = await desks.open(server, {
      token: carla.token,
      path: `/ticket/${ticket.id}`,
      expectedErrors: /404/,
    })
    await desk.live()
    await desk.page.getByText('Veio com outro nome.').first().waitFor()
    await client.tickets.update.mutate({ ticketId: ticket.id, version: 1, changes: { teamId: billing.id } })
    await desk.page.getByRole('heading', { name: 'Este ticket saiu do seu alcance' }).waitFor()
  })
})
