import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { assignSchema } from '../../server/routing/contract.ts'
import { expectNoAxeViolations } from '../support/browser.ts'
import { useDesks } from '../support/e2e.ts'
import { startTicketOffice, type TicketOffice } from '../support/ticket-desk.ts'

const desks = useDesks()
let office: TicketOffice

beforeAll(async () => {
  office = await startTicketOffice()
  // Only Bruno takes tickets; whoever set the desk up is in its first team.
  const { ana } = office
  await ana.api.agents.update.mutate({ id: ana.id, changes: { teamIds: [] } })
})
// However a try before this one ended.
beforeEach(() => office.bruno.api.presence.set.mutate({ state: 'available' }))
afterAll(() => office[Symbol.asyncDispose]())

/** Two keys one after the other, as in "v o". */
async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}

const menu = (page: Page, name: RegExp) => page.getByRole('button', { name })
const offerCard = (page: Page) =>
  page.getByRole('region', { name: 'Alertas' }).getByRole('article', { name: /Ticket oferecido a você/ })

test('says how they are by key or in their menu, and colleagues see it where they choose somebody', async () => {
  await using bruno = await desks.open(office.server, { token: office.bruno.token, path: '/queue/mine' })
  await using ana = await desks.open(office.server, { token: office.ana.token, path: '/settings/routing' })
  await Promise.all([bruno.live(), ana.live()])
  await menu(bruno.page, /^Menu de Bruno Lima: Disponível$/).waitFor()
  await press(bruno.page, 'v o')
  await menu(bruno.page, /^Menu de Bruno Lima: Ocupado$/).waitFor()
  const line = ana.page
    .getByRole('list', { name: 'Quem recebe tickets' })
    .getByRole('listitem')
    .filter({ hasText: 'Bruno' })
  await line.getByText('Ocupado').waitFor()

  await menu(bruno.page, /^Menu de Bruno Lima/).click()
  await bruno.page.getByRole('menuitemradio', { name: 'Disponível' }).click()
  await menu(bruno.page, /^Menu de Bruno Lima: Disponível$/).waitFor()
  await line.getByText('Disponível').waitFor()
})

test('is served the next ticket with the space bar, and told when nothing waits', async () => {
  await office.ticket({ subject: 'Boleto vencido', agentId: null })
  const urgent = await office.ticket({ subject: 'Caixa parado', agentId: null, priorityId: 'urgent' })
  await using desk = await desks.open(office.server, { token: office.bruno.token, path: '/queue/mine' })
  await desk.live()
  const { page } = desk
  await page.getByRole('button', { name: 'Pegar o próximo' }).waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Space')
  await page.getByRole('heading', { name: 'Caixa parado' }).waitFor()
  expect((await office.ana.api.tickets.get.query({ id: urgent.id })).agent?.id).toBe(office.bruno.id)
  await page.keyboard.press('Space')
  await page.getByRole('heading', { name: 'Boleto vencido' }).waitFor()
  await page.keyboard.press('Space')
  await page.getByText('Nenhum ticket sem responsável nas suas filas').first().waitFor()
})

test('takes an offered ticket by key; its history says why they were asked', async () => {
  await using desk = await desks.open(office.server, { token: office.bruno.token, path: '/customers' })
  await desk.live()
  const { services } = office.server
  const ticket = await office.ticket({ subject: 'Leitor de código', agentId: null })
  const request = assignSchema.parse({ mode: 'offer', offerSeconds: 600 })
  await services.store.write((tx) =>
    services.routing.assign(tx, { ticketId: ticket.id, request, ruleId: null, depth: 0 }),
  )
  await offerCard(desk.page).getByRole('button', { name: 'Recusar' }).waitFor()
  await offerCard(desk.page).getByRole('timer').waitFor()
  await expectNoAxeViolations(desk.page)
  await desk.page.keyboard.press('Shift+P')
  await desk.page.getByRole('heading', { name: 'Leitor de código' }).waitFor()
  await offerCard(desk.page).waitFor({ state: 'detached' })
  await desk.page.getByText(/Oferecido a Bruno Lima: único disponível/).waitFor()
})

test('is given capacity and skills in the settings, where what waits says why', async () => {
  const { services } = office.server
  const ticket = await office.ticket({ subject: 'Rede caiu', agentId: null })
  const request = assignSchema.parse({ skills: [{ name: 'Redes', level: 4 }] })
  await services.store.write((tx) =>
    services.routing.assign(tx, { ticketId: ticket.id, request, ruleId: null, depth: 0 }),
  )
  await using bruno = await desks.open(office.server, { token: office.bruno.token })
  await using desk = await desks.open(office.server, { token: office.ana.token, path: '/settings/routing' })
  await Promise.all([bruno.live(), desk.live()])
  const { page } = desk
  const waiting = page.getByRole('listitem').filter({ hasText: 'Rede caiu' })
  await waiting.getByText(/1 sem a habilidade/).waitFor()
  await expectNoAxeViolations(page)

  await page.getByRole('button', { name: /Bruno Lima/ }).click()
  await page.getByRole('textbox', { name: 'Capacidade', exact: true }).fill('12')
  await page.getByRole('button', { name: 'Adicionar habilidade' }).click()
  await page.keyboard.type('Redes')
  await page.getByRole('option', { name: /Redes/ }).click()
  await page.getByRole('button', { name: 'Nível em Redes' }).click()
  await page.getByRole('option', { name: '5 – especialista' }).click()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Salvar' }).first().click()
  await page.getByText('Distribuição de Bruno Lima salva').first().waitFor()
  await page.getByText('Nenhum ticket espera para ser distribuído.').waitFor()
  await page.getByText('Redes · 5').waitFor()
  expect((await office.ana.api.tickets.get.query({ id: ticket.id })).agent?.id).toBe(office.bruno.id)
})
