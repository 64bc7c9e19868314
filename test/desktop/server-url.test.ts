import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { useShell } from '../support/electron/use-desktop.ts'
import type { Desktop } from '../support/electron/start-desktop.ts'

const shell = useShell()
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** A server that answers as an office's does, as far as a client that connects looks. */
async function startOffice(health: unknown = { status: 'ok', name: 'balcao', api: 1 }): Promise<string> {
  const server = createServer((request, response) => {
    const origin = request.headers.origin
    response.setHeader('Content-Type', 'application/json')
    if (origin === 'app://balcao') response.setHeader('Access-Control-Allow-Origin', origin)
    response.end(typeof health === 'string' ? health : JSON.stringify(health))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Connects and loads the page anew, as the client does. */
async function connectTo(desktop: Desktop, url: string | null): Promise<unknown> {
  const page = await desktop.page()
  const outcome = await page.evaluate((address) => window.balcao?.serverUrl.set(address), url)
  await page.reload()
  return outcome
}

async function knownServer(desktop: Desktop): Promise<unknown> {
  const page = await desktop.page()
  return page.evaluate(() => window.balcao?.serverUrl.get())
}

/** What the page gets from a server, with the browser's own rules applied. */
async function reach(desktop: Desktop, url: string): Promise<string> {
  const page = await desktop.page()
  return page.evaluate(
    (address) =>
      fetch(`${address}/health`).then(
        (response) => `status ${response.status}`,
        () => 'refused',
      ),
    url,
  )
}

test('a new client knows no server and may reach none', async () => {
  const office = await startOffice()
  const desktop = await shell.start()

  expect(await knownServer(desktop)).toBeNull()
  expect(await reach(desktop, office)).toBe('refused')
})

test('after connecting, the page may reach its server and no other', async () => {
  const [office, elsewhere] = [await startOffice(), await startOffice()]
  const desktop = await shell.start()
  expect(await connectTo(desktop, office)).toEqual({ ok: true, url: office })

  expect(await reach(desktop, office)).toBe('status 200')
  expect(await reach(desktop, elsewhere)).toBe('refused')
})

test('the server’s address survives a restart', async () => {
  const office = await startOffice()
  const first = await shell.start()
  await connectTo(first, office)
  await first.quit()

  const again = await shell.start({ computer: first.computer })
  expect(await knownServer(again)).toBe(office)
  expect(await reach(again, office)).toBe('status 200')
})

test.each([
  ['something else', '<h1>Printer</h1>', 'notBalcao'],
  ['another JSON service', { name: 'printer', api: 1 }, 'notBalcao'],
  ['a server of another generation', { name: 'balcao', api: 2 }, 'incompatible'],
])('%s is not remembered as the server', async (_name, health, reason) => {
  const desktop = await shell.start()

  expect(await connectTo(desktop, await startOffice(health))).toEqual({ ok: false, reason })
  expect(await knownServer(desktop)).toBeNull()
})

test('an address where nobody answers, or that is none, is not remembered', async () => {
  const desktop = await shell.start()

  expect(await connectTo(desktop, 'http://127.0.0.1:9')).toEqual({ ok: false, reason: 'unreachable' })
  expect(await connectTo(desktop, 'file:///etc/passwd')).toEqual({ ok: false, reason: 'invalid' })
  expect(await knownServer(desktop)).toBeNull()
})

test('a change of server forgets the token; the same server again keeps it', async () => {
  const [office, branch] = [await startOffice(), await startOffice()]
  const desktop = await shell.start({ serverUrl: office })
  const page = await desktop.page()
  const token = (): Promise<unknown> => page.evaluate(() => window.balcao?.secrets.get('token'))
  await page.evaluate(() => window.balcao?.secrets.set('token', 'of-the-office'))

  await connectTo(desktop, `${office}/`)
  expect(await token()).toBe('of-the-office')
  await connectTo(desktop, branch)
  expect(await token()).toBeNull()
})

test('the client can forget its server', async () => {
  const office = await startOffice()
  const desktop = await shell.start({ serverUrl: office })
  expect(await knownServer(desktop)).toBe(office)

  expect(await connectTo(desktop, null)).toEqual({ ok: true, url: null })
  expect(await knownServer(desktop)).toBeNull()
})
