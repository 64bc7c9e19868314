import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations, expectNoAxeViolationsInAnyLook } from '../support/browser.ts'
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

const SECTION = '/settings/calendars'
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const withLunch = Object.fromEntries(
  weekdays.map((day) => [
    day,
    [
      ['08:00', '12:00'],
      ['13:30', '18:00'],
    ] as [string, string][],
  ]),
)

const grid = (page: Page) => page.getByRole('group', { name: 'Expediente da semana' })
const openAt = (page: Page, name: string) => grid(page).getByRole('button', { name, exact: true })
const called = async (name: string) =>
  (await api.calendars.list.query()).find((calendar) => calendar.name === name)

/** Where a time of the week is on the screen; `column` counts from Monday. */
async function spotOf(page: Page, column: number, hour: number): Promise<{ x: number; y: number }> {
  const box = await grid(page).locator('.columns').boundingBox()
  if (!box) throw new Error('the week is not on the screen')
  return { x: box.x + ((column + 0.5) * box.width) / 7, y: box.y + (hour * box.height) / 24 }
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}

const isFocused = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement).catch(() => false)

test('a calendar with a lunch break is made with the keyboard alone, and its steps are taken back', async () => {
  await using desk = await desks.open(server, { token, path: SECTION })
  const { page } = desk
  await page.getByRole('button', { name: 'Novo calendário' }).waitFor()
  await page.keyboard.press('n')
  await page.getByLabel('Nome', { exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Almoço às teclas')
  await page.getByRole('button', { name: 'Adicionar período: segunda-feira' }).press('Enter')
  await page.getByLabel('segunda-feira: abre às').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('8')
  await page.keyboard.press('Tab')
  await page.keyboard.type('12h')
  await page.keyboard.press('Tab')
  await openAt(page, 'segunda-feira, 08:00–12:00').waitFor()
  await page.getByRole('button', { name: 'Adicionar período: segunda-feira' }).press('Enter')
  await openAt(page, 'segunda-feira, 13:00–17:00').press('ArrowDown')
  await openAt(page, 'segunda-feira, 13:30–17:30').press('Shift+ArrowDown')
  const afternoon = openAt(page, 'segunda-feira, 13:30–18:00')
  await expect.poll(() => isFocused(afternoon)).toBe(true)
  await page.getByRole('button', { name: 'Copiar o dia: segunda-feira' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Copiar para segunda a sexta' }).press('Enter')
  await openAt(page, 'sexta-feira, 13:30–18:00').waitFor()
  await openAt(page, 'sexta-feira, 08:00–12:00').press('Delete')
  await openAt(page, 'sexta-feira, 08:00–12:00').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await openAt(page, 'sexta-feira, 08:00–12:00').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: /^Almoço às teclas.*seg–sex 08:00–12:00, 13:30–18:00/ }).waitFor()
  expect((await called('Almoço às teclas'))?.hours).toEqual(withLunch)
})

test('the same calendar is painted over the week with the mouse, moved and pulled over midnight', async () => {
  await using desk = await desks.open(server, { token, path: `${SECTION}?calendar=new` })
  const { page } = desk
  await page.getByLabel('Nome', { exact: true }).fill('Almoço à mão')
  await grid(page).scrollIntoViewIfNeeded()
  await drag(page, await spotOf(page, 0, 8.1), await spotOf(page, 4, 11.9))
  await openAt(page, 'sexta-feira, 08:00–12:00').waitFor()
  await drag(page, await spotOf(page, 0, 13.6), await spotOf(page, 4, 17.4))
  await drag(page, await spotOf(page, 4, 17.48), await spotOf(page, 4, 18))
  await openAt(page, 'sexta-feira, 13:30–18:00').waitFor()
  await drag(page, await spotOf(page, 3, 17.48), await spotOf(page, 3, 18))
  await page.getByRole('button', { name: 'Copiar o dia: sexta-feira' }).click()
  await page.getByRole('menuitem', { name: 'Copiar para segunda a sexta' }).click()
  await drag(page, await spotOf(page, 5, 20.1), await spotOf(page, 5, 22.9))
  await drag(page, await spotOf(page, 5, 22.98), await spotOf(page, 6, 2))
  await openAt(page, 'sábado, 20:00–02:00').waitFor()
  await drag(page, await spotOf(page, 5, 21.5), await spotOf(page, 5, 22.5))
  await openAt(page, 'sábado, 21:00–03:00').waitFor()
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await called('Almoço à mão'))?.hours)
    .toEqual({ ...withLunch, sat: [['21:00', '03:00']] })
})

