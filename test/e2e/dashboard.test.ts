/** A supervisor's day on the dashboard: numbers that follow the desk and lead to it, what is done from there, and arranging it. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { openTicket } from '../support/dashboard-office.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client } from '../support/server.ts'

const desks = useDesks()

const tile = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
/** The desk tells its screens at most once a second by its own clock, which stands still unless it is moved. */
const arrives = (locator: Locator, clock?: TestClock) =>
  expect
    .poll(
      () => {
        clock?.advance({ ms: 1_000 })
        return locator.count()
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBeGreaterThan(0)
const figure = (page: Page, title: string, value: number) =>
  tile(page, title).getByRole('link', { name: `${value} ${title}`, exact: true })

/** Every number on the screen is the server's. */
async function showsWhatStands(page: Page, client: Client, clock: TestClock): Promise<void> {
  const { total, today } = await client.dashboard.live.query({})
  await arrives(figure(page, 'Esperando', total.waiting), clock)
  await arrives(figure(page, 'Em atendimento', total.inWork), clock)
  await arrives(figure(page, 'Vencidos', total.breached), clock)
  await arrives(figure(page, 'Chegaram hoje', today.arrived), clock)
  await arrives(figure(page, 'Resolvidos hoje', today.resolved), clock)
}

test('numbers follow the desk, lead to its tickets, and are right again after a cut', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  const token = await server.setup()
  const client = server.client(token)
  const { agent } = await client.auth.me.query()
  const home = await client.teams.create.mutate({ name: 'Oficina' })
  const teamIds = [home.id]
  const bruno = await server.join(token, { name: 'Bruno Lima', email: 'b@ipe.example', teamIds })
  const carla = await server.join(token, { name: 'Carla Dias', email: 'c@ipe.example', teamIds })
  await using desk = await desks.open(server, { token, path: '/dashboard', expectedErrors: NETWORK_ERRORS })
  const { page } = desk
  await desk.live()
  await showsWhatStands(page, client, clock)
  await arrives(figure(page, 'Esperando', 0), clock)

  const ticket = await openTicket(client)
  await arrives(figure(page, 'Esperando', 1), clock)
  await arrives(figure(page, 'Chegaram hoje', 1), clock)
  const taken = await client.tickets.update.mutate({
    ticketId: ticket.id,
    version: ticket.version,
    changes: { agentId: bruno.id, dueAt: new Date(clock.time + 20 * 60_000).toISOString() },
  })
  await arrives(figure(page, 'Em atendimento', 1), clock)
  await arrives(figure(page, 'Esperando', 0), clock)
  await arrives(tile(page, 'Próximos prazos').getByRole('link', { name: 'Impressora' }), clock)
  clock.advance({ minutes: 30 })
  await arrives(figure(page, 'Vencidos', 1), clock)
  await tile(page, 'Próximos prazos')
    .getByText(/vencido há/)
    .waitFor()
  await showsWhatStands(page, client, clock)

  // From the row of an agent, with the keyboard: how they are, and taken back.
  const row = tile(page, 'Agentes').getByRole('listitem').filter({ hasText: agent.name })
  await row.getByRole('button', { name: `Ações para ${agent.name}` }).press('Enter')
  await page.getByRole('menuitemradio', { name: 'Ocupado' }).press('Enter')
  await arrives(row.getByText('Ocupado'), clock)
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await arrives(row.getByText('Disponível'), clock)

  // From a deadline: more urgent.
  await page.getByRole('button', { name: `Ações do ticket ${ticket.number}` }).press('Enter')
  await page.getByRole('menuitem', { name: 'Aumentar para Alta' }).press('Enter')
  await expect
    .poll(async () => (await client.tickets.get.query({ id: ticket.id })).priority.name)
    .toBe('Alta')

  // Bruno is lent to another queue and called back, and hears a word that Carla beside him doesn't.
  const colleagues = await Promise.all(
    [bruno, carla].map(({ token: own }) => desks.open(server, { token: own, path: '/alerts' })),
  )
  await Promise.all(colleagues.map((each) => each.live()))
  const actOn = async (name: string) => {
    await page.getByRole('button', { name: 'Ações para Bruno Lima' }).press('Enter')
    await page.getByRole('menuitem', { name }).press('Enter')
  }
  await actOn('Emprestar a outra fila…')
  await page.getByRole('dialog').getByRole('button', { name: 'Emprestar', exact: true }).click()
  await page.getByText('Bruno Lima ajuda agora em Atendimento', { exact: true }).waitFor()
  expect((await server.client(bruno.token).auth.me.query()).agent.teamIds).toHaveLength(2)
  clock.advance({ ms: 1_000 })
  await actOn('Chamar de volta de Atendimento')
  await page.getByText('Bruno Lima voltou de Atendimento', { exact: true }).waitFor()
  await actOn('Enviar recado sobre um ticket…')
  await page.getByRole('textbox', { name: 'Recado' }).fill('Ofereça a troca')
  await page.getByRole('textbox', { name: 'Recado' }).press('Control+Enter')
  await page.getByText('Recado deixado para Bruno Lima', { exact: true }).waitFor()
  await colleagues[0]?.page
    .getByText(`${agent.name} para você: Ofereça a troca`)
    .filter({ visible: true })
    .first()
    .waitFor()
  expect(await colleagues[1]?.page.getByText('Ofereça a troca').count()).toBe(0)
  await Promise.all(colleagues.map((each) => each[Symbol.asyncDispose]()))

  await client.tickets.reply.mutate({ ticketId: ticket.id, kind: 'public', body: 'Chegamos às 15h.' })
  const statuses = (await client.catalog.get.query()).statuses
  const { version } = await client.tickets.get.query({ id: ticket.id })
  expect(version).toBeGreaterThan(taken.version)
  const resolved = { statusId: statuses.find((status) => status.class === 'resolved')?.id ?? '' }
  await client.tickets.update.mutate({ ticketId: ticket.id, version, changes: resolved })
  await arrives(figure(page, 'Resolvidos hoje', 1), clock)
  await arrives(figure(page, 'Vencidos', 0), clock)
  await showsWhatStands(page, client, clock)

  // Fifty things at once: twenty tickets come, all are taken, ten are done.
  const come = await Promise.all(Array.from({ length: 20 }, () => openTicket(client)))
  const inHand = await Promise.all(
    come.map(({ id, version: first }) =>
      client.tickets.update.mutate({ ticketId: id, version: first, changes: { agentId: bruno.id } }),
    ),
  )
  await Promise.all(
    inHand
      .slice(0, 10)
      .map(({ id, version: second }) =>
        client.tickets.update.mutate({ ticketId: id, version: second, changes: resolved }),
      ),
  )
  await arrives(figure(page, 'Chegaram hoje', 21), clock)
  await arrives(figure(page, 'Em atendimento', 10), clock)
  await arrives(figure(page, 'Resolvidos hoje', 11), clock)
  await arrives(figure(page, 'Esperando', 0), clock)
  await showsWhatStands(page, client, clock)

  await desk.context.setOffline(true)
  server.destroyConnections()
  await openTicket(client)
  await page.getByText(/parado desde \d\d:\d\d/).waitFor()
  await arrives(figure(page, 'Esperando', 0), clock)
  await desk.context.setOffline(false)
  await arrives(figure(page, 'Esperando', 1), clock)
  await page.getByText(/parado desde/).waitFor({ state: 'detached' })
  await showsWhatStands(page, client, clock)
  await expectNoAxeViolations(page)

  await tile(page, 'Resolvidos hoje').getByRole('link').press('Enter')
  await page
    .getByRole('option', { name: new RegExp(ticket.number) })
    .or(page.getByRole('option', { name: /Impressora/ }))
    .first()
    .waitFor()
  await expect.poll(() => page.getByRole('option').count()).toBe(11)
})

test('a dashboard is arranged with the keyboard alone, taken back step by step, and says when somebody else has saved it', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const client = server.client(token)
  const supervisor = await server.join(token, {
    name: 'Bruno Lima',
    email: 'b@ipe.example',
    role: 'supervisor',
  })
  await using desk = await desks.open(server, { token, path: '/dashboard', expectedErrors: /409/ })
  const { page } = desk
  await desk.live()
  await tile(page, 'Filas').waitFor()
  await page.keyboard.press('e')
  const group = (words: RegExp) => page.getByRole('group', { name: words })
  await group(/^Esperando: coluna 1, linha 1/).focus()
  await page.keyboard.press('ArrowDown')
  await group(/^Esperando: coluna 1, linha 8/)
    .and(page.locator(':focus'))
    .waitFor()
  await page
    .getByRole('status')
    .filter({ hasText: 'Esperando: coluna 1, linha 8' })
    .waitFor({ state: 'attached' })
  await page.keyboard.press('Shift+ArrowRight')
  await group(/^Esperando: .*3 de largura/).waitFor()
  await page.keyboard.press('Control+z')
  await group(/^Esperando: .*2 de largura/).waitFor()
  await page.getByLabel('Crítico a partir de').fill('1')
  await page.getByText('Tocar um som ao ficar crítico').click()
  await group(/^PCs mudos/).focus()
  await page.keyboard.press('Delete')
  await group(/^PCs mudos/).waitFor({ state: 'detached' })
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Painel e blocos' }).click()
  await page.getByLabel('Nome', { exact: true }).fill('Meu turno')
  await page.getByLabel('Quem vê').click()
  await page.getByRole('option', { name: 'Supervisores' }).click()
  await page.keyboard.press('Control+s')
  await page.getByRole('heading', { name: 'Meu turno', level: 1, exact: true }).waitFor()

  const saved = (await client.dashboards.list.query()).find(({ name }) => name === 'Meu turno')
  if (!saved) throw new Error('The dashboard was not saved.')
  const waiting = saved.tiles.find(({ kind }) => kind === 'waiting')
  expect(waiting).toMatchObject({ x: 0, w: 2, threshold: { alarmAt: 1, sound: true } })
  expect(saved.tiles.some(({ kind }) => kind === 'blockedScreens')).toBe(false)
  await openTicket(client)
  await tile(page, 'Esperando').getByText('Crítico').waitFor()

  await page.keyboard.press('e')
  await page.getByLabel('Nome', { exact: true }).fill('Turno da Ana')
  const { id, version } = saved
  await server
    .client(supervisor.token)
    .dashboards.update.mutate({ id, version, changes: { name: 'Turno do Bruno' } })
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByText('Outra pessoa salvou este painel enquanto você o organizava.').waitFor()
  await page.getByRole('button', { name: 'Salvar o meu por cima' }).click()
  await page.getByRole('heading', { name: 'Turno da Ana', level: 1, exact: true }).waitFor()
})
