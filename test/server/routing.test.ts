import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refusal } from '../support/refusal.ts'
import { startRoutingOffice, type RoutedPerson, type RoutingOffice } from '../support/routing-office.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Bruno and Carla, both of the shop and at their screens. */
async function withTwo(office: RoutingOffice) {
  const [bruno, carla] = [await office.join('Bruno'), await office.join('Carla')]
  for (const person of [bruno, carla]) await office.connect(person)
  return { bruno, carla }
}

async function setProfile(
  { admin, settled }: RoutingOffice,
  { id }: RoutedPerson,
  changes: Record<string, unknown>,
) {
  const profiles = await admin.api.routing.profiles.query()
  const version = profiles.find(({ agentId }) => agentId === id)?.version ?? 0
  await admin.api.routing.updateProfile.mutate({ agentId: id, version, ...changes })
  await settled()
}

const be = async (
  { settled }: RoutingOffice,
  { api }: RoutedPerson,
  state: 'available' | 'busy' | 'away' | 'offline',
) => {
  await api.presence.set.mutate({ state })
  await settled()
}

const stateOf = async ({ admin }: RoutingOffice, { id }: RoutedPerson) =>
  (await admin.api.presence.list.query()).items.find(({ agentId }) => agentId === id)?.state

const alertsOf = async ({ api }: RoutedPerson, reason: string) =>
  (await api.alerts.list.query({})).items.filter((alert) => alert.reason === reason)

const resolve = async ({ admin, settled }: RoutingOffice, ticketId: string, statusId = 'resolved') => {
  const { version } = await admin.api.tickets.get.query({ id: ticketId })
  await admin.api.tickets.update.mutate({ ticketId, version, changes: { statusId } })
  await settled()
}

describe('presence', () => {
  test('is what an agent chose while their screen is open, and offline once it has been closed for a minute', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    const close = await office.connect(bruno)
    expect(await stateOf(office, bruno)).toBe('available')
    await be(office, bruno, 'busy')
    expect(await stateOf(office, bruno)).toBe('busy')

    await close()
    await office.pass(59 * SECOND)
    expect(await stateOf(office, bruno)).toBe('busy')
    await office.pass(SECOND)
    expect(await stateOf(office, bruno)).toBe('offline')
    await office.connect(bruno)
    expect(await stateOf(office, bruno)).toBe('busy')
  })

  test('does not flap: who is back within the minute has not been away, and nothing is told', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    const close = await office.connect(bruno)
    const { seq } = await office.admin.api.presence.list.query()
    await close()
    await office.pass(30 * SECOND)
    await office.connect(bruno)
    await office.pass(5 * MINUTE)
    expect(await stateOf(office, bruno)).toBe('available')
    const told = await office.server.services.store.read.sql<unknown[]>`
      SELECT 1 FROM event WHERE type = 'presence.changed' AND seq > ${seq} AND actorId = ${bruno.id}`
    expect(told).toEqual([])
  })

  test('of a page that nobody looks at holds for as long as it asks for alerts', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    const close = await office.connect(bruno)
    await close()
    for (let minute = 0; minute < 10; minute++) {
      await bruno.api.alerts.list.query({})
      await office.pass(MINUTE)
    }
    expect(await stateOf(office, bruno)).toBe('available')
    await office.pass(2 * MINUTE)
    expect(await stateOf(office, bruno)).toBe('offline')
    await bruno.api.alerts.list.query({})
    await office.pass(0)
    expect(await stateOf(office, bruno)).toBe('offline')
  })

  test('ends with logging out at once, and begins with logging in: available, unless they chose otherwise that day', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    await be(office, bruno, 'away')
    await bruno.api.auth.logout.mutate()
    expect(await stateOf(office, bruno)).toBe('offline')

    const login = () =>
      office.server
        .client()
        .auth.login.mutate({ email: 'bruno@ipe.example', password: 'outra-senha-comprida' })
    const again = office.server.client((await login()).token)
    expect(await stateOf(office, bruno)).toBe('away')
    await again.auth.logout.mutate()
    await office.pass(24 * 60 * MINUTE)
    await login()
    expect(await stateOf(office, bruno)).toBe('available')
  })

  test('is told to every screen, with what was chosen', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await be(office, bruno, 'away')
    const [event] = await office.server.services.store.read.sql<{ audience: string | null; data: string }[]>`
      SELECT audience, data FROM event WHERE type = 'presence.changed' ORDER BY seq DESC LIMIT 1`
    expect(event?.audience).toBeNull()
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ agentId: bruno.id, state: 'away', chosen: 'away' })
  })

  test('of those who were there holds over a restart of the server for a minute', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'balcao-test-'))
    const office = await startRoutingOffice({ dataDir })
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    await office.server.stop()
    const { startTestServer } = await import('../support/server.ts')
    const again = await startTestServer({ clock: office.clock, dataDir })
    const list = async () => (await again.services.presence.list()).items.map(({ state }) => state)
    await again.services.schedule.settled()
    expect(await list()).toContain('available')
    office.clock.advance({ ms: MINUTE })
    await again.services.schedule.settled()
    expect(await list()).not.toContain('available')
    await again.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
})

