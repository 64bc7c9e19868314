import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FileView } from '../../server/files/contract.ts'
import { newId } from '../../server/ids.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const DAY = 24 * 60 * 60 * 1_000
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const clock = { time: Date.UTC(2026, 2, 9, 12), now: () => clock.time }
let server: TestServer
let admin: string
let ana: string
let bruno: string
let anasTeam: string
beforeEach(async () => {
  clock.time = Date.UTC(2026, 2, 9, 12)
  server = await startTestServer({ clock })
  admin = await server.setup()
  anasTeam = (await server.client(admin).teams.create.mutate({ name: 'Suporte' })).id
  ana = (await server.join(admin, { name: 'Ana', email: 'ana2@ipe.example', teamIds: [anasTeam] })).token
  bruno = (await server.join(admin, { name: 'Bruno', email: 'bruno@ipe.example' })).token
})
afterEach(() => server[Symbol.asyncDispose]())

const send = (
  token: string | null,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
  type = 'text/html',
) => {
  const body = new FormData()
  body.append('file', new Blob([content], { type }), name)
  return fetch(`${server.url}/files`, { method: 'POST', body, headers: token ? bearer(token) : {} })
}
const upload = async (token: string, name: string, content: string | Uint8Array<ArrayBuffer> = name) =>
  (await (await send(token, name, content)).json()) as FileView
