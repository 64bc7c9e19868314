import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { collectPageErrors, expectNoAxeViolations } from '../support/browser.ts'
import { useClient } from '../support/electron/use-desktop.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const client = useClient()

async function logIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Senha').fill(account.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
}

test('a new desktop asks for its server, says why an address is wrong, and goes on to log in', async () => {
  await using server = await startTestServer()
  await server.setup()
  const page = await (await client.start()).page()
  const errors = collectPageErrors(page)
  const address = page.getByLabel('Endereço do servidor')

  await address.fill('127.0.0.1:9')
  await page.keyboard.press('Enter')
  await page.getByText('Nenhuma resposta deste endereço').waitFor()
  await expectNoAxeViolations(page)

  await address.fill(server.url.replace('http://', ''))
  await page.keyboard.press('Enter')
  await page.getByLabel('Senha').waitFor()
  expect(page.url()).toContain('/login')
  expect(errors).toEqual([])
})

test('a wrong password is refused by the server the page was allowed to reach', async () => {
  await using server = await startTestServer()
  await server.setup()
  const desktop = await client.start({ serverUrl: server.url })
  const page = await desktop.page()

  await logIn(page, { ...ADMIN, password: 'não é esta' })
  await page.getByRole('alert').waitFor()
  expect(await page.evaluate(() => window.balcao?.secrets.get('token'))).toBeNull()
  expect(desktop.computer.openedOutside).toEqual([])
})

test('a password that is right leaves the token in the keychain', async () => {
  await using server = await startTestServer()
  await server.setup()
  const page = await (await client.start({ serverUrl: server.url })).page()

  await logIn(page, ADMIN)
  await expect.poll(() => page.evaluate(() => window.balcao?.secrets.get('token'))).toMatch(/^\S{20,}$/)
})

test('an agent logs in, opens a ticket, and finds the desk as it was after a restart', async () => {
  await using server = await startTestServer()
  const api = server.client(await server.setup())
  const { agent } = await api.auth.me.query()
  await api.tickets.create.mutate({
    subject: 'Impressora fiscal não imprime',
    body: 'Parou hoje cedo.',
    requester: { name: 'José da Padaria' },
    channel: 'phone',
    agentId: agent.id,
  })

  const first = await client.start({ serverUrl: server.url })
  const page = await first.page()
  await logIn(page, ADMIN)
  await page.getByText('Impressora fiscal não imprime').first().click()
  await page.waitForURL('**/ticket/**')
  await page.getByText('Parou hoje cedo.').first().waitFor()
  await first.quit()

  const again = await client.start({ computer: first.computer })
  await (await again.page()).getByText('Impressora fiscal não imprime').first().waitFor()
})
