import type { Accuracy, Expected } from './contract.ts'
import { foretell, learn, type DayCount } from './forecast.ts'

/**
 * The forecast tried on the past from a rolling origin (Tashman 2000; Hyndman and Athanasopoulos §5.10): each time it learns from
 * nothing but the days before. Its errors make the band, and are shown.
 */

/** One day foretold in the test. */
export interface Trial {
  /** Position in the history. */
  index: number
  ahead: number
  actual: number
  expected: number
}

/** Weeks to learn from before the first trial. */
const LEAST_DAYS = 28
/** Days from which the test looks ahead: the latest ten weeks tell best how it does now. */
const ORIGINS = 70
/** In a band of fewer errors the tails are chance. */
const LEAST_ERRORS = 30
/** Days on which less is expected are inside any band, and would make it look better than it is. */
const COUNTED_FROM = 0.5

export function rollingTrials(history: readonly DayCount[], horizon: number): Trial[] {
  const trials: Trial[] = []
  for (let origin = Math.max(LEAST_DAYS, history.length - ORIGINS); origin < history.length; origin += 1) {
    const model = learn(history.slice(0, origin))
    for (const [index, { day, count, isHoliday }] of history.slice(origin, origin + horizon).entries())
      trials.push({
        index: origin + index,
        ahead: index + 1,
        actual: count,
        expected: foretell(model, day, isHoliday, index + 1),
      })
  }
  return trials
}

/** Makes the band around what is expected, by the errors of `trials`; `share` of days are meant to be inside. */
export function bandOf(
  trials: readonly Trial[],
  share: number,
): (expected: number, ahead: number) => Expected {
  const tail = (1 - share) / 2
  const tails: [number, number][] = []
  for (let week = 0; week < 4; week += 1) {
    const errors = trials
      .filter(({ ahead }) => weekOf(ahead) === week)
      .map(scaledError)
      .sort((a, b) => a - b)
    const before = tails.at(-1)
    if (before && errors.length < LEAST_ERRORS) tails.push(before)
    else {
      const [low, high] = [quantile(errors, tail), quantile(errors, 1 - tail)]
      // What is further off is not known better.
      tails.push(before ? [Math.min(low, before[0]), Math.max(high, before[1])] : [low, high])
    }
  }
  return (expected, ahead) => {
    const [low, high] = tails[weekOf(ahead)] ?? [0, 0]
    const spread = spreadOf(expected)
    return {
      expected,
      low: Math.max(0, Math.round(expected + Math.min(0, low) * spread)),
      high: Math.max(0, Math.round(expected + Math.max(0, high) * spread)),
    }
  }
}

/** How it did, with the band of each week made from the others' errors alone. */
export function accuracyOf(
  history: readonly DayCount[],
  trials: readonly Trial[],
  share: number,
  horizonDays: number,
): Accuracy {
  const off = sum(trials.map(({ actual, expected }) => Math.abs(actual - expected)))
  const came = sum(trials.map(({ actual }) => actual))
  const naive = trials.flatMap(({ index, ahead, actual }) => {
    // The last week that was known when this was foretold.
    const known = history[index - 7 * Math.ceil(ahead / 7)]
    return known ? [{ off: Math.abs(actual - known.count), came: actual }] : []
  })
  const naiveCame = sum(naive.map((each) => each.came))
  return {
    mae: trials.length > 0 ? off / trials.length : 0,
    wape: came > 0 ? off / came : null,
    naiveWape: naiveCame > 0 ? sum(naive.map((each) => each.off)) / naiveCame : null,
    inside: insideOf(trials, share),
    testedDays: new Set(trials.map(({ index }) => index)).size,
    horizonDays,
  }
}

function insideOf(trials: readonly Trial[], share: number): number | null {
  const byWeek = Map.groupBy(trials, ({ index }) => Math.floor(index / 7))
  if (byWeek.size < 2) return null
  let [inside, counted] = [0, 0]
  for (const ofWeek of byWeek.values()) {
    const own = new Set(ofWeek)
    const band = bandOf(
      trials.filter((trial) => !own.has(trial)),
      share,
    )
    for (const { expected, actual, ahead } of ofWeek) {
      if (expected < COUNTED_FROM) continue
      const { low, high } = band(expected, ahead)
      counted += 1
      if (actual >= low && actual <= high) inside += 1
    }
  }
  return counted > 0 ? inside / counted : null
}

/** The value below which a share of the sorted `values` lies, with the outermost for what they can't tell (as in conformal prediction). */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0
  const rank =
    share < 0.5 ? Math.floor((values.length + 1) * share) - 1 : Math.ceil((values.length + 1) * share) - 1
  return values[Math.min(Math.max(rank, 0), values.length - 1)] ?? 0
}

const weekOf = (ahead: number) => Math.min(3, Math.floor((ahead - 1) / 7))
/** Counts spread with the root of what is expected; pooled over calm days and busy ones. */
const spreadOf = (expected: number) => Math.sqrt(Math.max(expected, 0.5))
const scaledError = ({ actual, expected }: Trial) => (actual - expected) / spreadOf(expected)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
