import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grouping, ReportName } from '../../server/reports/contract.ts'
import type { Cell } from '../../server/reports/ticket-stream.contract.ts'
import { startReportHistory, type ReportHistory } from '../support/report-history.ts'
import { figuresOf, spreadOf, sure } from '../support/report-recount.ts'
import { columns, groupsOf, sources } from '../support/report-sources.ts'

const MINUTE = 60_000

/** Played once; every test asks about it. */
let history: ReportHistory
beforeAll(async () => {
  history = await startReportHistory()
}, 120_000)
afterAll(() => history[Symbol.asyncDispose]())

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
      const { ask } = history
      const rows = sure(sources[report])(history)
      const groups = new Map<string | null, typeof rows>()
      for (const row of rows)
        for (const key of groupsOf(history, groupBy, row)) groups.set(key, [...(groups.get(key) ?? []), row])
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
    const { ask, counted, office, to } = history
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
  const { ask, from, office, tickets, to } = history
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

it('a row’s figure and the tickets behind it agree, in every report and column', async () => {
  const { ask, from, office, to } = history
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
  const { ask, counted, office } = history
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
