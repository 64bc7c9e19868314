import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, PHONE, useDesks, writeMessage, type Desk } from '../support/e2e.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

const next = (page: Page) => page.getByRole('button', { name: 'Continuar' }).click()

async function fillAdmin(page: Page): Promise<void> {
  await page.getByLabel('Seu nome').fill(ADMIN.name)
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Crie uma senha').fill(ADMIN.password)
}

/** From the filled company step to the desk. */
async function finish({ page, live }: Desk): Promise<void> {
  await next(page)
  await fillAdmin(page)
  await next(page)
  await page.getByRole('button', { name: 'Abrir o balcão' }).click()
  await live()
}

async function calendarsOf({ client }: TestServer) {
  const { token } = await client().auth.login.mutate({ email: ADMIN.email, password: ADMIN.password })
  return client(token).calendars.list.query()
}

test('from an empty server to a call that was answered, resolved and found again', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server, { expectedErrors: /401|409/ })
  const { page } = desk

  // The first visit leads to the first steps, whatever address was asked for.
  await page.getByRole('heading', { name: 'Boas-vindas ao Balcão' }).waitFor()
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  await next(page)
  await fillAdmin(page)
  await next(page)
  await page.getByText('Papelaria Ipê').waitFor()
  await page.getByText('seg–sex 08:00–18:00 · fecha nos feriados nacionais').waitFor()
  await page.getByRole('button', { name: 'Abrir o balcão' }).click()

  // Log out and in again: the account is real.
  await desk.live()

  // The hours that were offered are the office's, with the national holidays.
  await expect.poll(() => calendarsOf(server)).toHaveLength(1)
  const [calendar] = await calendarsOf(server)
  const day = [['08:00', '18:00']]
  expect(calendar).toMatchObject({ name: 'Horário comercial', timezone: 'America/Sao_Paulo', version: 1 })
  expect(calendar?.hours).toEqual({ mon: day, tue: day, wed: day, thu: day, fri: day })
  const dates = calendar?.holidays.map(({ date }) => date)
  expect(dates).toContain('12-25')
  const lastYear = new Date().getUTCFullYear() + 4
  expect(dates?.filter((date) => date.startsWith(`${lastYear}-`))).not.toEqual([])
  expect(calendar?.holidays.map(({ name }) => name).join()).not.toMatch(/carnaval/i)

  await page.getByRole('button', { name: `Menu de ${ADMIN.name}` }).click()
  await page.getByRole('menuitem', { name: 'Sair' }).click()
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Senha').fill('não é esta')
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.getByText('E-mail ou senha não conferem.').waitFor()
  await page.getByLabel('Senha').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await desk.live()

  // A customer calls.
  await page.keyboard.press('Control+Shift+L')
  const call = page.getByRole('region', { name: 'Registrar ligação' })
  await call.getByLabel('Quem está ligando?').fill('Maria 11 98765-4321')
  await call.getByRole('option', { name: /Novo cliente/ }).click()
  await call.getByLabel('Assunto', { exact: true }).fill('Impressora fiscal não imprime')
  await call.getByLabel('Anotações').fill('Parou depois da queda de energia.')
  await call.getByRole('button', { name: 'Registrar' }).click()
  const number = call.getByText(/^\d{4}-000001$/)
  await number.waitFor()
  const protocol = await number.innerText()
  await call.getByRole('button', { name: 'Abrir o ticket' }).click()

  // Answer, and set the status along with it.
  await page.getByText('Parou depois da queda de energia.').first().waitFor()
  await writeMessage(page, 'r', 'Bom dia, Maria. Enviamos um técnico hoje às 15h.')
  await page.getByRole('article').getByText('Enviamos um técnico hoje às 15h.').waitFor()
  await page.getByRole('button', { name: 'Status: Aberto' }).waitFor()
  await page.getByRole('button', { name: 'Resolver', exact: true }).click()
  await page.getByRole('button', { name: 'Status: Resolvido' }).waitFor()

  // Find it again: by a word of the answer, and by its number.
  await page.getByRole('link', { name: 'Buscar' }).click()
  const field = page.getByRole('searchbox', { name: 'Buscar tickets e clientes' })
  await field.fill('tecnico')
  const hit = page.getByRole('link', { name: /Impressora fiscal não imprime/ })
  await hit.waitFor()
  expect(await hit.locator('mark').innerText()).toBe('técnico')
  await field.fill('000001')
  await hit.waitFor()
  await field.press('Enter')
  await page.getByRole('button', { name: 'Status: Resolvido' }).waitFor()
  expect(await page.title()).toContain(protocol)
})

