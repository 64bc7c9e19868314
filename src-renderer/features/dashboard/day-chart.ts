import type { HourLive } from '../../../server/dashboards/contract.ts'
import type { ChartData } from '../../ui/charts/chart-data.ts'

/** Hours before and after which nothing happened and nothing is usual are left out, but never the working day's middle. */
const ALWAYS = { from: 8, to: 18 }

/** A day by the hour, beside what is usual, as a chart. Pure. */
export function dayChart(
  hours: readonly HourLive[],
  names: { arrived: string; resolved: string; usual: string },
): ChartData {
  const busy = hours.filter(
    ({ arrived, resolved, usual }) => (arrived ?? 0) > 0 || (resolved ?? 0) > 0 || (usual?.high ?? 0) > 0,
  )
  const from = Math.min(ALWAYS.from, ...busy.map(({ hour }) => hour))
  const to = Math.max(ALWAYS.to, ...busy.map(({ hour }) => hour))
  const shown = hours.filter(({ hour }) => hour >= from && hour <= to)
  const hasUsual = shown.some(({ usual }) => usual !== null)
  return {
    kind: 'line',
    unit: 'count',
    categories: shown.map(({ hour }) => `${hour}h`),
    series: [
      { name: names.arrived, values: shown.map(({ arrived }) => arrived) },
      { name: names.resolved, values: shown.map(({ resolved }) => resolved) },
    ],
    ...(hasUsual
      ? {
          band: {
            name: names.usual,
            low: shown.map(({ usual }) => usual?.low ?? null),
            high: shown.map(({ usual }) => usual?.high ?? null),
          },
        }
      : {}),
  }
}
