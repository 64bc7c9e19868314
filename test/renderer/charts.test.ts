/** What charts make of plain data, before anything is drawn. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  chartHeight,
  hasValues,
  type ChartData,
  type ChartUnit,
  type ChartWords,
} from '../../src-renderer/ui/charts/chart-data.ts'
import { legendHeight } from '../../src-renderer/ui/charts/chart-legend.ts'
import { chartOptions } from '../../src-renderer/ui/charts/chart-options.ts'
import { chartTable, moveSpot, pointWords } from '../../src-renderer/ui/charts/chart-points.ts'
import { scaleOf } from '../../src-renderer/ui/charts/chart-scale.ts'
import type { ChartTheme } from '../../src-renderer/ui/charts/chart-theme.ts'
import { tooltipHtml } from '../../src-renderer/ui/charts/chart-tooltip.ts'
import { drawSvg } from '../../src-renderer/ui/charts/echarts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const words: ChartWords = {
  format: (value, unit) => `${value} ${unit}`,
  short: (value) => String(value),
  range: (low, high) => `${low} – ${high}`,
}
const theme: ChartTheme = {
  font: 'sans-serif',
  text: '#111',
  muted: '#555',
  line: '#ddd',
  edge: '#888',
  surface: '#fff',
  raised: '#fff',
  hover: '#eee',
  series: ['#00677d', '#d55e00', '#cc79a7'],
  before: '#999',
  band: '#dee',
  pattern: '#fff8',
  heat: ['#eee', '#00475a'],
  heatBelow: ['#8a3a00', '#f3c9a5'],
}
const look = { theme, words, isAnimated: false }
const today: ChartData = {
  kind: 'line',
  unit: 'count',
  categories: ['8 h', '9 h', '10 h'],
  series: [{ name: 'Recebidos', values: [3, 8, null] }],
  band: { name: 'Normal', low: [2, 4, 5], high: [5, 9, 12] },
}
const week: ChartData = {
  kind: 'heatMap',
  unit: 'count',
  categories: ['8', '9'],
  series: [
    { name: 'segunda', values: [1, 2] },
    { name: 'terça', values: [0, null] },
  ],
}

const upTo = (greatest: number, unit: ChartUnit) => scaleOf({ least: 0, greatest }, unit)

test('an axis of time counts in steps that people count in', () => {
  expect(upTo(52 * MINUTE, 'duration')).toEqual({ min: 0, interval: 15 * MINUTE, max: 60 * MINUTE })
  expect(upTo(5 * HOUR, 'elapsed')).toEqual({ min: 0, interval: HOUR, max: 5 * HOUR })
  expect(upTo(30_000, 'duration')).toEqual({ min: 0, interval: 10_000, max: 30_000 })
  expect(upTo(4_000 * 24 * HOUR, 'elapsed').interval % (100 * 24 * HOUR)).toBe(0)
})

test('an axis of counts has whole steps, and one of shares ends at the whole unless all are small', () => {
  expect(upTo(3, 'count')).toEqual({ min: 0, interval: 1, max: 3 })
  expect(upTo(0, 'count')).toEqual({ min: 0, interval: 1, max: 1 })
  expect(upTo(137, 'count')).toEqual({ min: 0, interval: 50, max: 150 })
  expect(upTo(0.87, 'share').max).toBe(1)
  expect(upTo(0.03, 'share').max).toBe(0.1)
})

test('a low chart has a scale of as many steps as have room', () => {
  const large = { ...look, isLarge: true, width: 400 }
  expect(chartOptions(today, { ...large, height: 400 }).yAxis).toMatchObject({ interval: 5, max: 15 })
  expect(chartOptions(today, { ...large, height: 150 }).yAxis).toMatchObject({ interval: 10, max: 20 })
  const shares: ChartData = { ...today, unit: 'share', series: [{ name: 'x', values: [0.8] }] }
  expect(chartOptions(shares, { ...large, height: 150 }).yAxis).toMatchObject({ interval: 0.5, max: 1 })
})

test('an axis reaches below zero where values do, and its zero is one of its steps', () => {
  expect(scaleOf({ least: -7, greatest: 12 }, 'signed')).toEqual({ interval: 5, min: -10, max: 15 })
  expect(scaleOf({ least: -33.3, greatest: 0 }, 'signed')).toEqual({ interval: 10, min: -40, max: 0 })
  const net: ChartData = {
    kind: 'horizontalBars',
    unit: 'signed',
    categories: ['a', 'b'],
    series: [{ name: 'Saldo', values: [4, -3] }],
  }
  expect(chartOptions(net, look)).toMatchObject({
    xAxis: { min: -4, max: 4 },
    series: [{ data: [4, { value: -3, label: { position: 'left' } }] }],
  })
})

test('what is unknown is a gap and no zero, in the drawing, the table and the words', () => {
  const line = chartOptions(today, look).series as { data: unknown[] }[]
  expect(line.at(-1)?.data).toEqual([3, 8, null])
  expect(chartTable(today, words).rows[2]).toEqual({ name: '10 h', cells: ['–', '5 count – 12 count'] })
  expect(pointWords(today, 2, null, words)).toBe('10 h: Recebidos –, Normal 5 count – 12 count')
})

test('in a long line a value without neighbours has a mark, for there is no line to see it by', () => {
  const values = Array.from({ length: 90 }, (_, day) => (day < 40 ? day : null))
  values[60] = 7
  const long: ChartData = { ...today, categories: values.map(String), series: [{ name: 'Mediana', values }] }
  const [line] = chartOptions({ ...long, band: undefined } as ChartData, look).series as {
    showSymbol: boolean
    symbolSize: (value: unknown, at: { dataIndex: number }) => number
  }[]
  const sizeAt = (dataIndex: number) => line?.symbolSize(null, { dataIndex })
  expect(line?.showSymbol).toBe(true)
  expect([sizeAt(20), sizeAt(39), sizeAt(60)]).toEqual([0, 0, 6])
})

test('a band is drawn behind its line from its low to its high', () => {
  const series = chartOptions(today, look).series as { data: number[]; stack?: string; z: number }[]
  expect(series.map(({ stack }) => stack)).toEqual(['band', 'band', undefined])
  expect(series[0]?.data).toEqual([2, 4, 5])
  expect(series[1]?.data).toEqual([3, 5, 7])
  expect(series[2]?.z).toBeGreaterThan(series[1]?.z ?? 9)
})

test('the last name under a line has room to its right', () => {
  const right = (last: string) =>
    chartOptions({ ...today, categories: ['8 h', '9 h', last] }, look).grid as { right: number }
  expect(right('10 h').right).toBe(16)
  expect(right('qua, 25 de nov').right).toBeGreaterThan(44)
})

test('stacked bars leave room for their sum', () => {
  const data: ChartData = {
    kind: 'stackedBars',
    unit: 'count',
    categories: ['a'],
    series: [
      { name: 'x', values: [6] },
      { name: 'y', values: [7] },
    ],
  }
  expect(chartOptions(data, look).yAxis).toMatchObject({ max: 15 })
  expect(chartOptions({ ...data, kind: 'bars' }, look).yAxis).toMatchObject({ max: 8 })
})

test('each further series has a pattern beside its colour, and the compared time is pale', () => {
  const series = chartOptions(
    {
      kind: 'bars',
      unit: 'count',
      categories: ['a'],
      series: [
        { name: 'agora', values: [1] },
        { name: 'antes', values: [2], isBefore: true },
        { name: 'outra', values: [3] },
      ],
    },
    look,
  ).series as { color: string; itemStyle: { decal?: unknown } }[]
  expect(series.map(({ color }) => color)).toEqual(['#00677d', '#999', '#cc79a7'])
  expect(series[0]?.itemStyle.decal).toBeUndefined()
  expect(new Set(series.map(({ itemStyle }) => JSON.stringify(itemStyle.decal))).size).toBe(3)
})

test('a heat map has a row for each series, and its table has too', () => {
  const { series } = chartOptions(week, look)
  expect(series).toMatchObject([{ data: [[0, 0, 1], [1, 0, 2], [0, 1, 0]] }]) // prettier-ignore
  expect(chartTable(week, words)).toEqual({
    head: ['8', '9'],
    rows: [
      { name: 'segunda', cells: ['1 count', '2 count'] },
      { name: 'terça', cells: ['0 count', '–'] },
    ],
  })
})

test('in a heat map nothing is the palest, and what lies below zero has colours of its own', () => {
  const scale = (data: ChartData) => chartOptions(data, look).visualMap
  expect(scale(week)).toMatchObject({ min: 0, max: 2, inRange: { color: theme.heat }, text: ['2', '0'] })
  const balance: ChartData = {
    ...week,
    unit: 'signed',
    series: [
      { name: 'segunda', values: [-4, 0] },
      { name: 'terça', values: [1, 3] },
    ],
  }
  expect(scale(balance)).toMatchObject({
    ...{ min: -4, max: 4, text: ['4', '-4'] },
    inRange: { color: ['#8a3a00', '#f3c9a5', '#eee', '#00475a'] },
  })
})

test('names are text in tooltips, whatever people call things', () => {
  const data = { ...today, categories: ['<img src=x onerror=alert(1)>'] }
  expect(tooltipHtml(data, 0, null, { theme, words })).toContain('&lt;img src=x')
})

test('arrows walk along the categories, in a heat map through its rows as well, and stop at the ends', () => {
  expect(moveSpot(today, null, 'ArrowRight')).toEqual({ category: 0, row: null })
  expect(moveSpot(today, { category: 2, row: null }, 'ArrowRight')).toEqual({ category: 2, row: null })
  expect(moveSpot(today, null, 'End')).toEqual({ category: 2, row: null })
  expect(moveSpot(week, { category: 1, row: 0 }, 'ArrowDown')).toEqual({ category: 1, row: 1 })
  expect(moveSpot(week, { category: 1, row: 1 }, 'ArrowDown')).toEqual({ category: 1, row: 1 })
  expect(moveSpot(today, null, 'a')).toBeNull()
})

test('a chart is as high as its rows need', () => {
  const bars = (rows: number): ChartData => ({
    kind: 'horizontalBars',
    unit: 'count',
    categories: Array.from({ length: rows }, String),
    series: [{ name: 'x', values: [] }],
  })
  expect(chartHeight(bars(20)) - chartHeight(bars(10))).toBe(260)
  expect(hasValues(bars(2))).toBe(false)
  expect(hasValues(today)).toBe(true)
})

test.each(['line', 'bars', 'stackedBars', 'horizontalBars', 'histogram', 'heatMap'] as const)(
  'a chart of kind %s is drawn with its names on it',
  (kind) => {
    const data = kind === 'heatMap' ? week : { ...today, kind }
    const svg = drawSvg(chartOptions(data, { ...look, title: 'Quantos?' }), { width: 800, height: 400 })
    expect(svg).toContain('Quantos?')
    expect(svg).toContain(kind === 'heatMap' ? 'terça' : 'Recebidos')
  },
)

/** WCAG's relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test('every colour of a series stands out from the surface by 3:1, light and dark', () => {
  const css = readFileSync(join(import.meta.dirname, '../../src-renderer/styles/tokens.css'), 'utf8')
  const pairs = (token: string) =>
    [...css.matchAll(new RegExp(`--${token}: light-dark\\((#\\w+), (#\\w+)\\)`, 'g'))].map(([, a, b]) => [
      a,
      b,
    ])
  const [surface] = pairs('surface')
  const tokens = [...Array.from({ length: 6 }, (_, i) => `chart-${i + 1}`), 'chart-before']
  const weak = tokens.flatMap((token) =>
    [0, 1]
      .filter((scheme) => {
        const [a = 0, b = 0] = [surface, pairs(token)[0]].map((pair) =>
          luminance(pair?.[scheme] ?? '#000000'),
        )
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < (token === 'chart-before' ? 2.8 : 3)
      })
      .map((scheme) => `${token} ${scheme === 0 ? 'light' : 'dark'}`),
  )
  expect(weak).toEqual([])
})

test('a legend that is too wide for its chart gets room for each of its lines', () => {
  const names = ['28 de out de 2026 a 26 de nov de 2026', '28 de set de 2026 a 27 de out de 2026']
  const one = legendHeight(names, 12, 900)
  expect(legendHeight(names, 12)).toBe(one)
  expect(legendHeight(names, 12, 540)).toBeGreaterThan(one + 12)
  // One name that is wider than its chart is still one line.
  expect(legendHeight(names.slice(0, 1), 12, 100)).toBe(one)
})