describe('a ticket', () => {
  test('goes to who has the largest share of their capacity left, and its history says why', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    await setProfile(office, bruno, { capacity: 10 })
    await setProfile(office, carla, { capacity: 2 })
    for (const person of [...Array<RoutedPerson>(8).fill(bruno), carla])
      await office.open({ agentId: person.id })
    office.distribute({})
    const id = await office.open()
    expect(await office.holderOf(id)).toBe('Carla')
    const { timeline } = await office.admin.api.tickets.get.query({ id })
    expect(timeline.find(({ type }) => type === 'routing.assigned')?.data).toEqual({
      agentId: carla.id,
      because: { why: 'leastLoaded', load: 1, capacity: 2 },
    })
  })

  test('is given by a rule, in the rule’s name, and what the rule queued goes on later', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    const rule = await office.admin.api.rules.create.mutate({
      name: 'Distribuir',
      ...{ on: ['ticket.created'], then: [{ do: 'assign', value: {} }], enabled: true },
    })
    const id = await office.open()
    expect(await office.holderOf(id)).toBe('Bruno')
    const { timeline } = await office.admin.api.tickets.get.query({ id })
    expect(timeline.find(({ type }) => type === 'routing.assigned')?.actor).toMatchObject({
      ...{ type: 'rule', id: rule.id },
    })

    await be(office, bruno, 'away')
    const later = await office.open()
    expect(await office.holderOf(later)).toBeNull()
    await be(office, bruno, 'available')
    expect(await office.holderOf(later)).toBe('Bruno')
  })

  test('waits while all have their hands full, and goes to whoever has one free again', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    for (const person of [bruno, carla]) await setProfile(office, person, { capacity: 1 })
    office.distribute({})
    const [first, second, third, fourth] = [
      await office.open(),
      await office.open(),
      await office.open(),
      await office.open({ priorityId: 'urgent' }),
    ]
    expect([await office.holderOf(first), await office.holderOf(second)].sort()).toEqual(['Bruno', 'Carla'])
    expect(await office.holderOf(third)).toBeNull()
    expect(await alertsOf(office.admin, 'routing.nobody')).toEqual([])

    await resolve(office, second)
    expect(await office.holderOf(fourth)).not.toBeNull()
    expect(await office.holderOf(third)).toBeNull()
    await resolve(office, first, 'waiting')
    expect(await office.holderOf(third)).not.toBeNull()
  })

  test.each([
    ['becomes available', (office: RoutingOffice, bruno: RoutedPerson) => be(office, bruno, 'available')],
    [
      'gets a higher capacity',
      async (office: RoutingOffice, bruno: RoutedPerson) => {
        await setProfile(office, bruno, { capacity: 0 })
        await be(office, bruno, 'available')
        await setProfile(office, bruno, { capacity: 3 })
      },
    ],
    [
      'joins the team',
      async (office: RoutingOffice, bruno: RoutedPerson) => {
        await office.admin.api.agents.update.mutate({ id: bruno.id, changes: { teamIds: [] } })
        await be(office, bruno, 'available')
        await office.admin.api.agents.update.mutate({ id: bruno.id, changes: { teamIds: [office.shop] } })
        await office.settled()
      },
    ],
    [
      'logs in',
      async (office: RoutingOffice, bruno: RoutedPerson) => {
        await bruno.api.auth.logout.mutate()
        await office.pass(24 * 60 * MINUTE)
        const login = { email: 'bruno@ipe.example', password: 'outra-senha-comprida' }
        await office.server.client().auth.login.mutate(login)
        await office.settled()
      },
    ],
  ])('that nobody could take goes to the first who %s', async (_, becomesFree) => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    await be(office, bruno, 'away')
    office.distribute({})
    const id = await office.open()
    expect(await office.holderOf(id)).toBeNull()
    await becomesFree(office, bruno)
    expect(await office.holderOf(id)).toBe('Bruno')
  })

  test('that somebody takes by hand, or that is over, no longer waits', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await be(office, bruno, 'away')
    office.distribute({})
    const [taken, over] = [await office.open(), await office.open()]
    const waiting = () => office.admin.api.routing.queue.query()
    expect((await waiting()).map(({ ticketId }) => ticketId)).toEqual([taken, over])
    await bruno.api.routing.claim.mutate({ ticketId: taken })
    await resolve(office, over)
    expect(await waiting()).toEqual([])
    const rows = await office.server.services.store.read.sql<unknown[]>`SELECT 1 FROM routing_queue`
    expect(rows).toEqual([])
  })

  test('goes to whoever had the customer’s last one, while they are on duty', async () => {
    await using office = await startRoutingOffice()
    const { bruno } = await withTwo(office)
    const requester = { email: 'jose@example.com', name: 'José' }
    await office.open({ agentId: bruno.id, requester })
    office.distribute({ lastAgent: true })
    const second = await office.open({ requester })
    expect(await office.holderOf(second)).toBe('Bruno')
    await be(office, bruno, 'away')
    expect(await office.holderOf(await office.open({ requester }))).toBe('Carla')
  })

  test('in another language goes to who speaks it', async () => {
    await using office = await startRoutingOffice()
    const { carla } = await withTwo(office)
    await setProfile(office, carla, { languages: ['en'] })
    office.distribute({ language: true })
    const id = await office.open({
      subject: 'Invoice',
      body: 'Hello, I have not received the invoice of this month.',
    })
    expect(await office.holderOf(id)).toBe('Carla')
    const other = await office.open({ subject: 'Boleto', body: 'Olá, eu não recebi o boleto deste mês.' })
    expect(await office.holderOf(other)).toBe('Bruno')
  })

  test('beyond what somebody takes of its channel goes to others', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    await setProfile(office, bruno, { channelCapacity: { chat: 1 } })
    await setProfile(office, carla, { capacity: 1 })
    office.distribute({ strategy: 'roundRobin' })
    const chats = [await office.open({ channel: 'chat' }), await office.open({ channel: 'chat' })]
    expect((await Promise.all(chats.map(office.holderOf))).sort()).toEqual(['Bruno', 'Carla'])
    expect(await office.holderOf(await office.open({ channel: 'chat' }))).toBeNull()
    expect(await office.holderOf(await office.open({ channel: 'email' }))).toBe('Bruno')
  })

  test('stays with who has it when they leave, and whose turn it is survives a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'balcao-test-'))
    const office = await startRoutingOffice({ dataDir })
    await withTwo(office)
    office.distribute({ strategy: 'roundRobin' })
    const first = await office.holderOf(await office.open())
    const id = await office.open()
    const second = await office.holderOf(id)
    expect(new Set([first, second]).size).toBe(2)
    await office.server.stop()

    const { startTestServer } = await import('../support/server.ts')
    const { distributing } = await import('../support/routing-office.ts')
    const again = await startTestServer({ clock: office.clock, dataDir })
    distributing(again)({ strategy: 'roundRobin' })
    const api = again.client(office.admin.token)
    const next = await api.tickets.create.mutate({
      ...{ subject: 'Outra', body: 'x', channel: 'email', teamId: office.shop, requester: { name: 'Rui' } },
    })
    expect(next.agent?.name).toBe(first)
    office.clock.advance({ ms: MINUTE })
    await again.services.schedule.settled()
    expect((await api.tickets.get.query({ id })).agent?.name).toBe(second)
    await again.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
})

