/** The parts of ECharts that our charts need, and the one place that fetches them: everything else imports types. */
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartOption } from './chart-options.ts'

// SVG stays crisp on every screen and on paper, and there are hundreds of shapes at most.
use([
  BarChart,
  HeatmapChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  SVGRenderer,
])

export interface PictureSize {
  /** In CSS pixels. */
  width: number
  height: number
}

/** Draws a chart apart from the page: an SVG document as text. */
export function drawSvg(option: ChartOption, size: PictureSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