test('a Friday half past five plus two hours is Monday half past nine, before anything is saved', async () => {
  const calendar = await api.calendars.create.mutate({
    name: 'Prévia',
    timezone: 'America/Sao_Paulo',
    hours: withLunch,
    holidays: [],
  })
  await using desk = await desks.open(server, { token, path: `${SECTION}?calendar=${calendar.id}` })
  const { page } = desk
  const preview = page.getByRole('region', { name: 'E se…' })
  await preview.getByLabel('O ticket chega em').fill('2026-11-27T17:30')
  await preview.getByLabel('e o prazo é de').fill('2h')
  await preview.getByText(/Vence segunda-feira, 30 de nov\., 09:30/).waitFor()
  await preview.getByText('2 h contam; 62 h ficam fora do expediente.').waitFor()
  await preview.getByLabel('e é respondido em').fill('2026-11-30T09:30')
  await preview.getByText('2 h de expediente').waitFor()
  await openAt(page, 'segunda-feira, 08:00–12:00').press('Delete')
  await preview.getByText(/Vence segunda-feira, 30 de nov\., 15:00/).waitFor()
})

test('the Brazilian holidays are imported, the optional ones only when asked for', async () => {
  await using desk = await desks.open(server, { token, path: `${SECTION}?calendar=business` })
  const { page } = desk
  await page.getByLabel('Nome', { exact: true }).fill('Com feriados')
  await page.getByText('Sem feriados, o prazo corre também no Natal.').waitFor()
  await page.getByRole('button', { name: 'Importar feriados' }).click()
  const dialog = page.getByRole('dialog', { name: 'Importar feriados' })
  await dialog.getByLabel('Natal', { exact: true }).waitFor()
  expect(await dialog.getByLabel('Natal', { exact: true }).isChecked()).toBe(true)
  expect(await dialog.getByLabel('Carnaval', { exact: true }).isChecked()).toBe(false)
  await dialog.getByText('date-holidays').waitFor()
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: /^Adicionar \d+ dias$/ }).click()
  const holidays = page.getByRole('region', { name: 'Feriados', exact: true })
  await holidays.getByText('Natal', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Importar feriados' }).click()
  await dialog.getByText('já está').first().waitFor()
  await dialog.getByRole('button', { name: 'Nada a adicionar' }).waitFor()
  await page.keyboard.press('Escape')
  await holidays.getByRole('button', { name: 'Fechamento da empresa' }).click()
  await holidays.getByLabel('Primeiro dia').fill('2027-12-27')
  await holidays.getByLabel('Último dia').fill('2027-12-31')
  await holidays.getByRole('button', { name: 'Adicionar fechamento' }).click()
  await holidays.getByText('5 dias', { exact: true }).waitFor()
  await holidays.getByRole('button', { name: 'Adicionar', exact: true }).click()
  await holidays.getByLabel('Nome', { exact: true }).fill('Véspera de Natal')
  await holidays.getByLabel('Data', { exact: true }).fill('2026-12-24')
  await holidays.getByLabel('Repete todo ano').click()
  await holidays.getByLabel('Abre em parte do dia').click()
  await expectNoAxeViolations(page)
  await holidays.getByRole('button', { name: 'Adicionar feriado' }).click()
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await called('Com feriados'))?.holidays.length ?? 0).toBeGreaterThan(15)
  const saved = (await called('Com feriados'))?.holidays ?? []
  expect(saved.find(({ name }) => name === 'Natal')?.date).toBe('12-25')
  expect(saved.find(({ name }) => name === 'Véspera de Natal')).toEqual({
    date: '12-24',
    name: 'Véspera de Natal',
    open: [['08:00', '12:00']],
  })
  expect(saved.filter(({ name }) => name === 'Fechamento da empresa')).toHaveLength(5)
  expect(saved.some(({ name }) => name === 'Carnaval')).toBe(false)
})