const get = (token: string, idAndQuery: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/files/${idAndQuery}`, { headers: { ...bearer(token), ...headers } })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const refusal = async (response: Response) => {
  const { error } = (await response.json()) as { error: { data: { httpStatus: number; reason: string } } }
  return { status: response.status, ...error.data }
}
const onDisk = async () =>
  (await readdir(join(server.dataDir, 'files'), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )

const openTicket = (token: string, attachments: string[]) =>
  server.client(token).tickets.create.mutate({
    subject: 'Impressora parada',
    body: 'Segue a foto.',
    requester: { name: 'Carla' },
    channel: 'phone',
    teamId: anasTeam,
    attachments,
  })

describe('sending a file', () => {
  test('answers with what it is, and it comes back byte for byte', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256))
    const file = await upload(ana, 'Orçamento março.bin', new Uint8Array(content))
    expect(file).toEqual({
      id: file.id,
      name: 'Orçamento março.bin',
      size: 300_000,
      type: 'application/octet-stream',
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect(Buffer.from(await (await get(ana, file.id)).arrayBuffer()).equals(content)).toBe(true)
  })

  test('takes a session', async () => {
    expect(await refusal(await send(null, 'a.txt', 'a'))).toMatchObject({
      status: 401,
      reason: 'auth.required',
    })
    expect(await refusal(await send('x'.repeat(43), 'a.txt', 'a'))).toMatchObject({ status: 401 })
    expect((await fetch(`${server.url}/files/${newId()}?token=${ana}`)).status).toBe(401)
  })

  test('over the limit is told the limit, and leaves nothing', async () => {
    const tooLarge = await send(ana, 'a.bin', new Uint8Array(25 * 1024 * 1024 + 1))
    expect(await refusal(tooLarge)).toMatchObject({
      status: 413,
      httpStatus: 413,
      code: 'PAYLOAD_TOO_LARGE',
      reason: 'files.too_large',
      limit: 26_214_400,
    })
    expect(await onDisk()).toEqual([])
    expect((await send(ana, 'a.bin', new Uint8Array(25 * 1024 * 1024))).status).toBe(200)
  })

  test('without a file, or as something else than a form, is refused clearly', async () => {
    const body = new FormData()
    body.append('note', 'no file here')
    const empty = await fetch(`${server.url}/files`, { method: 'POST', body, headers: bearer(ana) })
    expect(await refusal(empty)).toMatchObject({ status: 400, reason: 'files.missing' })
    const json = await fetch(`${server.url}/files`, {
      method: 'POST',
      body: '{}',
      headers: { ...bearer(ana), 'content-type': 'application/json' },
    })
    expect(await refusal(json)).toMatchObject({ status: 400, reason: 'files.not_multipart' })
    const broken = await fetch(`${server.url}/files`, {
      method: 'POST',
      body: 'no such boundary',
      headers: { ...bearer(ana), 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(await refusal(broken)).toMatchObject({ status: 400, reason: 'files.unreadable' })
    const unfinished = await fetch(`${server.url}/files`, {
      method: 'POST',
      body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nmetade',
      headers: { ...bearer(ana), 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(await refusal(unfinished)).toMatchObject({ status: 400, reason: 'files.unreadable' })
    expect(await onDisk()).toEqual([])
    const noBoundary = await fetch(`${server.url}/files`, {
      method: 'POST',
      body: 'x',
      headers: { ...bearer(ana), 'content-type': 'multipart/form-data' },
    })
    expect(await refusal(noBoundary)).toMatchObject({ status: 400, reason: 'files.unreadable' })
  })

  test('without a name gets one', async () => {
    const response = await fetch(`${server.url}/files`, {
      method: 'POST',
      body: '--x\r\nContent-Disposition: form-data\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n--x--\r\n',
      headers: { ...bearer(ana), 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(await response.json()).toMatchObject({ name: 'file', size: 3 })
  })

  test('announced as enormous is refused before it is sent', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname).setEncoding('utf8')
    let answer = ''
    socket.on('data', (text: string) => (answer += text))
    socket.write(
      `POST /files HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${ana}\r\nContent-Length: 9999999999\r\n` +
        `Content-Type: multipart/form-data; boundary=x\r\n\r\n`,
    )
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('"reason":"files.too_large","limit":26214400')
  })

  test('cut off on the way leaves nothing', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nmetade'
    socket.write(
      `POST /files HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${ana}\r\nContent-Length: 1000\r\n` +
        `Content-Type: multipart/form-data; boundary=x\r\n\r\n${head}`,
    )
    await vi.waitFor(async () => expect(await onDisk()).toHaveLength(1))
    socket.destroy()
    await vi.waitFor(async () => expect(await onDisk()).toEqual([]))
    expect(await server.services.store.read.sql`SELECT id FROM file`).toEqual([])
  })
})

describe('fetching a file', () => {
  test('is for saving, never for a browser to run', async () => {
    const { id } = await upload(ana, 'página "1".html', '<script>alert(1)</script>')
    const response = await get(ana, `${id}?inline=1`)
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="pagina _1_.html"; filename*=UTF-8''p%C3%A1gina%20_1_.html`,
    )
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  })

  test('shows a picture in place only when asked to', async () => {
    const { id, type } = await upload(ana, 'foto.png', new Uint8Array(PNG))
    expect(type).toBe('image/png')
    expect((await get(ana, id)).headers.get('content-disposition')).toMatch(/^attachment/)
    expect((await get(ana, `${id}?inline=1`)).headers.get('content-disposition')).toMatch(/^inline/)
  })

  test('sends nothing again that the client has', async () => {
    const { id, sha256 } = await upload(ana, 'a.txt')
    const etag = (await get(ana, id)).headers.get('etag') ?? ''
    expect(etag).toBe(`"${sha256}"`)
    expect((await get(ana, id, { 'if-none-match': `"other", ${etag}` })).status).toBe(304)
    expect((await get(ana, id, { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('goes on where a download broke off', async () => {
    const { id } = await upload(ana, 'a.txt', '0123456789')
    const rest = await get(ana, id, { range: 'bytes=6-' })
    expect([rest.status, rest.headers.get('content-range'), await rest.text()]).toEqual([
      206,
      'bytes 6-9/10',
      '6789',
    ])
    const beyond = await get(ana, id, { range: 'bytes=10-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  test('works for an empty file too', async () => {
    const { id, size } = await upload(ana, 'vazio.txt', '')
    expect(size).toBe(0)
    expect(await (await get(ana, id)).text()).toBe('')
  })

  test('of a name that is no id is not found', async () => {
    expect(await refusal(await get(ana, 'nada'))).toMatchObject({ status: 404, reason: 'files.not_found' })
  })
})

describe('a file on a ticket', () => {
  test('is seen by those who see the ticket and by nobody else', async () => {
    const { id } = await upload(ana, 'a.txt')
    expect((await get(admin, id)).status).toBe(404)
    const ticket = await openTicket(ana, [id])
    expect((await get(admin, id)).status).toBe(200)
    expect((await get(ana, id)).status).toBe(200)
    expect((await get(bruno, id)).status).toBe(404)
    const { version } = await server.client(admin).tickets.get.query({ id: ticket.id })
    await server
      .client(admin)
      .tickets.update.mutate({ ticketId: ticket.id, version, changes: { teamId: null } })
    expect((await get(bruno, id)).status).toBe(200)
  })

  test('in another team’s queue is no longer seen by who sent it', async () => {
    const { id } = await upload(bruno, 'a.txt')
    await openTicket(bruno, [id])
    expect([(await get(bruno, id)).status, (await get(ana, id)).status]).toEqual([404, 200])
  })

  test('is listed with its message, in the order the files were sent', async () => {
    const one = await upload(ana, '1.txt')
    const other = await upload(ana, '2.txt')
    const { id } = await openTicket(ana, [other.id, one.id])
    const { messages } = await server.client(ana).tickets.get.query({ id })
    expect(messages.map(({ attachments }) => attachments)).toEqual([[one, other]])
  })

  test('must be one’s own upload that hangs nowhere else, or nothing of the ticket is made', async () => {
    const mine = await upload(ana, '1.txt')
    const his = await upload(bruno, '2.txt')
    for (const id of [his.id, newId()])
      await expect(openTicket(ana, [mine.id, id])).rejects.toMatchObject({
        data: { reason: 'files.not_found' },
      })
    expect((await server.client(ana).tickets.list.query({})).items).toEqual([])
    await openTicket(ana, [mine.id])
    await expect(openTicket(ana, [mine.id])).rejects.toMatchObject({
      data: { reason: 'files.already_attached' },
    })
  })

  test('stays for ever; an upload that no ticket took is forgotten after a day', async () => {
    const kept = await upload(ana, 'fica.txt')
    const left = await upload(ana, 'vai.txt')
    await openTicket(ana, [kept.id])
    clock.time += DAY + 1
    await server.services.files.sweepUnattached(clock.now())
    expect([(await get(ana, kept.id)).status, (await get(ana, left.id)).status]).toEqual([200, 404])
    expect((await onDisk()).map(({ name }) => name)).toEqual([kept.sha256])
  })
})
