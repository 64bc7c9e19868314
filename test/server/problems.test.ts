import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldName } from '../../server/catalog/fold-name.ts'
import { newId } from '../../server/ids.ts'
import { findProblems } from '../../server/problems/reckon.ts'
import { openReader } from '../../server/store/reader.ts'
import { aClock, type TestClock } from '../support/desk-clock.ts'
import { writePast } from '../support/past-office.ts'
import { refusal } from '../support/refusal.ts'
import { startTestServer, type Client, type TestServer } from '../support/server.ts'

let server: TestServer
let clock: TestClock
let token: string
let ana: Client
const asked = { days: 30 }
const matters = [
  ['Impressora fiscal não imprime', 'A impressora fiscal acende a luz vermelha e o cupom não sai.'],
  ['Boleto duplicado', 'Recebi o boleto duplicado, com dois vencimentos.'],
] as const

beforeAll(async () => {
  clock = aClock()
  server = await startTestServer({ clock })
  token = await server.setup()
  ana = server.client(token)
  await ana.types.create.mutate({ name: 'Problema', icon: 'bug' })
  const organization = await ana.organizations.create.mutate({ name: 'Grupo São José' })
  const customer = await ana.customers.create.mutate({ name: 'Padaria', organizationId: organization.id })
  for (let index = 0; index < 12; index += 1) {
    clock.advance({ days: 1 })
    const [subject, body] = matters[index % 2] ?? matters[0]
    const { id } = await ana.tickets.create.mutate({
      ...{ subject, body, channel: 'phone' },
      requester: index < 4 ? { id: customer.id } : { name: `Cliente ${index}` },
    })
    if (index < 6)
      await ana.tickets.reply.mutate({ ticketId: id, kind: 'public', body: 'Feito.', statusId: 'resolved' })
  }
  for (const subject of ['Cadeira nova', 'Curso de planilhas', 'Visita ao escritório'])
    await ana.tickets.create.mutate({
      subject,
      body: 'Como combinado.',
      channel: 'email',
      requester: { name: 'Rui' },
    })
})
afterAll(() => server[Symbol.asyncDispose]())

const printer = async () => {
  const problem = (await ana.problems.list.query(asked)).items.find(({ words }) =>
    words.includes('impressora'),
  )
  if (!problem) throw new Error('no such problem')
  return problem
}

