import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { ChartBand, ChartData, ChartSeries } from './chart-data.ts'
import type { ChartLook } from './chart-options.ts'
import type { ChartTheme } from './chart-theme.ts'

type Decal = Exclude<NonNullable<NonNullable<BarSeriesOption['itemStyle']>['decal']>, 'none'>

/** Beside its colour each series has a pattern or a mark, for those who see colours otherwise, and for grey paper. */
const patterns: readonly (Decal | null)[] = [
  null,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [7, 7],
      [0, 7, 7, 0],
    ],
    dashArrayY: [5, 0],
    symbolSize: 0.7,
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3] },
  {
    symbol: 'triangle',
    dashArrayX: [
      [8, 8],
      [0, 8, 8, 0],
    ],
    dashArrayY: [8, 2],
    symbolSize: 0.7,
  },
]
const marks = ['circle', 'triangle', 'rect', 'diamond', 'emptyCircle', 'emptyRect'] as const

const turn = <T>(all: readonly T[], index: number): T => all[index % all.length] as T

function decalOf(index: number, theme: ChartTheme): { decal?: Decal } {
  const pattern = turn(patterns, index)
  return pattern ? { decal: { ...pattern, color: theme.pattern } } : {}
}

/** More points than this are too near each other for a mark at each. */
const MOST_MARKS = 62

export function lineSeries(
  series: ChartSeries,
  index: number,
  { theme, isLarge }: ChartLook,
): LineSeriesOption {
  const color = series.isBefore ? theme.before : turn(theme.series, index)
  const size = isLarge ? 10 : 6
  const { values } = series
  const isKnown = (at: number) => typeof values[at] === 'number'
  // A value without neighbours has no line to be seen by.
  const isAlone = (at: number) => isKnown(at) && !isKnown(at - 1) && !isKnown(at + 1)
  const isMarked = values.length <= MOST_MARKS
  return {
    type: 'line',
    name: series.name,
    data: [...series.values],
    color,
    symbol: turn(marks, index),
    symbolSize: isMarked
      ? size
      : (_value: unknown, { dataIndex }: { dataIndex: number }) => (isAlone(dataIndex) ? size : 0),
    showSymbol: isMarked || values.some((_, at) => isAlone(at)),
    showAllSymbol: isMarked ? 'auto' : true,
    lineStyle: { color, width: isLarge ? 4 : 2, type: series.isBefore ? 'dashed' : 'solid' },
    emphasis: { disabled: true },
    z: series.isBefore ? 2 : 3,
  }
}

interface BarLook extends ChartLook {
  data: ChartData
  /** Says each value at the end of its bar. */
  label: boolean
}

export function barSeries(series: ChartSeries, index: number, look: BarLook): BarSeriesOption {
  const { theme, data, words, isLarge } = look
  const color = series.isBefore ? theme.before : turn(theme.series, index)
  const isStacked = data.kind === 'stackedBars'
  return {
    type: 'bar',
    name: series.name,
    data: look.label ? series.values.map(labelled) : [...series.values],
    color,
    ...(isStacked ? { stack: 'all' } : {}),
    barMaxWidth: isLarge ? 56 : 36,
    barGap: '12%',
    barCategoryGap: data.kind === 'histogram' ? '4%' : '32%',
    itemStyle: {
      ...decalOf(series.isBefore ? 1 : index, theme),
      borderRadius: isStacked ? 0 : look.label ? [0, 2, 2, 0] : [2, 2, 0, 0],
    },
    emphasis: { disabled: true },
    ...(look.label
      ? {
          label: {
            show: true,
            position: 'right',
            color: theme.muted,
            fontSize: isLarge ? 18 : 11,
            formatter: ({ value }) => (typeof value === 'number' ? words.short(value, data.unit) : ''),
          },
          labelLayout: { hideOverlap: true },
        }
      : {}),
  }
}

/** The value of a bar that reaches below zero stands at its other end. */
const labelled = (value: number | null) =>
  value !== null && value < 0 ? { value, label: { position: 'left' as const } } : value

/** Two lines on top of each other with the upper one filled: ECharts has no band of its own. */
export function bandSeries(band: ChartBand, theme: ChartTheme): LineSeriesOption[] {
  const shared = {
    type: 'line' as const,
    stack: 'band',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    silent: true,
    emphasis: { disabled: true },
    z: 1,
  }
  const height = band.high.map((high, index) => {
    const low = band.low[index]
    return high === null || low === null || low === undefined ? null : high - low
  })
  return [
    { ...shared, name: `${band.name} 0`, data: [...band.low] },
    {
      ...shared,
      name: band.name,
      data: height,
      color: theme.band,
      areaStyle: { color: theme.band, opacity: 1 },
    },
  ]
}

export function heatSeries({ series }: ChartData, theme: ChartTheme): HeatmapSeriesOption {
  return {
    type: 'heatmap',
    data: series.flatMap(({ values }, row) =>
      values.flatMap((value, column) => (value === null ? [] : [[column, row, value]])),
    ),
    itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: 4 },
    emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 2 } },
  }
}
