/** Promises on the screen: time that runs and rests, dates that people set, and the answer to "why then?". */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Hours } from '../../server/sla/calendar.contract.ts'
import type { NewPolicy } from '../../server/sla/contract.ts'
import { expectNoAxeViolations, expectNoAxeViolationsInAnyLook } from '../support/browser.ts'
import { aClock } from '../support/desk-clock.ts'
import { NETWORK_ERRORS, PHONE, useDesks } from '../support/e2e.ts'
import { startTestServer, type Client, type TestServerOptions } from '../support/server.ts'
import { conversation, properties, row } from '../support/ticket-desk.ts'

const desks = useDesks()

const SUBJECT = 'Impressora fiscal não imprime'
const allDay: Hours[keyof Hours] = [['00:00', '24:00']]
/** Open at whatever hour the tests run. */
const always: Hours = {
  mon: allDay,
  tue: allDay,
  wed: allDay,
  thu: allDay,
  fri: allDay,
  sat: allDay,
  sun: allDay,
}

type TicketParts = Partial<Parameters<Client['tickets']['create']['mutate']>[0]>

/** An office that promises an end within two hours, counted by its calendar. */
async function anOffice(options?: TestServerOptions) {
  const server = await startTestServer(options)
  const token = await server.setup()
  const api = server.client(token)
  const { agent } = await api.auth.me.query()
  const policy = async (parts: Partial<NewPolicy> = {}) => {
    const calendar = await api.calendars.create.mutate({
      name: 'Plantão',
      timezone: 'America/Sao_Paulo',
      hours: always,
    })
    return api.sla.policies.create.mutate({
      name: 'Comercial',
      calendarId: calendar.id,
      targets: [{ priority: 'normal', resolutionMinutes: 120 }],
      escalations: [{ metric: 'resolution', atPercent: 50, notify: ['agent'] }],
      ...parts,
    })
  }
  const ticket = (parts: TicketParts = {}) =>
    api.tickets.create.mutate({
      subject: SUBJECT,
      body: 'A impressora do caixa 2 parou desde cedo.',
      requester: { name: 'José Almeida' },
      channel: 'phone',
      agentId: agent.id,
      ...parts,
    })
  return {
    ...{ server, token, api, policy, ticket },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** What the list and the ticket say of the promise that counts. */
const inList = (page: Page, words: RegExp) =>
  row(page, SUBJECT).getByText(words).waitFor({ state: 'attached' })
const onChip = (page: Page, words: RegExp) => properties(page).getByRole('button', { name: words }).waitFor()
const line = (page: Page, words: RegExp) =>
  page.getByRole('region', { name: 'Prazos' }).getByRole('button', { name: words })

async function choose(page: Page, key: string, typed: string): Promise<void> {
  await page.locator('body').press(key)
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
}

test('the time of a promise runs, rests while the customer is awaited, and runs on', async () => {
  await using office = await anOffice()
  await office.policy()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.token, path: `/ticket/${id}` })
  await live()
  await inList(page, /^Solução: vence em (1 h 5\d|2 h)/)
  await onChip(page, /Prazo: Solução: vence em/)
  await page.getByText('Comercial · Plantão').waitFor()

  await choose(page, 's', 'aguardando')
  await onChip(page, /Prazo: Solução: em pausa, restam/)
  await inList(page, /^Solução: em pausa, restam/)
  await line(page, /Solução: em pausa/).waitFor()

  await choose(page, 's', 'aberto')
  await onChip(page, /Prazo: Solução: vence em/)
  await inList(page, /^Solução: vence em/)
})

test('a deadline is explained stretch by stretch, for the eye and for the screen reader', async () => {
  const clock = aClock(Date.now() - 3_600_000)
  await using office = await anOffice({ clock })
  await office.policy()
  const { id, version } = await office.ticket()
  clock.advance({ minutes: 20 })
  const { api } = office
  await api.tickets.update.mutate({ ticketId: id, version, changes: { statusId: 'waiting' } })
  clock.advance({ minutes: 10 })
  await api.tickets.update.mutate({ ticketId: id, version: version + 1, changes: { statusId: 'open' } })
  clock.time = Date.now()
  const { page, live } = await desks.open(office.server, { token: office.token, path: `/ticket/${id}` })
  await live()
  await line(page, /Solução: vence em/).press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Solução ·/ })
  await dialog.getByText(/^50 min usadas de 2 h$/).waitFor()
  await dialog.getByRole('img', { name: /^Linha do tempo/ }).waitFor()
  const rows = dialog.getByRole('table').locator('tbody tr')
  await expect
    .poll(() => rows.evaluateAll((all) => all.map((each) => each.querySelectorAll('td')[2]?.textContent)))
    .toEqual(['Contado', 'Em pausa: aguardando cliente', 'Contado', 'Ainda vai contar'])
  await dialog.getByRole('row', { name: /Contado até agora 50 min/ }).waitFor()
  await dialog.getByText('50% do tempo · responsável').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  await page.locator('body').press('Shift+D')
  await dialog.waitFor()
})

