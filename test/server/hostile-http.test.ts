import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

const UNKNOWN = '018f0000-0000-7000-8000-000000000000'
const SEED = 20_260_309

let server: TestServer
let token: string

beforeAll(async () => {
  // As in production: behind the door that tells HTTP from HTTPS.
  server = await startTestServer({ tls: {} })
  token = await server.setup()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Answer {
  status: number
  body: string
}

/** Says exactly this on a connection of its own, byte for byte, and reads until the server hangs up. */
async function say(bytes: string): Promise<Answer> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(bytes, 'latin1')
  const answer = await text(socket)
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]),
    body: answer.slice(answer.indexOf('\r\n\r\n') + 4),
  }
}

/** A request with a session; `lines` are further or other headers. */
const ask = (method: string, path: string, lines: string[] = [], body = '') =>
  say(
    [
      `${method} ${path} HTTP/1.1`,
      ...(lines.some((line) => line.startsWith('Host:')) ? [] : ['Host: localhost']),
      'Connection: close',
      `Authorization: Bearer ${token}`,
      ...(body ? [`Content-Length: ${body.length}`] : []),
      ...lines,
      '',
      body,
    ].join('\r\n'),
  )

function expectRefused({ status, body }: Answer): void {
  const json: unknown = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1))
  expect(json).toMatchObject({
    error: { data: { httpStatus: status, reason: expect.stringMatching(/^[a-z]+(\.[a-z_]+)+$/) } },
  })
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
}

describe('a request that no client of ours sends is refused with a reason', () => {
  it.each([
    ['no HTTP at all', () => say('hello\r\n\r\n')],
    ['an address that is too long', () => ask('GET', `/trpc/${'a'.repeat(20_000)}`)],
    ['a name that is too long', () => ask('GET', `/trpc/${'a'.repeat(6_000)}`)],
    ['an address that is no text', () => ask('GET', '/files/%E0%A4%A')],
    ['an address that ends in the middle of a sign', () => ask('GET', '/%')],
    ['a host that is none', () => ask('GET', '/trpc/setup.status', ['Host: [::1'])],
    ['another host that is none', () => ask('GET', '/trpc/setup.status', ['Host: a:b:c'])],
    ['TRACE', () => ask('TRACE', '/trpc/setup.status')],
    ['PUT', () => ask('PUT', '/health')],
    ['a procedure called __proto__', () => ask('GET', '/trpc/__proto__')],
    ['fifty-one calls in one', () => ask('GET', `/trpc/${Array(51).fill('setup.status').join(',')}?batch=1`)],
    ['connection parameters that are none', () => ask('GET', '/trpc/setup.status?connectionParams=%7B')],
    ['input that is no text', () => ask('GET', '/trpc/tickets.get?input=%FF%FE')],
    [
      'a body that is no text',
      () => ask('POST', '/trpc/auth.login', ['Content-Type: application/json'], '\xff\xfe"'),
    ],
    [
      'a form where JSON belongs',
      () => ask('POST', '/trpc/auth.login', ['Content-Type: multipart/form-data; boundary=x'], '--x--\r\n'),
    ],
    [
      'an idempotency key that is none, for a file',
      () => ask('GET', `/files/${UNKNOWN}`, ['Idempotency-Key: x']),
    ],
    [
      'an idempotency key that is none, for live events',
      () => ask('GET', '/trpc/live.events', ['Idempotency-Key: x']),
    ],
  ])('%s', async (_, call) => expectRefused(await call()))

  it('and a head without a body is answered at once, for live events too', async () => {
    expect((await ask('HEAD', '/trpc/live.events')).status).toBe(204)
    expect((await ask('HEAD', '/trpc/setup.status')).status).toBe(204)
  })
})

describe('live events resume only from a place in the log', () => {
  it.each(['abc', '-1', '1.5', '1e3', '9'.repeat(16), 'NaN', '0x10'])('not from %j', async (place) => {
    expectRefused(await ask('GET', '/trpc/live.events', [`Last-Event-ID: ${place}`]))
    const input = encodeURIComponent(JSON.stringify({ lastEventId: place }))
    expectRefused(await ask('GET', `/trpc/live.events?input=${input}`))
  })

  it.each(['{', '[]', '7', '"x"', '{"lastEventId":7}', '{"lastEventId":[]}', '1e999'])(
    'not with %s',
    async (input) => {
      expectRefused(await ask('GET', `/trpc/live.events?input=${encodeURIComponent(input)}`))
    },
  )
})

describe('uploads', () => {
  const head = 'Content-Disposition: form-data; name="file"; filename="a.txt"'
  const form = (body: string, type = 'multipart/form-data; boundary=x') =>
    ask('POST', '/files', [`Content-Type: ${type}`], body)

  it.each([
    ['no boundary', () => form('--x--\r\n', 'multipart/form-data')],
    ['an endless boundary', () => form('--x--\r\n', `multipart/form-data; boundary=${'b'.repeat(5_000)}`)],
    ['nothing in it', () => form('--x--\r\n')],
    ['text where the form belongs', () => form('just text')],
    ['a part without an end', () => form(`--x\r\n${head}\r\n\r\nabc`)],
    [
      'a field called __proto__',
      () => form('--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n'),
    ],
    [
      'a field and no file',
      () => form('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'),
    ],
    ['a part with a thousand headers', () => form(`--x\r\n${head}\r\n${'X: y\r\n'.repeat(1_000)}\r\nabc`)],
  ])('with %s are refused with a reason', async (_, call) => expectRefused(await call()))

  it('of two files keep the first and answer', async () => {
    const answer = await form(`--x\r\n${head}\r\n\r\none\r\n--x\r\n${head}\r\n\r\ntwo\r\n--x--\r\n`)
    expect(answer.status).toBeLessThan(500)
  })

  it('of anything under any name are answered or refused, and come back safely', async () => {
    const names = fc.oneof(
      fc.constantFrom(
        '',
        '..',
        '../../x',
        'CON',
        '\u{202E}fdp.exe',
        '__proto__',
        'a\u{D800}',
        '%00',
        '.htaccess',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    const inputs = fc.sample(fc.tuple(names, fc.uint8Array({ maxLength: 3_000 })), {
      numRuns: 60,
      seed: SEED,
    })
    for (const [name, content] of inputs) {
      const body = new FormData()
      body.set('file', new Blob([content]), name)
      const headers = { authorization: `Bearer ${token}` }
      const sent = await fetch(`${server.url}/files`, { method: 'POST', headers, body })
      expect(sent.status, JSON.stringify(name)).toBe(200)
      const { id } = (await sent.json()) as { id: string }
      const got = await fetch(`${server.url}/files/${id}?inline=1`, { headers })
      expect(got.status, JSON.stringify(name)).toBe(200)
      expect(new Uint8Array(await got.arrayBuffer())).toEqual(content)
      expect(got.headers.get('content-type')).not.toMatch(/html|svg|xml|javascript/)
    }
  })
})

it('the server still stands', async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
})
