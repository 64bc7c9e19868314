import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grouping, ReportName } from '../../server/reports/contract.ts'
import { eventsOf } from '../../server/reports/fact-rows.ts'
import type { Cell } from '../../server/reports/ticket-stream.contract.ts'
import { startPromiseOffice, type PromiseOffice } from '../support/promise-office.ts'
import {
  figuresOf,
  recount,
  spreadOf,
  wallKey,
  type Line,
  type Recounted,
  sure,
} from '../support/report-recount.ts'
import { compileCalendar } from '../../server/sla/calendar.ts'
import type { Client } from '../support/server.ts'

const ZONE = 'America/Sao_Paulo'
const MINUTE = 60_000
type Row = Record<string, number | string | null | undefined>

/** Three weeks of an office in which anything may happen, played once; every test asks about them. */
let office: PromiseOffice
let tickets: {
  id: string
  teamId: string | null
  agentId: string | null
  channel: string
  typeId: string | null
  categoryId: string | null
  tags: string[]
  life: Recounted
}[]
/** The first is above the second. */
let categoryIds: [string, string]
let [from, to] = ['', '']

beforeAll(async () => {
  office = await startPromiseOffice({ pauseOn: ['waiting'], pauseNextResponseOn: ['hold'] })
  from = new Date(office.clock.time - 60 * MINUTE).toISOString()
  await play(office)
  to = new Date(office.clock.time + MINUTE).toISOString()
  tickets = retold()
}, 120_000)
afterAll(() => office[Symbol.asyncDispose]())

/** The same numbers every time. */
function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}

async function play({ ana, carla, bruno, clock, server, teamId, ...desk }: PromiseOffice) {
  const random = chance(20_260_309)
  const stock = await ana.api.teams.create.mutate({ name: 'Estoque' })
  const above = await ana.api.categories.create.mutate({ name: 'Impressoras' })
  const below = await ana.api.categories.create.mutate({ name: 'Papel preso', parentId: above.id })
  categoryIds = [above.id, below.id]
  const { statuses } = await ana.api.catalog.get.query()
  const ids: string[] = []
  const merged: string[] = []
  const people = [ana, bruno, carla]
  const step = async () => {
    const id = random.pick(ids)
    const who = random.pick(people).api
    switch (random.below(9)) {
      case 0:
      case 1:
        return who.tickets.reply.mutate({
          ticketId: id,
          kind: random.below(4) === 0 ? 'note' : 'public',
          body: 'Vamos ver.',
        })
      case 2:
        return desk.customerWrites(id)
      case 3:
      case 4:
        return change(ana.api, id, { statusId: random.pick(statuses).id })
      case 5:
        return change(ana.api, id, { teamId: random.pick([teamId, stock.id, null]) })
      case 6:
        return change(ana.api, id, { agentId: random.pick([ana.id, bruno.id, carla.id, null]) })
      case 7: {
        const other = random.pick(ids)
        await ana.api.tickets.merge.mutate({ sourceId: id, targetId: other })
        return merged.push(id)
      }
      default: {
        const back = random.pick(merged)
        return back && ana.api.tickets.unmerge.mutate({ ticketId: back })
      }
    }
  }
  for (let index = 0; index < 320; index++) {
    clock.advance({ minutes: 20 + random.below(140) })
    await server.services.schedule.settled()
    if (ids.length < 3 || random.below(9) === 0)
      ids.push(
        await desk.ticket({
          channel: random.pick(['email', 'phone', 'chat']),
          requester: { name: `Cliente ${index}` },
          tags: random.pick([[], ['nf'], ['nf', 'troca']]),
          categoryId: random.pick([null, above.id, below.id]),
        }),
      )
    // Much of what is tried may be refused, as a merge into itself is.
    else await Promise.resolve(step()).catch(() => undefined)
  }
}

async function change(api: Client, id: string, fields: Record<string, string | null>) {
  const { version } = await api.tickets.get.query({ id })
  await api.tickets.update.mutate({ ticketId: id, version, changes: fields as never })
}

function stored<T>(sql: string, ...values: unknown[]): T[] {
  const database = new Sqlite(join(office.server.dataDir, 'balcao.db'), { readonly: true })
  try {
    return database.prepare<unknown[], T>(sql).all(...values)
  } finally {
    database.close()
  }
}