describe('recurring problems', () => {
  it('of one’s own tickets are each person’s own', async () => {
    const [rita, saul] = await Promise.all(
      ['rita', 'saul'].map((name) =>
        server.join(token, { name, email: `${name}@ipe.example`, role: 'supervisor' }),
      ),
    )
    const mine = { days: 30, filter: { agentIds: ['me'] } }
    const own = async (who = rita) => (await server.client(who?.token).problems.list.query(mine)).tickets
    expect(await own(saul)).toBe(0)
    const [ticket] = (await ana.tickets.list.query({ limit: 1 })).items
    const { id: ticketId = '', version = 0 } = ticket ?? {}
    const changes = { agentId: rita?.id ?? '' }
    const { version: taken } = await ana.tickets.update.mutate({ ticketId, version, changes })
    expect(await own(rita)).toBe(1)
    await ana.tickets.update.mutate({ ticketId, version: taken, changes: { agentId: null } })
  })

  it('of the teams that one works in are each person’s own, also where a team is chosen beside them', async () => {
    const team = await ana.teams.create.mutate({ name: 'Balcão de peças' })
    const [vera, igor] = await Promise.all(
      ['vera', 'igor'].map((name) =>
        server.join(token, { name, email: `${name}@ipe.example`, role: 'supervisor' }),
      ),
    )
    await ana.agents.update.mutate({ id: vera?.id ?? '', changes: { teamIds: [team.id] } })
    const [ticket] = (await ana.tickets.list.query({ limit: 1 })).items
    const { id: ticketId = '', version = 0 } = ticket ?? {}
    await ana.tickets.update.mutate({ ticketId, version, changes: { teamId: team.id } })
    const seenBy = async (who: typeof vera, asked: object) =>
      (await server.client(who?.token).problems.list.query({ days: 30, ...asked })).tickets
    const mine = { teamIds: [team.id], filter: { teamIds: ['mine'] } }
    expect([await seenBy(vera, mine), await seenBy(igor, mine)]).toEqual([1, 0])
    const where = { all: [{ field: 'team' as const, op: 'is' as const, value: 'myTeams' }] }
    const inTree = { filter: { where } }
    expect([await seenBy(vera, inTree), await seenBy(igor, inTree)]).toEqual([1, 0])
  })

  it('are looked for among the newest tickets where there are more than can be', () => {
    const reader = openReader(join(server.dataDir, 'balcao.db'), { fold: foldName })
    const job = { now: clock.now(), days: 30, picked: { sql: '1 = 1', values: [] } }
    const { tickets, items } = findProblems(reader, job, 11)
    reader.close()
    expect([tickets, ...items.map((problem) => problem.tickets)]).toEqual([11, 4, 4])
  })

  it('are found with what they are called, whom they hit, and how they grow', async () => {
    const { items, tickets, inProblems, averageCallMs } = await ana.problems.list.query(asked)
    expect({ problems: items.length, tickets, inProblems, averageCallMs }).toEqual({
      ...{ problems: 2, tickets: 15, inProblems: 12, averageCallMs: null },
    })
    const problem = await printer()
    expect(problem.name).toMatch(/Impressora|Fiscal/)
    expect(problem).toMatchObject({
      ...{ tickets: 6, open: 3, customers: 5, organizations: 1, recent: 6, before: 0, parent: null },
      cost: { measuredMs: 0, estimatedMs: null },
    })
    expect(problem.weeks.reduce((sum, count) => sum + count, 0)).toBe(6)
    expect(problem.share).toBeCloseTo(6 / 15)
  })

  it('show their tickets, open ones first, page by page', async () => {
    const { id: problemId } = await printer()
    const first = await ana.problems.tickets.query({ ...asked, problemId, limit: 4 })
    const rest = await ana.problems.tickets.query({ ...asked, problemId, limit: 4, cursor: first.nextCursor })
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 2, null])
    expect(first.items.map(({ status }) => status.class)).toEqual(['new', 'new', 'new', 'resolved'])
    expect(await refusal(ana.problems.tickets.query({ ...asked, problemId: 'nothing-here' }))).toMatchObject({
      reason: 'problem.not_found',
    })
  })

  it('are looked for among the chosen tickets alone', async () => {
    const filter = { text: 'boleto' }
    expect((await ana.problems.list.query({ ...asked, filter })).items).toHaveLength(1)
    expect((await ana.problems.list.query({ ...asked, teamIds: [newId()] })).tickets).toBe(0)
  })

  it('stay hidden once they were said to be none, until they are shown again', async () => {
    const { id, words, name } = await printer()
    await ana.problems.hide.mutate({ id, words, name })
    await ana.problems.hide.mutate({ id, words, name })
    const left = await ana.problems.list.query(asked)
    expect(left.items).toHaveLength(1)
    expect(left.hidden).toMatchObject([{ id, name, by: { name: 'Ana Souza' } }])
    await ana.problems.show.mutate({ id })
    expect(await printer()).toMatchObject({ id })
  })

  it('are gathered under one ticket in one step, and let go again', async () => {
    const { id: problemId, name } = await printer()
    const members = await ana.problems.tickets.query({ ...asked, problemId, limit: 200 })
    const ticketIds = members.items.map(({ id }) => id)
    const input = { id: newId(), subject: name, body: '<p>Reúne os tickets.</p>', ticketIds }
    const made = await ana.problems.makeParent.mutate(input)
    expect(made).toMatchObject({ parent: { id: input.id }, linked: 6, skipped: 0 })
    const parent = await ana.tickets.get.query({ id: input.id })
    expect(parent).toMatchObject({ type: { name: 'Problema' }, subject: name })
    expect((await ana.tickets.links.query({ ticketId: input.id })).children).toHaveLength(6)
    // It gathers them, and is none of them itself.
    expect(await printer()).toMatchObject({ tickets: 6, parent: { id: input.id, children: 6 } })

    const again = await ana.problems.makeParent.mutate({ ...input, id: newId() })
    expect(again).toMatchObject({ linked: 0, skipped: 6 })

    expect(await ana.problems.undoParent.mutate({ parentId: input.id })).toEqual({
      parentId: input.id,
      released: 6,
    })
    expect((await ana.tickets.links.query({ ticketId: input.id })).children).toEqual([])
    expect((await ana.tickets.get.query({ id: input.id })).status.key).toBe('cancelled')
    expect(await printer()).toMatchObject({ tickets: 6, parent: null })
    expect(await refusal(ana.problems.undoParent.mutate({ parentId: ticketIds[0] ?? '' }))).toMatchObject({
      reason: 'problem.not_found',
    })
  })

  it('are nothing for those who see only their own', async () => {
    const bruno = await server.join(token, { name: 'Bruno', email: 'bruno@ipe.example' })
    const api = server.client(bruno.token)
    for (const ask of [api.problems.list.query(asked), api.outlook.forecast.query({})])
      expect(await refusal(ask)).toMatchObject({ reason: 'auth.forbidden' })
  })
})

