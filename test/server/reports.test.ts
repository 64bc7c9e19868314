import { getEventListeners } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventsOf } from '../../server/reports/fact-rows.ts'
import { startReportHistory, type ReportHistory } from '../support/report-history.ts'
import { sure } from '../support/report-recount.ts'

/** Played once; every test asks about it. */
let history: ReportHistory
beforeAll(async () => {
  history = await startReportHistory()
}, 120_000)
afterAll(() => history[Symbol.asyncDispose]())

it('what is read under a signal is let go of before the signal is', async () => {
  const { from, office, to } = history
  const viewer = { agentId: office.bruno.id, permissions: new Set(['tickets.readAll']), teamIds: [] }
  const { signal } = new AbortController()
  const { reports } = office.server.services
  const stream = await reports.stream(
    viewer as never,
    { report: 'volume', from, to, column: 'created' },
    signal,
  )
  for await (const chunk of stream.chunks) expect(chunk.length).toBeGreaterThan(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('who may not read every ticket gets no report, and what can’t be meant is refused in words', async () => {
  const { ask, from, office, to } = history
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: { data: { reason: string } }) => error.data.reason,
    )
  expect(await refusal(office.carla.api.reports.run.query({ report: 'volume', from, to }))).toBe(
    'auth.forbidden',
  )
  expect(await refusal(office.carla.api.reports.tickets.query({ report: 'volume', from, to }))).toBe(
    'auth.forbidden',
  )
  expect(await refusal(ask('backlog', { groupBy: 'hour' }))).toBe('report.not_grouped_so')
  expect(await refusal(ask('volume', { from: '1990-01-01T00:00:00Z' }))).toBe('report.period_too_long')
  expect(await refusal(ask('volume', { compareTo: { from: to, to: from } }))).toBe('period.ends_first')
  expect(
    await refusal(
      office.bruno.api.reports.tickets.query({ report: 'volume', from, to, column: '1; DROP TABLE ticket' }),
    ),
  ).toBe('report.column_unknown')
  expect(
    await refusal(office.bruno.api.reports.tickets.query({ report: 'volume', from, to, cursor: 'x' })),
  ).toBe('input.cursor_unreadable')
})

it('answers to surveys, calls and ready answers are added up for those whose they were', async () => {
  const { ask, counted, office } = history
  const { server, ana, bruno, carla } = office
  const year = { from: '2027-01-01T00:00:00-03:00', to: '2028-01-01T00:00:00-03:00' }
  const at = Date.parse('2027-03-10T10:00:00-03:00')
  const [mine, others] = counted().map(({ id }) => id)
  const macro = await ana.api.macros.create.mutate({
    name: 'Segunda via',
    folder: '',
    body: 'Segue.',
    actions: [],
    teamIds: [],
  })
  await server.services.store.write(async ({ db }) => {
    const score = (id: string, ticketId: string, kind: string, score: number, agentId: string) => db.sql`
      INSERT INTO feedback (id, ticketId, kind, score, at, source, agentId)
      VALUES (${id}, ${ticketId}, ${kind}, ${score}, ${at}, 'agent', ${agentId})`
    await score('a', sure(mine), 'csat', 4, carla.id)
    await score('b', sure(others), 'csat', 1, carla.id)
    await score('c', sure(mine), 'nps', 10, bruno.id)
    const call = (
      id: string,
      talkMs: number,
      wrapUpMs: number | null,
      isTest = 0,
      isEndAssumed = 0,
    ) => db.sql`
      INSERT INTO call (id, source, externalId, direction, number, numberKey, state, isUnclaimed, startedAt, answeredAt, endedAt,
        isEndAssumed, isTest, facts, agentId, ticketId, wrapUpMs)
      VALUES (${id}, 'pbx', ${id}, 'in', '1', '1', 'ended', 0, ${at}, ${at}, ${at + talkMs}, ${isEndAssumed}, ${isTest}, '{}', ${carla.id},
        ${sure(mine)}, ${wrapUpMs})`
    await call('x', 60_000, 30_000)
    await call('y', 180_000, null)
    // The exchange never told of its end: how long it was is not known.
    await call('w', 0, null, 0, 1)
    await call('z', 999_000, null, 1)
    for (const id of ['u', 'v'])
      await db.sql`
        INSERT INTO macro_use (id, macroId, ticketId, agentId, at, characters)
        VALUES (${id}, ${macro.id}, ${sure(mine)}, ${carla.id}, ${at}, 40)`
  })
  const satisfaction = await ask('satisfaction', { ...year, groupBy: 'agent' })
  expect(satisfaction.rows).toMatchObject([
    {
      name: 'Carla Dias',
      figures: { satisfiedShare: 0.5, answers: 2, scoreAverage: 2.5, npsAnswers: 0, nps: null },
    },
    { name: 'Bruno Lima', figures: { satisfiedShare: null, answers: 0, npsAnswers: 1, nps: 100 } },
  ])
  const handling = await ask('handling', { ...year, groupBy: 'agent' })
  expect(handling.rows).toMatchObject([
    {
      name: 'Carla Dias',
      figures: {
        calls: 3,
        talkMedian: 120_000,
        talkP90: 180_000,
        wrapUpMedian: 30_000,
        handlingTotal: 270_000,
        tickets: 1,
      },
    },
  ])
  const behind = { ...year, report: 'handling' as const, column: 'handlingTotal' }
  const { items } = await office.bruno.api.reports.tickets.query(behind)
  expect(
    items.map(({ value }) => value),
    'the time of both calls',
  ).toEqual([270_000])
  const macros = await ask('macros', year)
  expect(macros.rows).toMatchObject([
    { name: 'Segunda via', figures: { uses: 2, tickets: 1, agents: 1, characters: 80 } },
  ])
})

it('the facts follow by themselves, a second behind, and one commit holds what happened meanwhile', async () => {
  const { office, stored } = history
  const { clock, server } = office
  const behind = () =>
    stored<{ seq: number }>(`SELECT (SELECT max(seq) FROM event) - seq AS seq FROM report_cursor`)[0]?.seq
  server.services.facts.start({ error: () => undefined })
  await expect.poll(behind).toBe(0)
  await office.ticket()
  await office.ticket()
  expect(behind()).toBeGreaterThan(0)
  clock.advance({ ms: 1_000 })
  await expect.poll(behind).toBe(0)
})

it('nobody who left keeps a thread, or is kept in mind after the answer', async () => {
  const { office } = history
  const threads = office.server.services.reportThreads
  const reason = new Error('gone')
  await expect(threads.ask('quem', 'cells', [1], AbortSignal.abort(reason))).rejects.toBe(reason)
  const { signal } = new AbortController()
  for (let i = 0; i < 3; i++) await threads.ask('quem', 'cells', [1], signal)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('a ticket is folded no further than what was known when its hours were read', async () => {
  const { office, stored } = history
  const { read } = office.server.services.store
  const [row] = stored<{ id: string; first: number }>(
    `SELECT ticketId AS id, min(seq) AS first FROM event WHERE type = 'ticket.created' GROUP BY ticketId`,
  )
  const { id, first } = row as { id: string; first: number }
  const events = await eventsOf(read, [id], first)
  expect(events.get(id)?.at(-1)?.seq).toBe(first)
  expect((await eventsOf(read, [id], Number.MAX_SAFE_INTEGER)).get(id)?.length).toBeGreaterThan(
    events.get(id)?.length ?? 0,
  )
})
