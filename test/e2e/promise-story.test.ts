/** How an office keeps its promises, from setting its hours to the alert of a deadline that passed while the server was off. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aClock } from '../support/desk-clock.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { at } from '../support/promise-story.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { conversation } from '../support/ticket-desk.ts'

const desks = useDesks()

/** Ana sets the desk up, Bruno supervises, Carla answers. The clock is the server's, and the screens follow it. */
async function anOffice(server: TestServer) {
  const ana = await server.setup()
  const [team] = await server.client(ana).teams.list.query()
  const teamIds = team ? [team.id] : []
  const bruno = await server.join(ana, {
    name: 'Bruno Lima',
    email: 'bruno@ipe.example',
    role: 'supervisor',
  })
  const carla = await server.join(ana, { name: 'Carla Dias', email: 'carla@ipe.example', teamIds })
  const arrives = (subject: string) =>
    server.client(carla.token).tickets.create.mutate({
      subject,
      body: 'Parou desde cedo.',
      requester: { name: 'José Almeida' },
      channel: 'email',
      teamId: teamIds[0] ?? null,
      agentId: carla.id,
    })
  return { ana, bruno, carla, arrives }
}

const promise = (page: Page, words: RegExp) =>
  page.getByRole('region', { name: 'Prazos' }).getByRole('button', { name: words }).waitFor()
const strip = (page: Page, headline: RegExp) => page.getByRole('group', { name: headline })
const card = (page: Page, headline: RegExp) =>
  page.getByRole('region', { name: 'Alertas' }).getByRole('article', { name: headline })

async function setStatus(page: Page, typed: string): Promise<void> {
  await page.locator('body').press('s')
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
}

async function setHours(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/calendars?calendar=business`)
  await page.getByLabel('Nome', { exact: true }).fill('Loja')
  await page.getByRole('button', { name: 'Importar feriados' }).click()
  const dialog = page.getByRole('dialog', { name: 'Importar feriados' })
  await dialog.getByLabel('Natal', { exact: true }).waitFor()
  await dialog.getByRole('button', { name: /^Adicionar \d+ dias$/ }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: /^Loja/ }).first().waitFor()
}

async function setPromises(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/policies`)
  await page.getByRole('button', { name: 'Usar este: Comercial' }).click()
  await page.getByLabel('Normal, 1ª resposta').fill('20')
  await page.getByLabel('Normal, Próxima resposta').fill('30 min')
  await page.getByLabel('Normal, Solução').fill('3h')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Arquivar “Comercial”' }).waitFor()
}

test('an office promises, a ticket’s time runs and rests, and its deadline is told, climbs and falls silent', async () => {
  const clock = aClock(at('mon 10:00'))
  await using server = await startTestServer({ clock })
  const office = await anOffice(server)
  await using boss = await desks.open(server, { token: office.ana, expectedErrors: NETWORK_ERRORS })
  await boss.live()
  await setHours(boss.page, server.url)
  await setPromises(boss.page, server.url)

  const { id } = await office.arrives('Impressora fiscal não imprime')
  await using agent = await desks.open(server, { token: office.carla.token, path: `/ticket/${id}` })
  await using supervisor = await desks.open(server, { token: office.bruno.token, path: '/customers' })
  await Promise.all([agent.live(), supervisor.live()])
  const { page } = agent
  await promise(page, /^1ª resposta: vence em (19|20) min \(.*10:20\)/)
  await promise(page, /^Solução: vence em (3 h|2 h 59)/)

  await setStatus(page, 'aguardando')
  await promise(page, /^Solução: em pausa, restam (3 h|2 h 59)/)
  clock.time = at('mon 10:05')
  await setStatus(page, 'aberto')
  await promise(page, /^Solução: vence em (3 h|2 h 59)/)
  await page.locator('body').press('Shift+D')
  const explanation = page.getByRole('dialog', { name: /^1ª resposta ·/ })
  await explanation.getByText('5 min usadas de 20 min').waitFor()
  await page.keyboard.press('Escape')

  clock.time = at('mon 10:15')
  await strip(page, /^Prazo da 1ª resposta vence em (4|5) min/).waitFor()
  // Its ticket is open: nothing lies over the work.
  expect(await card(page, /1ª resposta/).count()).toBe(0)
  clock.time = at('mon 10:21')
  await strip(page, /^Prazo da 1ª resposta vencido há [12] min/).waitFor()
  expect(await strip(page, /^Prazo da/).count()).toBe(1)
  await conversation(page)
    .getByText(/^Prazo vencido: 1ª resposta/)
    .waitFor()
  expect(await card(supervisor.page, /1ª resposta/).count()).toBe(0)

  clock.time = at('mon 10:31')
  await card(supervisor.page, /^Prazo da 1ª resposta vencido há 1[12] min/)
    .getByText('2º aviso · escalado para você')
    .waitFor()
  await strip(page, /^Prazo da 1ª resposta/)
    .getByText(/escalado para .*Bruno Lima/)
    .waitFor()
  await supervisor.page.locator('body').press('!')
  await strip(page, /^Prazo da/).waitFor({ state: 'detached' })
  await card(supervisor.page, /./).waitFor({ state: 'detached' })
  expect((await server.client(office.ana).alerts.list.query({ scope: 'all' })).items).toEqual([])
})

test('a deadline that passed while the server was off is told once, and how late', async () => {
  const clock = aClock(at('mon 10:00'))
  await using first = await startTestServer({ clock })
  const office = await anOffice(first)
  await first.client(office.ana).sla.policies.create.mutate({
    name: 'Plantão',
    calendarId: null,
    targets: [{ priority: 'normal', firstResponseMinutes: 20 }],
  })
  const { id } = await office.arrives('Boleto não sai')
  await using agent = await desks.open(first, { token: office.carla.token, expectedErrors: NETWORK_ERRORS })
  await agent.live()
  const port = Number(new URL(first.url).port)
  const again = () => startTestServer({ clock, dataDir: first.dataDir, port })

  await first.stop()
  clock.time = at('mon 11:22')
  const alertsOf = async ({ client }: TestServer) =>
    (await client(office.ana).alerts.list.query({ scope: 'all' })).items.map(
      ({ ticketId, reason, lateMs }) => ({
        ticketId,
        reason,
        lateMs,
      }),
    )
  const late = [{ ticketId: id, reason: 'sla.breached', lateMs: expect.closeTo(62 * 60_000, -3) as number }]
  {
    await using second = await again()
    await card(agent.page, /^Prazo da 1ª resposta vencido há 1 h/)
      .getByText(/^avisado com 1 h 0\d de atraso — o servidor estava desligado$/)
      .waitFor()
    expect(await alertsOf(second)).toEqual(late)
  }
  await using third = await again()
  await agent.live()
  await third.services.schedule.settled()
  expect(await alertsOf(third)).toEqual(late)
  expect(await card(agent.page, /./).count()).toBe(1)
})