describe('an offer', () => {
  test('asks one agent, counts as a ticket in hand, and makes the ticket theirs when they accept', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    await setProfile(office, carla, { capacity: 0 })
    office.distribute({ mode: 'offer', offerSeconds: 45 })
    const ticketId = await office.open()
    expect(await office.holderOf(ticketId)).toBeNull()
    const [alert] = await alertsOf(bruno, 'routing.offer')
    expect(alert).toMatchObject({ ticketId, severity: 'urgent', data: { agentId: bruno.id } })
    expect(await alertsOf(carla, 'routing.offer')).toEqual([])
    const [profile] = (await office.admin.api.routing.profiles.query()).filter(
      ({ agentId }) => agentId === bruno.id,
    )
    expect(profile?.load).toBe(1)
    expect(await refusal(carla.api.routing.accept.mutate({ ticketId }))).toMatchObject({
      reason: 'routing.offer_gone',
    })

    await bruno.api.routing.accept.mutate({ ticketId })
    expect(await office.holderOf(ticketId)).toBe('Bruno')
    expect(await alertsOf(bruno, 'routing.offer')).toEqual([])
    expect(await office.admin.api.routing.queue.query()).toEqual([])
  })

  test('that is refused, or not answered in time, goes on to the next, and back to the head of the queue', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    for (const person of [bruno, carla]) await setProfile(office, person, { capacity: 1 })
    office.distribute({ mode: 'offer', offerSeconds: 30 })
    const ticketId = await office.open()
    const later = await office.open()
    const askedFor = async (person: RoutedPerson) =>
      (await alertsOf(person, 'routing.offer')).map((alert) => alert.ticketId)
    const asked = { bruno: await askedFor(bruno), carla: await askedFor(carla) }
    const [first, second] = asked.bruno.includes(ticketId) ? [bruno, carla] : [carla, bruno]
    expect(await askedFor(second)).toEqual([later])

    await first.api.routing.refuse.mutate({ ticketId })
    await office.settled()
    expect(await askedFor(first)).toEqual([])
    // The second is still being asked about the later ticket; when they let it pass, the one that went back comes first.
    await office.pass(30 * SECOND)
    expect(await askedFor(second)).toEqual([ticketId])
    expect(await askedFor(first)).toEqual([later])
    const [head] = await office.admin.api.routing.queue.query()
    expect(head).toMatchObject({ ticketId, refusals: 1, offer: { agentId: second.id } })
  })

  test('that nobody else could take comes back to whoever let it pass, after a minute', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    office.distribute({ mode: 'offer', offerSeconds: 20 })
    const ticketId = await office.open()
    await bruno.api.routing.refuse.mutate({ ticketId })
    await office.settled()
    expect(await alertsOf(bruno, 'routing.offer')).toEqual([])
    await office.pass(MINUTE)
    expect(await alertsOf(bruno, 'routing.offer')).toHaveLength(1)
  })

  test('returns when whoever was asked leaves, and does not count against them', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    office.distribute({ mode: 'offer', offerSeconds: 600 })
    const ticketId = await office.open()
    await be(office, bruno, 'offline')
    expect(await office.admin.api.routing.queue.query()).toMatchObject([
      { ticketId, offer: null, refusals: 0 },
    ])
    await be(office, bruno, 'available')
    expect(await alertsOf(bruno, 'routing.offer')).toHaveLength(1)
  })
})

