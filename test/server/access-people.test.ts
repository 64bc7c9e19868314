import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../server/ids.ts'
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

const refused = (reason: string) => ({ data: { reason } })
const at = (field: string, reason: string) => ({
  data: { httpStatus: 400, fieldErrors: { [field]: [reason] } },
})
const adminId = async () => (await admin.auth.me.query()).agent.id
const eventTypes = async () =>
  (await server.services.store.read.sql<{ type: string }[]>`SELECT type FROM event ORDER BY seq`).map(
    ({ type }) => type,
  )

/** Only its row: teams don't ask what a calendar says. */
async function aCalendar(name: string, archivedAt: number | null = null): Promise<string> {
  const id = newId()
  await server.services.store.write(
    (tx) => tx.db.sql`
      INSERT INTO calendar (id, name, revisionId, version, createdAt, archivedAt) VALUES (${id}, ${name}, 'r', 1, 0, ${archivedAt})`,
  )
  return id
}

const bia = { name: 'Bia', email: 'bia@ipe.example', password: PASSWORD }

describe('agents', () => {
  it('are created with a role and teams by whoever manages people', async () => {
    const team = await admin.teams.create.mutate({ name: 'Vendas' })
    const agent = await admin.agents.create.mutate({ ...bia, role: 'supervisor', teamIds: [team.id] })
    expect(agent).toMatchObject({
      name: 'Bia',
      role: 'supervisor',
      teamIds: [team.id],
      active: true,
      invitation: null,
    })
    expect((await admin.agents.list.query()).map(({ name }) => name)).toEqual(['Ana Souza', 'Bia'])
  })

  it('are agents without teams when nothing else is said', async () => {
    const { name, email, password } = bia
    expect(await admin.agents.create.mutate({ name, email, password })).toMatchObject({
      role: 'agent',
      teamIds: [],
    })
  })

  it('have one e-mail each, whatever its capitals', async () => {
    await admin.agents.create.mutate(bia)
    const again = admin.agents.create.mutate({ ...bia, email: 'BIA@IPE.example' })
    await expect(again).rejects.toMatchObject(at('email', 'agents.email_taken'))
    const { id } = await admin.agents.create.mutate({ ...bia, email: 'caio@ipe.example' })
    await expect(
      admin.agents.update.mutate({ id, changes: { email: 'bia@ipe.example' } }),
    ).rejects.toMatchObject(at('email', 'agents.email_taken'))
  })

  it('can only be put into teams that exist, and a refused change changes nothing', async () => {
    const { id } = await admin.agents.create.mutate(bia)
    const refusal = admin.agents.update.mutate({ id, changes: { name: 'Beatriz', teamIds: [id] } })
    await expect(refusal).rejects.toMatchObject(at('teamIds', 'agents.team_unknown'))
    expect((await admin.agents.list.query()).map(({ name }) => name)).toContain('Bia')
  })

  it('keep what a change does not name', async () => {
    const team = await admin.teams.create.mutate({ name: 'Vendas' })
    const { id } = await admin.agents.create.mutate({ ...bia, teamIds: [team.id] })
    const changed = await admin.agents.update.mutate({ id, changes: { locale: 'en' } })
    expect(changed).toMatchObject({ name: 'Bia', teamIds: [team.id], locale: 'en', role: 'agent' })
    expect(await admin.agents.update.mutate({ id, changes: {} })).toEqual(changed)
  })

  it('are not managed by agents or supervisors', async () => {
    for (const role of ['agent', 'supervisor'] as const) {
      const { token } = await server.join(adminToken, { name: role, email: `${role}@ipe.example`, role })
      await expect(server.client(token).agents.create.mutate(bia)).rejects.toMatchObject({
        data: { httpStatus: 403, reason: 'auth.forbidden' },
      })
      await expect(server.client(token).teams.create.mutate({ name: 'Minha' })).rejects.toMatchObject(
        refused('auth.forbidden'),
      )
      expect(await server.client(token).agents.list.query()).not.toHaveLength(0)
    }
  })

  it('may change their own name and language, not their role', async () => {
    const { token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    const mine = server.client(token)
    expect(await mine.auth.updateProfile.mutate({ name: 'Beatriz', locale: 'es' })).toMatchObject({
      name: 'Beatriz',
      locale: 'es',
    })
    // @ts-expect-error the contract has no such field
    const promotion = mine.auth.updateProfile.mutate({ role: 'admin' })
    await expect(promotion).rejects.toMatchObject(refused('input.invalid'))
  })

  it('lose their access when deactivated and get it back when reactivated', async () => {
    const { id, token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    expect(await admin.agents.deactivate.mutate({ id })).toMatchObject({ active: false })
    await expect(server.client(token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    await admin.agents.reactivate.mutate({ id })
    await expect(server.client(token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    const again = await server.client().auth.login.mutate({ email: 'bia@ipe.example', password: PASSWORD })
    expect(again.agent.active).toBe(true)
  })

  it('get a new password from an admin, and whoever used the old one is out', async () => {
    const { id, token } = await server.join(adminToken, { name: 'Bia', email: 'bia@ipe.example' })
    await admin.agents.resetPassword.mutate({ id, password: 'uma senha nova' })
    await expect(server.client(token).auth.me.query()).rejects.toMatchObject(refused('auth.required'))
    const login = server.client().auth.login.mutate({ email: 'bia@ipe.example', password: 'uma senha nova' })
    await expect(login).resolves.toHaveProperty('token')
  })

  it('are known by name at once after a change, also to callers that cannot wait', async () => {
    const { people } = server.services
    await people.current()
    const { id } = await admin.agents.create.mutate(bia)
    await people.current()
    expect(people.agentName(id)).toBe('Bia')
    expect(people.agentName('nobody')).toBeNull()
  })

  it('leave a record of every change', async () => {
    const { id } = await admin.agents.create.mutate(bia)
    await admin.agents.update.mutate({ id, changes: { role: 'supervisor' } })
    await admin.agents.deactivate.mutate({ id })
    await admin.agents.reactivate.mutate({ id })
    await admin.agents.resetPassword.mutate({ id, password: 'uma senha nova' })
    expect((await eventTypes()).filter((type) => type.startsWith('agent.')).slice(1)).toEqual([
      'agent.created',
      'agent.updated',
      'agent.deactivated',
      'agent.reactivated',
      'agent.password_reset',
    ])
  })
})

describe('the last admin', () => {
  it('can be neither deactivated nor demoted', async () => {
    const id = await adminId()
    await expect(admin.agents.deactivate.mutate({ id })).rejects.toMatchObject({
      data: { httpStatus: 409, reason: 'agents.last_admin' },
    })
    await expect(admin.agents.update.mutate({ id, changes: { role: 'agent' } })).rejects.toMatchObject(
      refused('agents.last_admin'),
    )
    expect(await admin.auth.me.query()).toMatchObject({ agent: { role: 'admin', active: true } })
  })

  it('is not the last when another can log in; one who was only invited does not count', async () => {
    const id = await adminId()
    await admin.agents.invite.mutate({ name: 'Caio', email: 'caio@ipe.example', role: 'admin', teamIds: [] })
    await expect(admin.agents.update.mutate({ id, changes: { role: 'agent' } })).rejects.toMatchObject(
      refused('agents.last_admin'),
    )
    await admin.agents.create.mutate({ ...bia, role: 'admin' })
    expect(await admin.agents.update.mutate({ id, changes: { role: 'agent' } })).toMatchObject({
      role: 'agent',
    })
  })
})

describe('an invitation', () => {
  const invite = () => admin.agents.invite.mutate({ name: 'Caio', email: 'caio@ipe.example', teamIds: [] })

  it('lets the invited choose a password, once, and logs them in', async () => {
    const { agent, invitation } = await invite()
    expect(agent.invitation).toEqual({ expiresAt: invitation.expiresAt })
    expect(await server.client().auth.previewInvitation.mutate({ token: invitation.token })).toEqual({
      name: 'Caio',
      email: 'caio@ipe.example',
      company: 'Papelaria Ipê',
    })
    const joined = await server
      .client()
      .auth.acceptInvitation.mutate({ token: invitation.token, password: PASSWORD })
    expect(joined.agent).toMatchObject({ id: agent.id, invitation: null })
    await expect(server.client(joined.token).auth.me.query()).resolves.toBeDefined()
    await expect(
      server.client().auth.acceptInvitation.mutate({ token: invitation.token, password: PASSWORD }),
    ).rejects.toMatchObject(refused('invitation.not_found'))
    await expect(admin.agents.renewInvitation.mutate({ id: agent.id })).rejects.toMatchObject(
      refused('invitation.accepted'),
    )
  })

  it('leaves no way in but its link: there is no password yet, not even an empty one', async () => {
    await invite()
    const login = server.client().auth.login.mutate({ email: 'caio@ipe.example', password: '' })
    await expect(login).rejects.toMatchObject(refused('auth.invalid_credentials'))
  })

  it('runs out after seven days', async () => {
    const { invitation } = await invite()
    clock.advance({ days: 7 })
    await expect(
      server.client().auth.acceptInvitation.mutate({ token: invitation.token, password: PASSWORD }),
    ).rejects.toMatchObject(refused('invitation.not_found'))
  })

  it('takes the place of the one before', async () => {
    const first = await invite()
    const second = await admin.agents.renewInvitation.mutate({ id: first.agent.id })
    await expect(
      server.client().auth.previewInvitation.mutate({ token: first.invitation.token }),
    ).rejects.toMatchObject(refused('invitation.not_found'))
    await expect(
      server.client().auth.previewInvitation.mutate({ token: second.invitation.token }),
    ).resolves.toBeDefined()
  })

  it('is void when the invited is deactivated', async () => {
    const { agent, invitation } = await invite()
    await admin.agents.deactivate.mutate({ id: agent.id })
    await expect(
      server.client().auth.acceptInvitation.mutate({ token: invitation.token, password: PASSWORD }),
    ).rejects.toMatchObject(refused('invitation.not_found'))
  })
})

describe('teams', () => {
  it('have names of their own, accents and capitals aside', async () => {
    await expect(admin.teams.create.mutate({ name: 'ATENDIMENTO' })).rejects.toMatchObject(
      at('name', 'teams.name_taken'),
    )
  })

  it('are made once when the same id comes twice', async () => {
    const id = '0198c0de-0000-7000-8000-000000000001'
    await admin.teams.create.mutate({ id, name: 'Vendas' })
    await admin.teams.create.mutate({ id, name: 'Vendas' })
    expect((await admin.teams.list.query()).map(({ name }) => name)).toEqual(['Atendimento', 'Vendas'])
  })

  it('are renamed, put in order, archived and restored', async () => {
    const { id } = await admin.teams.create.mutate({ name: 'Vendas' })
    await admin.teams.update.mutate({ id, changes: { name: 'Comercial', position: 0 } })
    expect(await admin.teams.archive.mutate({ id })).toMatchObject({
      name: 'Comercial',
      archivedAt: new Date(clock.now()).toISOString(),
    })
    await admin.teams.create.mutate({ name: 'Comercial' })
    await expect(admin.teams.restore.mutate({ id })).rejects.toMatchObject(at('name', 'teams.name_taken'))
    await admin.teams.update.mutate({ id, changes: { name: 'Comercial antigo' } })
    expect(await admin.teams.restore.mutate({ id })).toMatchObject({ archivedAt: null })
  })

  it('may have a shift of their own', async () => {
    const shift = await aCalendar('Noite')
    const { id, calendarId } = await admin.teams.create.mutate({ name: 'Plantão', calendarId: shift })
    expect(calendarId).toBe(shift)
    expect((await server.services.people.current()).teams.get(id)?.calendarId).toBe(shift)
    expect(await admin.teams.update.mutate({ id, changes: { calendarId: null } })).toMatchObject({
      calendarId: null,
    })
    expect((await server.services.people.current()).teams.get(id)?.calendarId).toBeNull()
    expect(await admin.teams.create.mutate({ name: 'Vendas' })).toMatchObject({ calendarId: null })
  })

  it('take up no calendar that is retired or was never there, but keep the one they have', async () => {
    const [unknown, retired, shift] = [newId(), await aCalendar('Antigo', 5), await aCalendar('Noite')]
    for (const [calendarId, reason] of [
      [unknown, 'calendar.not_found'],
      [retired, 'calendar.retired'],
    ] as const)
      await expect(admin.teams.create.mutate({ name: 'Plantão', calendarId })).rejects.toMatchObject(
        at('calendarId', reason),
      )
    const { id } = await admin.teams.create.mutate({ name: 'Plantão', calendarId: shift })
    await expect(admin.teams.update.mutate({ id, changes: { calendarId: retired } })).rejects.toMatchObject(
      at('calendarId', 'calendar.retired'),
    )
    await server.services.store.write(
      (tx) => tx.db.sql`UPDATE calendar SET archivedAt = 5 WHERE id = ${shift}`,
    )
    const renamed = await admin.teams.update.mutate({ id, changes: { name: 'Noturno', calendarId: shift } })
    expect(renamed).toMatchObject({ name: 'Noturno', calendarId: shift })
  })

  it('that do not exist are not found', async () => {
    const id = '0198c0de-0000-7000-8000-000000000001'
    await expect(admin.teams.archive.mutate({ id })).rejects.toMatchObject({
      data: { httpStatus: 404, reason: 'team.not_found' },
    })
  })
})

describe('the office', () => {
  it('is changed field by field by an admin, and read by everybody', async () => {
    expect(await admin.settings.update.mutate({ timezone: 'America/Manaus' })).toEqual({
      company: 'Papelaria Ipê',
      timezone: 'America/Manaus',
      locale: 'pt-BR',
    })
    const { token } = await server.join(adminToken, {
      name: 'Bia',
      email: 'bia@ipe.example',
      role: 'supervisor',
    })
    expect(await server.client(token).settings.get.query()).toMatchObject({ timezone: 'America/Manaus' })
    await expect(server.client(token).settings.update.mutate({ company: 'Minha' })).rejects.toMatchObject(
      refused('auth.forbidden'),
    )
  })
})

describe('the contract in plain JSON', () => {
  const post = async (procedure: string, input: unknown, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const response = await fetch(`${server.url}/trpc/${procedure}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    return { status: response.status, body: (await response.json()) as unknown }
  }

  it('logs in, and creates teams and agents', async () => {
    const login = await post('auth.login', { email: ADMIN.email, password: ADMIN.password })
    expect(login).toMatchObject({ status: 200, body: { result: { data: { agent: { role: 'admin' } } } } })
    expect(await post('teams.create', { name: 'Vendas' }, adminToken)).toMatchObject({
      status: 200,
      body: { result: { data: { name: 'Vendas' } } },
    })
    expect(await post('agents.create', bia, adminToken)).toMatchObject({ status: 200 })
    expect(await post('auth.logout', undefined, adminToken)).toMatchObject({ status: 200 })
    expect(await post('auth.login', { email: 7 })).toMatchObject({
      status: 400,
      body: { error: { data: { reason: 'input.invalid' } } },
    })
  })
})
