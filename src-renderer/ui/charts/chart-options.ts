import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { ComposeOption } from 'echarts/core'
import type {
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
  TooltipComponentOption,
  VisualMapComponentOption,
} from 'echarts/components'
import { bandSeries, barSeries, heatSeries, lineSeries } from './chart-series.ts'
import type { ChartData, ChartWords } from './chart-data.ts'
import { LEGEND_GAP, legendHeight, legendMark, LETTER } from './chart-legend.ts'
import { MOST_STEPS, scaleOf, type Extent } from './chart-scale.ts'
import type { ChartTheme } from './chart-theme.ts'
import { tooltipHtml } from './chart-tooltip.ts'

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | HeatmapSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TitleComponentOption
  | TooltipComponentOption
  | VisualMapComponentOption
>

export interface ChartLook {
  theme: ChartTheme
  words: ChartWords
  /** Of the drawing, in pixels, where it is known: a legend that is too wide takes more lines. */
  width?: number
  /** Of the drawing, in pixels, where it is known: a low one has a scale of fewer steps. */
  height?: number
  /** Readable from across a room. */
  isLarge?: boolean
  /** False where people asked for less motion, and on paper. */
  isAnimated?: boolean
  /** Drawn above the chart, on pictures that leave the page. */
  title?: string
  subtitle?: string
}

/** Turns plain data into what ECharts draws. Pure: the same data and look make the same options. */
export function chartOptions(data: ChartData, look: ChartLook): ChartOption {
  const { theme, isAnimated = true } = look
  return {
    animation: isAnimated,
    animationDuration: 220,
    animationDurationUpdate: 220,
    textStyle: { fontFamily: theme.font, fontSize: textSize(look), color: theme.text },
    ...titleOf(look),
    ...(data.kind === 'heatMap' ? heatMap(data, look) : cartesian(data, look)),
  }
}

const textSize = ({ isLarge }: ChartLook): number => (isLarge ? 20 : 12)

function titleOf({ title, subtitle, theme, isLarge, width }: ChartLook): Pick<ChartOption, 'title'> {
  if (!title) return {}
  const size = isLarge ? 26 : 18
  const fit = width ? { width: width - 32, overflow: 'truncate' as const } : {}
  return {
    title: {
      text: title,
      subtext: subtitle ?? '',
      left: 16,
      top: 12,
      itemGap: 6,
      textStyle: { color: theme.text, fontSize: size, fontWeight: 600, lineHeight: size * 1.3, ...fit },
      subtextStyle: { color: theme.muted, fontSize: Math.round(size * 0.72), lineHeight: size, ...fit },
    },
  }
}

/** Room around the drawing; what axes say finds its own. */
function gridOf(look: ChartLook, names: readonly string[]): GridComponentOption {
  const size = textSize(look)
  const head = look.title ? 72 : 0
  return {
    left: 4,
    right: size + 4,
    top: head + (names.length > 1 ? legendHeight(names, size, look.width) : 12),
    bottom: 4,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  }
}

/** So many words of a scale have room one above the other. */
function stepsOf(look: ChartLook, names: readonly string[]): number {
  if (look.height === undefined) return MOST_STEPS
  const size = textSize(look)
  const room = look.height - Number(gridOf(look, names).top) - 2 * size
  return Math.min(MOST_STEPS, Math.max(2, Math.floor(room / (1.7 * size))))
}

/** What stands under the last point of a line reaches half beyond it. */
function overhang({ categories }: ChartData, look: ChartLook): number {
  const longest = Math.max(0, ...categories.map(({ length }) => length))
  return Math.max(textSize(look) + 4, Math.ceil((longest * textSize(look) * LETTER) / 2))
}

