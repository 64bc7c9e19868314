import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { serverCommand } from '../../build/server-command.ts'
import { runServer, type Ending } from '../support/command-line.ts'
import { startServerProcess } from '../support/server-process.ts'
import { temporaryFolder } from '../support/store.ts'

const setup = {
  company: 'Papelaria Ipê',
  timezone: 'America/Sao_Paulo',
  locale: 'pt-BR',
  admin: { name: 'Ana Ribeiro', email: 'ana@ipe.example', password: 'senha-bem-comprida' },
}

const portOf = (url: string) => Number(new URL(url).port)

/** A wrong start says one line on stderr, nothing on stdout, and ends with its code. */
function expectOneLine({ code, stdout, stderr }: Ending, expectedCode: number, says: string): void {
  expect({ code, stdout }).toEqual({ code: expectedCode, stdout: '' })
  expect(stderr).toMatch(/^balcao: [^\n]+\n$/)
  expect(stderr).toContain(says)
}

async function start(flags: string[] = [], env: Record<string, string> = {}) {
  const dataDir = await temporaryFolder()
  const args = [...serverCommand, '--log-level', 'error', ...flags]
  const server = await startServerProcess(args, { BALCAO_DATA_DIR: dataDir, BALCAO_PORT: '0', ...env })
  onTestFinished(() => server.kill())
  return { ...server, dataDir }
}

/** A POST that the server has begun to read and whose body is still to come. */
async function begin(url: string, headers: Record<string, string> = {}) {
  const call = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', expect: '100-continue', ...headers },
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) =>
    call.once('response', resolve).once('error', reject),
  )
  call.flushHeaders()
  await once(call, 'continue')
  return { answer, finish: (body: unknown): ClientRequest => call.end(JSON.stringify(body)) }
}

async function isListening(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Until nobody can connect any more, which is what stopping begins with. */
async function untilDeaf(url: string): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(portOf(url), '127.0.0.1', () => resolve(true)).once('error', () =>
        resolve(false),
      )
      socket.once('connect', () => socket.destroy())
    })
  while (await isOpen()) await new Promise(setImmediate)
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const placeholder = createServer().listen(0, '127.0.0.1')
  await once(placeholder, 'listening')
  const { port } = placeholder.address() as AddressInfo
  placeholder.close()
  await once(placeholder, 'close')
  return port
}

it('a server whose output nobody reads any more serves on, whatever it has to say, and stops when told to', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const flags = ['--data-dir', await temporaryFolder(), '--port', `${portOf(url)}`, '--log-level', 'debug']
  const child = spawn(process.execPath, [...serverCommand, ...flags], {
    env: { ...process.env, BALCAO_NO_DISCOVERY: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdout.destroy()
  await expect.poll(() => isListening(url), { timeout: 20_000 }).toBe(true)
  // Each refusal is a line in the log.
  for (let n = 0; n < 3; n++) expect((await fetch(`${url}/trpc/auth.me`)).status).toBe(401)
  expect(await isListening(url)).toBe(true)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('a server whose output somebody holds and never reads serves on, and stops within its time', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const flags = ['--data-dir', await temporaryFolder(), '--port', `${portOf(url)}`, '--log-level', 'debug']
  const child = spawn(process.execPath, [...serverCommand, ...flags], {
    env: { ...process.env, BALCAO_NO_DISCOVERY: '1' },
    // Nobody listens to `data`: the pipe fills up and stays full.
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(() => isListening(url), { timeout: 20_000 }).toBe(true)
  // A line in the log for each, several times as much as a pipe and its reader's buffer hold.
  const asked = await Promise.all(
    Array.from({ length: 2_000 }, async () =>
      fetch(`${url}/trpc/auth.me`, { signal: AbortSignal.timeout(15_000) }).then(({ status }) => status),
    ),
  )
  expect(new Set(asked)).toEqual(new Set([401]))
  const toldAt = performance.now()
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(performance.now() - toldAt).toBeLessThan(5_000)
}, 60_000)

describe('a wrong flag or value is told in one line and ends with 2', () => {
  it.each([
    [['--port', '70000'], {}, '--port takes a number from 0 to 65535'],
    [['--port', 'http'], {}, '--port'],
    [['--port', '-1'], {}, '--port'],
    [['--port'], {}, '--port'],
    [['--data-dir', ''], {}, '--data-dir takes the path of a folder'],
    [['--host', ''], {}, '--host takes an address'],
    [['--host', '203.0.113.7'], {}, '203.0.113.7 is no address of this machine'],
    [['--log-level', 'loud'], {}, '--log-level takes one of'],
    [['--colour'], {}, '--colour'],
    [['launch'], {}, 'launch'],
    [[], { BALCAO_PORT: 'x' }, '--port'],
    [[], { BALCAO_PORT: '' }, '--port'],
    [[], { BALCAO_LOG_LEVEL: 'x' }, '--log-level'],
  ])('%j %j', async (flags, env, says) => {
    const folder = await temporaryFolder()
    const ending = await runServer(['--data-dir', folder, ...flags], { BALCAO_PORT: '0', ...env })
    expectOneLine(ending, 2, says)
  })
})

describe('commands', () => {
  it.each([
    [['launch'], 'launch is no command; there are start, install'],
    [['start', '--colour'], '--colour'],
    [['install', '--port', 'x'], '--port takes a number'],
    [['uninstall', '--yes'], '--yes goes with --purge'],
  ])('that make no sense are told in one line: %j', async (words, says) => {
    expectOneLine(await runServer(words), 2, says)
  })

  it('tell of themselves', async () => {
    const ending = await runServer(['help'])
    expect(ending).toMatchObject({ code: 0, stderr: '' })
    for (const command of ['start', 'install', 'uninstall', 'status', 'version'])
      expect(ending.stdout).toContain(command)
  })

  it('install nothing that runs from its source', async () => {
    expectOneLine(await runServer(['install']), 6, 'only the bundle can be installed')
  })
})

describe('a store that cannot be opened is told in one line, ends with 3 and is left as it is', () => {
  it.each([
    ['is no database', 'anything but a database', "can't be read"],
    ['is damaged from the start', `SQLite format 3\0${'x'.repeat(5_000)}`, "can't be read"],
  ])('because it %s', async (_, content, says) => {
    const folder = await temporaryFolder()
    const file = join(folder, 'balcao.db')
    await writeFile(file, content)
    expectOneLine(await runServer(['--data-dir', folder, '--port', '0']), 3, says)
    expect(await readFile(file, 'utf8')).toBe(content)
  })

  it('because a newer version wrote it', async () => {
    const folder = await temporaryFolder()
    const database = new Sqlite(join(folder, 'balcao.db'))
    database.exec(`CREATE TABLE migrations (id INTEGER PRIMARY KEY, timestamp INTEGER, name TEXT);
      INSERT INTO migrations VALUES (1, 1, 'FromTheFuture9000000000000')`)
    database.close()
    const before = await readFile(join(folder, 'balcao.db'))
    expectOneLine(await runServer(['--data-dir', folder, '--port', '0']), 3, 'newer version')
    expect(await readFile(join(folder, 'balcao.db'))).toEqual(before)
    expect((await readdir(folder)).filter((name) => name.endsWith('.bak'))).toEqual([])
  })

  it('because the data folder is a file, or cannot be made', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'data')
    await writeFile(file, '')
    expectOneLine(await runServer(['--data-dir', file, '--port', '0']), 3, "can't be used")
    expectOneLine(await runServer(['--data-dir', join(file, 'below'), '--port', '0']), 3, "can't be used")
  })

  it('because a folder stands where the database belongs', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'balcao.db'))
    expectOneLine(await runServer(['--data-dir', folder, '--port', '0']), 3, 'balcao.db')
  })

  it('because another server has it', async () => {
    const { dataDir, url } = await start()
    expectOneLine(await runServer(['--data-dir', dataDir, '--port', '0']), 3, 'another Balcão server')
    expect(await isListening(url)).toBe(true)
  })
})

