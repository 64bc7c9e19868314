import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { useDesks } from '../support/e2e.ts'
import { startTestServer } from '../support/server.ts'

const desks = useDesks()

test('a call that rings shows who calls, becomes a ticket, and is wrapped up; a missed one waits in the list', async () => {
  await using server = await startTestServer()
  const token = await server.setup()
  const client = server.client(token)
  const bakery = await client.customers.create.mutate({
    ...{ name: 'Padaria São José', phones: ['11 98765-4321'], emails: [] },
  })
  const open = await client.tickets.create.mutate({
    ...{
      subject: 'Boleto em duplicidade',
      body: 'Veio duas vezes.',
      requester: { id: bakery.id },
      channel: 'email',
    },
  })
  const { agent } = await client.auth.me.query()
  await client.phone.setExtension.mutate({ agentId: agent.id, extension: '201' })
  const options = await client.phone.options.query()
  await client.phone.setOptions.mutate({ ...options, wrapUp: { required: true, seconds: 60 } })
  const { secret } = await client.phone.createKey.mutate({ name: 'Central' })
  const told = async (event: string, fields: object = {}) => {
    const body = JSON.stringify({ event, call_id: 'c1', number: '11987654321', extension: '201', ...fields })
    const headers = { 'x-balcao-key': secret, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/hooks/phone`, { method: 'POST', headers, body })
    expect(answer.status).toBe(202)
  }

  await using desk = await desks.open(server, { token })
  const { page } = desk
  await desk.live()
  const card = page.getByRole('region', { name: 'Ligações de agora' }).getByRole('article')
  await page.keyboard.press('/')
  await page.waitForURL('**/search')
  const typing = page.locator('main input:focus')
  await typing.waitFor()

  await told('incoming')
  await card.getByRole('heading', { name: 'Ligação recebida' }).waitFor()
  await card.getByRole('link', { name: bakery.name }).waitFor()
  await card.getByRole('link', { name: `${open.number} Boleto em duplicidade` }).waitFor()
  expect(await typing.count()).toBe(1)
  await expectNoAxeViolations(page)

  await told('answered')
  await card.getByRole('heading', { name: 'Em ligação' }).waitFor()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('l')
  await page.keyboard.press('n')
  const panel = page.getByRole('region', { name: 'Registrar ligação' })
  await panel.getByRole('link', { name: bakery.name }).waitFor()
  await panel.getByLabel('Assunto', { exact: true }).fill('Forno não liga')
  await page.keyboard.press('Control+Enter')
  await panel.getByText(/^\d{4}-\d{6}$/).waitFor()
  await page.keyboard.press('Escape')
  await card.getByText('desta ligação').waitFor()

  await told('ended', { recording_url: 'https://pbx.example/c1.wav' })
  const wrapUp = card.getByRole('form', { name: 'Encerramento da ligação' })
  await wrapUp.waitFor()
  await expectNoAxeViolations(page)
  await page.keyboard.press('l')
  await page.keyboard.press('e')
  await wrapUp.getByRole('button', { name: 'Como terminou' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Control+Enter')
  await wrapUp.getByText('Escolha como a ligação terminou.').waitFor()
  await wrapUp.getByRole('button', { name: 'Como terminou' }).click()
  await page.getByRole('option', { name: 'Retornar ao cliente' }).click()
  await wrapUp.getByRole('textbox', { name: 'Anotação' }).fill('Retornar depois das 14 h.')
  // Half written, it is all there after the page was loaded anew.
  await page.reload()
  await wrapUp
    .getByRole('button', { name: 'Como terminou' })
    .filter({ hasText: 'Retornar ao cliente' })
    .waitFor()
  const note = wrapUp.getByRole('textbox', { name: 'Anotação' })
  expect(await note.inputValue()).toBe('Retornar depois das 14 h.')
  await note.press('Control+Enter')
  await card.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await client.calls.list.query({})).items)
    .toMatchObject([
      {
        ...{ state: 'ended', ticket: { subject: 'Forno não liga' }, customer: { id: bakery.id } },
        wrapUp: { code: { name: 'Retornar ao cliente' }, note: 'Retornar depois das 14 h.' },
      },
    ])
  const made = (await client.tickets.list.query({})).items.find(({ subject }) => subject === 'Forno não liga')
  const { messages } = await client.tickets.get.query({ id: made?.id ?? '' })
  expect(messages.at(-1)).toMatchObject({ kind: 'note', text: 'Retornar depois das 14 h.' })

  await told('incoming', { call_id: 'c2' })
  await told('missed', { call_id: 'c2' })
  const rail = page.getByRole('navigation', { name: 'Principal' })
  const counted = rail.getByText('1 ligação perdida a retornar')
  await counted.waitFor({ state: 'attached' })
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  const waiting = page.getByRole('region', { name: 'Perdidas a retornar' })
  await page.getByRole('button', { name: 'Ouvir gravação' }).waitFor()
  await waiting.getByRole('button', { name: 'Retornar' }).waitFor()
  await expectNoAxeViolations(page)
  await waiting.getByRole('button', { name: 'Tratada' }).click()
  await waiting.waitFor({ state: 'detached' })
  await counted.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await client.calls.list.query({ state: 'missed' })).items)
    .toMatchObject([{ wrapUp: { code: null } }])
})
