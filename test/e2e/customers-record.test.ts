import type { Page } from 'playwright-core'
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

const newCustomer = (name: string, more: { emails?: string[]; phones?: string[] } = {}) =>
  api.customers.create.mutate({ name, ...more })

test('a customer is found while typing, without accents, by part of a phone, and opened with the keyboard alone', async () => {
  await newCustomer('José Conceição', { phones: ['(11) 98888-1234'] })
  await newCustomer('Beatriz Prado')
  const { page } = await desks.open(server, { token, path: '/customers' })
  await page.getByRole('option', { name: /Beatriz Prado/ }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('conceicao')
  await page.getByRole('option', { name: /Beatriz/ }).waitFor({ state: 'detached' })
  await expectNoAxeViolations(page)
  await page.getByRole('searchbox', { name: 'Buscar clientes' }).fill('8888')
  await page.getByRole('option', { name: /José Conceição/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'José Conceição' }).waitFor()
  await expectNoAxeViolations(page)
})

test('a possible duplicate is pointed out while the new customer is typed, and can be used instead', async () => {
  const { id } = await newCustomer('Padaria São Bento', { emails: ['contato@saobento.example'] })
  const { page } = await desks.open(server, { token, path: '/customers' })
  await page.getByRole('button', { name: 'Novo cliente' }).click()
  const dialog = page.getByRole('dialog', { name: 'Novo cliente' })
  await dialog.getByLabel('Nome', { exact: true }).fill('Sao Bento')
  await dialog.getByLabel('E-mail', { exact: true }).fill('contato@saobento.example')
  await dialog.getByText('mesmo e-mail').waitFor()
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Usar este: Padaria São Bento' }).click()
  await page.waitForURL(`**/customers/${id}`)
})

test('a wrong number or document is explained before anything is sent, and the whole record arrives', async () => {
  const { page } = await desks.open(server, { token, path: '/customers' })
  await page.getByRole('button', { name: 'Novo cliente' }).click()
  const dialog = page.getByRole('dialog', { name: 'Novo cliente' })
  await dialog.getByLabel('Nome', { exact: true }).fill('Marina Duarte')
  await dialog.getByLabel('Telefone', { exact: true }).fill('123')
  await dialog.getByLabel(/CPF ou CNPJ/).fill('529.982.247-00')
  await dialog.getByRole('button', { name: 'Criar cliente' }).click()
  await dialog.getByText('Escreva o número com DDD').waitFor()
  await dialog.getByText('Confira os números').waitFor()
  await dialog.getByLabel('Telefone', { exact: true }).fill('11 97777 0000')
  await dialog.getByLabel(/CPF ou CNPJ/).fill('52998224725')
  await dialog.getByRole('button', { name: 'Criar cliente' }).click()
  await page.getByRole('heading', { level: 1, name: 'Marina Duarte' }).waitFor()
  await page.getByRole('button', { name: 'CPF ou CNPJ: 529.982.247-25' }).waitFor()
  const { items } = await api.customers.list.query({ text: 'Marina Duarte' })
  expect(items).toMatchObject([{ phone: '+5511977770000', document: '***.982.247-**' }])
})

test('the record is edited in place: another phone, which becomes the main one, a tier and notes', async () => {
  const { id } = await newCustomer('Oficina Dois Irmãos', { phones: ['1133334444'] })
  const { page } = await desks.open(server, { token, path: `/customers/${id}` })
  await page.getByRole('button', { name: 'Adicionar telefone' }).click()
  await page.keyboard.type('11 96666 5555')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Telefone: (11) 96666-5555' }).hover()
  await page.getByRole('button', { name: 'Tornar (11) 96666-5555 o principal' }).click()
  await page.getByRole('button', { name: /^Observações/ }).click()
  await page.keyboard.type('Fecha às 17 h')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: /^Nível/ }).click()
  await page.getByRole('option', { name: 'VIP' }).click()
  await expect
    .poll(() => api.customers.get.query({ id }))
    .toMatchObject({
      phones: ['+5511966665555', '+551133334444'],
      notes: 'Fecha às 17 h',
      tier: { key: 'vip' },
    })
  await expectNoAxeViolations(page)
})

