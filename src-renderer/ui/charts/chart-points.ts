import type { ChartData, ChartWords } from './chart-data.ts'

interface PointLine {
  /** Which series it is of; null for the band. */
  series: number | null
  name: string
  value: string
}

interface Point {
  title: string
  lines: PointLine[]
}

const NOTHING = '–'

/** One category of a chart in words, or one cell of a heat map, whose rows are its series. */
export function pointOf(data: ChartData, category: number, row: number | null, words: ChartWords): Point {
  const { categories, unit, band } = data
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? NOTHING : words.format(value, unit)
  const lines: PointLine[] = data.series.flatMap(({ name, values }, series) =>
    row === null || row === series ? [{ series, name, value: say(values[category]) }] : [],
  )
  if (band) {
    const [low, high] = [band.low[category], band.high[category]]
    const isKnown = low !== null && low !== undefined && high !== null && high !== undefined
    lines.push({ series: null, name: band.name, value: isKnown ? words.range(say(low), say(high)) : NOTHING })
  }
  return { title: categories[category] ?? '', lines }
}

/** The same for the ear: "10 h: Recebidos 12, Normal 8 a 14". */
export function pointWords(data: ChartData, category: number, row: number | null, words: ChartWords): string {
  const { title, lines } = pointOf(data, category, row, words)
  return `${title}: ${lines.map(({ name, value }) => `${name} ${value}`).join(', ')}`
}

export interface ChartTable {
  head: string[]
  rows: { name: string; cells: string[] }[]
}

/** A chart's twin: the same values as a table, a row for each category, or for each row of a heat map. */
export function chartTable(data: ChartData, words: ChartWords): ChartTable {
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? NOTHING : words.format(value, data.unit)
  if (data.kind === 'heatMap') {
    return {
      head: [...data.categories],
      rows: data.series.map(({ name, values }) => ({
        name,
        cells: data.categories.map((_, i) => say(values[i])),
      })),
    }
  }
  return {
    head: [...data.series.map(({ name }) => name), ...(data.band ? [data.band.name] : [])],
    rows: data.categories.map((name, category) => ({
      name,
      cells: pointOf(data, category, null, words).lines.map(({ value }) => value),
    })),
  }
}

/** Where the keyboard stands: a category, and in a heat map a row as well. */
export interface Spot {
  category: number
  row: number | null
}

/** Where an arrow leads from `spot`; null for keys that don't move. The first press arrives at the beginning. */
export function moveSpot(data: ChartData, spot: Spot | null, key: string): Spot | null {
  const last = data.categories.length - 1
  const isMap = data.kind === 'heatMap'
  const across = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
  const down = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (across === 0 && down === 0 && key !== 'Home' && key !== 'End') return null
  if (!spot) return { category: key === 'End' ? last : 0, row: isMap ? 0 : null }
  const within = (value: number, end: number) => Math.max(0, Math.min(end, value))
  if (key === 'Home') return { ...spot, category: 0 }
  if (key === 'End') return { ...spot, category: last }
  if (!isMap) return { category: within(spot.category + across + down, last), row: null }
  return {
    category: within(spot.category + across, last),
    row: within((spot.row ?? 0) + down, data.series.length - 1),
  }
}
