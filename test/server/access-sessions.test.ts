import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { ADMIN, PASSWORD, startTestServer, type Client, type TestServer } from '../support/server.ts'

let clock: TestClock
let server: TestServer
let adminToken: string
let admin: Client
beforeEach(async () => {
  clock = aClock()
  server = await startTestServer({ clock })
  adminToken = await server.setup()
  admin = server.client(adminToken)
})
afterEach(() => server[Symbol.asyncDispose]())

const login = (email: string, password: string) => server.client().auth.login.mutate({ email, password })
const refused = (reason: string) => ({ data: { reason } })
const viewerOf = (token: string) => server.services.sessions.authenticate(token, clock.now())

describe('logging in', () => {
  it('answers a token and who one is, whatever the capitals in the e-mail', async () => {
    const { token, agent } = await login(' ANA@ipe.example ', ADMIN.password)
    expect(agent).toMatchObject({ name: ADMIN.name, email: ADMIN.email, role: 'admin' })
    expect(await server.client(token).auth.me.query()).toMatchObject({ agent: { id: agent.id } })
  })

  it('says the same of a wrong password and of an e-mail that nobody has', async () => {
    await expect(login(ADMIN.email, 'outra coisa qualquer')).rejects.toMatchObject({
      data: { code: 'UNAUTHORIZED', reason: 'auth.invalid_credentials' },
    })
    await expect(login('ninguem@ipe.example', ADMIN.password)).rejects.toMatchObject(
      refused('auth.invalid_credentials'),
    )
  })

  it('tells whoever guesses when to come back', async () => {
    for (let i = 0; i < 5; i++) await login(ADMIN.email, `errada ${i}`).catch(() => undefined)
    await expect(login(ADMIN.email, ADMIN.password)).rejects.toMatchObject({
      data: { httpStatus: 429, reason: 'auth.slow_down', retryAfterMs: 1_000 },
    })
    clock.time += 1_000
    await expect(login(ADMIN.email, ADMIN.password)).resolves.toHaveProperty('token')
  })

  it('is never slow for who knows the password, however often they come', async () => {
    for (let i = 0; i < 8; i++)
      await expect(login(ADMIN.email, ADMIN.password)).resolves.toHaveProperty('token')
  })

  it('tells the deactivated only when they know their password', async () => {
    const { id } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    await admin.agents.deactivate.mutate({ id })
    await expect(login('bia@ipe.example', PASSWORD)).rejects.toMatchObject(refused('auth.deactivated'))
    await expect(login('bia@ipe.example', 'errada errada')).rejects.toMatchObject(
      refused('auth.invalid_credentials'),
    )
  })

  it('keeps neither password nor token in the store', async () => {
    const rows = await server.services.store.read.sql<unknown[]>`
      SELECT passwordHash AS held FROM agent UNION ALL SELECT tokenHash FROM session UNION ALL SELECT response FROM command
      UNION ALL SELECT data FROM event`
    const held = JSON.stringify(rows)
    expect(held).toContain('$argon2id$')
    expect(held).not.toContain(adminToken)
    expect(held).not.toContain(ADMIN.password)
  })
})

