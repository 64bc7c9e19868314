import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/browser.ts'
import { NETWORK_ERRORS, PHONE, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

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

const inUse = <Row extends { archived: boolean; name: string }>(rows: Row[]) =>
  rows.filter(({ archived }) => !archived).map(({ name }) => name)

test('a ticket type is made, renamed, archived, brought back by undo, and appears for a colleague at once', async () => {
  const mine = await desks.open(server, { token, path: '/settings/types' })
  const theirs = await desks.open(server, { token, path: '/settings/types' })
  await theirs.live()
  const { page } = mine
  await mine.live()
  await page.keyboard.press('n')
  await page.keyboard.type('Garantia')
  await page.getByRole('radio', { name: 'Caminhão' }).check({ force: true })
  await page.keyboard.press('Enter')
  await theirs.page.getByRole('button', { name: 'Garantia', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Garantia', exact: true }).click()
  await page.getByLabel('Nome', { exact: true }).fill('Troca em garantia')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Arquivar “Troca em garantia”' }).click()
  await expect
    .poll(async () => inUse((await api.catalog.get.query()).types))
    .not.toContain('Troca em garantia')
  await page.getByRole('button', { name: 'Desfazer' }).click()
  await expect.poll(async () => inUse((await api.catalog.get.query()).types)).toContain('Troca em garantia')
  await page.getByRole('button', { name: 'Troca em garantia', exact: true }).waitFor()
})

test('a name that is taken is explained beside its field, with everything typed still there', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/tags', expectedErrors: NETWORK_ERRORS })
  await api.tags.create.mutate({ name: 'recorrente' })
  await page.getByRole('button', { name: 'Nova etiqueta' }).first().click()
  await page.getByLabel('Nome', { exact: true }).fill('Recorrente')
  await page.getByRole('button', { name: 'Criar', exact: true }).click()
  const field = page.getByLabel('Nome', { exact: true })
  await page.locator('[aria-invalid="true"]').waitFor()
  expect(await field.inputValue()).toBe('Recorrente')
  await expectNoAxeViolations(page)
})

test('archived rows are shown when asked for, and used again', async () => {
  const made = await api.tags.create.mutate({ name: 'antiga' })
  await api.tags.archive.mutate({ id: made.id })
  const { page } = await desks.open(server, { token, path: '/settings/tags' })
  await page.getByRole('switch').click()
  await page.getByRole('button', { name: 'Voltar a usar “antiga”' }).click()
  await expect.poll(async () => inUse((await api.catalog.get.query()).tags)).toContain('antiga')
})

test('the order is changed with the arrow keys and with the mouse, and the keyboard stays on the moved row', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/priorities' })
  const handle = page.getByRole('button', { name: 'Mudar a posição de Urgente' })
  await handle.focus()
  await page.keyboard.press('ArrowUp')
  const order = async () => inUse((await api.catalog.get.query()).priorities)
  await expect.poll(order).toEqual(['Baixa', 'Normal', 'Urgente', 'Alta'])
  await expect.poll(() => handle.evaluate((element) => element === document.activeElement)).toBe(true)
  const target = await page.getByRole('button', { name: 'Mudar a posição de Baixa' }).boundingBox()
  const from = await handle.boundingBox()
  if (!target || !from) throw new Error('the handles are not on the screen')
  await page.mouse.move(from.x + 5, from.y + 5)
  await page.mouse.down()
  await page.mouse.move(target.x + 5, target.y - 4, { steps: 6 })
  await page.mouse.up()
  await expect.poll(order).toEqual(['Urgente', 'Baixa', 'Normal', 'Alta'])
})

test('categories lie in one another: made within another, moved out with the keyboard, dragged back in', async () => {
  const { id } = await api.categories.create.mutate({ name: 'Impressoras' })
  const { page } = await desks.open(server, { token, path: '/settings/categories' })
  await page.getByRole('button', { name: 'Nova categoria dentro de “Impressoras”' }).click()
  await page.keyboard.type('Toner')
  await page.keyboard.press('Enter')
  const toner = async () => (await api.catalog.get.query()).categories.find(({ name }) => name === 'Toner')
  await expect.poll(async () => (await toner())?.parentId).toBe(id)
  const handle = page.getByRole('button', { name: 'Mudar a posição de Toner' })
  // For a moment the row that waited to be sent and the one that came back both stand there.
  await expect.poll(() => handle.count()).toBe(1)
  await handle.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await toner())?.parentId).toBeNull()
  const box = await handle.boundingBox()
  if (!box) throw new Error('the handle is not on the screen')
  await page.mouse.move(box.x + 5, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x + 35, box.y + 7, { steps: 6 })
  await page.mouse.up()
  await expect.poll(async () => (await toner())?.path).toEqual(['Impressoras', 'Toner'])
  await expectNoAxeViolations(page)
})

