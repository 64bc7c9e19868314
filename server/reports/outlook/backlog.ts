import { quantile, type Trial } from './back-test.ts'
import type { Backlog, Expected } from './contract.ts'

export interface Flow {
  /** Today's is what is still to come of it. */
  arrivals: readonly number[]
  resolutions: readonly number[]
}

/**
 * The backlog at the end of each day: what is there, and comes, less what goes. Its band is that by which the same sum was off on the
 * past, from the same rolling origins; beyond what was tried it widens with the root of the time.
 */
export function backlogDays(
  now: number,
  { arrivals, resolutions }: Flow,
  tried: { arrivals: readonly Trial[]; resolutions: readonly Trial[] },
  share: number,
): Expected[] {
  const errors = netErrors(tried.arrivals, tried.resolutions)
  const tail = (1 - share) / 2
  let expected = now
  let widest: [number, number] = [0, 0]
  let testedAhead = 1
  return arrivals.map((arriving, index) => {
    const ahead = index + 1
    expected = Math.max(0, expected + arriving - (resolutions[index] ?? 0))
    const ofAhead = (errors.get(ahead) ?? []).toSorted((a, b) => a - b)
    if (ofAhead.length >= LEAST_PATHS) {
      const [low, high] = [quantile(ofAhead, tail), quantile(ofAhead, 1 - tail)]
      widest = [Math.min(widest[0], low), Math.max(widest[1], high)]
      testedAhead = ahead
    }
    const further = Math.sqrt(ahead / testedAhead)
    return {
      expected,
      low: Math.max(0, Math.round(expected + widest[0] * further)),
      high: Math.round(expected + widest[1] * further),
    }
  })
}

const LEAST_PATHS = 10

/** By days ahead: how far off the sum of arrivals less resolutions was, from each origin. */
function netErrors(arrivals: readonly Trial[], resolutions: readonly Trial[]): Map<number, number[]> {
  const gone = new Map(resolutions.map((trial) => [keyOf(trial), trial.actual - trial.expected]))
  const sums = new Map<number, number>()
  const errors = new Map<number, number[]>()
  // In the order of the days ahead, so that each origin's sum grows day by day.
  for (const trial of arrivals.toSorted((a, b) => a.ahead - b.ahead)) {
    const origin = trial.index - trial.ahead
    const net = (sums.get(origin) ?? 0) + trial.actual - trial.expected - (gone.get(keyOf(trial)) ?? 0)
    sums.set(origin, net)
    errors.set(trial.ahead, [...(errors.get(trial.ahead) ?? []), net])
  }
  return errors
}

const keyOf = ({ index, ahead }: Trial) => `${index}/${ahead}`

/** When it is done with, and when it is too much. Days are positions in `days`. */
export function fateOf(
  { now, parked, capacity }: Pick<Backlog, 'now' | 'parked' | 'capacity'>,
  days: readonly Expected[],
  pace: { arrivalsPerDay: number; resolutionsPerDay: number },
): { clearsInDays: number | null; fullIn: number | null; fullEarliestIn: number | null } {
  const gain = pace.resolutionsPerDay - pace.arrivalsPerDay
  // What waits for others fills nobody's hands; as much of it is taken to wait then as now.
  const firstOver = (value: (day: Expected) => number) => {
    if (capacity === null) return null
    const index = days.findIndex((day) => value(day) - parked > capacity)
    return index < 0 ? null : index
  }
  return {
    clearsInDays: now === 0 ? 0 : gain > 0 ? Math.ceil(now / gain) : null,
    fullIn: firstOver(({ expected }) => expected),
    fullEarliestIn: firstOver(({ high }) => high),
  }
}
