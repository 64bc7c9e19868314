import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { NewAlert } from '../../server/alerts/raise-alert.ts'
import { SCORES } from '../../src-renderer/features/alerts/tones.ts'
import { expectNoAxeViolationsInAnyLook } from '../support/browser.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { NETWORK_ERRORS, PHONE, useDesks, type Desk } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()
const MINUTE = 60_000

/** Ana administers, Bruno is an agent with two tickets in hand; the server's clock is the test's. */
async function anOffice(server: TestServer, clock: TestClock) {
  const ana = await server.setup()
  const client = server.client(ana)
  const { agent } = await client.auth.me.query()
  const bruno = await server.join(ana, { name: 'Bruno Lima', email: 'bruno@ipe.example' })
  const ticketOf = (subject: string) =>
    client.tickets.create.mutate({
      subject,
      body: 'Parou ontem à noite.',
      requester: { name: 'Padaria São José' },
      channel: 'phone',
      priorityId: 'high',
      agentId: bruno.id,
    })
  const printer = await ticketOf('Impressora fiscal não imprime')
  const invoice = await ticketOf('Boleto vencido')

  /** A deadline of the printer's ticket that passed four minutes ago; what is given is otherwise. Again under its key it climbs. */
  async function raise(parts: Partial<NewAlert> = {}): Promise<void> {
    const ticket = parts.ticket ?? { id: printer.id, teamId: null, agentId: bruno.id }
    const alert: NewAlert = {
      key: `first answer of ${ticket.id}`,
      ticket,
      severity: 'urgent',
      reason: 'sla.breached',
      data: { metric: 'firstResponse', dueAt: new Date(clock.now() - 4 * MINUTE).toISOString() },
      lateMs: null,
      notify: ['agent', 'supervisors'],
      tellAt: clock.now(),
      ...parts,
    }
    await server.services.store.write((tx) => server.services.alerts.raise(tx, alert))
  }

  /** A resolution that is due in twelve minutes. */
  const warn = (): Promise<void> =>
    raise({
      key: `end of ${invoice.id}`,
      ticket: { id: invoice.id, teamId: null, agentId: bruno.id },
      severity: 'warning',
      reason: 'sla.warning',
      data: { metric: 'resolution', dueAt: new Date(clock.now() + 12.5 * MINUTE).toISOString() },
    })

  const openAlerts = async () => (await client.alerts.list.query({ scope: 'all' })).items
  return { ana, anaId: agent.id, bruno, client, printer, invoice, raise, warn, openAlerts }
}

const corner = (page: Page) => page.getByRole('region', { name: 'Alertas' })
const card = (page: Page, headline: string | RegExp) => corner(page).getByRole('article', { name: headline })
const firstAnswer = (page: Page) => card(page, /^Prazo da 1ª resposta/)
const bell = (page: Page) =>
  page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: /Alertas/ })
const inCard = (page: Page, name: string) => firstAnswer(page).getByRole('button', { name })

