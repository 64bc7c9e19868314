import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { PHONE, useDesks, type Desk } from '../support/e2e.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const desks = useDesks()

async function onPhone(server: TestServer): Promise<Desk> {
  const token = await server.setup()
  const client = server.client(token)
  const mine = await client.auth.me.query()
  await client.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime desde a queda de energia de ontem à noite',
    body: 'Parou ontem à noite.',
    requester: { name: 'Padaria São José', phone: '11 98765-4321', email: 'contato@saojose.example' },
    channel: 'phone',
    agentId: mine.agent.id,
  })
  // An agent faster than the network meets their own earlier change, which the client settles without asking.
  return desks.open(server, { token, viewport: PHONE, touch: true, expectedErrors: /409/ })
}

/** Nothing that can be touched may stand beyond the edge, unless it is in a row that is made to be swiped. */
async function expectNothingCutOff(page: Page): Promise<void> {
  const cutOff = await page.evaluate(() => {
    const swiped = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth
        ? true
        : swiped(element.parentElement))
    return [...document.querySelectorAll('a, button, input, textarea, [role="option"], h1, h2')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && !swiped(element))
      .map((element) => element.outerHTML.slice(0, 120))
  })
  expect(cutOff).toEqual([])
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Principal' })

describe('on a phone', () => {
  test('the queue is the page, a ticket opens over it, is answered, and there is a way back', async () => {
    await using server = await startTestServer()
    await using desk = await onPhone(server)
    const { page } = desk
    await desk.live()
    const row = page.getByRole('option', { name: /Impressora fiscal/ })
    await row.waitFor()
    await expectNothingCutOff(page)
    await row.tap()

    await page.getByRole('article').getByText('Parou ontem à noite.').waitFor()
    await expectNothingCutOff(page)
    await row.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /^Resposta ao cliente/ }).tap()
    await page.getByRole('textbox', { name: 'Resposta ao cliente' }).fill('Chegamos às 15h.')
    await page.getByRole('button', { name: 'Enviar', exact: true }).tap()
    await page.getByRole('article').getByText('Chegamos às 15h.').waitFor()
    await page.getByRole('button', { name: 'Resolver', exact: true }).tap()
    await page.getByRole('button', { name: 'Status: Resolvido' }).waitFor()
    await page.getByRole('button', { name: 'Voltar à lista' }).tap()
    await page.getByRole('heading', { name: 'Minha fila' }).waitFor()
  })

  test('a call fills the screen and is logged with the thumb', async () => {
    await using server = await startTestServer()
    await using desk = await onPhone(server)
    const { page } = desk
    await desk.live()
    await rail(page).getByRole('button', { name: 'Ligação' }).tap()
    const call = page.getByRole('region', { name: 'Registrar ligação' })
    await call.getByRole('combobox').fill('98765')
    await call.getByRole('option', { name: /Padaria São José/ }).tap()
    await call.getByText('Assunto novo').tap()
    await call.getByLabel('Assunto', { exact: true }).fill('Boleto vencido')
    await expectNothingCutOff(page)
    const box = await call.boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, width: PHONE.width })
    await call.getByRole('button', { name: 'Registrar' }).tap()
    await call.getByText(/^\d{4}-000002$/).waitFor()
    await expectNothingCutOff(page)
    await call.getByRole('button', { name: 'Fechar' }).tap()
    // What is new in the list waits to be let in, so that nothing moves under the thumb.
    await page.getByRole('button', { name: '1 novo' }).tap()
    await page.getByRole('option', { name: /Boleto vencido/ }).waitFor()
  })

  test('every place under the thumb opens and fits', async () => {
    await using server = await startTestServer()
    await using desk = await onPhone(server)
    const { page } = desk
    await desk.live()
    const arrives = async (heading: string | RegExp) => {
      await page.getByRole('heading', { name: heading, level: 1 }).first().waitFor({ state: 'attached' })
      await expectNothingCutOff(page)
    }
    await rail(page).getByRole('link', { name: 'Buscar' }).tap()
    await arrives('Buscar')
    for (const [place, heading] of [
      ['Clientes', 'Clientes'],
      ['Painel', /.+/],
      ['Relatórios', 'Respondemos a tempo?'],
      ['Configurações', /.+/],
    ] as const) {
      await rail(page).getByRole('button', { name: /Mais$/ }).tap()
      await page.getByRole('menuitem', { name: place }).tap()
      await arrives(heading)
    }
    await rail(page).getByRole('link', { name: 'Fila' }).tap()
    await arrives('Minha fila')
  })

  test('what is touched is large enough for a finger', async () => {
    await using server = await startTestServer()
    await using desk = await onPhone(server)
    const { page } = desk
    await desk.live()
    await page.getByRole('option', { name: /Impressora fiscal/ }).waitFor()
    const heights = await page.evaluate(() =>
      [...document.querySelectorAll('nav a, nav button, [role="option"], main button')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({
          height: element.getBoundingClientRect().height,
          what: element.textContent.trim(),
        })),
    )
    // 24 px is WCAG's floor; the desk's own controls are 36 and more under a finger.
    expect(heights.filter(({ height }) => height > 0 && height < 32)).toEqual([])
  })
})
