/** A chart's colours, as plain values: what draws it knows no variables. */
export interface ChartTheme {
  font: string
  text: string
  muted: string
  line: string
  edge: string
  surface: string
  raised: string
  hover: string
  /** One after the other for the series; told apart by every kind of sight (see `--chart-1` in the tokens). */
  series: readonly string[]
  /** The compared time. */
  before: string
  band: string
  /** Over the series, for patterns. */
  pattern: string
  /** From nothing to most. */
  heat: string[]
  /** From the least to just below nothing, for heat maps that reach there. */
  heatBelow: string[]
}

/** The design tokens that a chart is drawn with, by the theme's names. */
const tokens = {
  text: '--text',
  muted: '--text-muted',
  line: '--line',
  edge: '--line-strong',
  surface: '--surface',
  raised: '--raised',
  hover: '--hover',
  before: '--chart-before',
  band: '--chart-band',
  pattern: '--chart-pattern',
} as const
const series = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6']
const heatBelow = ['--chart-heat-below-3', '--chart-heat-below-2', '--chart-heat-below-1']
const heat = ['--chart-heat-0', '--chart-heat-1', '--chart-heat-2', '--chart-heat-3']

/**
 * Reads the tokens as they are in force at `host`. They are pairs of `light-dark()`, which only a real property resolves,
 * so an element of its own wears them one after the other. `scheme` reads another scheme's than the page's, as for paper. By its
 * class, for the build writes `light-dark()` in a way that older browsers understand, and a `color-scheme` set by script does not.
 */
export function readTheme(host: HTMLElement, scheme?: 'light'): ChartTheme {
  const probe = document.createElement('span')
  probe.style.display = 'none'
  if (scheme) probe.className = `${scheme}-scheme`
  host.append(probe)
  try {
    const style = getComputedStyle(probe)
    const read = (token: string): string => {
      probe.style.color = `var(${token})`
      return style.color
    }
    const named = Object.entries(tokens).map(([name, token]) => [name, read(token)])
    return {
      ...(Object.fromEntries(named) as Record<keyof typeof tokens, string>),
      // Double quotes, as browsers write them, would end the attribute of a drawing in which echarts puts them.
      font: style.fontFamily.replaceAll('"', "'"),
      series: series.map(read),
      heat: heat.map(read),
      heatBelow: heatBelow.map(read),
    }
  } finally {
    probe.remove()
  }
}