test('what the server refuses after the row was put away is explained and can be let go', async () => {
  const { page } = await desks.open(server, {
    token,
    path: '/settings/statuses',
    expectedErrors: NETWORK_ERRORS,
  })
  await page.getByRole('button', { name: 'Arquivar “Em espera”' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'A mudança não foi feita.' })
  await notice.waitFor()
  await page.getByRole('button', { name: 'Em espera', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Descartar' }).click()
  await notice.waitFor({ state: 'detached' })
})

test('the matrix proposes another priority from the next ticket on', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/priorities' })
  await page.getByRole('button', { name: /Urgência baixa, Impacto baixo/ }).click()
  await page.getByRole('option', { name: 'Urgente' }).click()
  const { priorities } = await api.catalog.get.query()
  const urgent = priorities.find(({ key }) => key === 'urgent')?.id
  await expect.poll(async () => (await api.catalog.get.query()).matrix.low.low).toBe(urgent)
  await expectNoAxeViolations(page)
})

test('a custom field with options is made, and an option taken away stays on record', async () => {
  const { page } = await desks.open(server, { token, path: '/settings/fields' })
  await page.getByRole('button', { name: 'Novo campo' }).first().click()
  await page.getByLabel('Nome', { exact: true }).fill('Loja')
  await page.getByLabel('Formato').click()
  await page.getByRole('option', { name: 'Uma escolha' }).click()
  await page.getByRole('button', { name: 'Adicionar opção' }).click()
  await page.keyboard.type('Centro')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Savassi')
  await page.getByRole('button', { name: 'Criar', exact: true }).click()
  await page.getByRole('button', { name: /^Loja/ }).click()
  await page.getByRole('button', { name: 'Remover “Centro”' }).click()
  await expectNoAxeViolations(page)
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  const field = async () => (await api.catalog.get.query()).fields.find(({ name }) => name === 'Loja')
  await expect
    .poll(async () => (await field())?.options.map(({ name, archived }) => [name, archived]))
    .toEqual([
      ['Savassi', false],
      ['Centro', true],
    ])
})

test('a setting changed without a network waits, says so, and arrives when the network is back', async () => {
  const name = `sem rede ${randomInt(1_000)}`
  const { page, context, live } = await desks.open(server, {
    token,
    path: '/settings/tags',
    expectedErrors: NETWORK_ERRORS,
  })
  await live()
  await page.getByRole('button', { name: 'Nova etiqueta' }).first().waitFor()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Nova etiqueta' }).first().click()
  await page.getByLabel('Nome', { exact: true }).fill(name)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: new RegExp(name) })
    .getByText('na fila')
    .waitFor()
  await context.setOffline(false)
  await expect
    .poll(async () => inUse((await api.catalog.get.query()).tags), { timeout: 20_000 })
    .toContain(name)
})

test('at phone width the sections are a list of their own, and no section is wider than the screen', async () => {
  const { page } = await desks.open(server, { token, path: '/settings', viewport: PHONE, touch: true })
  for (const section of ['Status', 'Prioridades', 'Campos personalizados', 'Pessoas']) {
    await page.getByRole('link', { name: section }).click()
    await page.getByRole('heading', { level: 2, name: section }).waitFor()
    await expectNoAxeViolations(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await page.getByRole('main').getByRole('button', { name: 'Configurações' }).click()
  }
})
