/** A small office's Monday, and what its reports make of it. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOM } from '../../server/reports/export/csv.ts'
import { expectNoAxeViolations } from '../support/axe.ts'
import { newId } from '../../src-renderer/outbox/new-id.ts'
import { NETWORK_ERRORS, useDesks } from '../support/e2e.ts'
import { startPromiseOffice, type PromiseOffice } from '../support/promise-office.ts'

const desks = useDesks()
let office: PromiseOffice

beforeAll(async () => {
  office = await startPromiseOffice()
  const { carla, ana } = office
  const reply = (who: typeof carla, ticketId: string) =>
    who.api.tickets.reply.mutate({ ticketId, kind: 'public', body: 'Já vamos ver isso.' })
  const toner = await office.ticket()
  const router = await office.ticket({ subject: 'Roteador reinicia', requester: { name: 'Rita Prado' } })
  await office.ticket({ subject: 'Nota não emite', requester: { name: 'Vera Nunes' } })
  await office.until('mon 08:20')
  await reply(carla, toner)
  await office.until('mon 09:00')
  await reply(ana, router)
  await office.until('mon 10:00')
})
afterAll(() => office[Symbol.asyncDispose]())

const list = (page: Page, name: RegExp | string) => page.getByRole('listbox', { name })
const show = (page: Page, name: RegExp) => page.getByRole('button', { name })

test('figures say what was done, lead to exactly these tickets, and a link is the report', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, { token: bruno.token })
  const { page } = desk
  await desk.live()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await page.getByRole('heading', { level: 1, name: 'Respondemos a tempo?' }).waitFor()

  // Two were answered, after 20 and after 60 minutes.
  const tile = page.getByRole('listitem').filter({ hasText: 'Da abertura até a 1ª resposta' })
  await tile.getByRole('button', { name: /^40 min/ }).waitFor()
  await expectNoAxeViolations(page)

  await show(page, /^2, Ver os tickets: Respondidos$/).click()
  const answered = list(page, 'Respondidos')
  await answered.getByText('Roteador reinicia').waitFor()
  expect(await answered.getByRole('option').count()).toBe(2)
  expect(await answered.getByText('Nota não emite').count()).toBe(0)
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await answered.waitFor({ state: 'detached' })

  // By agent: each with their own, and a ticket opens from there.
  await page.getByRole('button', { name: /^Agrupar por/ }).click()
  await page.getByRole('option', { name: 'Agente' }).click()
  const table = page.getByRole('table', { name: /^Tabela/ })
  await table
    .getByRole('button', { name: /^20 min.*Ver os tickets: Carla Dias, 1ª resposta: mediana/ })
    .click()
  await list(page, /Carla Dias/)
    .getByText('Toner não chegou')
    .waitFor()
  const address = page.url()
  await page.reload()
  await list(page, /Carla Dias/)
    .getByRole('option', { name: /Toner não chegou.*20 min/ })
    .click()
  await page.getByRole('heading', { name: 'Toner não chegou' }).waitFor()
  expect(address).toContain('by=agent')
})

test('a filter counts only its tickets, a comparison says what changed, and a chart is a table for whoever asks', async () => {
  const { server, bruno } = office
  const filter = encodeURIComponent(JSON.stringify({ text: 'roteador' }))
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: `/reports/volume?f=${filter}&p=thisWeek`,
  })
  const { page } = desk
  await show(page, /^1, Ver os tickets: Recebidos$/).waitFor()
  await page.getByText('com as palavras “roteador”').waitFor()
  await page.getByRole('button', { name: 'Tirar o filtro' }).click()
  await show(page, /^3, Ver os tickets: Recebidos$/).waitFor()
  await page.getByText('3 a mais que antes').first().waitFor({ state: 'attached' })

  const chart = page.getByRole('figure', { name: /^Recebidos por Dia/ })
  await chart.getByRole('group').focus()
  await page.keyboard.press('ArrowRight')
  await chart.getByText(/^seg, 9 de mar: .* 3,/).waitFor({ state: 'attached' })
  await chart.getByRole('button', { name: 'Tabela' }).click()
  await chart.getByRole('rowheader', { name: 'seg, 9 de mar' }).waitFor()
  await expectNoAxeViolations(page)
})

test('on paper a report’s charts are drawn for white, however dark the screen is', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/firstResponse?p=last7&vs=none&by=agent',
    colorScheme: 'dark',
  })
  const { page } = desk
  const chart = page.getByRole('group', { name: /1ª resposta: mediana por agente/i })
  await chart.locator('svg').waitFor()
  const petrol = { light: 'rgb(0, 103, 125)', dark: 'rgb(101, 201, 215)' }
  await expect.poll(() => chart.innerHTML()).toContain(petrol.dark)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  const picture = page
    .locator('figure')
    .filter({ hasText: /1ª resposta: mediana/ })
    .locator('img')
  const drawn = decodeURIComponent((await picture.getAttribute('src')) ?? '')
  expect(drawn).toContain(petrol.light)
  expect(drawn).not.toContain(petrol.dark)
})

test('a table leaves as the file that it shows, and comes back by letter as it was saved', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/firstResponse?p=last7&vs=none&by=agent',
    expectedErrors: /409/,
  })
  const { page } = desk
  const table = page.getByRole('table', { name: /^Tabela/ })
  await table.getByRole('rowheader', { name: 'Carla Dias' }).waitFor()

  await page.getByRole('button', { name: 'Exportar' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Esta tabela em CSV' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  const lines = text.replace(BOM, '').trimEnd().split('\r\n')
  const [head = [], ...rows] = lines.map((line) => line.split(';'))
  const shown = await table.getByRole('rowheader').allTextContents()
  expect(rows.map(([name]) => name).sort()).toEqual(shown.map((name) => name.trim()).sort())
  const carla = table.getByRole('row').filter({ hasText: 'Carla Dias' })
  expect(head.length).toBe(1 + (await carla.getByRole('cell').count()))
  expect(rows.find(([name]) => name === 'Carla Dias')).toContain('0:20:00')

  await page.getByRole('button', { name: 'Exportar' }).click()
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Gráfico como imagem (PNG)' }).click(),
  ])
  expect((await readFile(await picture.path())).subarray(1, 4).toString()).toBe('PNG')

  await page.getByRole('button', { name: 'Relatórios salvos' }).click()
  const dialog = page.getByRole('dialog', { name: 'Relatórios salvos' })
  await dialog.getByRole('button', { name: 'Salvar este relatório' }).click()
  await dialog.getByRole('textbox', { name: 'Nome' }).fill('Primeira resposta da semana')
  await dialog.getByRole('button', { name: /^Enviar/ }).click()
  await page.getByRole('option', { name: 'Toda semana' }).click()
  await dialog.getByRole('textbox', { name: 'Outros e-mails' }).fill('dono@ipe.example')
  await dialog.getByRole('button', { name: 'Salvar', exact: true }).click()
  await dialog.getByText('Últimos 7 dias · toda semana, segunda-feira, às 08:00').waitFor()
  await expectNoAxeViolations(page)
  const [kept] = await bruno.api.savedReports.list.query()
  expect(kept?.question).toEqual({
    report: 'firstResponse',
    groupBy: 'agent',
    period: 'last7',
    compare: false,
  })

  // What somebody else changes while the form is open is not written over unseen.
  await dialog.getByRole('button', { name: /^Editar/ }).click()
  await bruno.api.savedReports.update.mutate({ id: kept?.id ?? '', changes: { name: 'Primeira resposta' } })
  await dialog.getByRole('button', { name: 'Salvar', exact: true }).click()
  await dialog.getByText('Outra pessoa mudou este relatório agora há pouco').waitFor()
})

test('a report that can’t be asked for again keeps its figures, and one that failed comes with the network', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/firstResponse?p=last7&vs=none',
    expectedErrors: NETWORK_ERRORS,
  })
  const { page } = desk
  await desk.live()
  await show(page, /^2, Ver os tickets: Respondidos$/).waitFor()
  await desk.context.setOffline(true)
  await page.keyboard.press('r')
  const notice = page.getByRole('button', { name: 'Tentar de novo' })
  await notice.waitFor()
  expect(await show(page, /^2, Ver os tickets: Respondidos$/).count()).toBe(1)

  // Figures of another question are not shown under this one's name.
  await page.getByRole('link', { name: /^Em quanto tempo resolvemos/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Em quanto tempo resolvemos?' }).waitFor()
  await notice.waitFor()
  expect(await show(page, /Ver os tickets/).count()).toBe(0)
  await desk.context.setOffline(false)
  await page.getByText('Nada neste período').waitFor()
  expect(await notice.count()).toBe(0)
})

test('a report saved without the network says that it waits, and is there once the network is back', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/volume?p=last7&vs=none',
    expectedErrors: NETWORK_ERRORS,
  })
  const { page } = desk
  await desk.live()
  const dialog = page.getByRole('dialog', { name: 'Relatórios salvos' })
  await page.getByRole('button', { name: 'Relatórios salvos' }).click()
  await dialog.getByRole('button', { name: 'Salvar este relatório' }).click()
  await dialog.getByRole('textbox', { name: 'Nome' }).fill('Chegadas')
  await desk.context.setOffline(true)
  await dialog.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByText('Guardado neste computador').first().waitFor()
  await desk.context.setOffline(false)
  await dialog.getByRole('button', { name: 'Chegadas', exact: true }).waitFor()

  // A form that was left is not met again.
  await dialog.getByRole('button', { name: 'Editar “Chegadas”' }).click()
  await dialog.getByRole('textbox', { name: 'Nome' }).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Relatórios salvos' }).click()
  await dialog.getByRole('button', { name: 'Chegadas', exact: true }).waitFor()
})

test('an address that was tampered with shows what it can, and counts nothing that it does not know', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/volume?p=last7&by=macro&d=moon&k=amanha',
    expectedErrors: /400/,
  })
  const { page } = desk
  await show(page, /^3, Ver os tickets: Recebidos$/).waitFor()
  await page.getByRole('button', { name: 'Agrupar por: Dia' }).waitFor()
  expect(await page.getByRole('region', { name: /^Tickets/ }).count()).toBe(0)
})

test('a file that the server knows no more of is not waited for, and can be put away', async () => {
  const { server, bruno } = office
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/firstResponse?p=last7&vs=none',
    expectedErrors: /404/,
  })
  const { page } = desk
  // As after a restart: it begins, and then it is forgotten.
  await page.route('**/trpc/exports.progress**', async (route) => {
    const url = new URL(route.request().url())
    const input = JSON.parse(url.searchParams.get('input') ?? '{}') as Record<string, { id: string }>
    for (const each of Object.values(input)) each.id = newId()
    url.searchParams.set('input', JSON.stringify(input))
    await route.fulfill({ response: await route.fetch({ url: url.href }) })
  })
  await page.getByRole('button', { name: 'Exportar' }).click()
  await page.getByRole('menuitem', { name: 'Esta tabela em CSV' }).click()
  const files = page.getByRole('list', { name: 'Arquivos' }).getByRole('listitem')
  const file = files.filter({ hasText: 'Não foi possível gerar o arquivo' })
  await file.waitFor()
  await file.getByRole('button', { name: /^Descartar/ }).click()
  await file.waitFor({ state: 'detached' })
})

