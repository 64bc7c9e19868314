/** What a chart is given: plain data, and no word about how it is drawn. */

/** `line` may have a band behind it, as for what is usual; `histogram` is bars that touch; `heatMap` has a row for each series. */
export type ChartKind = 'line' | 'bars' | 'stackedBars' | 'horizontalBars' | 'heatMap' | 'histogram'

/** How values are read. Durations are milliseconds: `duration` in business time, `elapsed` on the wall clock; shares are 0 to 1. */
export type ChartUnit = 'count' | 'signed' | 'duration' | 'elapsed' | 'share' | 'score'

export interface ChartSeries {
  name: string
  /** One for each category; null where nothing is known, which is not zero. */
  values: readonly (number | null)[]
  /** The same at another time: drawn behind, paler. */
  isBefore?: boolean
  /** A line among bars. */
  isLine?: boolean
}

/** A range behind the series, as what is usual or expected. */
export interface ChartBand {
  name: string
  low: readonly (number | null)[]
  high: readonly (number | null)[]
}

export interface ChartData {
  kind: ChartKind
  unit: ChartUnit
  categories: readonly string[]
  series: readonly ChartSeries[]
  band?: ChartBand
}

/** Values in words: whole (`format`), and as short as it stays clear (`short`), for axes. */
export interface ChartWords {
  format: (value: number, unit: ChartUnit) => string
  short: (value: number, unit: ChartUnit) => string
  /** "3 a 8", for bands. */
  range: (low: string, high: string) => string
}

export const hasValues = ({ series }: ChartData): boolean =>
  series.some(({ values }) => values.some((value) => value !== null))

/** The height in pixels at which a chart is easy to read, for as many rows as it has. */
export function chartHeight({ kind, categories, series }: ChartData): number {
  if (kind === 'horizontalBars') return 44 + categories.length * (series.length > 1 ? 34 : 26)
  return kind === 'heatMap' ? 64 + series.length * 26 : 240
}
