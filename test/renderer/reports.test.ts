/** What a report is about, before the server is asked: days of the office's zone, comparison, address, figures, table, chart. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FigureColumn, Report, ReportRow } from '../../server/reports/contract.ts'
import { relativePeriods } from '../../server/reports/period.contract.ts'
import { stretchBefore, stretchOf } from '../../server/reports/saved/relative-period.ts'
import { changeOf, figureGroups, figureParts, unitOf } from '../../src-renderer/features/reports/figures.ts'
import {
  addMonths,
  dayAt,
  isDay,
  mondayOf,
  startOfDay,
} from '../../src-renderer/features/reports/office-days.ts'
import { comparedDays, daysOf, instantsOf } from '../../src-renderer/features/reports/period.ts'
import { planOf, queryOf, type ReportPlan } from '../../src-renderer/features/reports/report-address.ts'
import { distributionChart, reportChart } from '../../src-renderer/features/reports/report-chart.ts'
import { isEmptyRow, nextSort, sortedRows } from '../../src-renderer/features/reports/report-rows.ts'

const iso = (day: string, zone: string) => new Date(startOfDay(day, zone)).toISOString()

test('a day begins at midnight of the office, whatever its clocks do', () => {
  expect(iso('2026-11-26', 'America/Sao_Paulo')).toBe('2026-11-26T03:00:00.000Z')
  // Both days of daylight saving in New York.
  expect(iso('2026-03-08', 'America/New_York')).toBe('2026-03-08T05:00:00.000Z')
  expect(iso('2026-03-09', 'America/New_York')).toBe('2026-03-09T04:00:00.000Z')
  expect(iso('2026-11-02', 'America/New_York')).toBe('2026-11-02T05:00:00.000Z')
  // São Paulo went forward at midnight: that day began at one.
  expect(iso('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
  // And back at midnight: the day before had 25 hours.
  expect(iso('2019-02-17', 'America/Sao_Paulo')).toBe('2019-02-17T03:00:00.000Z')
  expect(iso('2026-11-26', 'Pacific/Kiritimati')).toBe('2026-11-25T10:00:00.000Z')
})

test('late in the evening it is still today at the office', () => {
  const late = Date.parse('2026-12-01T01:30:00Z')
  expect(dayAt(late, 'America/Sao_Paulo')).toBe('2026-11-30')
  expect(daysOf('thisMonth', dayAt(late, 'America/Sao_Paulo'))).toEqual({
    first: '2026-11-01',
    last: '2026-11-30',
  })
})

test('weeks begin on Monday, and months end when they end', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  expect(isDay('2026-02-30')).toBe(false)
})

const today = '2026-11-26'

test('a period of the last thirty days ends today and has thirty', () => {
  expect(daysOf('last30', today)).toEqual({ first: '2026-10-28', last: today })
  expect(daysOf('lastWeek', today)).toEqual({ first: '2026-11-16', last: '2026-11-22' })
  expect(daysOf('lastMonth', today)).toEqual({ first: '2026-10-01', last: '2026-10-31' })
  expect(instantsOf(daysOf('lastMonth', today), 'America/Sao_Paulo')).toEqual({
    from: '2026-10-01T03:00:00.000Z',
    to: '2026-11-01T03:00:00.000Z',
  })
})

test.each([
  ['before', 'last30', '2026-09-28', '2026-10-27'],
  ['before', 'thisWeek', '2026-11-16', '2026-11-19'],
  ['before', 'thisMonth', '2026-10-01', '2026-10-26'],
  ['before', 'lastMonth', '2026-09-01', '2026-09-30'],
  ['before', 'thisYear', '2025-01-01', '2025-11-26'],
  ['year', 'lastMonth', '2025-10-01', '2025-10-31'],
  ['year', 'thisWeek', '2025-11-24', '2025-11-27'],
] as const)('compared with %s, %s stands beside as much of the same', (comparison, period, first, last) => {
  expect(comparedDays(comparison, period, today)).toEqual({ first, last })
})

test('dates of one’s own are compared with as many just before, and a whole month with a whole month', () => {
  const own = { first: '2026-11-10', last: '2026-11-12' }
  expect(comparedDays('before', own, today)).toEqual({ first: '2026-11-07', last: '2026-11-09' })
  const february = { first: '2024-02-01', last: '2024-02-29' }
  expect(comparedDays('year', february, today)).toEqual({ first: '2023-02-01', last: '2023-02-28' })
  expect(comparedDays('none', 'last30', today)).toBeNull()
})

test('what is saved is what was shown: a letter is about the same days, beside the same, as the page', () => {
  const zones = fc.constantFrom('America/Sao_Paulo', 'America/New_York', 'Europe/Lisbon', 'Asia/Kathmandu')
  const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) })
  const isoOf = ({ from, to }: { from: number; to: number }) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  })
  fc.assert(
    fc.property(fc.constantFrom(...relativePeriods), moments, zones, (period, moment, timezone) => {
      const day = dayAt(moment, timezone)
      expect(isoOf(stretchOf(period, moment, timezone))).toEqual(instantsOf(daysOf(period, day), timezone))
      const before = comparedDays('before', period, day)
      expect(isoOf(stretchBefore(period, moment, timezone))).toEqual(before && instantsOf(before, timezone))
    }),
    { numRuns: 500 },
  )
})

const plan: ReportPlan = {
  period: { first: '2026-11-01', last: '2026-11-10' },
  comparison: 'year',
  groupBy: 'agent',
  filter: { statusClass: ['open'], where: { all: [{ field: 'priority', op: 'is', value: 'p1' }] } },
  figure: 'resolutionP90',
  sort: { by: 'resolved', descending: true },
  drill: { column: 'resolved', key: null },
}

test('a link holds the whole report, and one that was tampered with shows what is usual', () => {
  const query = queryOf(plan) as Record<string, string>
  expect(planOf(query)).toEqual(plan)
  const all = { ...plan, drill: { column: null, key: undefined } }
  expect(planOf(queryOf(all) as Record<string, string>).drill).toEqual(all.drill)
  const usual = planOf({})
  expect(queryOf(usual)).toEqual({})
  expect(planOf({ p: '2026-11-31..2026-12-01', vs: 'x', by: 'moon', f: '{"where":7}' })).toEqual(usual)
  expect(planOf({ p: '2026-01-01..9999-12-31', vs: '0001-01-01..0001-12-31' })).toEqual(usual)
})

const count: FigureColumn = { key: 'resolved', kind: 'count', better: 'more' }
const median: FigureColumn = { key: 'firstResponseElapsedMedian', kind: 'duration', better: 'less' }
const share: FigureColumn = { key: 'keptShare', kind: 'share', better: 'more' }

test('a figure’s name says what it measures, by which clock and how', () => {
  expect(figureParts(median)).toEqual({ base: 'firstResponse', isElapsed: true, measure: 'Median' })
  expect(figureParts(count)).toEqual({ base: 'resolved', isElapsed: false, measure: null })
  expect(unitOf(median)).toBe('elapsed')
  expect(unitOf({ key: 'resolutionP90', kind: 'duration' })).toBe('duration')
  expect(unitOf({ key: 'ageMedian', kind: 'duration' })).toBe('elapsed')
  const p90: FigureColumn = { ...median, key: 'firstResponseElapsedP90' }
  expect(figureGroups([count, median, p90]).map(({ id, columns }) => [id, columns.length])).toEqual([
    ['resolved', 1],
    ['firstResponseElapsed', 2],
  ])
})

test('a change is good or bad by what the figure is for, in the measure that says most', () => {
  const change = (column: FigureColumn, now: number | null, before: number | null) =>
    changeOf(column, { [column.key]: now }, { [column.key]: before })
  expect(change(count, 12, 10)).toEqual({ as: 'share', value: 0.2, tone: 'good' })
  expect(change(median, 12, 10)).toMatchObject({ tone: 'bad' })
  expect(change(median, 5, 10)).toMatchObject({ value: -0.5, tone: 'good' })
  expect(change(share, 0.8, 0.75)).toMatchObject({ as: 'points', tone: 'good' })
  expect(change(count, 3, 0)).toEqual({ as: 'amount', value: 3, tone: 'good' })
  expect(change(count, 10, 10)).toMatchObject({ value: 0, tone: 'neutral' })
  expect(change(median, null, 10)).toBeNull()
  expect(changeOf(count, { resolved: 1 }, null)).toBeNull()
  expect(change({ ...count, kind: 'signed', better: 'less' }, 43, 2)).toEqual({
    as: 'amount',
    value: 41,
    tone: 'bad',
  })
  expect(change({ ...count, better: null }, 12, 10)).toMatchObject({ tone: 'neutral' })
})

const row = (key: string | null, resolved: number | null, before: number | null = null): ReportRow => ({
  key,
  name: key,
  figures: { resolved },
  before: before === null ? null : { resolved: before },
})
const rows = [row('Bruno', 2), row(null, 9), row('ana', null), row('Carla', 5)]
const nameOf = ({ name }: ReportRow) => name ?? 'Sem agente'

test('rows are sorted by figure or by name, with what is unknown last both ways', () => {
  const keys = (by: string, descending: boolean) =>
    sortedRows(rows, { by, descending }, nameOf, 'pt-BR').map(({ key }) => key)
  expect(keys('resolved', true)).toEqual([null, 'Carla', 'Bruno', 'ana'])
  expect(keys('resolved', false)).toEqual(['Bruno', 'Carla', null, 'ana'])
  expect(keys('name', false)).toEqual(['ana', 'Bruno', 'Carla', null])
  expect(sortedRows(rows, null, nameOf, 'pt-BR')).toBe(rows)
})

test('times sorted by name stand in time, not in the alphabet', () => {
  const days = ['2026-11-27', '2026-11-28', '2026-12-01'].map((key) => row(key, 1))
  const wordOf = ({ key }: ReportRow) => ({ '2026-11-27': 'sex', '2026-11-28': 'sáb' })[key ?? ''] ?? 'ter'
  const keys = (descending: boolean) =>
    sortedRows(days, { by: 'name', descending }, wordOf, 'pt-BR', 'day').map(({ key }) => key)
  expect(keys(false)).toEqual(['2026-11-27', '2026-11-28', '2026-12-01'])
  expect(keys(true)).toEqual(['2026-12-01', '2026-11-28', '2026-11-27'])
})

test('pressing a head sorts down, up and not at all; names begin at A', () => {
  expect(nextSort(null, 'resolved')).toEqual({ by: 'resolved', descending: true })
  expect(nextSort({ by: 'resolved', descending: true }, 'resolved')).toEqual({
    by: 'resolved',
    descending: false,
  })
  expect(nextSort({ by: 'resolved', descending: false }, 'resolved')).toBeNull()
  expect(nextSort({ by: 'resolved', descending: true }, 'name')).toEqual({ by: 'name', descending: false })
})

test('nothing is nothing, and an unknown share is nothing too', () => {
  expect(isEmptyRow({ ...row('a', 0), figures: { resolved: 0, keptShare: null } }, [count, share])).toBe(true)
  expect(isEmptyRow({ ...row('a', 0), figures: { resolved: 0, keptShare: 0 } }, [count, share])).toBe(false)
  const balance: FigureColumn = { key: 'growth', kind: 'signed', better: 'less' }
  expect(isEmptyRow({ ...row('a', 0), figures: { resolved: 0, growth: 0 } }, [count, balance])).toBe(true)
})

const report: Report = {
  report: 'volume',
  groupBy: 'week',
  columns: [{ key: 'created', kind: 'count', better: null }, count],
  rows: [
    {
      key: '2026-11-16',
      name: null,
      figures: { created: 4, resolved: 3 },
      before: { created: 2, resolved: 2 },
    },
    { key: '2026-11-23', name: null, figures: { created: 6, resolved: 1 }, before: null },
  ],
  total: { key: null, name: null, figures: { created: 10, resolved: 4 }, before: null },
  distribution: null,
  leftOut: 0,
  timezone: 'America/Sao_Paulo',
  seq: 1,
}
const names = {
  row: ({ key }: ReportRow) => key ?? '',
  figure: ({ key }: FigureColumn) => key,
  before: 'antes',
  now: 'agora',
  weekday: String,
  hour: String,
}
const [created] = report.columns as [FigureColumn]

test('without a comparison what came stands beside what went; with one, now beside before', () => {
  const alone = reportChart(report, created, names).data
  expect(alone.series.map(({ name, values }) => [name, values])).toEqual([
    ['created', [4, 6]],
    ['resolved', [3, 1]],
  ])
  const total = { ...report.total, before: { created: 2 } }
  expect(reportChart({ ...report, total }, created, names).data.series).toEqual([
    { name: 'agora', values: [4, 6] },
    { name: 'antes', values: [2, null], isBefore: true },
  ])
})

test('hours of the week make a heat map with Monday first, and people make bars of which only the first have room', () => {
  const hours = {
    ...report,
    groupBy: 'hourOfWeek' as const,
    rows: [{ ...row('3-09', 0), figures: { created: 7 } }],
  }
  const { data } = reportChart(hours, created, names)
  expect(data.kind).toBe('heatMap')
  expect(data.series[2]?.values[9]).toBe(7)
  expect(data.series[2]?.values[8]).toBeNull()
  const many = Array.from({ length: 20 }, (_, index) => row(`a${index}`, index))
  const people = reportChart({ ...report, groupBy: 'agent', rows: many }, count, names)
  expect(people.data.kind).toBe('horizontalBars')
  expect(people.rows).toHaveLength(15)
  expect(people.data.series[0]?.values.slice(0, 3)).toEqual([19, 18, 17])
})

test('the last bar of a distribution is what took longer than all before', () => {
  const chart = distributionChart(
    [
      { upTo: 60, count: 2 },
      { upTo: null, count: 1 },
    ],
    { series: 'x', upTo: (ms) => `<= ${ms}`, longer: (ms) => `> ${ms}` },
  )
  expect(chart.categories).toEqual(['<= 60', '> 60'])
})
