/**
 * Counts in the order of their places, where the place of the n-th of all is found in logarithmic time while they change: a binary
 * indexed tree (Fenwick, "A new data structure for cumulative frequency tables", 1994).
 */
export class OrderedCounts {
  readonly #tree: Int32Array
  readonly #highest: number
  #total = 0

  constructor(places: number) {
    this.#tree = new Int32Array(places + 1)
    this.#highest = places === 0 ? 0 : 2 ** Math.floor(Math.log2(places))
  }

  get total(): number {
    return this.#total
  }

  add(place: number, change: number): void {
    this.#total += change
    for (let node = place + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + change
  }

  /** The place of the one that has `before` others before it. */
  find(before: number): number {
    let [node, left] = [0, before]
    for (let step = this.#highest; step > 0; step >>= 1) {
      const count = this.#tree[node + step]
      if (count === undefined || count > left) continue
      node += step
      left -= count
    }
    return node
  }
}