describe('an alert', () => {
  test('stands on the screens of all who are told, and falls silent on all once one of them has it in hand', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { ana, bruno, printer, raise } = await anOffice(server, clock)
    await using one = await desks.open(server, { token: bruno.token, path: '/customers' })
    await using other = await desks.open(server, { token: ana, path: '/queue/active' })
    await Promise.all([one.live(), other.live()])
    await raise()

    for (const { page } of [one, other]) {
      await firstAnswer(page).getByText('vencido há 4 min').waitFor()
      await firstAnswer(page)
        .getByRole('link', { name: `${printer.number} Impressora fiscal` })
        .waitFor()
      await firstAnswer(page).getByText('Padaria São José').waitFor()
      await firstAnswer(page).getByText('Alta').waitFor()
      await bell(page).getByText('1 urgente sem ciente').waitFor({ state: 'attached' })
      await expect.poll(() => page.title()).toMatch(/^\(1\) ⚠ /)
    }
    await inCard(one.page, 'Ciente').click()
    for (const { page } of [one, other]) {
      await firstAnswer(page).waitFor({ state: 'detached' })
      await expect.poll(() => page.title()).not.toContain('⚠')
      await bell(page).getByText('sem ciente').waitFor({ state: 'detached' })
    }
    await other.page.keyboard.press('g')
    await other.page.keyboard.press('a')
    await other.page.getByRole('heading', { name: 'Nenhum alerta aberto' }).waitFor()
    await other.page
      .getByRole('region', { name: 'Ciente há pouco' })
      .getByText('Ciente: Bruno Lima')
      .waitFor()
  })

  test('that came late says by how much; that nobody takes in hand climbs, and says to whom', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { ana, bruno, raise } = await anOffice(server, clock)
    await using agent = await desks.open(server, { token: bruno.token })
    await using supervisor = await desks.open(server, { token: ana })
    await Promise.all([agent.live(), supervisor.live()])
    await raise({ notify: ['agent'], lateMs: 185 * MINUTE })
    await firstAnswer(agent.page)
      .getByText('avisado com 3 h 05 de atraso — o servidor estava desligado')
      .waitFor()
    expect(await firstAnswer(supervisor.page).count()).toBe(0)

    await raise()
    await firstAnswer(supervisor.page).getByText('2º aviso · escalado para você').waitFor()
    await firstAnswer(agent.page).getByText('2º aviso · escalado para Ana Souza').waitFor()
  })

  test('that was put off is quiet for that person alone, over a reload too, and comes back', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { ana, bruno, raise } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token })
    await using other = await desks.open(server, { token: ana })
    const { page } = desk
    await Promise.all([desk.live(), other.live()])
    await raise()
    await inCard(page, 'Adiar').click()
    await page.getByRole('menuitem', { name: /^15 min/ }).click()
    await firstAnswer(page).waitFor({ state: 'detached' })
    await firstAnswer(other.page).waitFor()
    await bell(page).getByText('1 adiado').waitFor({ state: 'attached' })

    await page.reload()
    await desk.live()
    await bell(page).getByText('1 adiado').waitFor({ state: 'attached' })
    expect(await firstAnswer(page).count()).toBe(0)
    clock.advance({ minutes: 16 })
    await firstAnswer(page).waitFor()
  })

  test('is known without a network, and taken in hand there at once; the server hears of it later', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, openAlerts } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token, expectedErrors: NETWORK_ERRORS })
    const { page } = desk
    await desk.live()
    await raise()
    await firstAnswer(page).waitFor()

    // The page itself can be loaded, but the server's procedures can't be reached.
    await page.route('**/trpc/**', (route) => route.abort('connectionreset'))
    await page.reload()
    await firstAnswer(page).waitFor()
    await inCard(page, 'Ciente').click()
    await firstAnswer(page).waitFor({ state: 'detached' })
    await page.getByText('1 a enviar').first().waitFor({ state: 'attached' })
    expect(await openAlerts()).toHaveLength(1)

    await page.unroute('**/trpc/**')
    await expect.poll(openAlerts).toEqual([])
    expect(await firstAnswer(page).count()).toBe(0)
  })

  test('is delivered when a screen shows it, and seen when somebody moves a hand there', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, openAlerts } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token })
    await desk.live()
    await raise({ notify: ['agent'] })
    await firstAnswer(desk.page).waitFor()
    const progress = async () => {
      const [alert] = await openAlerts()
      return alert?.recipients.map(({ deliveredAt, seenAt }) => [deliveredAt !== null, seenAt !== null])
    }
    await expect.poll(progress).toEqual([[true, false]])
    await expect
      .poll(async () => {
        await desk.page.mouse.move(500 * Math.random(), 500)
        return progress()
      })
      .toEqual([[true, true]])
  })
})

