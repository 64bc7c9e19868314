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

/** More would be a grid and no scale. */
export const MOST_STEPS = 5

/**
 * The ends and the step of a value axis: round in the unit, at most so many `steps` high, and one more where it reaches below zero,
 * which it does only where values do.
 */
export function scaleOf({ least, greatest }: Extent, unit: ChartUnit, steps = MOST_STEPS): Scale {
  if (unit === 'share') return { min: 0, ...shareScale(greatest, steps) }
  const range = (greatest - least) * (MOST_STEPS / steps)
  const interval = unit === 'duration' || unit === 'elapsed' ? timeStep(range) : numberStep(range, unit)
  const below = Math.ceil(-least / interval)
  const above = Math.max(below > 0 ? 0 : 1, Math.ceil(greatest / interval))
  return { interval, min: below > 0 ? -below * interval : 0, max: above * interval }
}

/** Shares are seen against the whole, unless all of them are small. */
function shareScale(greatest: number, steps: number): Omit<Scale, 'min'> {
  const max = greatest > 0.25 ? 1 : greatest > 0.1 ? 0.25 : 0.1
  if (steps < 4) return { max, interval: max / 2 }
  return { max, interval: max === 1 ? 0.25 : max / MOST_STEPS }
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
