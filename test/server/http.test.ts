import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../../server/api/root.ts'
import type { Meta } from '../../server/api/trpc.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = await server.setup()
})
afterAll(() => server[Symbol.asyncDispose]())

const post = (procedure: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  })

describe('the contract over plain HTTP', () => {
  it('health answers without a session', async () => {
    const health: unknown = await (await fetch(`${server.url}/health`)).json()
    expect(health).toEqual({
      status: 'ok',
      name: 'balcao',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      api: 1,
      apiSince: 1,
    })
  })

  it('a ticket is made and read with nothing but JSON', async () => {
    const made = await post(
      'tickets.create',
      JSON.stringify({ subject: 'Oi', body: 'Olá', requester: { name: 'Rui' }, channel: 'manual' }),
    )
    const { result } = (await made.json()) as { result: { data: { number: string } } }
    const input = encodeURIComponent(JSON.stringify({ number: result.data.number }))
    const read = await fetch(`${server.url}/trpc/tickets.get?input=${input}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await read.json()).toMatchObject({
      result: { data: { subject: 'Oi', messages: [{ text: 'Olá' }] } },
    })
  })

  it('a list needs no input at all', async () => {
    const read = await fetch(`${server.url}/trpc/tickets.list`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(read.status).toBe(200)
  })

  it('a refusal says a stable reason', async () => {
    const input = encodeURIComponent(JSON.stringify({ number: '1999-000001' }))
    const read = await fetch(`${server.url}/trpc/tickets.get?input=${input}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(read.status).toBe(404)
    expect(await read.json()).toMatchObject({
      error: { data: { code: 'NOT_FOUND', httpStatus: 404, reason: 'ticket.not_found' } },
    })
  })
})

describe('bad input is the caller’s mistake, never a fault of ours', () => {
  it.each([
    ['broken JSON', () => post('tickets.create', '{"subject":'), 400],
    [
      'a subject of ten megabytes',
      () => post('tickets.create', JSON.stringify({ subject: 'x'.repeat(10_000_000) })),
      413,
    ],
    ['an unknown procedure', () => post('tickets.explode', '{}'), 404],
    [
      'a wrong type',
      () => post('tickets.create', JSON.stringify({ subject: 7, body: {}, requester: [], channel: 'pombo' })),
      400,
    ],
    [
      'a wrong content type',
      () => post('tickets.create', 'subject=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
    ],
    ['no session', () => post('tickets.create', '{}', { authorization: '' }), 401],
    [
      'a made-up token',
      () => post('tickets.create', '{}', { authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }),
      401,
    ],
    ['a query where a mutation is', () => fetch(`${server.url}/trpc/tickets.create`), 405],
    ['an idempotency key that is none', () => post('tickets.create', '{}', { 'idempotency-key': 'ç$' }), 400],
    [
      'a null character',
      () =>
        post(
          'tickets.create',
          JSON.stringify({ subject: 'a\0b', body: 'c\0d', requester: { name: 'R\0ui' }, channel: 'manual' }),
        ),
      200,
    ],
    ['an unknown path', () => fetch(`${server.url}/files/../../etc/passwd.txt`), 404],
  ])('%s', async (_, call, status) => {
    const response = await call()
    expect([response.status, await response.text()]).toEqual([
      status,
      expect.not.stringContaining('node_modules'),
    ])
  })

  it('names every field that is wrong', async () => {
    const response = await post(
      'tickets.create',
      JSON.stringify({ subject: '', body: 'x', requester: {}, channel: 'pombo' }),
    )
    const { error } = (await response.json()) as {
      error: { data: { fieldErrors: Record<string, string[]> } }
    }
    expect(Object.keys(error.data.fieldErrors).sort()).toEqual(['channel', 'requester', 'subject'])
  })

  it('a fault of ours shows an id and nothing else', async () => {
    const { tickets } = server.services
    const { create } = tickets
    tickets.create = () => Promise.reject(new Error('secret path /srv/data'))
    const response = await post(
      'tickets.create',
      JSON.stringify({ subject: 'x', body: 'x', requester: { name: 'x' }, channel: 'manual' }),
    )
    tickets.create = create
    expect(response.status).toBe(500)
    const { error } = (await response.json()) as {
      error: { message: string; data: { reason: string; faultId: string } }
    }
    expect(error).toMatchObject({ message: 'server.fault', data: { reason: 'server.fault' } })
    expect(error.data.faultId).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})

describe('the desktop client’s page', () => {
  it('may call from its own origin; other pages may not', async () => {
    const asked = (origin: string) => fetch(`${server.url}/health`, { headers: { origin } })
    expect((await asked('app://balcao')).headers.get('access-control-allow-origin')).toBe('app://balcao')
    expect((await asked('https://evil.example')).headers.get('access-control-allow-origin')).not.toBe(
      'https://evil.example',
    )
  })
})

/** tRPC keeps the tree flat, by dotted names, whatever its types say. */
function allProcedures() {
  const { procedures } = appRouter._def as unknown as {
    procedures: Record<string, { _def: { meta?: Meta } }>
  }
  return Object.entries(procedures)
}

describe('permissions', () => {
  it('every procedure says who may call it', () => {
    const procedures = allProcedures()
    const silent = procedures.filter(([, { _def }]) => !_def.meta?.permission).map(([name]) => name)
    expect(procedures.length).toBeGreaterThan(20)
    expect(silent).toEqual([])
  })

  it('only the first run, logging in, accepting an invitation and a wall by its link are open', () => {
    const procedures = allProcedures()
    const open = procedures.filter(([, { _def }]) => _def.meta?.permission === 'open').map(([name]) => name)
    expect(open.sort()).toEqual([
      'auth.acceptInvitation',
      'auth.login',
      'auth.previewInvitation',
      'setup.create',
      'setup.status',
      'wall.live',
      'wall.open',
      'wall.watch',
    ])
  })
})
