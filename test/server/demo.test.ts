import Sqlite, { type Database } from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createApp } from '../../server/app.ts'
import { DemoClock } from '../../server/demo/demo-clock.ts'
import { agents, demoPassword } from '../../server/demo/office.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { threads } from '../../server/demo/threads/index.ts'

let dataDir: string
let database: Database
let startedAt: number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'balcao-demo-'))
  startedAt = Date.now()
  const clock = new DemoClock()
  const services = await createApp({ dataDir }, clock)
  expect(await seedDemo(services, clock)).toEqual({ email: agents.ana.email, password: demoPassword })
  expect(await seedDemo(services, clock), 'a store with people in it is left alone').toBeNull()
  const caller = { address: '127.0.0.1', device: 'test' }
  for (const { email } of Object.values(agents))
    expect((await services.auth.login({ email, password: demoPassword }, caller)).agent.email).toBe(email)
  await services.store.close()
  database = new Sqlite(join(dataDir, 'balcao.db'), { readonly: true })
})

afterAll(async () => {
  database.close()
  await rm(dataDir, { recursive: true, force: true })
})

const column = (sql: string, ...parameters: unknown[]) =>
  database
    .prepare(sql)
    .pluck()
    .all(...parameters)

it('has a ticket for every thread, numbered in the order of their creation', () => {
  const fortnight = startedAt - 20 * 86_400_000
  const written = new Set(threads.map(({ subject }) => subject))
  const subjects = column('SELECT subject FROM ticket WHERE createdAt > ?', fortnight) as string[]
  expect(subjects.filter((subject) => written.has(subject)).length).toBe(threads.length)
  expect(column('SELECT number FROM ticket ORDER BY createdAt, seq')).toEqual(
    column('SELECT number FROM ticket ORDER BY number'),
  )
})

it('is an ordinary quarter: nothing in it looks like a flood of one cause', () => {
  expect(column('SELECT count(*) FROM flood')).toEqual([0])
})

it('shows every class of status, tickets that nobody has, and deadlines on both sides of now', () => {
  expect(column('SELECT DISTINCT statusClass FROM ticket ORDER BY 1')).toEqual([
    'closed',
    'hold',
    'new',
    'open',
    'resolved',
    'waiting',
  ])
  expect(column('SELECT count(*) > 5 FROM ticket WHERE agentId IS NULL AND active = 1')).toEqual([1])
  expect(column('SELECT count(*) > 0 FROM ticket WHERE active = 1 AND dueAt < ?', startedAt)).toEqual([1])
  expect(column('SELECT count(*) > 0 FROM ticket WHERE active = 1 AND dueAt > ?', startedAt)).toEqual([1])
})

it('tells a history that runs forward and ends now', () => {
  const instants = column('SELECT at FROM event ORDER BY seq') as number[]
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  expect(column('SELECT max(createdAt) <= ? FROM message', Date.now())).toEqual([1])
  expect(column('SELECT min(createdAt) > ? FROM ticket', startedAt - 90 * 86_400_000)).toEqual([1])
})

it('has twelve weeks behind it, enough to compare, to forecast and to see what comes again', () => {
  const before = startedAt - 21 * 86_400_000
  expect(
    column('SELECT count(*) > 400 FROM ticket WHERE createdAt < ? AND statusClass = ?', before, 'closed'),
  ).toEqual([1])
  expect(column('SELECT count(*) FROM ticket WHERE createdAt < ? AND active = 1', before)).toEqual([0])
  expect(column('SELECT min(createdAt) < ? FROM ticket', startedAt - 70 * 86_400_000)).toEqual([1])
  for (const what of ['feedback', 'macro_use', 'call'])
    expect(column(`SELECT count(*) > 50 FROM ${what}`), what).toEqual([1])
  expect(column('SELECT count(*) FROM call WHERE ticketId IS NULL OR wrapUpAt IS NULL')).toEqual([0])
})
