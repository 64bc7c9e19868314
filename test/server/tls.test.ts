import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request, type RequestOptions } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { fingerprintOf } from '../../server/tls/certificate.ts'
import { openOwnIdentity, readOfficeIdentity, TlsError } from '../../server/tls/identity.ts'
import { Network } from '../../server/tls/network.ts'
import { runServer } from '../support/command-line.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const DAY_MS = 24 * 60 * 60_000
const NOW = Date.UTC(2026, 2, 9, 12)
const names = ['localhost', '127.0.0.1']

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balcao-tls-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

describe('the server’s own certificate', () => {
  it('is made at the first start, its key for nobody else to read, and kept', async () => {
    const first = await openOwnIdentity(folder, names, NOW)
    const again = await openOwnIdentity(folder, names, NOW + DAY_MS)

    expect(again).toEqual(first)
    expect(first.source).toBe('own')
    expect(first.fingerprint).toBe(fingerprintOf(new X509Certificate(first.cert).publicKey))
    if (process.platform !== 'win32')
      expect((await stat(join(folder, 'tls', 'key.pem'))).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['nears its end', names, NOW + 745 * DAY_MS],
    ['lacks an address that the machine has now', [...names, '192.0.2.7'], NOW],
    ['begins in the future, because the clock was wrong', names, NOW - 30 * DAY_MS],
  ])('is made anew when it %s, and clients still know it by its key', async (_, wanted, now) => {
    const first = await openOwnIdentity(folder, names, NOW)
    const next = await openOwnIdentity(folder, wanted, now)

    expect(next.cert).not.toBe(first.cert)
    expect(next.fingerprint).toBe(first.fingerprint)
    expect(next.validTo.getTime()).toBeGreaterThan(now + 700 * DAY_MS)
    for (const name of wanted) {
      const certificate = new X509Certificate(next.cert)
      expect(certificate.checkHost(name) ?? certificate.checkIP(name)).toBe(name)
    }
  })

  it('is made anew when its file is damaged; a damaged key is left alone and said', async () => {
    const first = await openOwnIdentity(folder, names, NOW)
    await writeFile(join(folder, 'tls', 'cert.pem'), 'half of')
    expect((await openOwnIdentity(folder, names, NOW)).fingerprint).toBe(first.fingerprint)

    await writeFile(join(folder, 'tls', 'key.pem'), 'half of')
    await expect(openOwnIdentity(folder, names, NOW)).rejects.toThrow(/key\.pem is damaged/)
    expect(await readFile(join(folder, 'tls', 'key.pem'), 'utf8')).toBe('half of')
  })
})

describe('the office’s certificate', () => {
  const files = (of = folder) => ({ cert: join(of, 'tls', 'cert.pem'), key: join(of, 'tls', 'key.pem') })

  it('is refused in one line when a file is missing, is none, is of another key, or has expired', async () => {
    await openOwnIdentity(folder, names, NOW)
    const other = join(folder, 'other')
    await openOwnIdentity(other, names, NOW)
    const reading = (cert: string, key: string, now = NOW) => {
      try {
        return readOfficeIdentity({ cert, key }, now).source
      } catch (error) {
        if (!(error instanceof TlsError)) throw error
        return error.message
      }
    }
    const { cert, key } = files()

    expect(reading(cert, key)).toBe('office')
    expect(reading(join(folder, 'none.pem'), key)).toMatch(/^--tls-cert .*none\.pem can't be read: [^\n]+$/)
    expect(reading(key, key)).toMatch(/the certificate is not in PEM form/)
    expect(reading(cert, cert)).toMatch(/the key is not in PEM form/)
    expect(reading(files(other).cert, key)).toMatch(/belongs to another key/)
    expect(reading(cert, key, NOW + 900 * DAY_MS)).toMatch(/expired on 2028-/)
  })

  it('ends a start with code 2 when it can’t be used, and when it comes without its key', async () => {
    const [alone, missing] = await Promise.all([
      runServer(['--data-dir', folder, '--tls-cert', 'x.pem']),
      runServer(['--data-dir', folder, '--tls-cert', 'x.pem', '--tls-key', 'y.pem']),
    ])

    expect(alone).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--tls-cert and --tls-key go together'),
    })
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^balcao: --tls-cert .+x\.pem can't be read: .+\n$/),
    })
  })

  it('is taken anew when its files change, and stays in use when what came is no good', async () => {
    const [older, newer] = [join(folder, 'a'), join(folder, 'b')]
    const first = await openOwnIdentity(older, names, NOW)
    const second = await openOwnIdentity(newer, names, NOW)
    const { cert, key } = files(older)
    const network = new Network({
      clock: { now: () => NOW },
      settings: {
        get: () => Promise.resolve({ company: 'Ipê', timezone: 'America/Sao_Paulo', locale: 'pt-BR' }),
      },
    })
    const options = { host: '127.0.0.1', allowHttp: false, discovery: false }
    await network.open({ ...options, dataDir: folder, tlsCert: cert, tlsKey: key })
    const renewed: string[] = []
    const look = () => network.look(({ fingerprint }) => renewed.push(fingerprint), pino({ level: 'silent' }))
    /** A file system may count in whole seconds. */
    const put = async (file: string, content: string, minute: number) => {
      await writeFile(file, content)
      await utimes(file, new Date(NOW), new Date(NOW + minute * 60_000))
    }

    await look()
    await put(cert, second.cert, 1)
    await look()
    expect(renewed).toEqual([])
    expect((await network.health())?.tls.fingerprint).toBe(first.fingerprint)

    await put(key, second.key, 2)
    await look()
    expect(renewed).toEqual([second.fingerprint])
    expect(network.view()?.certificate).toMatchObject({ source: 'office', fingerprint: second.fingerprint })
  })
})

