import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { useClient } from '../support/electron/use-desktop.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const client = useClient()
const callKeys = 'CommandOrControl+Shift+L'

test('a call is captured in its own window: by shortcut, by a telephone link, and by itself when it rings', async () => {
  await using server = await startTestServer()
  const api = server.client(await server.setup())
  const { agent } = await api.auth.me.query()
  await api.phone.setExtension.mutate({ agentId: agent.id, extension: '201' })
  const desktop = await client.start({ serverUrl: server.url, platform: 'windows', isInstalled: true })
  const page = await desktop.page()

  // Until somebody is signed in, the log-in is what the shortcut leads to.
  desktop.electron.shortcuts.press(callKeys)
  expect(desktop.windows('capture')).toEqual([])
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Senha').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.getByText('ao vivo').waitFor({ state: 'attached' })

  desktop.electron.shortcuts.press(callKeys)
  const first = await desktop.page('capture')
  await first.getByRole('textbox', { name: 'Assunto' }).fill('Balança não liga')
  await expect.poll(() => desktop.window('capture').isFocused()).toBe(true)
  await expectNoAxeViolations(first)

  // A number has a form of its own; the one half written waits.
  desktop.openLink('tel:+55-11-98765-4321')
  const who = first.getByRole('combobox', { name: 'Quem está ligando?' })
  await expect.poll(() => who.inputValue()).toContain('98765-4321')
  expect(desktop.windows('capture')).toHaveLength(1)
  await first.getByRole('button', { name: 'Fechar' }).click()
  await expect.poll(() => desktop.windows('capture').length).toBe(0)

  desktop.electron.shortcuts.press(callKeys)
  const again = await desktop.page('capture')
  const subject = again.getByRole('textbox', { name: 'Assunto' })
  await expect.poll(() => subject.inputValue()).toBe('Balança não liga')
  await again.getByRole('combobox', { name: 'Quem está ligando?' }).fill('Rita Prado')
  await again.getByRole('option', { name: /Rita Prado/ }).click()
  await again.keyboard.press('Control+Enter')
  await again.getByText(/^20\d\d-\d+$/).waitFor()
  await expect.poll(() => desktop.windows('capture').length, { timeout: 8_000 }).toBe(0)
  expect((await api.tickets.list.query({})).items.map((ticket) => ticket.subject)).toEqual([
    'Balança não liga',
  ])

  desktop.window().blur()
  await api.phone.test.mutate()
  await expect.poll(() => desktop.windows('capture').map((window) => window.isVisible())).toEqual([true])
  expect(desktop.window('capture').isFocused()).toBe(false)

  // What is written in the window that the ring brought belongs to that call, and its wrap-up knows it.
  const popped = await desktop.page('capture')
  desktop.window('capture').focus()
  await popped.getByRole('combobox', { name: 'Quem está ligando?' }).waitFor()
  await popped
    .getByRole('option', { name: /Novo cliente/ })
    .first()
    .click()
  await popped.getByRole('textbox', { name: 'Assunto' }).fill('Etiqueta torta')
  await popped.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await api.calls.list.query({})).items.map(({ ticket }) => ticket?.subject))
    .toEqual(['Etiqueta torta'])
}, 30_000)
