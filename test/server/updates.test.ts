import { createHash } from 'node:crypto'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ShelfView } from '../../server/updates/contract.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: string
beforeEach(async () => {
  server = await startTestServer()
  admin = await server.setup()
})
afterEach(() => server[Symbol.asyncDispose]())

const installer = Buffer.from('an installer, as far as anybody here can tell')
const sha512 = (content: Buffer) => createHash('sha512').update(content).digest('base64')
const listOf = (version: string, file: string, content: Buffer) =>
  Buffer.from(
    `version: ${version}\nfiles:\n  - url: ${encodeURIComponent(file)}\n    sha512: ${sha512(content)}\n    size: ${content.length}\npath: ${file}\nsha512: ${sha512(content)}\nreleaseDate: '2026-11-20T10:00:00.000Z'\n`,
  )
const EXE = 'Balcao Setup 0.2.0.exe'

const put = (name: string, content: Buffer, token: string | null = admin) =>
  fetch(`${server.url}/updates/${encodeURIComponent(name)}`, {
    method: 'POST',
    body: new Uint8Array(content),
    headers: {
      'content-type': 'application/octet-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
  })
const get = (name: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/updates/${encodeURIComponent(name)}`, { headers })
const refusalOf = async (answer: Response) =>
  ((await answer.json()) as { error: { data: { reason: string } } }).error.data.reason
const shelf = () => server.client(admin).updates.shelf.query()

test('a release is offered to clients, without a session, once its list and all that it names are there', async () => {
  await put('latest.yml', listOf('0.2.0', EXE, installer))
  expect((await get('latest.yml')).status).toBe(404)
  expect((await shelf()).releases).toMatchObject([
    { platform: 'windows', version: '0.2.0', problem: { kind: 'missing', file: EXE } },
  ])

  const answer = (await (await put(EXE, installer)).json()) as ShelfView
  expect(answer.releases).toMatchObject([{ version: '0.2.0', problem: null }])
  expect(await (await get('latest.yml')).text()).toContain('version: 0.2.0')
  expect(Buffer.from(await (await get(EXE)).arrayBuffer())).toEqual(installer)
})

test('a file that is not what its list says keeps the release from clients', async () => {
  await put(EXE, Buffer.from('another thing of the very same length, indeed'.padEnd(installer.length)))
  await put('latest-mac.yml', listOf('0.2.0', EXE, installer))

  expect((await shelf()).releases).toMatchObject([
    { platform: 'macos', problem: { kind: 'damaged', file: EXE } },
  ])
  expect((await get('latest-mac.yml')).status).toBe(404)
})

test('files that the owner puts into the folder by hand count as those sent', async () => {
  const { folder } = await shelf()
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, EXE), installer)
  await writeFile(join(folder, 'latest.yml'), listOf('0.3.0', EXE, installer))
  await writeFile(join(folder, 'notes.txt'), 'no release file')

  const { releases, leftovers } = await shelf()
  expect(releases).toMatchObject([{ version: '0.3.0', problem: null }])
  expect(leftovers).toEqual([])
})

test('a part of a file is given to an updater that goes on where it was cut off', async () => {
  await put(EXE, installer)
  const answer = await get(EXE, { range: 'bytes=3-11' })

  expect(answer.status).toBe(206)
  expect(answer.headers.get('content-range')).toBe(`bytes 3-11/${installer.length}`)
  expect(await answer.text()).toBe(installer.subarray(3, 12).toString())
})

test.each(['../balcao.db', '..\\balcao.db', '.hidden.yml', 'balcao.db', 'latest.yml/..', 'script.sh'])(
  '%s is no file of a release, to read or to write',
  async (name) => {
    expect((await get(name)).status).toBe(404)
    const answer = await put(name, installer)
    expect([400, 404]).toContain(answer.status)
    expect(await readdir((await shelf()).folder).catch(() => [])).toEqual([])
  },
)

test('only who manages the office fills and clears the shelf', async () => {
  const bruno = (await server.join(admin, { name: 'Bruno', email: 'bruno@ipe.example' })).token

  expect(await refusalOf(await put(EXE, installer, bruno))).toBe('auth.forbidden')
  expect(await refusalOf(await put(EXE, installer, null))).toBe('auth.required')
  await expect(server.client(bruno).updates.shelf.query()).rejects.toThrow('auth.forbidden')
})

test('an upload that breaks off leaves nothing to offer', async () => {
  const abort = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new Uint8Array(1024)),
    pull: () => abort.abort(),
  })
  await fetch(`${server.url}/updates/${encodeURIComponent(EXE)}`, {
    method: 'POST',
    body,
    duplex: 'half',
    signal: abort.signal,
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${admin}` },
  } as RequestInit).catch(() => undefined)

  const { folder } = await shelf()
  await expect.poll(() => readdir(join(folder, '.incoming')).catch(() => [])).toEqual([])
  expect((await shelf()).leftovers).toEqual([])
})

test('what is taken off the shelf is offered no longer, and everybody hears of every change', async () => {
  await put(EXE, installer)
  await put('latest.yml', listOf('0.2.0', EXE, installer))
  const after = await server.client(admin).updates.remove.mutate({ names: ['latest.yml', EXE] })

  expect(after).toMatchObject({ releases: [], leftovers: [] })
  expect((await get(EXE)).status).toBe(404)
  const told = await server.services.store.read.sql<{ data: string; audience: string | null }[]>`
    SELECT data, audience FROM event WHERE type = 'updates.changed' ORDER BY seq`
  expect(told.map(({ data }) => (JSON.parse(data) as { offered: object }).offered)).toEqual([
    {},
    { windows: '0.2.0' },
    {},
  ])
  expect(told.every(({ audience }) => audience === null)).toBe(true)
})
