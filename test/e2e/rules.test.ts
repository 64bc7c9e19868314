import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, PHONE, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

const desks = useDesks()
const path = '/settings/rules'
let server: TestServer
let api: Client
let supervisor: string

beforeAll(async () => {
  server = await startTestServer()
  const admin = await server.setup()
  api = server.client(admin)
  const { id: teamId } = await api.teams.create.mutate({ name: 'Suporte N2' })
  const person = { name: 'Bruno Lima', email: 'bruno@ipe.example', role: 'supervisor' } as const
  supervisor = (await server.join(admin, { ...person, teamIds: [teamId] })).token
  const bakery = await api.customers.create.mutate({
    ...{ name: 'Padaria São José', phones: ['11 98765-4321'], tier: 'vip' },
  })
  const kiosk = await api.customers.create.mutate({ name: 'Banca da Praça' })
  for (const [id, subject] of [
    [bakery.id, 'Forno parado desde cedo'],
    [bakery.id, 'Segunda via do boleto'],
    [kiosk.id, 'Sistema parado'],
  ] as const)
    await api.tickets.create.mutate({ subject, body: 'Ver assunto.', requester: { id }, channel: 'phone' })
})
afterAll(() => server[Symbol.asyncDispose]())

const focused = (page: Page, role: 'button' | 'textbox' | 'combobox') =>
  page.getByRole(role).and(page.locator(':focus'))
const toast = (page: Page, text: string | RegExp) => page.locator('.ui-toast-text').filter({ hasText: text })
const ruleNamed = async (name: string) => (await api.rules.list.query()).find((rule) => rule.name === name)

/** Adds an action and leaves the keyboard on its first field. */
async function addAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar ação' }).press('Enter')
  await page.getByRole('dialog', { name: 'Adicionar ação' }).waitFor()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name }).locator(':focus').waitFor()
}

async function chooseFocused(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await focused(page, 'button').filter({ hasText: name }).waitFor()
}

