import type { Vector } from './vectors.ts'

/** Terms of a centroid that count; the rest is what single tickets brought along. */
const HEAD = 24
/** Of a term that many young groups have, so many of the latest are looked at: a flood costs no more than a trickle. */
const LOOK_BACK = 150
/** So many tickets make a group that is found by any of its terms, however old it is. */
const GROWN = 3

/** Tickets about one matter, while they are being gathered. */
export interface Group {
  /** In the order of their gathering. */
  members: number[]
  sums: Map<number, number>
  /** The heaviest terms of the mean, of length 1. */
  head: Map<number, number>
}

export const groupOf = (member: number, vector: Vector): Group => {
  const group: Group = { members: [], sums: new Map(), head: new Map() }
  join(group, member, vector)
  settle(group)
  return group
}

export function join({ members, sums }: Group, member: number, { terms, weights }: Vector): void {
  members.push(member)
  for (const [index, term] of terms.entries()) sums.set(term, (sums.get(term) ?? 0) + (weights[index] ?? 0))
}

/** Makes the head anew from the sums. */
export function settle(group: Group): void {
  const heaviest = [...group.sums].sort(([termA, a], [termB, b]) => b - a || termA - termB).slice(0, HEAD)
  const length = Math.hypot(...heaviest.map(([, weight]) => weight)) || 1
  group.head = new Map(heaviest.map(([term, weight]) => [term, weight / length]))
}

/** The cosine of a ticket and a group, 0–1. */
export function likeness({ terms, weights }: Vector, { head }: Group): number {
  let sum = 0
  for (let index = 0; index < terms.length; index += 1)
    sum += (weights[index] ?? 0) * (head.get(terms[index] ?? -1) ?? 0)
  return sum
}

/** Finds groups by the terms that they have. */
export class GroupIndex {
  readonly #young = new Map<number, number[]>()
  readonly #grown = new Map<number, number[]>()
  readonly #groups: Group[] = []
  readonly #isGrown: boolean[] = []
  /** By group, zero between questions. */
  readonly #shared: number[] = []

  get groups(): readonly Group[] {
    return this.#groups
  }

  add(group: Group): void {
    const number = this.#groups.push(group) - 1
    this.#shared.push(0)
    this.#enter(number, group)
  }

  /** To be called when a group has grown: it is known by more then. */
  refresh(number: number): void {
    const group = this.#groups[number]
    if (!group || this.#isGrown[number] || group.members.length < GROWN) return
    this.#enter(number, group)
  }

  /** The group that is most like it, at least as much as `least`; the older of equals. */
  nearest(vector: Vector, least: number): number | null {
    const seen: number[] = []
    for (const term of vector.terms) {
      const [grown, young] = [this.#grown.get(term), this.#young.get(term)]
      if (grown) this.#count(grown, 0, seen)
      if (young) this.#count(young, Math.max(0, young.length - LOOK_BACK), seen)
    }
    const most = seen.reduce((highest, number) => Math.max(highest, this.#shared[number] ?? 0), 0)
    const near = seen.filter((number) => 2 * (this.#shared[number] ?? 0) >= most).sort((a, b) => a - b)
    for (const number of seen) this.#shared[number] = 0
    let best: { number: number; like: number } | null = null
    for (const number of near) {
      const like = likeness(vector, this.#groups[number] as Group)
      if (like >= least && (!best || like > best.like)) best = { number, like }
    }
    return best?.number ?? null
  }

  /** How many terms each group shares: only those that share at least half as many as the best are looked at closely. */
  #count(numbers: readonly number[], from: number, seen: number[]): void {
    for (let index = from; index < numbers.length; index += 1) {
      const number = numbers[index] as number
      const shared = this.#shared[number] as number
      if (shared === 0) seen.push(number)
      this.#shared[number] = shared + 1
    }
  }

  #enter(number: number, { head, members }: Group): void {
    const isGrown = members.length >= GROWN
    this.#isGrown[number] = isGrown
    const index = isGrown ? this.#grown : this.#young
    for (const term of head.keys()) {
      const numbers = index.get(term)
      if (numbers) numbers.push(number)
      else index.set(term, [number])
    }
  }
}