test('the office’s own hours are checked at their fields before going on, and made as they were entered', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server, { viewport: PHONE, colorScheme: 'dark' })
  const { page } = desk
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  for (const name of ['segunda-feira', 'terça-feira', 'quarta-feira', 'quinta-feira', 'sexta-feira'])
    await page.getByRole('checkbox', { name }).uncheck()
  await next(page)
  await page.getByText('Escolha pelo menos um dia.').waitFor()
  await page.getByRole('checkbox', { name: 'segunda-feira' }).and(page.locator(':focus')).waitFor()
  await page.getByRole('checkbox', { name: 'sábado' }).check()

  await page.getByLabel('Fecha às').fill('7')
  await next(page)
  await page.getByText('Este período termina antes de começar.').waitFor()
  await page.getByLabel('Fecha às').and(page.locator(':focus')).fill('17h')

  await page.getByRole('checkbox', { name: 'Fecha para almoço' }).click()
  await page.getByLabel('Almoço: termina às').fill('19')
  await next(page)
  await page.getByText('O almoço precisa começar e terminar dentro').waitFor()
  await expectNoAxeViolations(page)
  await page.getByLabel('Almoço: termina às').and(page.locator(':focus')).fill('1315')

  // Mended in passing: the same press goes on.
  await next(page)
  await page.getByLabel('Seu nome').waitFor()
  await page.getByRole('button', { name: 'Empresa' }).click()
  await page.getByRole('checkbox', { name: 'Fecha nos feriados nacionais' }).click()
  await next(page)
  await fillAdmin(page)
  await next(page)
  await page.getByText('sáb 08:00–12:00, 13:15–17:00').waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Abrir o balcão' }).click()
  await desk.live()

  await expect.poll(() => calendarsOf(server)).toHaveLength(1)
  const [calendar] = await calendarsOf(server)
  const day = [
    ['08:00', '12:00'],
    ['13:15', '17:00'],
  ]
  expect(calendar).toMatchObject({ hours: { sat: day }, holidays: [] })
})

test('without hours the first run makes no calendar, and asks for none', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server)
  const { page } = desk
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  await expectNoAxeViolations(page)
  await page.getByRole('switch', { name: 'Horário de atendimento' }).click()
  await page.getByLabel('Abre às').waitFor({ state: 'detached' })
  await finish(desk)
  // The whole desk is asked for by now, the first calendar would have been before it.
  await page.goto(`${server.url}/settings/calendars`)
  await page.getByText('Nenhum calendário ainda').waitFor()
  expect(asked.filter((url) => /calendars\.(holidays|create)/.test(url))).toEqual([])
})

test('national holidays are offered in Brazil only', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server)
  const { page } = desk
  const holidays = page.getByRole('checkbox', { name: 'Fecha nos feriados nacionais' })
  await holidays.waitFor()
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  await page.getByRole('button', { name: 'Fuso horário' }).click()
  await page.keyboard.type('Lisbon')
  await page.getByRole('option', { name: /Europe\/Lisbon/ }).click()
  await holidays.waitFor({ state: 'detached' })
  await finish(desk)
  await expect.poll(() => calendarsOf(server)).toHaveLength(1)
  expect(await calendarsOf(server)).toMatchObject([{ timezone: 'Europe/Lisbon', holidays: [] }])
})

test('a network that fails over the calendar leaves a desk that is set up and says where to make it', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server, { expectedErrors: NETWORK_ERRORS })
  const { page } = desk
  await page.route(/calendars\.holidays/, (route) => route.abort())
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  await finish(desk)
  await page.getByText('o horário de atendimento não foi criado').first().waitFor()
  expect(await calendarsOf(server)).toEqual([])
  await page.getByRole('button', { name: 'Abrir Calendários' }).click()
  await page.getByText('Nenhum calendário ainda').waitFor()
})

test('somebody invited chooses a password from the link and is at work', async () => {
  await using server = await startTestServer()
  const admin = server.client(await server.setup())
  const { invitation } = await admin.agents.invite.mutate({ name: 'Bruno Lima', email: 'bruno@ipe.example' })

  await using desk = await desks.open(server, { path: `/join#${invitation.token}` })
  await desk.page.getByText('Bruno Lima').first().waitFor()
  await desk.page.getByLabel('Crie uma senha').fill('uma frase bem comprida')
  await desk.page.getByRole('button', { name: 'Criar senha e entrar' }).click()
  await desk.live()
  await desk.page.getByRole('button', { name: 'Menu de Bruno Lima' }).waitFor()
})

test('a session ended elsewhere asks for the password over the screen, and nothing typed is lost', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  await using desk = await desks.open(server, { token, expectedErrors: /401|Failed to load/ })
  const { page } = desk
  await desk.live()
  await page.keyboard.press('Control+Shift+L')
  await page.getByLabel('Assunto', { exact: true }).fill('Pedido com defeito')

  const { client } = server
  const mine = await client(token).auth.me.query()
  const other = await client().auth.login.mutate({ email: ADMIN.email, password: ADMIN.password })
  await client(other.token).auth.revokeSession.mutate({ id: mine.sessionId })

  const again = page.getByRole('dialog', { name: 'Sua sessão terminou' })
  await again.waitFor()
  await again.getByLabel('Senha').fill(ADMIN.password)
  await again.getByRole('button', { name: 'Entrar', exact: true }).click()
  await again.waitFor({ state: 'detached' })
  await desk.live()
  expect(await page.getByLabel('Assunto', { exact: true }).inputValue()).toBe('Pedido com defeito')
})
