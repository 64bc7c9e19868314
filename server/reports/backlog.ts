import type { Figures, Grouping } from './contract.ts'
import { definitions } from './definitions.ts'
import { NO_END, SPAN_END } from './definitions/parts.ts'
import { OrderedCounts } from './ordered-counts.ts'
import type { Source } from './question.ts'
import { rank90 } from './tally.ts'
import type { Step } from './wall-clock.ts'

/** At the end of each of these the backlog stands anew. */
export const isStepped = (grouping: Grouping): grouping is 'day' | 'week' | 'month' =>
  grouping === 'day' || grouping === 'week' || grouping === 'month'

/** The same rows with when each one's ticket was created, and when it ended; its beginning stands in the place of its group. */
export const withEnds = (source: Source): Source => ({
  ...source,
  adds: { createdAt: 'f.createdAt', endedAt: SPAN_END, ...source.adds },
})

/**
 * What was in work at the end of each day, week or month, and how old it was. One walk along time: tickets come and go, and their
 * ages stay in order.
 */
export class BacklogWalk {
  readonly #createdAt: number[] = []
  readonly #cameAt: number[] = []
  readonly #wentAt: number[] = []

  /** One row {@link withEnds}. */
  take([cameAt, , createdAt, wentAt]: readonly (string | number | null)[]): void {
    this.#createdAt.push(Number(createdAt))
    this.#cameAt.push(Number(cameAt))
    this.#wentAt.push(Number(wentAt ?? NO_END))
  }

  /** Steps that have not begun have no figures. */
  figures(steps: readonly Step[], from: number, now: number): Map<string, Figures> {
    const ages = new Ages(this.#createdAt)
    const [coming, going] = [inOrder(this.#cameAt), inOrder(this.#wentAt)]
    let [came, went] = [0, 0]
    let start = from
    const rows = new Map<string, Figures>()
    for (const { key, until } of steps) {
      const end = Math.min(until, now + 1)
      let [opened, ended] = [0, 0]
      for (let next = coming[came]; next !== undefined; next = coming[++came]) {
        const at = this.#cameAt[next] ?? end
        if (at >= end) break
        ages.add(next, 1)
        if (at >= start) opened += 1
      }
      for (let next = going[went]; next !== undefined; next = going[++went]) {
        const at = this.#wentAt[next] ?? end
        if (at >= end) break
        ages.add(next, -1)
        if (at >= start) ended += 1
      }
      rows.set(key, start > now ? nothing : { open: ages.count, ...ages.at(end), opened, ended })
      start = until
    }
    return rows
  }
}

const nothing: Figures = Object.fromEntries(definitions.backlog.columns.map(({ key }) => [key, null]))

/** The indexes of instants, the earliest first. They come nearly in order, which sorting numbers in an array makes use of. */
const inOrder = (instants: readonly number[]): number[] =>
  [...instants.keys()].sort((a, b) => (instants[a] ?? 0) - (instants[b] ?? 0))

/** The ages of what is in work, in order while tickets come and go; each is known by its index among all creations. */
class Ages {
  readonly #createdAt: readonly number[]
  readonly #order: readonly number[]
  readonly #places: Int32Array
  readonly #counts: OrderedCounts
  /** Since the first of them, so that the sum stays exact. */
  #sum = 0

  constructor(createdAt: readonly number[]) {
    this.#createdAt = createdAt
    this.#order = inOrder(createdAt)
    this.#places = new Int32Array(createdAt.length)
    for (const [place, index] of this.#order.entries()) this.#places[index] = place
    this.#counts = new OrderedCounts(createdAt.length)
  }

  get count(): number {
    return this.#counts.total
  }

  add(index: number, change: 1 | -1): void {
    this.#counts.add(this.#places[index] ?? 0, change)
    this.#sum += change * ((this.#createdAt[index] ?? 0) - this.#first)
  }

  at(end: number): Figures {
    const count = this.count
    if (count === 0) return { ageMedian: null, ageP90: null, ageAverage: null }
    // The youngest was created last.
    const age = (rank: number) => end - (this.#creation(this.#counts.find(count - 1 - rank)) ?? end)
    return {
      ageMedian: Math.round((age((count - 1) >> 1) + age(count >> 1)) / 2),
      ageP90: age(rank90(count)),
      ageAverage: Math.round(end - this.#first - this.#sum / count),
    }
  }

  get #first(): number {
    return this.#creation(0) ?? 0
  }

  #creation(place: number): number | undefined {
    return this.#createdAt[this.#order[place] ?? -1]
  }
}