describe('when nobody on duty can take what waits', () => {
  test('supervisors are told once for the team, until it is given out', async () => {
    await using office = await startRoutingOffice()
    const silvia = await office.join('Silvia', { role: 'supervisor', teamIds: [] })
    const bruno = await office.join('Bruno')
    await office.connect(bruno)
    office.distribute({ skills: [{ name: 'impressora', level: 3 }] })
    const ids = [await office.open(), await office.open(), await office.open()]
    const [alert, ...more] = await alertsOf(silvia, 'routing.nobody')
    expect(alert).toMatchObject({ ticketId: null, level: 1, data: { teamId: office.shop, team: 'Loja' } })
    expect(more).toEqual([])
    expect(await alertsOf(bruno, 'routing.nobody')).toEqual([])
    const [first] = await silvia.api.routing.queue.query()
    expect(first).toMatchObject({ nobody: true, because: { unskilled: 1, notReceiving: 2 } })

    await setProfile(office, bruno, { skills: [{ name: 'Impressora', level: 4 }] })
    for (const id of ids) expect(await office.holderOf(id)).toBe('Bruno')
    expect(await alertsOf(silvia, 'routing.nobody')).toEqual([])
    await be(office, bruno, 'away')
    await office.open()
    expect(await alertsOf(silvia, 'routing.nobody')).toHaveLength(1)
  })
})