function cartesian(data: ChartData, look: ChartLook): ChartOption {
  const { theme, words } = look
  const { kind, unit, series, band } = data
  const isHorizontal = kind === 'horizontalBars'
  const names = [...series.map(({ name }) => name), ...(band ? [band.name] : [])]
  const value = {
    type: 'value' as const,
    ...scaleOf(extentOf(data), unit, isHorizontal ? MOST_STEPS : stepsOf(look, names)),
    axisLabel: {
      color: theme.muted,
      fontSize: textSize(look),
      hideOverlap: true,
      formatter: (each: number) => words.short(each, unit),
    },
    splitLine: { lineStyle: { color: theme.line } },
    axisLine: { show: false },
    axisTick: { show: false },
  }
  const category = {
    type: 'category' as const,
    data: [...data.categories],
    inverse: isHorizontal,
    boundaryGap: kind !== 'line',
    axisLabel: {
      color: isHorizontal ? theme.text : theme.muted,
      fontSize: textSize(look),
      hideOverlap: true,
      ...(isHorizontal
        ? { width: look.isLarge ? 280 : 150, overflow: 'truncate' as const, interval: 0 }
        : {}),
    },
    // At the edge, where its words are, also when values reach below zero.
    axisLine: { onZero: false, lineStyle: { color: theme.edge } },
    axisTick: { show: false },
  }
  return {
    grid: { ...gridOf(look, names), ...(kind === 'line' && { right: overhang(data, look) }) },
    xAxis: isHorizontal ? value : category,
    yAxis: isHorizontal ? category : value,
    legend: {
      show: names.length > 1,
      data: names,
      left: 0,
      top: look.title ? 68 : 0,
      itemWidth: legendMark(textSize(look)),
      itemHeight: textSize(look) - 2,
      itemGap: LEGEND_GAP,
      selectedMode: false,
      textStyle: { color: theme.muted, fontSize: textSize(look) },
    },
    tooltip: {
      ...tooltipLook(look),
      trigger: 'axis',
      axisPointer: {
        type: kind === 'line' ? 'line' : 'shadow',
        lineStyle: { color: theme.edge },
        shadowStyle: { color: theme.hover },
      },
      formatter: (params) => {
        const [point] = Array.isArray(params) ? params : [params]
        return tooltipHtml(data, point?.dataIndex ?? 0, null, { theme, words })
      },
    },
    series: [
      ...(band ? bandSeries(band, theme) : []),
      ...series.map((each, index) =>
        kind === 'line' || each.isLine
          ? lineSeries(each, index, look)
          : barSeries(each, index, { ...look, data, label: isHorizontal }),
      ),
    ],
  }
}

function heatMap(data: ChartData, look: ChartLook): ChartOption {
  const { theme, words } = look
  const extent = extentOf(data)
  // Below zero it reaches as far as above, so that nothing is the palest and both ways are seen alike.
  const isBelow = extent.least < 0
  const greatest = isBelow ? Math.max(-extent.least, extent.greatest) : extent.greatest
  const least = isBelow ? -greatest : 0
  const size = textSize(look)
  const axis = {
    type: 'category' as const,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  }
  const axisLabel = { color: theme.muted, fontSize: size, hideOverlap: true }
  return {
    grid: { ...gridOf(look, []), bottom: size * 2 + 14 },
    xAxis: { ...axis, data: [...data.categories], axisLabel },
    yAxis: {
      ...axis,
      data: data.series.map(({ name }) => name),
      inverse: true,
      axisLabel: { ...axisLabel, color: theme.text, interval: 0 },
    },
    visualMap: {
      type: 'continuous',
      min: least,
      max: Math.max(greatest, data.unit === 'count' ? 1 : Number.MIN_VALUE),
      orient: 'horizontal',
      right: 4,
      bottom: 0,
      itemWidth: size - 2,
      itemHeight: 90,
      text: [words.short(greatest, data.unit), least === 0 ? '0' : words.short(least, data.unit)],
      textStyle: { color: theme.muted, fontSize: size },
      inRange: { color: isBelow ? [...theme.heatBelow, ...theme.heat] : theme.heat },
    },
    tooltip: {
      ...tooltipLook(look),
      trigger: 'item',
      formatter: (params) => {
        const value = Array.isArray(params) ? [] : (params.value as readonly number[])
        return tooltipHtml(data, value[0] ?? 0, value[1] ?? 0, { theme, words })
      },
    },
    series: [heatSeries(data, theme)],
  }
}

function tooltipLook({ theme, ...look }: ChartLook): TooltipComponentOption {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: theme.text, fontSize: textSize({ theme, ...look }), fontFamily: theme.font },
    extraCssText: 'box-shadow: var(--shadow-2); border-radius: var(--radius);',
  }
}

function extentOf({ kind, categories, series, band }: ChartData): Extent {
  const bars = series.filter(({ isLine }) => !isLine)
  const sums = categories.map((_, index) => bars.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
  const values = [...series.flatMap((each) => each.values), ...(band?.high ?? [])].map((each) => each ?? 0)
  const all = [...values, ...(kind === 'stackedBars' ? sums : [])]
  return {
    least: all.reduce((a, b) => Math.min(a, b), 0),
    greatest: all.reduce((a, b) => Math.max(a, b), 0),
  }
}
