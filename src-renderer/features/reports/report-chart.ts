import type { Bucket, FigureColumn, Grouping, Report, ReportRow } from '../../../server/reports/contract.ts'
import type { ChartData, ChartKind, ChartSeries } from '../../ui/charts/chart-data.ts'
import { unitOf } from './figures.ts'
import { isTime, sortedRows } from './report-rows.ts'

/** Bars that still have names beside them, those with the most of the figure; the table has them all. */
const MOST_BARS = 15
const HOURS = 24

export interface ChartNames {
  row: (row: ReportRow) => string
  figure: (column: FigureColumn) => string
  /** Of the compared time. */
  before: string
  now: string
  weekday: (weekday: number) => string
  hour: (hour: number) => string
}

export interface ReportChartModel {
  data: ChartData
  /** The rows behind the categories; for a heat map none. */
  rows: readonly ReportRow[]
  figures: readonly FigureColumn[]
}

/** What is seen best beside a figure when nothing is compared: it came and it went, kept and missed. */
const companions: Readonly<Record<string, string>> = { created: 'resolved', opened: 'ended', kept: 'missed' }

function kindOf(groupBy: Grouping, rows: number, figure: string): ChartKind {
  if (groupBy === 'hourOfWeek') return 'heatMap'
  if (!isTime(groupBy)) return 'horizontalBars'
  if (figure === 'kept') return 'stackedBars'
  return groupBy === 'day' && rows > 7 ? 'line' : 'bars'
}

/** The chart of one figure of a report over its rows, beside the compared time where there is one. */
export function reportChart(report: Report, figure: FigureColumn, names: ChartNames): ReportChartModel {
  const isCompared = report.total.before !== null
  const kind = kindOf(report.groupBy, report.rows.length, figure.key)
  if (kind === 'heatMap') return { data: heatMap(report, figure, names), rows: [], figures: [figure] }
  const most = { by: figure.key, descending: true }
  const rows = isTime(report.groupBy)
    ? report.rows
    : sortedRows(report.rows, most, names.row, '').slice(0, MOST_BARS)
  const other = isCompared ? undefined : report.columns.find(({ key }) => key === companions[figure.key])
  const figures = other ? [figure, other] : [figure]
  const series: ChartSeries[] = figures.map((each) => ({
    name: isCompared ? names.now : names.figure(each),
    values: rows.map(({ figures: row }) => row[each.key] ?? null),
  }))
  if (isCompared) {
    const values = rows.map(({ before }) => before?.[figure.key] ?? null)
    series.push({ name: names.before, values, isBefore: true })
  }
  return {
    data: { kind, unit: unitOf(figure), categories: rows.map(names.row), series },
    rows,
    figures,
  }
}

function heatMap({ rows }: Report, figure: FigureColumn, names: ChartNames): ChartData {
  const byKey = new Map(rows.map(({ key, figures }) => [key, figures[figure.key] ?? null]))
  return {
    kind: 'heatMap',
    unit: unitOf(figure),
    categories: Array.from({ length: HOURS }, (_, hour) => names.hour(hour)),
    series: Array.from({ length: 7 }, (_, day) => ({
      name: names.weekday(day + 1),
      values: Array.from({ length: HOURS }, (_, hour) => byKey.get(hourKey(day, hour)) ?? null),
    })),
  }
}

/** The key of a row of the heat map by the place of its cell: from Monday, from midnight. */
export const hourKey = (day: number, hour: number): string => `${day + 1}-${String(hour).padStart(2, '0')}`

/** How many took how long. */
export function distributionChart(
  buckets: readonly Bucket[],
  names: { series: string; upTo: (ms: number) => string; longer: (ms: number) => string },
): ChartData {
  return {
    kind: 'histogram',
    unit: 'count',
    categories: buckets.map(({ upTo }, index) =>
      upTo === null ? names.longer(buckets[index - 1]?.upTo ?? 0) : names.upTo(upTo),
    ),
    series: [{ name: names.series, values: buckets.map(({ count }) => count) }],
  }
}
