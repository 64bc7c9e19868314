import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADMIN, startTestServer, type TestServer } from '../support/server.ts'

const office = {
  company: 'Papelaria Ipê',
  timezone: 'America/Sao_Paulo',
  locale: 'pt-BR',
  admin: ADMIN,
} as const

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server[Symbol.asyncDispose]())

/** Asks as a page does whose own host name was pointed at this machine. */
function postFromElsewhere(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'evil.example', 'content-type': 'application/json' }
    const call = request(`${server.url}/trpc/${path}`, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
        }),
      )
    })
    call.on('error', reject)
    call.end(JSON.stringify(body))
  })
}

describe('the first run', () => {
  it('is needed until it is done, and then never again', async () => {
    expect(await server.client().setup.status.query()).toEqual({ needed: true, tokenRequired: false })
    await server.setup()
    expect(await server.client().setup.status.query()).toEqual({ needed: false, tokenRequired: false })
    await expect(server.client().setup.create.mutate(office)).rejects.toMatchObject({
      data: { code: 'CONFLICT', reason: 'setup.done' },
    })
  })

  it('makes the office, its first team and an admin who is logged in', async () => {
    const { token, agent } = await server.client().setup.create.mutate(office)
    const admin = server.client(token)
    const teams = await admin.teams.list.query()
    expect(teams).toMatchObject([{ name: 'Atendimento', archivedAt: null }])
    expect(agent).toMatchObject({ name: ADMIN.name, email: ADMIN.email, role: 'admin', active: true })
    expect(agent.teamIds).toEqual(teams.map(({ id }) => id))
    const me = await admin.auth.me.query()
    expect(me.office).toEqual({ company: 'Papelaria Ipê', timezone: 'America/Sao_Paulo', locale: 'pt-BR' })
    expect(me.permissions).toContain('office.manage')
    expect((await admin.tiers.list.query()).map(({ key, name }) => [key, name])).toEqual([
      ['standard', 'Padrão'],
      ['vip', 'VIP'],
    ])
  })

  it("names the first team in the office's language", async () => {
    const { token } = await server.client().setup.create.mutate({ ...office, locale: 'es' })
    expect(await server.client(token).teams.list.query()).toMatchObject([{ name: 'Atención' }])
  })

  it('has one winner when two set up at the same moment', async () => {
    const tries = await Promise.allSettled([
      server.client().setup.create.mutate(office),
      server.client().setup.create.mutate({ ...office, admin: { ...ADMIN, email: 'bia@ipe.example' } }),
    ])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = tries.find((result) => result.status === 'rejected')
    expect(loser?.reason).toMatchObject({ data: { reason: 'setup.done' } })
    const winner = tries.find((result) => result.status === 'fulfilled')
    expect(await server.client(winner?.value.token).agents.list.query()).toHaveLength(1)
  })

  it('takes a caller from elsewhere only with the token that the server printed', async () => {
    expect(await postFromElsewhere('setup.create', office)).toMatchObject({
      status: 403,
      body: { error: { data: { reason: 'setup.token_required' } } },
    })
    expect(await postFromElsewhere('setup.create', { ...office, token: 'x'.repeat(43) })).toMatchObject({
      status: 403,
      body: { error: { data: { reason: 'setup.token_wrong' } } },
    })
    const { token } = server.services.setup
    expect(await postFromElsewhere('setup.create', { ...office, token })).toMatchObject({
      status: 200,
      body: { result: { data: { agent: { role: 'admin' } } } },
    })
  })

  it.each([
    [{ ...office, timezone: 'America/Sao_Paolo' }, 'timezone', 'settings.timezone_unknown'],
    [{ ...office, timezone: '+03:00' }, 'timezone', 'settings.timezone_unknown'],
    [{ ...office, admin: { ...ADMIN, password: 'curta' } }, 'admin.password', 'auth.password_too_short'],
    [{ ...office, admin: { ...ADMIN, password: 'senha12345' } }, 'admin.password', 'auth.password_common'],
    [{ ...office, admin: { ...ADMIN, password: ADMIN.email } }, 'admin.password', 'auth.password_is_name'],
    [
      { ...office, admin: { ...ADMIN, password: 'x'.repeat(201) } },
      'admin.password',
      'auth.password_too_long',
    ],
  ])('says at which field it refuses (%#)', async (input, field, reason) => {
    const refusal = server.client().setup.create.mutate(input)
    await expect(refusal).rejects.toMatchObject({
      data: { httpStatus: 400, fieldErrors: { [field]: [reason] } },
    })
    expect(await server.client().setup.status.query()).toMatchObject({ needed: true })
  })
})