test('a supervisor builds a rule, tries it out, switches it on, sees it work and reads why', async () => {
  await using desk = await desks.open(server, { token: supervisor, path, expectedErrors: NETWORK_ERRORS })
  const { page } = desk
  await desk.live()
  await page.getByRole('heading', { name: 'Ainda não há regras' }).waitFor()
  await expectNoAxeViolations(page)

  await page.keyboard.press('n')
  await page.getByRole('menuitem', { name: 'Começar em branco' }).press('Enter')
  await focused(page, 'textbox').waitFor()
  await page.keyboard.type('VIP parado')
  await page.getByRole('button', { name: 'Adicionar condição' }).press('Enter')
  await page.getByRole('option', { name: 'Nível do cliente' }).waitFor()
  await page.keyboard.type('Nível do cliente')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Nível do cliente: valor/ }).press('Enter')
  await page.getByRole('option', { name: 'VIP' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Adicionar condição' }).press('Enter')
  await page.getByRole('option', { name: 'Assunto' }).waitFor()
  await page.keyboard.type('Assunto')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Assunto: valor' }).fill('parado')
  await page.keyboard.press('Enter')

  await addAction(page, 'Mudar a prioridade')
  await chooseFocused(page, 'Urgente')
  await addAction(page, 'Passar para a equipe')
  await chooseFocused(page, 'Suporte N2')
  await addAction(page, 'Gerar um alerta')
  const alert = page.getByLabel('O que o alerta diz')
  await alert.fill('VIP parado: {{ ticket.numero }}')

  // What is wrong is said where it is wrong, and mended there.
  await alert.press('Control+Enter')
  await page.getByText('Não existe a variável “ticket.numero”').waitFor()
  await expect.poll(() => alert.getAttribute('aria-invalid')).toBe('true')
  await alert.fill('VIP parado: ')
  await page.getByRole('button', { name: 'Inserir variável' }).press('Enter')
  await page.getByRole('option', { name: 'Protocolo' }).waitFor()
  await page.keyboard.type('Protocolo')
  await page.keyboard.press('Enter')
  await expect.poll(() => alert.inputValue()).toBe('VIP parado: {{ ticket.number }}')

  await page.keyboard.press('Control+Shift+Enter')
  await page.locator('.totals', { hasText: 'Teria mudado 1 ticket e gerado 1 alerta.' }).waitFor()
  await page.getByRole('table').getByText('Forno parado desde cedo').waitFor()
  await page.getByRole('table').getByText('Prioridade: Normal → Urgente').waitFor()
  await page.getByRole('table').getByText('Alerta urgente para a equipe: “VIP parado: 2026').waitFor()
  expect((await api.tickets.list.query({})).items.every(({ team }) => team === null)).toBe(true)
  await expectNoAxeViolations(page)

  await page.keyboard.press('Control+Enter')
  await toast(page, 'está salva como rascunho').waitFor()
  await page
    .getByText(
      'Quando um ticket chega · Nível do cliente: VIP e Assunto contém “parado” → Prioridade Urgente, Equipe Suporte N2, alerta urgente para a equipe',
    )
    .waitFor()
  await page.getByText('Rascunho', { exact: true }).waitFor()
  await page.getByRole('switch', { name: 'Ligar “VIP parado”' }).press('Space')
  await toast(page, '“VIP parado” está ligada').waitFor()
  await expect.poll(async () => (await ruleNamed('VIP parado'))?.enabled).toBe(true)

  await page.keyboard.press('Control+Shift+L')
  const panel = page.getByRole('region', { name: 'Registrar ligação' })
  await panel.getByRole('combobox', { name: 'Quem está ligando?' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('11 98765-4321')
  await page.keyboard.press('Enter')
  await panel.getByRole('link', { name: 'Padaria São José' }).waitFor()
  await panel.getByRole('radio', { name: 'Assunto novo' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Caixa parado')
  await page.keyboard.press('Control+Enter')
  await panel.getByText(/^\d{4}-\d{6}$/).waitFor()
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Prioridade: Urgente', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Equipe: Suporte N2', exact: true }).waitFor()
  await page
    .getByText(/^VIP parado: \d{4}-\d{6} \(regra “VIP parado”\)$/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^Regra: VIP parado mudou a prioridade/ }).waitFor()
  await page.locator('body').press('Shift+W')
  const why = page.getByRole('dialog', { name: /^Por que isto aconteceu\?/ })
  await why.getByText('Prioridade: Normal → Urgente').waitFor()
  await why.getByText('Assunto contém “parado” — era: “Caixa parado”').waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await why.waitFor({ state: 'hidden' })
  await expect.poll(async () => (await ruleNamed('VIP parado'))?.firedCount).toBe(1)
})

describe('rules that are there', () => {
  beforeAll(async () => {
    await api.rules.create.mutate({
      ...{ name: 'Boleto', enabled: true, on: ['ticket.created'] },
      when: { all: [{ field: 'subject', op: 'contains', value: 'boleto' }] },
      then: [{ do: 'addTags', value: ['boleto'] }],
    })
    await api.rules.create.mutate({
      ...{ name: 'Fechar', on: ['time'], after: { minutes: 7200, business: false, since: 'state' } },
      when: { all: [{ field: 'statusClass', op: 'is', value: 'resolved' }] },
      then: [{ do: 'close', value: null }],
    })
  })

  test('are put in order by key, doubled, retired and brought back, and asked about the past when switched on', async () => {
    await using desk = await desks.open(server, { token: supervisor, path })
    const { page } = desk
    await desk.live()
    await page.getByRole('button', { name: /^Fechar Rascunho/ }).press('Alt+ArrowUp')
    const names = async () =>
      (await api.rules.list.query())
        .filter(({ name, archived }) => !archived && /^(Fechar|Boleto)$/.test(name))
        .map(({ name }) => name)
    await expect.poll(names).toEqual(['Fechar', 'Boleto'])

    await page.getByRole('switch', { name: 'Ligar “Fechar”' }).press('Space')
    await page.getByRole('dialog', { name: /já passaram do tempo/ }).waitFor()
    await expectNoAxeViolations(page)
    await page.getByRole('button', { name: 'Deixar como estão' }).press('Enter')
    await toast(page, '“Fechar” está ligada, sem teste.').waitFor()
    await expect.poll(async () => (await ruleNamed('Fechar'))?.enabled).toBe(true)

    await page.getByRole('button', { name: 'Mais ações para “Boleto”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Duplicar' }).press('Enter')
    await toast(page, /^Cópia criada como rascunho/).waitFor()
    await page.getByRole('button', { name: 'Mais ações para “Boleto”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Arquivar' }).press('Enter')
    await expect.poll(names).not.toContain('Boleto')
    await page.getByRole('button', { name: 'Desfazer' }).last().press('Enter')
    await expect.poll(names).toContain('Boleto')
    expect((await ruleNamed('Boleto'))?.enabled).toBe(true)
  })

  test('travel in a file, and come in as drafts', async () => {
    await using desk = await desks.open(server, { token: supervisor, path })
    const { page } = desk
    await desk.live()
    await page.getByRole('button', { name: 'Importar e exportar' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Exportar regras' }).click()
    await page.getByLabel('Todas', { exact: true }).click()
    await page.getByLabel('Boleto', { exact: true }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Baixar 1 regra' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('regras-balcao.json')
    const file = await download.path()

    await page.getByRole('button', { name: 'Importar e exportar' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Importar regras' }).click()
    const dialog = page.getByRole('dialog', { name: 'Importar regras' })
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByText(/^Quando um ticket chega · Assunto contém “boleto” → etiqueta boleto/).waitFor()
    await expectNoAxeViolations(page)
    await dialog.getByRole('button', { name: 'Importar 1 regra' }).click()
    await toast(page, '1 regra importada como rascunho').waitFor()
    const copies = (await api.rules.list.query()).filter(({ name }) => name.startsWith('Boleto'))
    expect(copies.map(({ enabled }) => enabled)).toEqual([true, false, false])
  })

  test('keep what is unfinished, and show what somebody else saved meanwhile', async () => {
    const rule = await ruleNamed('Boleto')
    const address = `${path}?rule=${rule?.id ?? ''}`
    await using desk = await desks.open(server, {
      ...{ token: supervisor, path: address, expectedErrors: NETWORK_ERRORS },
    })
    const { page } = desk
    const name = page.getByLabel('Nome', { exact: true })
    await name.fill('Boletos')
    await page.reload()
    await page.getByText('Retomado de onde você parou').waitFor()
    expect(await name.inputValue()).toBe('Boletos')
    await api.rules.update.mutate({ id: rule?.id ?? '', changes: { name: 'Cobrança', stop: true } })
    await name.press('Control+Enter')
    await page.getByText('Já está aqui o que só a outra pessoa mudou: parar aqui.').waitFor()
    await page.getByText('As duas pessoas mudaram: nome.').waitFor()
    await expectNoAxeViolations(page)
    await name.press('Control+Enter')
    await toast(page, 'Regra “Boletos” salva').waitFor()
    expect(await ruleNamed('Boletos')).toMatchObject({ stop: true })
  })
})

test.each([
  ['en', 'light', 'When', 'Then', 'Add action', 'Why did this happen?'],
  ['es', 'dark', 'Cuando', 'Entonces', 'Agregar acción', '¿Por qué pasó esto?'],
] as const)('rules speak %s', async (locale, colorScheme, when, then, add, why) => {
  await using desk = await desks.open(server, {
    ...{ token: supervisor, path, colorScheme, viewport: PHONE, expectedErrors: NETWORK_ERRORS },
  })
  const { page } = desk
  await page.evaluate((chosen) => localStorage.setItem('balcao.locale', chosen), locale)
  await page.goto(`${server.url}${path}?rule=new-vipStopped`)
  await page.getByRole('heading', { name: when, exact: true }).waitFor()
  await page.getByRole('heading', { name: then, exact: true }).waitFor()
  await page.getByRole('button', { name: add }).waitFor()
  await expectNoAxeViolations(page)
  const [ticket] = (await api.tickets.list.query({ filter: { text: 'Forno parado' } })).items
  await page.goto(`${server.url}/ticket/${ticket?.id ?? ''}`)
  await page.getByRole('heading', { name: 'Forno parado desde cedo' }).waitFor()
  await page.locator('body').press('Shift+W')
  await page.getByRole('dialog').getByText(why).waitFor()
  await expectNoAxeViolations(page)
})

test('the list is as readable in the dark', async () => {
  await using desk = await desks.open(server, { token: supervisor, path, colorScheme: 'dark' })
  await desk.page.getByRole('switch').first().waitFor()
  await expectNoAxeViolations(desk.page)
})