describe('an agent who takes the next', () => {
  test('is served the most urgent of their teams first, then of no team, and told when nothing waits', async () => {
    await using office = await startRoutingOffice()
    const bruno = await office.join('Bruno')
    const { id: other } = await office.admin.api.teams.create.mutate({ name: 'Oficina' })
    const common = await office.open({ teamId: null, priorityId: 'urgent' })
    const old = await office.open()
    const urgent = await office.open({ priorityId: 'urgent' })
    await office.open({ teamId: other, priorityId: 'urgent' })
    const next = async () => (await bruno.api.routing.next.mutate()).ticket?.id ?? null
    expect([await next(), await next(), await next(), await next()]).toEqual([urgent, old, common, null])
    expect(await bruno.api.routing.next.mutate()).toEqual({ ticket: null, reason: 'routing.nothing_waits' })
    expect(await office.holderOf(urgent)).toBe('Bruno')
  })

  test('never shares one: two who ask at once get two tickets', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    for (let i = 0; i < 10; i++) await office.open()
    const served = await Promise.all(
      [...Array(10).keys()].map((i) => (i % 2 ? bruno : carla).api.routing.next.mutate()),
    )
    expect(new Set(served.map(({ ticket }) => ticket?.id)).size).toBe(10)
  })

  test('finds out who was quicker with one that two claim', async () => {
    await using office = await startRoutingOffice()
    const { bruno, carla } = await withTwo(office)
    const ticketId = await office.open()
    await bruno.api.routing.claim.mutate({ ticketId })
    expect((await bruno.api.routing.claim.mutate({ ticketId })).agent?.id).toBe(bruno.id)
    expect(await refusal(carla.api.routing.claim.mutate({ ticketId }))).toMatchObject({
      reason: 'ticket.already_taken',
      agent: { id: bruno.id, name: 'Bruno' },
    })
  })
})

test('a profile that somebody else changed meanwhile is not overwritten', async () => {
  await using office = await startRoutingOffice()
  const bruno = await office.join('Bruno')
  const update = (capacity: number) =>
    office.admin.api.routing.updateProfile.mutate({ agentId: bruno.id, version: 0, capacity })
  await update(3)
  expect(await refusal(update(4))).toMatchObject({
    reason: 'routing.changed_meanwhile',
    current: { capacity: 3, version: 1 },
  })
  const twice = [1, 2].map((level) => ({ name: level > 1 ? 'rede' : 'Rede', level }))
  const refused = office.admin.api.routing.updateProfile.mutate({
    agentId: bruno.id,
    version: 1,
    skills: twice,
  })
  expect(await refusal(refused)).toMatchObject({ reason: 'routing.skill_twice' })
})

test('a thousand tickets that come at once are spread within one of even, and none is given twice', async () => {
  await using office = await startRoutingOffice()
  const capacities = [40, 60, 80, 100, 100, 120, 140, 160, 200, 200]
  const people: RoutedPerson[] = []
  for (const capacity of capacities) {
    const person = await office.join(`Agente${people.length}`)
    people.push(person)
    await office.connect(person)
    await setProfile(office, person, { capacity })
  }
  office.distribute({})
  const requester = { email: 'jose@example.com', name: 'José' }
  await office.open({ requester })
  const { services } = office.server
  const viewer = await services.sessions.authenticate(office.admin.token, office.clock.now())
  if (!viewer) throw new Error('The administrator is not logged in.')
  await Promise.all(
    [...Array(999).keys()].map((i) =>
      services.tickets.create(viewer, {
        ...{ subject: `Chamado ${i}`, body: 'x', bodyKind: 'public', channel: 'email' },
        ...{ teamId: office.shop, requester },
      }),
    ),
  )
  await office.settled()
  const loads = await office.admin.api.routing.profiles.query()
  const shares = people.map(({ id }, index) => ({
    load: loads.find(({ agentId }) => agentId === id)?.load ?? 0,
    capacity: capacities[index] ?? 0,
  }))
  expect(shares.reduce((sum, { load }) => sum + load, 0)).toBe(1_000)
  for (const { load, capacity } of shares)
    expect(Math.abs(load - (1_000 * capacity) / 1_200)).toBeLessThanOrEqual(1)
  const twice = await office.server.services.store.read.sql<unknown[]>`
    SELECT ticketId FROM event WHERE type = 'routing.assigned' GROUP BY ticketId HAVING count(*) > 1`
  expect(twice).toEqual([])
}, 60_000)
