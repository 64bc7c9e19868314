import { expect, test } from 'vitest'
import { useDesks, writeMessage } from '../support/e2e.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const desks = useDesks()

test('from an empty server to a call that was answered, resolved and found again', async () => {
  await using server = await startTestServer()
  await using desk = await desks.open(server, { expectedErrors: /401|409/ })
  const { page } = desk

  // The first visit leads to the first steps, whatever address was asked for.
  await page.getByRole('heading', { name: 'Boas-vindas ao Balcão' }).waitFor()
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê')
  await page.getByRole('button', { name: 'Continuar' }).click()
  await page.getByLabel('Seu nome').fill(ADMIN.name)
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Crie uma senha').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Continuar' }).click()
  await page.getByText('Papelaria Ipê').waitFor()
  await page.getByRole('button', { name: 'Abrir o balcão' }).click()

  // Log out and in again: the account is real.
  await desk.live()
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