function retold(): typeof tickets {
  const phases = new Map(
    stored<{ id: string; key: string | null; class: string }>('SELECT id, key, class FROM status').map(
      (row) => [row.id, (row.key === 'cancelled' ? 'cancelled' : row.class) as never],
    ),
  )
  const [hours] = stored<{ timezone: string; hours: string; holidays: string }>(
    'SELECT * FROM calendar_revision',
  )
  const time = compileCalendar({
    timezone: sure(hours).timezone,
    hours: JSON.parse(sure(hours).hours),
    holidays: [],
  })
  const rules = { phases, time, pauseOn: ['waiting'], pauseNextResponseOn: ['hold'] } as const
  return stored<{
    id: string
    teamId: string
    agentId: string
    channel: string
    typeId: string
    categoryId: string
  }>('SELECT * FROM ticket').map((row) => ({
    ...row,
    tags: stored<{ tagId: string }>('SELECT tagId FROM ticket_tag WHERE ticketId = ?', row.id).map(
      ({ tagId }) => tagId,
    ),
    life: recount(row.id, stored<Line>('SELECT * FROM event WHERE ticketId = ? ORDER BY seq', row.id), rules),
  }))
}

const counted = () => tickets.filter(({ life }) => !life.merged)

/** What each report is made of, told from the recounted lives: when, whose, and what it adds. */
const sources: Partial<
  Record<ReportName, () => (Row & { at: number; ticketId: string; agentId: string | null })[]>
> = {
  volume: () =>
    counted().flatMap(({ id: ticketId, agentId, life }) => [
      { at: life.createdAt, ticketId, agentId, created: 1 },
      ...(life.resolvedAt === null
        ? []
        : [{ at: life.resolvedAt, ticketId, agentId: life.resolvedBy, resolved: 1 }]),
      ...(life.cancelledAt === null ? [] : [{ at: life.cancelledAt, ticketId, agentId, cancelled: 1 }]),
    ]),
  firstResponse: () =>
    counted().flatMap(({ id: ticketId, life }) => {
      const {
        firstAnsweredAt: at,
        firstAnsweredBy: agentId,
        firstResponseBusinessMs: firstResponse,
        createdAt,
      } = life
      return at === null
        ? []
        : [{ at, ticketId, agentId, answered: 1, firstResponse, firstResponseElapsed: at - createdAt }]
    }),
  nextResponse: () =>
    counted().flatMap(({ id: ticketId, life }) =>
      life.answers.flatMap(({ at, agentId, askedAt, businessMs }) =>
        askedAt === null
          ? []
          : [
              {
                at,
                ticketId,
                agentId,
                answered: 1,
                nextResponse: businessMs,
                nextResponseElapsed: at - askedAt,
              },
            ],
      ),
    ),
  resolution: () =>
    counted().flatMap(({ id: ticketId, life }) => {
      const { resolvedAt: at, resolvedBy: agentId, resolutionBusinessMs: resolution, createdAt } = life
      return at === null
        ? []
        : [{ at, ticketId, agentId, resolved: 1, resolution, resolutionElapsed: at - createdAt }]
    }),
  rework: () =>
    counted().flatMap(({ id: ticketId, life }) => {
      const { resolvedAt: at, resolvedBy: agentId, reopened, transfers, handovers, replies } = life
      const flags = {
        wasReopened: +(reopened > 0),
        wasTransferred: +(transfers > 0),
        wasHandedOver: +(handovers > 0),
        oneTouch: +life.oneTouch,
      }
      return at === null
        ? []
        : [{ at, ticketId, agentId, resolved: 1, ...{ reopened, transfers, handovers, replies, ...flags } }]
    }),
  attainment: () =>
    stored<Row & { at: number; ticketId: string; agentId: string; outcome: string; metric: string }>(
      `SELECT *, decidedAt AS at FROM sla_result WHERE reopenedAt IS NULL`,
    ).flatMap(({ outcome, metric, ...row }) => {
      if (tickets.find(({ id }) => id === row.ticketId)?.life.merged) return []
      const kept = +(outcome === 'met')
      const lateness =
        outcome === 'breached' && row['usedMs'] !== null
          ? Number(row['usedMs']) - Number(row['targetMs'])
          : null
      return [{ ...row, kept, missed: 1 - kept, [`${metric}Kept`]: kept, lateness }]
    }),
  handling: () =>
    tickets.flatMap(({ id: ticketId, life }) =>
      life.answers.map(({ at, agentId }) => ({ at, ticketId, agentId, replies: 1 })),
    ),
}

