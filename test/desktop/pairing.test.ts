import { expect, onTestFinished, test } from 'vitest'
import { pairingCode } from '../../server/tls/contract.ts'
import { useClient } from '../support/electron/use-desktop.ts'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const client = useClient()

async function anOffice(port = 0): Promise<TestServer & { fingerprint: string; port: number }> {
  const server = await startTestServer({ port, tls: {} })
  onTestFinished(() => server[Symbol.asyncDispose]())
  await server.setup()
  const fingerprint = (await server.services.network.health())?.tls.fingerprint ?? ''
  return Object.assign(server, { fingerprint, port: Number(new URL(server.url).port) })
}

test('a computer is paired by comparing the code, works encrypted, and refuses whoever takes the server’s place', async () => {
  const office = await anOffice()
  const desktop = await client.start()
  const page = await desktop.page()

  await page.getByLabel('Endereço do servidor').fill(`https://127.0.0.1:${office.port}`)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'É este o servidor?' }).waitFor()
  const code = page.getByRole('group', { name: 'Código do servidor' })
  expect((await code.locator('[aria-hidden]').allTextContents()).join('-')).toBe(
    pairingCode(office.fingerprint),
  )
  await page.getByRole('button', { name: 'É o mesmo código: conectar' }).click()

  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Senha', { exact: true }).fill(ADMIN.password)
  await page.keyboard.press('Enter')
  await page.getByText('ao vivo').waitFor({ state: 'attached' })

  await office.stop()
  const impostor = await anOffice(office.port)
  await page.getByRole('heading', { name: 'Este não parece ser o seu servidor' }).waitFor()
  await page.getByRole('button', { name: 'Digitar o código do servidor' }).click()
  await page.getByLabel('Código que aparece no servidor').fill(pairingCode(office.fingerprint))
  await page.keyboard.press('Enter')
  await page.getByText('Este não é o código do servidor que respondeu').waitFor()
  expect(desktop.electron.app.relaunches).toBe(0)

  // It was the office's new server after all: somebody read its code from its screen.
  await page.getByLabel('Código que aparece no servidor').fill(pairingCode(impostor.fingerprint))
  // The program may be gone before the key is up again.
  await page.keyboard.press('Enter').catch(() => undefined)
  await desktop.electron.app.ended
  expect(desktop.electron.app.relaunches).toBe(1)
})
