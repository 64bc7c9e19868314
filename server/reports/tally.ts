import type { Bucket, Figures } from './contract.ts'
import type { Column, Reduction } from './question.ts'

type Value = string | number | null

/** What one name has added up to; samples and different values are kept only where a column asks for them. */
interface Sum {
  sum: number
  count: number
  samples: number[] | null
  values: Set<Value> | null
}

/** Adds a row: the groups that it counts in, and what it adds to each. */
type Add = (keys: readonly (string | null)[], values: readonly Value[]) => void

/** Adds up what rows add, for all and for each group, and reduces it to figures. Medians and percentiles are exact. */
export class Tally {
  readonly #columns: readonly Column[]
  readonly #reductions = new Map<string, Set<Reduction>>()
  readonly #groups = new Map<string | null, Sum[]>()
  readonly #all: Sum[]

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    for (const { of } of columns) {
      if (!('added' in of)) continue
      const known = this.#reductions.get(of.added) ?? new Set()
      this.#reductions.set(of.added, known.add(of.reduce))
    }
    this.#all = this.#nothing()
  }

  /**
   * For rows of which the values from `first` on stand in the order of `names`. A row of several groups counts in each of them, and
   * once in all. Where each value belongs is looked up here, once, for there are a million rows.
   */
  adding(names: readonly string[], first = 0): Add {
    const places = names.flatMap((name, index): [value: number, sum: number][] => {
      const place = this.#placeOf(name)
      return place < 0 ? [] : [[first + index, place]]
    })
    return (keys, values) => {
      addTo(this.#all, places, values)
      for (const key of keys) {
        let group = this.#groups.get(key)
        if (!group) this.#groups.set(key, (group = this.#nothing()))
        addTo(group, places, values)
      }
    }
  }

  get keys(): (string | null)[] {
    return [...this.#groups.keys()]
  }

  /** Of a group, of one that nothing was added to as well. */
  figures(key: string | null): Figures {
    return this.#reduce(this.#groups.get(key) ?? this.#nothing())
  }

  total(): Figures {
    return this.#reduce(this.#all)
  }

  /** All samples of a name, in order. */
  samples(name: string): Ordered {
    return sorted(this.#all[this.#placeOf(name)]?.samples ?? [])
  }

  #placeOf(name: string): number {
    return [...this.#reductions.keys()].indexOf(name)
  }

  /** In the order of the reductions. */
  #nothing(): Sum[] {
    return [...this.#reductions.values()].map((reductions) => ({
      sum: 0,
      count: 0,
      samples: reductions.has('median') || reductions.has('p90') ? [] : null,
      values: reductions.has('distinct') ? new Set() : null,
    }))
  }

  #reduce(sums: readonly Sum[]): Figures {
    const ordered = new Map<string, Ordered>()
    const figures: Figures = {}
    for (const { key, kind, of } of this.#columns) {
      if (!('added' in of)) {
        figures[key] = of.figures(figures)
        continue
      }
      const sum = sums[this.#placeOf(of.added)] ?? { sum: 0, count: 0, samples: [], values: null }
      const samples = () => {
        const known = ordered.get(of.added) ?? sorted(sum.samples ?? [])
        ordered.set(of.added, known)
        return known
      }
      const figure = reduced(of.reduce, sum, samples)
      figures[key] = figure !== null && kind === 'duration' ? Math.round(figure) : figure
    }
    return figures
  }
}

function addTo(
  sums: readonly Sum[],
  places: readonly (readonly [value: number, sum: number])[],
  values: readonly Value[],
): void {
  for (const [index, place] of places) {
    const value = values[index] ?? null
    const sum = sums[place]
    if (value === null || !sum) continue
    sum.values?.add(value)
    if (typeof value !== 'number') continue
    sum.sum += value
    sum.count += 1
    sum.samples?.push(value)
  }
}

function reduced(reduction: Reduction, { sum, count, values }: Sum, samples: () => Ordered): number | null {
  switch (reduction) {
    case 'sum':
      return sum
    case 'distinct':
      return values?.size ?? 0
    case 'average':
      return count === 0 ? null : sum / count
    case 'median':
      return median(samples())
    case 'p90':
      return percentile90(samples())
  }
}

/** From the least to the most. */
type Ordered = ArrayLike<number>

const sorted = (samples: readonly number[]): Ordered => Float64Array.from(samples).sort()

/** The middle of what is in order; of an even number the mean of the two in the middle. */
export function median(ordered: Ordered): number | null {
  const upper = ordered[ordered.length >> 1]
  const lower = ordered[(ordered.length - 1) >> 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/** By nearest rank: the smallest that nine in ten don't exceed. */
export const percentile90 = (ordered: Ordered): number | null => ordered[rank90(ordered.length)] ?? null

export const rank90 = (count: number): number => Math.ceil((count * 9) / 10) - 1

const [MINUTE, HOUR] = [60_000, 3_600_000]
const DAY = 24 * HOUR
const edges = [
  ...[5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR],
  ...[DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY],
]
const ageEdges = [4 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY]

/** How many of what is in order lie up to each edge, and beyond all. */
export function bucketsOf(ordered: Ordered, name: string): Bucket[] {
  const buckets: Bucket[] = []
  let index = 0
  for (const upTo of name === 'age' ? ageEdges : edges) {
    const from = index
    while (index < ordered.length && (ordered[index] ?? 0) <= upTo) index++
    buckets.push({ upTo, count: index - from })
  }
  return [...buckets, { upTo: null, count: ordered.length - index }]
}