const columns: Partial<Record<ReportName, Parameters<typeof figuresOf>[1]>> = {
  volume: { created: ['sum', 'created'], resolved: ['sum', 'resolved'], cancelled: ['sum', 'cancelled'] },
  firstResponse: {
    answered: ['sum', 'answered'],
    ...spreadOf('firstResponse'),
    ...spreadOf('firstResponseElapsed'),
  },
  nextResponse: {
    answered: ['sum', 'answered'],
    ...spreadOf('nextResponse'),
    ...spreadOf('nextResponseElapsed'),
  },
  resolution: { resolved: ['sum', 'resolved'], ...spreadOf('resolution'), ...spreadOf('resolutionElapsed') },
  rework: {
    resolved: ['sum', 'resolved'],
    reopenedShare: ['share', 'wasReopened'],
    transferredShare: ['share', 'wasTransferred'],
    handedOverShare: ['share', 'wasHandedOver'],
    oneTouchShare: ['share', 'oneTouch'],
    reopened: ['sum', 'reopened'],
    transfers: ['sum', 'transfers'],
    handovers: ['sum', 'handovers'],
    repliesAverage: ['share', 'replies'],
  },
  attainment: {
    keptShare: ['share', 'kept'],
    kept: ['sum', 'kept'],
    missed: ['sum', 'missed'],
    firstResponseKeptShare: ['share', 'firstResponseKept'],
    nextResponseKeptShare: ['share', 'nextResponseKept'],
    resolutionKeptShare: ['share', 'resolutionKept'],
    ...spreadOf('lateness'),
  },
  handling: { replies: ['sum', 'replies'], tickets: ['distinct', 'ticketId'] },
}

function groupsOf(
  grouping: Grouping,
  row: Row & { at: number; ticketId: string; agentId: string | null },
): (string | null)[] {
  const ticket = sure(tickets.find(({ id }) => id === row.ticketId))
  if (grouping === 'agent') return [row.agentId]
  if (grouping === 'team') return ['teamId' in row ? (row['teamId'] as string | null) : ticket.teamId]
  if (grouping === 'channel') return [ticket.channel]
  if (grouping === 'category') return ticket.categoryId === categoryIds[1] ? categoryIds : [ticket.categoryId]
  if (grouping === 'tag') return ticket.tags.length > 0 ? ticket.tags : [null]
  return [wallKey(grouping, row.at, ZONE)]
}

const ask = (report: ReportName, more: object = {}) =>
  office.bruno.api.reports.run.query({ report, from, to, ...more })

describe('every figure is what a slow count of the log gives', () => {
  for (const report of Object.keys(columns) as ReportName[])
    it.each([
      'agent',
      'team',
      'channel',
      'category',
      'tag',
      'day',
      'week',
      'month',
      'hourOfWeek',
    ] as Grouping[])(`${report} by %s`, async (groupBy) => {
      const rows = sure(sources[report])()
      const groups = new Map<string | null, typeof rows>()
      for (const row of rows)
        for (const key of groupsOf(groupBy, row)) groups.set(key, [...(groups.get(key) ?? []), row])
      const answer = await ask(report, { groupBy })
      expect(rows.length).toBeGreaterThan(5)
      expect(answer.total.figures).toMatchObject(figuresOf(rows, sure(columns[report])))
      for (const row of answer.rows)
        expect(row, `of ${row.key}`).toMatchObject({
          figures: figuresOf(groups.get(row.key) ?? [], sure(columns[report])),
        })
      for (const key of groups.keys()) expect(answer.rows.map((row) => row.key)).toContain(key)
    })

  it('the backlog at the end of each day, its age, and what came and went', async () => {
    const { rows, total } = await ask('backlog', { groupBy: 'day' })
    for (const { key, figures } of rows) {
      const midnight = Date.parse(`${key}T00:00-03:00`) + 24 * 60 * MINUTE
      const end = Math.min(midnight, Date.parse(to), office.clock.time + 1)
      const ages = counted().flatMap(({ life }) =>
        life.isOpenBefore(end) ? [{ age: end - life.createdAt }] : [],
      )
      expect({ key, ...figures }).toMatchObject({
        key,
        open: ages.length,
        ...figuresOf(ages, spreadOf('age')),
      })
    }
    expect(total.figures).toEqual({
      ...sure(rows.at(-1)).figures,
      opened: expect.any(Number),
      ended: expect.any(Number),
    })
    const sum = (name: string) => rows.reduce((all, { figures }) => all + sure(figures[name]), 0)
    expect([sum('opened'), sum('ended')]).toEqual([total.figures['opened'], total.figures['ended']])
    expect(sum('opened') - sum('ended')).toBe(total.figures['open'])
  })
})

