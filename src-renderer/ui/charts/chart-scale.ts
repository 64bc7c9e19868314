import type { ChartUnit } from './chart-data.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Steps of an axis of time that people count in. */
const timeSteps = [
  1_000,
  5_000,
  10_000,
  30_000,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 12, 24, 48, 120, 240, 480, 1_200, 2_400].map((hours) => hours * HOUR),
]

export interface Scale {
  min: number
  max: number
  interval: number
}

/** The ends of what a chart shows; zero always lies between. */
export interface Extent {
  least: number
  greatest: number
}

/** The ends and the step of a value axis: round in the unit, four to six steps high. Below zero it reaches only where values do. */
export function scaleOf({ least, greatest }: Extent, unit: ChartUnit): Scale {
  if (unit === 'share') return { min: 0, ...shareScale(greatest) }
  const range = greatest - least
  const interval = unit === 'duration' || unit === 'elapsed' ? timeStep(range) : numberStep(range, unit)
  const below = Math.ceil(-least / interval)
  const above = Math.max(below > 0 ? 0 : 1, Math.ceil(greatest / interval))
  return { interval, min: below > 0 ? -below * interval : 0, max: above * interval }
}

/** Shares are seen against the whole, unless all of them are small. */
function shareScale(greatest: number): Omit<Scale, 'min'> {
  if (greatest > 0.25) return { max: 1, interval: 0.25 }
  return greatest > 0.1 ? { max: 0.25, interval: 0.05 } : { max: 0.1, interval: 0.02 }
}

function timeStep(greatest: number): number {
  const step = timeSteps.find((each) => greatest / each <= 5)
  return step ?? Math.ceil(greatest / 5 / (100 * 24 * HOUR)) * 100 * 24 * HOUR
}

function numberStep(greatest: number, unit: ChartUnit): number {
  const isWhole = unit !== 'score'
  const rough = Math.max(greatest, isWhole ? 1 : 0.1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10
  return isWhole ? Math.max(1, step * power) : step * power
}