test('with several calling, each is put off or taken in hand from its own card', async () => {
  const clock = aClock(Date.now())
  await using server = await startTestServer({ clock })
  const { bruno, invoice, printer, raise, warn, openAlerts } = await anOffice(server, clock)
  await raise()
  await warn()
  await using desk = await desks.open(server, { token: bruno.token })
  const { page } = desk
  await desk.live()
  const warning = card(page, /^Prazo da solução/)
  await warning.getByRole('button', { name: 'Adiar' }).click()
  await page.getByRole('menuitem', { name: /^30 min/ }).click()
  await warning.waitFor({ state: 'detached' })
  const snoozed = async () =>
    (await openAlerts())
      .filter(({ recipients }) => recipients.some(({ snoozedUntil }) => snoozedUntil !== null))
      .map(({ ticketId }) => ticketId)
  await expect.poll(snoozed).toEqual([invoice.id])

  await page.keyboard.press('Shift+Z')
  await firstAnswer(page).waitFor({ state: 'detached' })
  await expect.poll(async () => new Set(await snoozed())).toEqual(new Set([invoice.id, printer.id]))
})

test('no card moves under the pointer: one that falls silent there keeps its place until the pointer leaves', async () => {
  const clock = aClock(Date.now())
  await using server = await startTestServer({ clock })
  const { ana, bruno, raise, warn, openAlerts } = await anOffice(server, clock)
  await raise()
  await warn()
  await using desk = await desks.open(server, { token: bruno.token })
  const { page } = desk
  await desk.live()
  const warning = card(page, /^Prazo da solução/)
  await warning.hover()
  const place = await warning.boundingBox()
  const urgent = (await openAlerts()).find(({ severity }) => severity === 'urgent')
  await server.client(ana).alerts.acknowledge.mutate({ id: urgent?.id ?? '' })
  await firstAnswer(page).getByText('Ciente: Ana Souza').waitFor()
  expect(await warning.boundingBox()).toEqual(place)
  await page.mouse.move(300, 600)
  await firstAnswer(page).waitFor({ state: 'detached' })
})

test('a page in the background hears of it too, and its title calls', async () => {
  const clock = aClock(Date.now())
  await using server = await startTestServer({ clock })
  const { bruno, raise } = await anOffice(server, clock)
  await using desk = await desks.open(server, { token: bruno.token })
  const { page } = desk
  await desk.live()
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  // The live link rests in a page that nobody sees.
  await expect.poll(() => server.services.hub.listenerCount).toBe(0)
  await raise()
  await expect.poll(() => page.title(), { timeout: 60_000 }).toMatch(/^\(1\) ⚠ /)
})

describe('the work under way', () => {
  test('goes on: an alert takes no focus, and its keys are letters while somebody writes', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, invoice, raise } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token, path: `/ticket/${invoice.id}` })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('n')
    const note = page.getByRole('textbox', { name: 'Nota interna' })
    await note.and(page.locator(':focus')).waitFor()
    await page.keyboard.type('Levar bobina')
    await raise()
    await firstAnswer(page).waitFor()
    await page.keyboard.type(' nova!')
    await note.getByText('Levar bobina nova!').waitFor()

    await page.keyboard.press('Escape')
    await page.keyboard.press('!')
    await firstAnswer(page).waitFor({ state: 'detached' })
    await note.getByText('Levar bobina nova!').waitFor()
  })

  test('shows the alert on its ticket instead of over it, where it is taken in hand as well', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, openAlerts } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token, path: '/customers' })
    const { page } = desk
    await desk.live()
    await raise()
    await inCard(page, 'Abrir ticket').click()
    await page.getByRole('article').getByText('Parou ontem à noite.').waitFor()
    const strip = page.getByRole('group', { name: /^Prazo da 1ª resposta vencido/ })
    await firstAnswer(page).waitFor({ state: 'detached' })
    await bell(page).getByText('1 urgente sem ciente').waitFor({ state: 'attached' })
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await firstAnswer(page).waitFor()
    await page.goBack()
    await firstAnswer(page).waitFor({ state: 'detached' })
    await strip.getByRole('button', { name: 'Ciente' }).press('Enter')
    await strip.waitFor({ state: 'detached' })
    await firstAnswer(page).waitFor({ state: 'detached' })
    await expect.poll(openAlerts).toEqual([])
  })
})