it('the tickets behind a figure are as many as it says, with their own values, page by page and in a stream', async () => {
  const { total } = await ask('resolution')
  const wanted = { report: 'resolution' as const, from, to, column: 'resolutionMedian' }
  const first = await office.bruno.api.reports.tickets.query({ ...wanted, limit: 2 })
  expect(first.total).toBe(total.figures['resolved'])
  const items = [...first.items]
  for (let cursor = first.nextCursor; cursor;) {
    const page = await office.bruno.api.reports.tickets.query({ ...wanted, limit: 2, cursor })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  const own = new Map(tickets.map(({ id, life }) => [id, life.resolutionBusinessMs]))
  expect(items.map(({ value }) => value)).toEqual(items.map(({ ticket }) => own.get(ticket.id)))
  expect(new Set(items.map(({ ticket }) => ticket.id)).size).toBe(first.total)

  const viewer = { agentId: office.bruno.id, permissions: new Set(['tickets.readAll']), teamIds: [] }
  const stream = await office.server.services.reports.stream(viewer as never, wanted)
  const cells: Cell[][] = []
  for await (const chunk of stream.chunks) cells.push(...chunk)
  const [number, value] = ['number', 'value'].map((key) =>
    stream.columns.findIndex((column) => column.key === key),
  )
  expect(cells.map((row) => [row[sure(number)], row[sure(value)]])).toEqual(
    items.map(({ ticket, value: own }) => [ticket.number, own]),
  )
})

it('what is read under a signal is let go of before the signal is', async () => {
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

it('a row’s figure and the tickets behind it agree, in every report and column', async () => {
  const catalog = await office.bruno.api.reports.catalog.query()
  for (const { report, columns: all, defaultGrouping } of catalog) {
    const { rows } = await ask(report)
    const row = rows.find(({ figures }) => figures[sure(all[0]).key])
    for (const { key: column, kind } of row ? all : []) {
      const found = await office.bruno.api.reports.tickets.query({
        report,
        from,
        to,
        groupBy: defaultGrouping,
        key: sure(row).key,
        column,
        limit: 200,
      })
      const figure = sure(row).figures[column]
      if (kind === 'count' && !['growth', 'tickets', 'agents'].includes(column))
        expect([report, column, found.items.reduce((sum, { value }) => sum + (value ?? 0), 0)]).toEqual([
          report,
          column,
          figure,
        ])
      if (kind === 'duration' && !figure) continue
      if (kind === 'duration') expect(found.total).toBeGreaterThan(0)
    }
  }
})

it('a filter narrows every report, and a comparison stands beside it row by row', async () => {
  const mails = await ask('volume', { filter: { channels: ['email'] } })
  expect(mails.total.figures['created']).toBe(counted().filter(({ channel }) => channel === 'email').length)
  const week = { from: '2026-03-16T00:00:00-03:00', to: '2026-03-23T00:00:00-03:00' }
  const before = { from: '2026-03-09T00:00:00-03:00', to: '2026-03-16T00:00:00-03:00' }
  const compared = await ask('volume', { ...week, compareTo: before })
  const alone = await ask('volume', before)
  expect(compared.rows.map((row) => row.before)).toEqual(alone.rows.map(({ figures }) => figures))
  expect(compared.total.before).toEqual(alone.total.figures)
  for (const { report } of await office.bruno.api.reports.catalog.query())
    await ask(report, {
      filter: {
        teamIds: ['none'],
        where: { all: [{ field: 'subject', op: 'is', value: 'Toner não chegou' }] },
      },
    })
})

it('who may not read every ticket gets no report, and what can’t be meant is refused in words', async () => {
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
    const call = (id: string, talkMs: number, wrapUpMs: number | null, isTest: number) => db.sql`
      INSERT INTO call (id, source, externalId, direction, number, numberKey, state, isUnclaimed, startedAt, answeredAt, endedAt,
        isEndAssumed, isTest, facts, agentId, ticketId, wrapUpMs)
      VALUES (${id}, 'pbx', ${id}, 'in', '1', '1', 'ended', 0, ${at}, ${at}, ${at + talkMs}, 0, ${isTest}, '{}', ${carla.id},
        ${sure(mine)}, ${wrapUpMs})`
    await call('x', 60_000, 30_000, 0)
    await call('y', 180_000, null, 0)
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
        calls: 2,
        talkMedian: 120_000,
        talkP90: 180_000,
        wrapUpMedian: 30_000,
        handlingTotal: 270_000,
        tickets: 1,
      },
    },
  ])
  const macros = await ask('macros', year)
  expect(macros.rows).toMatchObject([
    { name: 'Segunda via', figures: { uses: 2, tickets: 1, agents: 1, characters: 80 } },
  ])
})

it('the facts follow by themselves, a second behind, and one commit holds what happened meanwhile', async () => {
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
  const threads = office.server.services.reportThreads
  const reason = new Error('gone')
  await expect(threads.ask('quem', 'cells', [1], AbortSignal.abort(reason))).rejects.toBe(reason)
  const { signal } = new AbortController()
  for (let i = 0; i < 3; i++) await threads.ask('quem', 'cells', [1], signal)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('a ticket is folded no further than what was known when its hours were read', async () => {
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