describe('one port', () => {
  let server: TestServer
  let token: string
  let isLoopback = true
  beforeAll(async () => {
    server = await startTestServer({ tls: { isLoopback: () => isLoopback, firstWordPatienceMs: 150 } })
    token = await server.setup()
  })
  beforeEach(() => {
    isLoopback = true
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const port = () => Number(new URL(server.url).port)
  async function ask(
    options: RequestOptions,
    body?: string | Buffer,
    plain = false,
  ): Promise<IncomingMessage> {
    const sending = (plain ? requestPlain : request)({
      ...{ host: '127.0.0.1', port: port(), rejectUnauthorized: false, agent: false },
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    })
    sending.end(body)
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    return answer
  }

  it('answers HTTPS and HTTP alike, and says who it is', async () => {
    const [secure, plain] = await Promise.all([
      ask({ path: '/health' }),
      ask({ path: '/health' }, undefined, true),
    ])
    const fingerprint = fingerprintOf(
      new X509Certificate(await readFile(join(server.dataDir, 'tls', 'cert.pem'))).publicKey,
    )
    const socket = connect({ port: port(), host: '127.0.0.1', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const shown = socket.getPeerX509Certificate()
    socket.destroy()
    const health = await json(secure)

    expect(health).toEqual(await json(plain))
    expect(health).toMatchObject({
      server: expect.stringMatching(/^[0-9a-f-]{36}$/),
      office: 'Papelaria Ipê',
      tls: { fingerprint, httpAllowed: false },
    })
    expect(shown && fingerprintOf(shown.publicKey)).toBe(fingerprint)
  })

  it('carries uploads over TLS whole', async () => {
    const content = Buffer.alloc(1_500_000, 'Balcão ')
    const parts = [
      '--x\r\ncontent-disposition: form-data; name="file"; filename="log.txt"\r\ncontent-type: text/plain\r\n\r\n',
      content,
      '\r\n--x--\r\n',
    ]
    const sent = await ask(
      { path: '/files', method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      Buffer.concat(parts.map((part) => Buffer.from(part))),
    )
    const file = (await json(sent)) as { id: string; size: number }
    expect(file.size).toBe(content.length)
    expect(await text(await ask({ path: `/files/${file.id}` }))).toBe(content.toString())
  })

  it('carries the live feed over TLS', async () => {
    const feed = await ask({ path: '/trpc/live.events', headers: { accept: 'text/event-stream' } })
    expect(feed.headers['content-type']).toContain('text/event-stream')
    let heard = ''
    const event = new Promise<void>((resolve) => {
      feed.on('data', (chunk: Buffer) => {
        heard += chunk.toString()
        if (heard.includes('team.created')) resolve()
      })
    })
    await server.client(token).teams.create.mutate({ name: 'Plantão' })
    await event
    feed.destroy()
  })

  it('serves many of both at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => ask({ path: '/trpc/auth.me' }, undefined, index % 2 === 0)),
    )
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(40).fill(200))
  })

  it('lets go of a connection that says nothing, and of a handshake that never ends', async () => {
    const silent = connectPlain(port(), '127.0.0.1')
    const halfway = connectPlain(port(), '127.0.0.1')
    halfway.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]))
    silent.resume()
    halfway.resume()
    await Promise.all([once(silent, 'close'), once(halfway, 'close')])
  })

  it('answers a first byte that comes alone', async () => {
    const slow = connectPlain(port(), '127.0.0.1')
    slow.setNoDelay(true)
    await once(slow, 'connect')
    slow.write('G')
    await server.client().setup.status.query()
    slow.write('ET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    expect(await text(slow)).toMatch(/^HTTP\/1\.1 200/)
  })

  it('answers what is no HTTP inside TLS as it does outside, and survives a broken handshake', async () => {
    const broken = connectPlain(port(), '127.0.0.1')
    broken.end(Buffer.concat([Buffer.from([0x16]), Buffer.alloc(300, 7)]))
    broken.resume()
    await once(broken, 'close')

    const secure = connect({ port: port(), host: '127.0.0.1', rejectUnauthorized: false })
    secure.write('hello\r\n\r\n')
    expect(await text(secure)).toMatch(/^HTTP\/1\.1 400 .*request\.unreadable/s)
  })

  describe('to other machines in clear', () => {
    beforeEach(() => {
      isLoopback = false
    })

    it('leads a page to its encrypted address', async () => {
      const answer = await ask({ path: '/ticket/1?x=1', headers: { host: 'servidor:4810' } }, undefined, true)
      expect([answer.statusCode, answer.headers.location]).toEqual([
        308,
        'https://servidor:4810/ticket/1?x=1',
      ])
    })

    it.each([
      ['GET', '/trpc/auth.me'],
      ['POST', '/trpc/auth.login'],
      ['GET', '/trpc/live.events'],
      ['GET', '/files/018f0000-0000-7000-8000-000000000000'],
      ['POST', '/files'],
      ['GET', '/updates/latest.yml'],
      ['POST', '/'],
    ])('refuses %s %s in words', async (method, path) => {
      const answer = await ask({ method, path }, undefined, true)
      expect(answer.statusCode).toBe(426)
      expect(await json(answer)).toMatchObject({
        error: { data: { httpStatus: 426, reason: 'server.https_required' } },
      })
    })

    it('answers nothing but health, and everything once it is encrypted', async () => {
      expect((await ask({ path: '/health' }, undefined, true)).statusCode).toBe(200)
      expect((await ask({ path: '/trpc/auth.me' })).statusCode).toBe(200)
    })
  })

  it('answers other machines in clear where the office says so', async () => {
    await using open = await startTestServer({ tls: { allowHttp: true, isLoopback: () => false } })
    expect((await fetch(`${open.url}/trpc/setup.status`)).status).toBe(200)
    expect(await (await fetch(`${open.url}/health`)).json()).toMatchObject({ tls: { httpAllowed: true } })
  })

  it('ends with all its connections, silent ones included', async () => {
    const closing = await startTestServer({ tls: {} })
    const address = { port: Number(new URL(closing.url).port), host: '127.0.0.1' }
    const silent = connectPlain(address)
    const secure = connect({ ...address, rejectUnauthorized: false })
    const ended = [silent, secure].map((socket) => once(socket.resume(), 'close'))
    await Promise.all([once(silent, 'connect'), once(secure, 'secureConnect')])
    await closing[Symbol.asyncDispose]()
    await Promise.all(ended)
  })
})
