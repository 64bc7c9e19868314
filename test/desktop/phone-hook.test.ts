import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { expectNoAxeViolations } from '../support/axe.ts'
import { useClient } from '../support/electron/use-desktop.ts'
import { ADMIN, startTestServer } from '../support/server.ts'

const client = useClient()

/** A port that was free a moment ago, with what holds it meanwhile. */
async function aPort() {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  return { port, free: () => new Promise((resolve) => holder.close(resolve)) }
}

/** As programs ask, with headers that `fetch` would not let one set. */
async function ask(port: number, path: string, headers: Record<string, string> = {}, body?: string) {
  const call = request({
    host: '127.0.0.1',
    port,
    path,
    headers,
    method: body === undefined ? 'GET' : 'POST',
  })
  call.end(body)
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  const said = (await json(answer)) as { accepted?: boolean; error?: { reason: string; message: string } }
  return { status: answer.statusCode, reason: said.error?.reason, message: said.error?.message }
}

test('a softphone of this computer tells of the agent’s own calls, once that is switched on, and strangers may not', async () => {
  await using server = await startTestServer()
  const api = server.client(await server.setup())
  const desktop = await client.start({ serverUrl: server.url, platform: 'windows', isInstalled: true })
  const page = await desktop.page()
  await page.getByLabel('E-mail').fill(ADMIN.email)
  await page.getByLabel('Senha').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.getByText('ao vivo').waitFor({ state: 'attached' })
  const calls = async () => (await api.calls.list.query({})).items

  // Off until it is wanted; a port of somebody else's is said to be taken.
  expect(await page.evaluate(() => window.balcao?.phoneHook.get())).toMatchObject({
    on: false,
    key: null,
    step: 'off',
  })
  const held = await aPort()
  await page.evaluate((port) => window.balcao?.phoneHook.set({ port }), held.port)
  await page.evaluate(() => window.location.assign('/settings/computer'))
  const block = page.getByRole('region', { name: 'Telefone neste computador' })
  await block.getByRole('switch').click()
  await block.getByText(`A porta ${held.port} está em uso por outro programa.`, { exact: false }).waitFor()
  await expectNoAxeViolations(page)
  await held.free()
  const { port, free } = await aPort()
  await free()
  await block.getByLabel('Porta').fill(String(port))
  await block.getByRole('button', { name: 'Usar esta porta' }).click()
  await block.getByText('Pronto:', { exact: false }).waitFor()
  await expectNoAxeViolations(page)
  const key = (await page.evaluate(() => window.balcao?.phoneHook.get()))?.key ?? ''
  const withKey = { 'x-balcao-key': key }
  const told = (fields: Record<string, string>) =>
    ask(port, `/hooks/phone?${new URLSearchParams({ key, call_id: '1', number: '11987654321', ...fields })}`)

  const hello = '/hooks/phone?event=incoming&number=11987654321'
  expect(await ask(port, hello)).toMatchObject({ status: 401, reason: 'phone.key_missing' })
  expect(await ask(port, hello, { 'x-balcao-key': 'x' })).toMatchObject({
    status: 401,
    reason: 'phone.key_unknown',
  })
  const strangers: Record<string, string>[] = [
    { host: `intruso.example:${port}` },
    { host: '127.0.0.1' },
    { origin: 'https://intruso.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of strangers)
    expect((await ask(port, hello, { ...withKey, ...headers })).status).toBe(403)
  expect((await ask(port, '/other', withKey)).status).toBe(404)
  expect(await told({ event: 'toca' })).toMatchObject({
    ...{ status: 400, reason: 'phone.event_unknown' },
    message: 'O campo "event" diz "toca". Use incoming, answered, transferred, ended ou missed.',
  })
  expect(await calls()).toEqual([])

  // A person's own browser, a form and JSON all reach it; the agent has no extension, and the call is theirs.
  expect((await ask(port, `${hello}&key=${key}&call_id=1`, { 'sec-fetch-site': 'none' })).status).toBe(202)
  await page.getByRole('region', { name: 'Ligações de agora' }).getByText('+55 11 98765 4321').waitFor()
  const form = { ...withKey, 'content-type': 'application/x-www-form-urlencoded' }
  expect((await ask(port, '/hooks/phone', form, 'event=answered&call_id=1&extension=999')).status).toBe(202)
  await expect.poll(calls).toMatchObject([{ state: 'answered', agent: { name: ADMIN.name } }])
  const record = JSON.stringify({ event: 'ended', call_id: '1', recording_url: 'https://pbx.example/1.wav' })
  expect(
    (await ask(port, '/hooks/phone', { ...withKey, 'content-type': 'application/json' }, record)).status,
  ).toBe(202)
  await expect.poll(calls).toMatchObject([{ state: 'ended', recordingUrl: 'https://pbx.example/1.wav' }])

  // Renewed, the former key is worth nothing; switched off, nobody listens.
  await page.evaluate(() => window.balcao?.phoneHook.renew())
  expect((await told({ event: 'missed' })).status).toBe(401)
  await page.evaluate(() => window.balcao?.phoneHook.set({ on: false }))
  await expect(ask(port, hello, withKey)).rejects.toThrow('ECONNREFUSED')
}, 45_000)