it('a port that somebody else has is told in one line and ends with 4', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const flags = ['--data-dir', await temporaryFolder(), '--host', '127.0.0.1', '--port', String(port)]
  expectOneLine(await runServer(flags), 4, `Port ${port} is taken`)
})

describe('settings', () => {
  it('come from the environment, and flags win', async () => {
    const elsewhere = join(await temporaryFolder(), 'made', 'when missing')
    const { url, dataDir } = await start(['--data-dir', elsewhere, '--host', '127.0.0.1'], {
      BALCAO_HOST: '203.0.113.7',
    })
    expect(await isListening(url)).toBe(true)
    expect(await readdir(elsewhere)).toContain('balcao.db')
    expect(await readdir(dataDir)).toEqual([])
  })

  it('silence the log but not the line that says where the server listens', async () => {
    const { url } = await start(['--log-level', 'silent'])
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })
})

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s requests in hand are finished, live screens let go, and it ends with 0',
    async (signal) => {
      const server = await start()
      const answer = await fetch(`${server.url}/trpc/setup.create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(setup),
      })
      const { result } = (await answer.json()) as { result: { data: { token: string } } }
      const headers = { authorization: `Bearer ${result.data.token}` }
      const live = await fetch(`${server.url}/trpc/live.events`, { headers })
      const ticket = { subject: 'Última hora', body: 'x', requester: { name: 'Rui' }, channel: 'phone' }
      const call = await begin(`${server.url}/trpc/tickets.create`, headers)

      const stopped = server.stop(signal)
      await untilDeaf(server.url)
      call.finish(ticket)

      expect(await json(await call.answer)).toMatchObject({ result: { data: { subject: 'Última hora' } } })
      expect(await live.text()).toContain('event: return')
      await stopped
      expect(server.exitCode()).toBe(0)
      expect(await readdir(server.dataDir)).not.toContain('balcao.db-wal')
      const database = new Sqlite(join(server.dataDir, 'balcao.db'), { readonly: true })
      expect(database.prepare('SELECT subject FROM ticket').all()).toEqual([{ subject: 'Última hora' }])
      database.close()
    },
  )

  it('does not wait for ever for a client that never ends its request', async () => {
    const server = await start()
    const call = await begin(`${server.url}/trpc/setup.create`)
    const cut = expect(call.answer).rejects.toThrow()
    await server.stop()
    await cut
    expect(server.exitCode()).toBe(0)
  })
})