test('without a network the time still shows, and its explanation comes when the network is back', async () => {
  await using office = await anOffice()
  await office.policy()
  const { id } = await office.ticket()
  const { page, context, live } = await desks.open(office.server, {
    token: office.token,
    path: `/ticket/${id}`,
    expectedErrors: NETWORK_ERRORS,
  })
  await live()
  await line(page, /Solução: vence em/).waitFor()
  await context.setOffline(true)
  office.server.destroyConnections()
  await inList(page, /^Solução: vence em/)
  await page.locator('body').press('Shift+D')
  const dialog = page.getByRole('dialog', { name: /^Solução ·/ })
  await dialog.getByRole('alert').waitFor()
  await context.setOffline(false)
  await dialog.getByRole('table').waitFor()
})

test('a date that somebody sets binds with its reason, until it is taken back', async () => {
  await using office = await anOffice()
  await office.policy()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.token, path: `/ticket/${id}` })
  await live()
  await onChip(page, /Prazo: Solução: vence em/)
  await page.locator('body').press('d')
  await page.getByRole('button', { name: 'Amanhã às 18h' }).press('Enter')
  await page.getByLabel('Motivo').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Peça em trânsito')
  await page.keyboard.press('Enter')
  await onChip(page, /Solução \(data definida\): .*amanhã 18:00/)
  await page.getByText('Data definida por Ana Souza').waitFor()
  await conversation(page)
    .getByText(/Ana Souza definiu o prazo: .* \(“Peça em trânsito”\)/)
    .waitFor()
  const read = () => office.api.tickets.get.query({ id })
  expect(await read()).toMatchObject({ dueReason: 'Peça em trânsito', sla: [{ manual: true }] })

  await page.locator('body').press('d')
  await page.getByRole('button', { name: 'Tirar a data' }).click()
  await onChip(page, /Prazo: Solução: vence em/)
  expect(await read()).toMatchObject({ manualDueAt: null, dueReason: null, sla: [{ manual: false }] })

  await page.locator('body').press('u')
  await onChip(page, /Solução \(data definida\)/)
  await expect.poll(read).toMatchObject({ dueReason: 'Peça em trânsito' })

  await page.locator('body').press('d')
  await page.getByRole('button', { name: 'Por que este prazo?' }).click()
  const dialog = page.getByRole('dialog', { name: /^Solução ·/ })
  await dialog.getByText('Peça em trânsito').waitFor()
  await expect.poll(() => dialog.evaluate((each) => each.contains(document.activeElement))).toBe(true)
})

test('a deadline that passes shows by itself in the list, the ticket and its history', async () => {
  const clock = aClock(Date.now() - 3 * 3_600_000)
  await using office = await anOffice({ clock })
  await office.policy()
  const { id, version } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.token, path: `/ticket/${id}` })
  await live()
  await line(page, /Solução/).waitFor()
  clock.advance({ minutes: 121 })
  await conversation(page)
    .getByText(/^Prazo vencido: Solução/)
    .waitFor()
  await conversation(page).getByText('Alerta enviado a Ana Souza').first().waitFor()
  await inList(page, /^Solução: venceu há/)
  await onChip(page, /Prazo: Solução: venceu há/)
  expect(await office.api.tickets.get.query({ id })).toMatchObject({ version, sla: [{ status: 'breached' }] })
})

test('a ticket that nothing is promised for says so, and a new policy shows once it is reckoned', async () => {
  await using office = await anOffice()
  const { id } = await office.ticket()
  const { page, live } = await desks.open(office.server, { token: office.token, path: `/ticket/${id}` })
  await live()
  await page.getByText('Sem SLA', { exact: true }).waitFor()
  await onChip(page, /Prazo: Sem prazo/)
  await office.policy()
  await onChip(page, /Prazo: Solução: vence em/)
  await inList(page, /^Solução: vence em/)
})

test('axe finds nothing in deadlines and their explanation, in any look', async () => {
  const clock = aClock(Date.now() - 5 * 3_600_000)
  await using office = await anOffice({ clock })
  await office.policy()
  const { id } = await office.ticket()
  clock.time = Date.now()
  await office.ticket({ subject: 'Boleto não sai' })
  await office.ticket({
    subject: 'Instalar o ponto novo',
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  })
  const { page, live } = await desks.open(office.server, {
    token: office.token,
    path: `/ticket/${id}`,
  })
  await live()
  await onChip(page, /Prazo: Solução: venceu há/)
  await expectNoAxeViolationsInAnyLook(page)
  await page.locator('body').press('d')
  await page.getByLabel('Motivo').waitFor()
  await expectNoAxeViolationsInAnyLook(page)
  await page.keyboard.press('Escape')
  await page.locator('body').press('Shift+D')
  await page.getByRole('dialog').getByRole('table').waitFor()
  await expectNoAxeViolationsInAnyLook(page)
})

test('on a phone the clock is in sight, and its explanation fits', async () => {
  await using office = await anOffice()
  await office.policy()
  const { id } = await office.ticket()
  const { page } = await desks.open(office.server, {
    token: office.token,
    path: `/ticket/${id}`,
    viewport: PHONE,
    touch: true,
  })
  const chip = properties(page).getByRole('button', { name: /Prazo: Solução/ })
  await chip.waitFor()
  const box = await chip.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width)
  await chip.tap()
  await page.getByRole('button', { name: 'Por que este prazo?' }).tap()
  const dialog = page.getByRole('dialog', { name: /^Solução ·/ })
  await dialog.getByRole('table').waitFor()
  expect(await dialog.evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true)
  await expectNoAxeViolations(page)
})
