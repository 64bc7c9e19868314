import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { PASSWORD, startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
let server: TestServer
let token: string
let api: Client

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
  api = server.client(token)
})
afterAll(() => server[Symbol.asyncDispose]())

test('an administrator invites a colleague, who opens the link, chooses a password and is at work', async () => {
  await api.teams.create.mutate({ name: 'Suporte' })
  const { page } = await desks.open(server, { token, path: '/settings/people' })
  await page.getByRole('button', { name: 'Convidar pessoa' }).click()
  await page.getByLabel('Nome', { exact: true }).fill('Bruno Tavares')
  await page.getByLabel('E-mail', { exact: true }).fill('bruno@ipe.example')
  await page.getByRole('radio', { name: /Supervisor/ }).check()
  await page.getByRole('button', { name: /^Equipes/ }).click()
  await page.getByRole('option', { name: 'Suporte' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Gerar convite' }).click()
  const link = page.getByLabel('Link do convite')
  await link.waitFor()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Copiar' }).click()
  await page.getByRole('button', { name: 'Copiado' }).waitFor()
  const address = new URL(await link.inputValue())
  await page.getByText('convite enviado').waitFor()

  const guest = await desks.open(server, { path: address.pathname + address.hash })
  await guest.page.getByLabel(/senha/i).first().fill(PASSWORD)
  await guest.page.keyboard.press('Enter')
  await guest.live()
  const bruno = (await api.agents.list.query()).find(({ name }) => name === 'Bruno Tavares')
  expect(bruno).toMatchObject({ role: 'supervisor', invitation: null })
  expect(bruno?.teamIds).toHaveLength(1)
  await page.getByText('convite enviado').waitFor({ state: 'detached' })
})

test('whoever is deactivated is out at once and comes back by undo; a reset password works', async () => {
  const { id } = await server.join(token, { name: 'Camila Nogueira', email: 'camila@ipe.example' })
  const { page } = await desks.open(server, { token, path: '/settings/people' })
  await page.getByRole('button', { name: /Camila/ }).click()
  await page.getByRole('button', { name: 'Desativar' }).click()
  const camila = async () => (await api.agents.list.query()).find((agent) => agent.id === id)
  await expect.poll(async () => (await camila())?.active).toBe(false)
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect.poll(async () => (await camila())?.active).toBe(true)
  await page.getByRole('button', { name: /Camila/ }).click()
  await page.getByRole('button', { name: 'Redefinir a senha' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nova senha').fill('girassol-no-quintal')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Redefinir a senha' }).click()
  await dialog.waitFor({ state: 'detached' })
  const signedIn = await server
    .client()
    .auth.login.mutate({ email: 'camila@ipe.example', password: 'girassol-no-quintal' })
  expect(signedIn.agent.name).toBe('Camila Nogueira')
})

test('the last administrator cannot be made an agent, and the form says why', async () => {
  const { page } = await desks.open(server, {
    token,
    path: '/settings/people',
    expectedErrors: NETWORK_ERRORS,
  })
  await page
    .getByRole('main')
    .getByRole('button', { name: /Ana Souza/ })
    .click()
  await page.getByRole('radio', { name: /^Agente/ }).check()
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByRole('alert').waitFor()
  const [ana] = (await api.agents.list.query()).filter(({ name }) => name === 'Ana Souza')
  expect(ana?.role).toBe('admin')
})

test('an agent sees their own settings only, whatever address they type', async () => {
  const diego = await server.join(token, { name: 'Diego Sampaio', email: 'diego@ipe.example' })
  const { page } = await desks.open(server, { token: diego.token, path: '/settings/people' })
  await page.getByRole('heading', { level: 2, name: 'Meu perfil' }).waitFor()
  expect(await page.getByRole('link', { name: 'Pessoas' }).count()).toBe(0)
  await expectNoAxeViolations(page)
})

test('one changes the own name and language, and the whole screen speaks it', async () => {
  const elisa = await server.join(token, { name: 'Elisa', email: 'elisa@ipe.example' })
  const { page } = await desks.open(server, { token: elisa.token, path: '/settings/profile' })
  await page.getByLabel('Nome', { exact: true }).fill('Elisa Prado')
  await page.getByLabel('Idioma').click()
  await page.getByRole('option', { name: 'Español' }).click()
  await page.getByRole('button', { name: 'Salvar' }).click()
  await page.getByRole('heading', { level: 2, name: 'Mi perfil' }).waitFor()
  expect((await server.client(elisa.token).auth.me.query()).agent).toMatchObject({
    name: 'Elisa Prado',
    locale: 'es',
  })
})

test('a session that is not recognised is ended, and a new password ends the others', async () => {
  const fabio = await server.join(token, { name: 'Fábio', email: 'fabio@ipe.example' })
  const other = await server.client().auth.login.mutate({ email: 'fabio@ipe.example', password: PASSWORD })
  const { page } = await desks.open(server, { token: fabio.token, path: '/settings/sessions' })
  await page.getByText('esta sessão').waitFor()
  await page.getByRole('button', { name: /^Encerrar a sessão/ }).click()
  await expect
    .poll(() =>
      server
        .client(other.token)
        .auth.me.query()
        .then(
          () => 'open',
          () => 'ended',
        ),
    )
    .toBe('ended')
  await page.getByRole('link', { name: 'Senha' }).click()
  await page.getByLabel('Senha atual').fill(PASSWORD)
  await page.getByLabel('Nova senha').fill('chuva-de-verao-na-serra')
  await page.getByRole('button', { name: 'Trocar a senha' }).click()
  await page.getByText('Senha trocada. As outras sessões foram encerradas.', { exact: true }).waitFor()
  await server.client().auth.login.mutate({ email: 'fabio@ipe.example', password: 'chuva-de-verao-na-serra' })
})

test('a saved queue is renamed, shared, deleted and brought back in its place', async () => {
  const sort = { by: 'dueAt', dir: 'asc' } as const
  for (const name of ['Atrasados', 'Hoje']) await api.views.create.mutate({ name, filter: {}, sort })
  const { page } = await desks.open(server, { token, path: '/settings/views' })
  await page.getByRole('button', { name: 'Atrasados', exact: true }).click()
  await page.getByLabel('Nome', { exact: true }).fill('Muito atrasados')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Excluir “Muito atrasados”' }).click()
  const names = async () => (await api.views.list.query()).map(({ name }) => name)
  await expect.poll(names).toEqual(['Hoje'])
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect.poll(names).toEqual(['Muito atrasados', 'Hoje'])
  await page.getByRole('button', { name: 'Compartilhar “Hoje” com todos' }).click()
  await page.getByRole('heading', { name: 'Compartilhadas com todos' }).waitFor()
  await expect
    .poll(async () => (await api.views.list.query()).find(({ name }) => name === 'Hoje')?.shared)
    .toBe(true)
  await expectNoAxeViolations(page)
})

test('the office changes its name and zone for everybody', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/office' })
  await page.getByLabel('Nome da empresa').fill('Papelaria Ipê Amarelo')
  await page.getByLabel('Fuso horário').click()
  await page.keyboard.type('manaus')
  await page.getByRole('option', { name: /Manaus/ }).click()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Salvar' }).click()
  await expect
    .poll(() => api.settings.get.query())
    .toMatchObject({ company: 'Papelaria Ipê Amarelo', timezone: 'America/Manaus' })
})