test('two people write the same field: both versions are shown and neither is lost until one is chosen', async () => {
  const { id } = await newCustomer('Clínica Aurora')
  const { page, context, live } = await desks.open(server, {
    token,
    path: `/customers/${id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  await live()
  await context.setOffline(true)
  await page.getByRole('button', { name: /^Observações/ }).click()
  await page.keyboard.type('Ligar de manhã')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Observações: Ligar de manhã' }).waitFor()
  await api.customers.update.mutate({ id, version: 1, changes: { notes: 'Ligar à tarde' } })
  await context.setOffline(false)
  const conflict = page.getByRole('alert').filter({ hasText: 'Alguém mudou este cadastro' })
  await conflict.getByRole('cell', { name: 'Ligar à tarde' }).waitFor()
  await conflict.getByRole('cell', { name: 'Ligar de manhã' }).waitFor()
  await expectNoAxeViolations(page)
  await page.reload()
  await conflict.getByRole('button', { name: 'Usar o meu' }).click()
  await conflict.waitFor({ state: 'detached' })
  await expect.poll(async () => (await api.customers.get.query({ id })).notes).toBe('Ligar de manhã')
})

test("a colleague's change of the record appears without a reload, and so does the customer's new ticket", async () => {
  const { id } = await newCustomer('Escola Ipê')
  const { page, live } = await desks.open(server, { token, path: `/customers/${id}` })
  await live()
  await page.getByText('Nenhum ticket ainda').waitFor()
  await api.customers.update.mutate({ id, version: 1, changes: { name: 'Escola Ipê Amarelo' } })
  await page.getByRole('heading', { level: 1, name: 'Escola Ipê Amarelo' }).waitFor()
  await api.tickets.create.mutate({
    subject: 'Projetor não liga',
    body: '',
    requester: { id },
    channel: 'phone',
  })
  const arrived = page.getByRole('option', { name: /Projetor não liga/ })
  await page.getByRole('button', { name: '1 novo' }).or(arrived).first().click()
  await arrived.waitFor()
})

test('the people of an organisation stand on its page, which is made while choosing it for a customer', async () => {
  const { id } = await newCustomer('Irene Valadares')
  const { page } = await desks.open(server, { token, path: `/customers/${id}` })
  await page.getByRole('button', { name: /Organização/ }).click()
  await page.keyboard.type('Instituto Mãos')
  await page.getByRole('option', { name: 'Criar “Instituto Mãos”' }).click()
  await expect
    .poll(async () => (await api.customers.get.query({ id })).organization?.name)
    .toBe('Instituto Mãos')
  await page.getByRole('link', { name: 'Clientes' }).first().click()
  await page.getByRole('link', { name: 'Organizações' }).click()
  await page.getByRole('option', { name: 'Instituto Mãos' }).click()
  await page.getByRole('option', { name: /Irene Valadares/ }).waitFor()
  await expectNoAxeViolations(page)
})

test('at phone width the record and the history lie one under the other, and nothing is wider than the screen', async () => {
  const { id } = await newCustomer('Farmácia Boa Jornada', {
    emails: ['atendimento.ao.consumidor@boajornada.example'],
  })
  const { page } = await desks.open(server, { token, path: `/customers/${id}`, viewport: PHONE, touch: true })
  await page.getByRole('heading', { name: 'Histórico' }).waitFor()
  await expectNoAxeViolations(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})

test('a reload loses neither the notes being written nor a customer half typed', async () => {
  const { id } = await newCustomer('Posto Serra Azul')
  const { page } = await desks.open(server, { token, path: `/customers/${id}` })
  await page.getByRole('button', { name: /^Observações/ }).click()
  await page.keyboard.type('Portão dos fundos')
  await draftSaved(page)
  await page.reload()
  const notes = page.getByRole('textbox', { name: 'Observações' })
  await expect.poll(() => notes.inputValue()).toBe('Portão dos fundos')
  await notes.press('Control+Enter')
  await expect.poll(async () => (await api.customers.get.query({ id })).notes).toBe('Portão dos fundos')

  await page.goto(`${server.url}/customers`)
  await page.getByRole('button', { name: 'Novo cliente' }).click()
  await page.getByRole('dialog').getByLabel('Nome', { exact: true }).fill('Sítio Alvorada')
  await draftSaved(page)
  await page.reload()
  await page.getByRole('button', { name: 'Novo cliente' }).click()
  const name = page.getByRole('dialog').getByLabel('Nome', { exact: true })
  await expect.poll(() => name.inputValue()).toBe('Sítio Alvorada')
  await page.keyboard.press('Escape')
  await name.waitFor({ state: 'detached' })
  await page.keyboard.press('n')
  await expect.poll(() => name.inputValue()).toBe('Sítio Alvorada')
  await page.getByRole('button', { name: 'Cancelar' }).click()
  await name.waitFor({ state: 'detached' })
  await page.keyboard.press('n')
  await expect.poll(() => name.inputValue()).toBe('')
})

/** Waits until something stands among this browser's drafts. */
const draftSaved = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const [{ name = '' } = {}] = await indexedDB.databases()
        const db = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => resolve(opening.result)
        })
        const count = await new Promise<number>((resolve) => {
          const counting = db.transaction('drafts').objectStore('drafts').count()
          counting.onsuccess = () => resolve(counting.result)
        })
        db.close()
        return count
      }),
    )
    .toBeGreaterThan(0)
