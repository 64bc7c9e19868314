import { pointOf } from './chart-points.ts'
import type { ChartData, ChartWords } from './chart-data.ts'
import type { ChartTheme } from './chart-theme.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Names come from people: in a tooltip they are text, never markup. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => escapes[each] ?? each)

/** What a tooltip says of one category, or of one cell of a heat map. */
export function tooltipHtml(
  data: ChartData,
  category: number,
  row: number | null,
  { theme, words }: { theme: ChartTheme; words: ChartWords },
): string {
  const { title, lines } = pointOf(data, category, row, words)
  const rows = lines.map(({ name, value, series }) => {
    const color =
      series === null ? theme.band : data.series[series]?.isBefore ? theme.before : colorOf(theme, series)
    const mark = data.kind === 'heatMap' ? '' : `<i style="background:${color}" class="chart-mark"></i>`
    return `<div class="chart-tip">${mark}<span>${escaped(name)}</span><b>${escaped(value)}</b></div>`
  })
  return `<div class="chart-tip-title">${escaped(title)}</div>${rows.join('')}`
}

const colorOf = ({ series }: ChartTheme, index: number): string => series[index % series.length] ?? ''