describe('the outlook', () => {
  it('begins a new day at the office’s midnight, also where that is in the middle of Greenwich’s hour', async () => {
    const time = aClock(Date.UTC(2026, 2, 9, 12))
    await using office = await startTestServer({ clock: time })
    const boss = office.client(await office.setup())
    await boss.settings.update.mutate({ timezone: 'Asia/Kolkata' })
    await boss.tickets.create.mutate({
      ...{ subject: 'Caixa parado', body: 'Parou.', requester: { name: 'José' }, channel: 'phone' },
    })
    const lastDay = async () => (await boss.outlook.forecast.query({})).past.at(-1)?.day
    time.time = Date.UTC(2026, 2, 12, 18, 10)
    expect(await lastDay()).toBe('2026-03-11')
    time.advance({ minutes: 30 })
    expect(await lastDay()).toBe('2026-03-12')
  })

  it('says how much history is missing, and foretells nothing', async () => {
    const { history, forecast, backlog, past } = await ana.outlook.forecast.query({})
    expect({ forecast, backlog }).toEqual({ forecast: null, backlog: null })
    expect(history).toMatchObject({ isEnough: false, days: 10 })
    expect(past).toHaveLength(10)
    const plan = await ana.outlook.staffing.query({ targetSeconds: 20 })
    expect(plan).toMatchObject({ handling: null, hours: null })
  })

  it('foretells arrivals, backlog and the people that each open hour needs, from what came before', async () => {
    await writePast(server.services, { days: 70, perDay: 10 })
    clock.advance({ minutes: 61 })
    const { history, forecast, backlog } = await ana.outlook.forecast.query({ days: 14 })
    expect(history.isEnough).toBe(true)
    expect(forecast?.days).toHaveLength(14)
    const busiest = Math.max(...(forecast?.days ?? []).map(({ expected }) => expected))
    expect(busiest).toBeGreaterThan(8)
    expect(busiest).toBeLessThan(14)
    expect(forecast?.accuracy.wape).toBeLessThan(0.4)
    for (const { low, expected, high } of forecast?.days ?? []) {
      expect(low).toBeLessThanOrEqual(Math.ceil(expected))
      expect(high).toBeGreaterThanOrEqual(Math.floor(expected))
    }
    const takers = (await ana.routing.profiles.query()).filter(({ receives }) => receives)
    const { active: now } = await ana.tickets.counts.query()
    expect(backlog).toMatchObject({ now, parked: 0, capacity: takers.length > 0 ? 10 * takers.length : null })

    const plan = await ana.outlook.staffing.query({ targetSeconds: 20, handlingSeconds: 240 })
    expect(plan).toMatchObject({ handling: { seconds: 240, source: 'given' }, calendar: null })
    const hours = plan.hours ?? []
    // Round the clock, and today from ten in the morning.
    expect(hours).toHaveLength(14 + 6 * 24)
    expect(Math.max(...hours.map(({ agents }) => agents))).toBeGreaterThanOrEqual(2)
    expect(hours.every(({ rostered, agents }) => rostered >= agents)).toBe(true)
    // Nothing is reckoned twice within the hour.
    expect((await ana.outlook.forecast.query({ days: 14 })).at).toBe(
      (await ana.outlook.forecast.query({})).at,
    )
  })
})