test('an overlap is refused at its window, with everything still there, in any look', async () => {
  const calendar = await api.calendars.create.mutate({
    name: 'Sobreposto',
    timezone: 'America/Sao_Paulo',
    hours: withLunch,
    holidays: [{ date: '12-25', name: 'Natal' }],
  })
  await using desk = await desks.open(server, { token, path: SECTION })
  const { page } = desk
  await page.getByRole('button', { name: new RegExp(`^${calendar.name}`) }).waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  await page.getByRole('button', { name: new RegExp(`^${calendar.name}`) }).click()
  const opens = page.getByLabel('terça-feira: abre às').last()
  await opens.fill('11:30')
  await opens.press('Control+Enter')
  const fault = page.getByRole('alert').filter({ hasText: 'se sobrepõe a outro' })
  await fault.waitFor()
  expect(await opens.getAttribute('aria-invalid')).toBe('true')
  expect(await opens.getAttribute('aria-describedby')).toBe(await fault.getAttribute('id'))
  await page.getByText('Corrija o expediente e os feriados para calcular prazos.').waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid')))
    .toBe('true')
  expect((await called(calendar.name))?.version).toBe(1)
})

test('who saves on top of a colleague’s change sees both and decides', async () => {
  const calendar = await api.calendars.create.mutate({
    name: 'Disputado',
    timezone: 'America/Sao_Paulo',
    hours: withLunch,
    holidays: [],
  })
  await using desk = await desks.open(server, {
    token,
    path: `${SECTION}?calendar=${calendar.id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  const { page } = desk
  await page.getByLabel('Nome', { exact: true }).fill('Disputado por mim')
  const changes = { name: 'Disputado por Bruno', hours: { sat: [['09:00', '12:00'] as [string, string]] } }
  await api.calendars.update.mutate({ id: calendar.id, version: 1, changes })
  await page.keyboard.press('Control+Enter')
  const notice = page.getByRole('alert').filter({ hasText: 'mudou enquanto você editava' })
  await notice.getByRole('cell', { name: 'Disputado por Bruno' }).waitFor()
  await notice.getByRole('cell', { name: 'Disputado por mim' }).waitFor()
  await expectNoAxeViolations(page)
  await notice.getByRole('button', { name: 'Usar o meu' }).click()
  await expect.poll(async () => (await called('Disputado por mim'))?.hours).toEqual(changes.hours)
})

test('what is left unfinished can be brought back, and a calendar is retired and restored', async () => {
  await api.calendars.create.mutate({
    name: 'Plantão',
    timezone: 'America/Manaus',
    hours: { mon: [['22:00', '06:00']] },
    holidays: [],
  })
  await using desk = await desks.open(server, { token, path: SECTION })
  const { page } = desk
  await page.getByRole('button', { name: /^Plantão/ }).click()
  await page.getByText('até 06:00').waitFor()
  await page.getByLabel('Nome', { exact: true }).fill('Plantão da noite')
  await page.getByRole('button', { name: 'Cancelar' }).click()
  await page.getByRole('button', { name: 'Desfazer', exact: true }).click()
  await expect.poll(() => page.getByLabel('Nome', { exact: true }).inputValue()).toBe('Plantão da noite')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Arquivar “Plantão da noite”' }).click()
  await expect.poll(async () => (await called('Plantão da noite'))?.archived).toBe(true)
  await page.getByRole('switch').click()
  await page.getByRole('button', { name: 'Voltar a usar “Plantão da noite”' }).click()
  await expect.poll(async () => (await called('Plantão da noite'))?.archived).toBe(false)
})

test('at phone width the editor is no wider than the screen', async () => {
  await using desk = await desks.open(server, {
    token,
    path: `${SECTION}?calendar=business`,
    viewport: PHONE,
    touch: true,
  })
  const { page } = desk
  await grid(page).waitFor()
  await expectNoAxeViolations(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})