describe('the list of alerts', () => {
  test('is worked through with the keyboard', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, invoice, raise, warn, openAlerts } = await anOffice(server, clock)
    await raise()
    await warn()
    await using desk = await desks.open(server, { token: bruno.token })
    const { page } = desk
    await desk.live()
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    const row = (name: RegExp) => page.getByRole('region', { name: 'Sem ciente' }).getByRole('link', { name })
    await row(/Impressora fiscal/).waitFor()
    await page.keyboard.press('j')
    await row(/Impressora fiscal/)
      .and(page.locator(':focus'))
      .waitFor()
    await page.keyboard.press('!')
    await row(/Boleto vencido/)
      .and(page.locator(':focus'))
      .waitFor()
    await expect.poll(async () => (await openAlerts()).map(({ ticketId }) => ticketId)).toEqual([invoice.id])
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/ticket/${invoice.id}`)
  })

  test('can be acknowledged whole, after a question', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, warn, openAlerts } = await anOffice(server, clock)
    await raise()
    await warn()
    await using desk = await desks.open(server, { token: bruno.token, path: '/alerts' })
    const { page } = desk
    await page.getByRole('button', { name: 'Ciente em todos' }).click()
    await page.getByRole('alertdialog').getByText('2 alertas ficarão quietos').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Ciente em todos' }).click()
    await page.getByRole('heading', { name: 'Nenhum alerta aberto' }).waitFor()
    await expect.poll(openAlerts).toEqual([])
  })

  test('tells those who oversee the desk who was told and how far the word got', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { ana, bruno, raise } = await anOffice(server, clock)
    await raise({ notify: ['agent'] })
    await using supervisor = await desks.open(server, { token: ana, path: '/alerts' })
    const { page } = supervisor
    await page.getByRole('heading', { name: 'Nenhum alerta aberto' }).waitFor()
    await page.getByRole('link', { name: 'Todos' }).click()
    const told = page.getByRole('list', { name: 'Avisados' }).getByRole('listitem')
    await told.filter({ hasText: 'Bruno Lima' }).getByText('avisado', { exact: true }).waitFor()
    await using agent = await desks.open(server, { token: bruno.token })
    await firstAnswer(agent.page).waitFor()
    await told.filter({ hasText: 'Bruno Lima' }).getByText('entregue').waitFor()

    await page.getByRole('button', { name: 'Ciente' }).click()
    await firstAnswer(agent.page).waitFor({ state: 'detached' })
  })
})

describe('the sound', () => {
  /** Notes of the sounds that are set when nobody has chosen others. */
  const MARIMBA = SCORES.marimba.length
  const SIREN = SCORES.siren.length

  const tonesIn = (page: Page) =>
    page.evaluate(() => (window as unknown as { heard: { tones: number } }).heard.tones)

  /** Counts the tones; `banned`: as in a browser that wants a click first. */
  async function listen(desk: Desk, { banned = false } = {}): Promise<() => Promise<number>> {
    await desk.context.addInitScript((isBanned) => {
      const heard = { tones: 0, isBanned }
      Object.assign(window, { heard })
      const { createOscillator, resume } = AudioContext.prototype
      const state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state')
      AudioContext.prototype.createOscillator = function () {
        heard.tones += 1
        return createOscillator.call(this)
      }
      AudioContext.prototype.resume = function () {
        return heard.isBanned ? new Promise(() => undefined) : resume.call(this)
      }
      Object.defineProperty(AudioContext.prototype, 'state', {
        get(this: AudioContext): unknown {
          return heard.isBanned ? 'suspended' : state?.get?.call(this)
        },
      })
      window.addEventListener('click', () => (heard.isBanned = false), { capture: true })
    }, banned)
    return () => tonesIn(desk.page)
  }

  test('is one for a warning and another for an urgent alert, and can be turned off on this device', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, warn } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token })
    const { page } = desk
    const tones = await listen(desk)
    await page.reload()
    await desk.live()
    await warn()
    await card(page, /^Prazo da solução vence em 12 min/).waitFor()
    await expect.poll(tones).toBe(MARIMBA)
    await raise()
    await expect.poll(tones).toBe(MARIMBA + SIREN)

    await page.goto(`${server.url}/alerts`)
    await page.getByRole('button', { name: 'Som dos alertas' }).click()
    await page.getByRole('switch', { name: 'Som nos alertas urgentes' }).click()
    await page.reload()
    await page.getByText('O som dos alertas urgentes está desligado neste dispositivo.').waitFor()
    expect(await tones()).toBe(0)
  })

  test('comes from the tab that may be heard, when the browser bans it in another one', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise, warn } = await anOffice(server, clock)
    await using desk = await desks.open(server, { token: bruno.token })
    const deaf = desk.page
    await listen(desk, { banned: true })
    await deaf.reload()
    await desk.live()
    const page = await desk.context.newPage()
    await page.goto(`${server.url}/alerts`)
    await page.getByText(/^O navegador está bloqueando o som/).waitFor()
    await page.getByRole('heading', { name: 'Alertas', exact: true }).first().click()
    await page.getByText(/^O navegador está bloqueando o som/).waitFor({ state: 'detached' })
    await warn()
    await expect.poll(() => tonesIn(page)).toBe(MARIMBA)
    await raise()
    await expect.poll(() => tonesIn(page)).toBe(MARIMBA + SIREN)
    await firstAnswer(deaf).waitFor()
    expect(await tonesIn(deaf)).toBe(0)
  })

  test('that the browser bans is missed aloud, and comes with a click', async () => {
    const clock = aClock(Date.now())
    await using server = await startTestServer({ clock })
    const { bruno, raise } = await anOffice(server, clock)
    await raise()
    await using desk = await desks.open(server, { token: bruno.token, path: '/alerts' })
    const { page } = desk
    const tones = await listen(desk, { banned: true })
    await page.reload()
    const notice = page.getByText(
      'O navegador está bloqueando o som até você clicar em algum lugar desta página.',
    )
    await notice.waitFor()
    expect(await tones()).toBe(0)
    await page.getByRole('button', { name: 'Ativar som' }).click()
    await notice.waitFor({ state: 'detached' })
    await expect.poll(tones).toBe(SIREN)
  })
})

test('alerts are for everybody: axe finds nothing in cards, list and ticket, in any look', async () => {
  const clock = aClock(Date.now())
  await using server = await startTestServer({ clock })
  const { ana, bruno, printer, raise, warn } = await anOffice(server, clock)
  await raise({ lateMs: 185 * MINUTE, notify: ['agent'] })
  await raise()
  await warn()
  await using desk = await desks.open(server, { token: bruno.token, path: `/ticket/${printer.id}` })
  await desk.page.getByRole('group', { name: /^Prazo da 1ª resposta/ }).waitFor()
  await expectNoAxeViolationsInAnyLook(desk.page)
  await using supervisor = await desks.open(server, { token: ana, path: '/alerts/all' })
  await supervisor.page.getByRole('list', { name: 'Avisados' }).first().waitFor()
  await expectNoAxeViolationsInAnyLook(supervisor.page)
  await using phone = await desks.open(server, { token: bruno.token, viewport: PHONE, touch: true })
  await corner(phone.page).getByText('+1 alerta').waitFor()
  await expectNoAxeViolationsInAnyLook(phone.page)
})
