/** How much somebody may ask at once, and how soon again. Pure but for what it remembers. */

interface Level {
  left: number
  at: number
}

/** More callers than this are not told apart for ever: the one untouched for longest is forgotten, with a full bucket. */
const MAX_CALLERS = 5_000

export class TokenBuckets {
  readonly #size: number
  readonly #perMs: number
  readonly #levels = new Map<string, Level>()

  /** @param size how many at once @param perSecond how many come back */
  constructor(size: number, perSecond: number) {
    this.#size = size
    this.#perMs = perSecond / 1_000
  }

  /** Takes one; false when there is none, and then nothing is taken. `now` is in milliseconds. */
  take(caller: string, now: number): boolean {
    const left = this.#leftOf(caller, now)
    const isGranted = left >= 1
    this.#levels.delete(caller)
    this.#levels.set(caller, { left: isGranted ? left - 1 : left, at: now })
    if (this.#levels.size > MAX_CALLERS) {
      const [oldest] = this.#levels.keys()
      if (oldest !== undefined) this.#levels.delete(oldest)
    }
    return isGranted
  }

  /** Whether there is one, without taking it. */
  has(caller: string, now: number): boolean {
    return this.#leftOf(caller, now) >= 1
  }

  #leftOf(caller: string, now: number): number {
    const level = this.#levels.get(caller)
    if (!level) return this.#size
    // A clock that was set back gives nothing and takes nothing.
    return Math.min(this.#size, level.left + Math.max(0, now - level.at) * this.#perMs)
  }
}