test('behind the figures of satisfaction stands what each customer answered', async () => {
  const { server, bruno } = office
  const { items } = await bruno.api.reports.tickets.query({
    report: 'firstResponse',
    ...{ from: '2026-03-09T00:00:00-03:00', to: '2026-03-10T00:00:00-03:00' },
  })
  const ids = items.map(({ ticket }) => ticket.id)
  await bruno.api.feedback.record.mutate({ ticketId: ids[0] ?? '', kind: 'csat', score: 5 })
  await bruno.api.feedback.record.mutate({
    ...{ ticketId: ids[1] ?? '', kind: 'csat', score: 2 },
    comment: 'Demorou demais para alguém me dizer o que estava acontecendo.',
  })
  await using desk = await desks.open(server, {
    token: bruno.token,
    path: '/reports/satisfaction?p=last7&d=answers',
  })
  const rows = list(desk.page, 'Avaliações').getByRole('option')
  await rows.filter({ hasText: 'Satisfação 2 de 5' }).getByText('Demorou demais').waitFor()
  const heights = await rows.evaluateAll((all) => all.map(({ clientHeight }) => clientHeight))
  expect(new Set(heights)).toEqual(new Set([92, 72]))
  // Compared with a time of which nothing is known.
  const tile = desk.page.getByRole('listitem').filter({ hasText: 'as que deram nota 4 ou 5' })
  await tile.getByText('antes: –').waitFor()
  await expectNoAxeViolations(desk.page)
})

test('who sees only their own tickets has no reports', async () => {
  await using desk = await desks.open(office.server, { token: office.carla.token, path: '/reports' })
  await desk.page.getByText('Relatórios são de quem vê todos os tickets').waitFor()
  expect(await desk.page.getByRole('link', { name: 'Relatórios' }).count()).toBe(0)
})