describe('a session', () => {
  it('is required for everything but the open doors', async () => {
    await expect(server.client().agents.list.query()).rejects.toMatchObject({
      data: { httpStatus: 401, reason: 'auth.required' },
    })
    await expect(server.client('x'.repeat(43)).agents.list.query()).rejects.toMatchObject(
      refused('auth.required'),
    )
  })

  it('ends with logging out, and only that one', async () => {
    const { token } = await login(ADMIN.email, ADMIN.password)
    await server.client(token).auth.logout.mutate()
    await expect(server.client(token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    await expect(admin.auth.me.query()).resolves.toBeDefined()
  })

  it('is listed to its owner, and to nobody else', async () => {
    clock.advance({ minutes: 1 })
    await login(ADMIN.email, ADMIN.password)
    const bia = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    expect((await admin.auth.sessions.query()).map(({ current }) => current)).toEqual([false, true])
    expect(await server.client(bia.token).auth.sessions.query()).toHaveLength(1)
  })

  it('is revoked by its owner, and by nobody else', async () => {
    const bia = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    const [ofBia] = await server.client(bia.token).auth.sessions.query()
    const { id = '' } = ofBia ?? {}
    await expect(admin.auth.revokeSession.mutate({ id })).rejects.toMatchObject(refused('session.not_found'))
    await server.client(bia.token).auth.revokeSession.mutate({ id })
    await expect(server.client(bia.token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
  })

  it('outlives "end all others" only when it asks for it', async () => {
    const { token } = await login(ADMIN.email, ADMIN.password)
    await server.client(token).auth.revokeOthers.mutate()
    await expect(admin.auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    expect(await server.client(token).auth.sessions.query()).toHaveLength(1)
  })

  it('runs out after thirty days without use, and not while it is used', async () => {
    clock.advance({ days: 29 })
    await admin.auth.me.query()
    clock.advance({ days: 29 })
    await admin.auth.me.query()
    clock.advance({ days: 30 })
    await expect(admin.auth.me.query()).rejects.toMatchObject(refused('auth.required'))
  })

  it('writes its use down at most every five minutes', async () => {
    const seen = async () => {
      // A write waits its turn behind the one that notes the use.
      await server.services.store.write(() => Promise.resolve())
      const [row] = await server.services.store.read.sql<
        { at: number }[]
      >`SELECT lastSeenAt AS at FROM session`
      return row?.at
    }
    const start = clock.now()
    clock.advance({ minutes: 4 })
    await admin.auth.me.query()
    expect(await seen()).toBe(start)
    clock.advance({ minutes: 2 })
    await admin.auth.me.query()
    expect(await seen()).toBe(clock.now())
  })

  it('survives a restart of the server', async () => {
    await server.stop()
    const again = await startTestServer({ clock, dataDir: server.dataDir })
    try {
      await expect(again.client(adminToken).auth.me.query()).resolves.toMatchObject({
        agent: { email: ADMIN.email },
      })
    } finally {
      await again.stop()
    }
  })

  it('opens nothing for an agent who is out, even if it was left behind', async () => {
    const { id, token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    await server.services.store.write(async (tx) => {
      await tx.db.sql`UPDATE agent SET active = 0 WHERE id = ${id}`
    })
    expect(await viewerOf(token)).toBeNull()
  })

  it('tells what outlives a request at once when it ends or its rights change', async () => {
    const { id, token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    const { sessions } = server.services
    const follow = async () => {
      const viewer = await viewerOf(token)
      if (!viewer) throw new Error('Bia is not logged in.')
      return sessions.endSignal(viewer)
    }
    const first = await follow()
    await admin.agents.update.mutate({ id, changes: { role: 'supervisor' } })
    expect(first.aborted).toBe(true)
    expect((await viewerOf(token))?.role).toBe('supervisor')

    const second = await follow()
    const team = await admin.teams.create.mutate({ name: 'Vendas' })
    expect(second.aborted).toBe(false)
    await admin.agents.update.mutate({ id, changes: { teamIds: [team.id] } })
    expect(second.aborted).toBe(true)
    expect((await viewerOf(token))?.teamIds).toEqual([team.id])

    const third = await follow()
    await admin.agents.deactivate.mutate({ id })
    expect(third.aborted).toBe(true)
    expect(await viewerOf(token)).toBeNull()
  })

  it('is over for whoever still holds the viewer of before', async () => {
    const { id, token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    const before = await viewerOf(token)
    await admin.agents.update.mutate({ id, changes: { role: 'supervisor' } })
    await viewerOf(token)
    expect(before && server.services.sessions.endSignal(before).aborted).toBe(true)
  })
})

describe('changing the password', () => {
  it('needs the current one, and ends the other sessions', async () => {
    const { token } = await login(ADMIN.email, ADMIN.password)
    await expect(
      admin.auth.changePassword.mutate({ current: 'errada errada', password: 'a nova e comprida' }),
    ).rejects.toMatchObject({ data: { fieldErrors: { current: ['auth.wrong_password'] } } })
    await admin.auth.changePassword.mutate({ current: ADMIN.password, password: 'a nova e comprida' })
    await expect(server.client(token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    await expect(admin.auth.me.query()).resolves.toBeDefined()
    await expect(login(ADMIN.email, ADMIN.password)).rejects.toMatchObject(
      refused('auth.invalid_credentials'),
    )
    await expect(login(ADMIN.email, 'a nova e comprida')).resolves.toHaveProperty('token')
  })

  it("refuses the company's name", async () => {
    await expect(
      admin.auth.changePassword.mutate({ current: ADMIN.password, password: 'papelaria ipê' }),
    ).rejects.toMatchObject({ data: { fieldErrors: { password: ['auth.password_is_name'] } } })
  })
})
