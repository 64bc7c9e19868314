/** Answers that cost much and hold for a while: each is reckoned once, also for those who ask while it is under way. */
export class KeptAnswers<Answer> {
  readonly #most: number
  readonly #kept = new Map<string, Promise<Answer>>()

  /** Keeps the last `most` that were asked for. */
  constructor(most: number) {
    this.#most = most
  }

  /** `key` must tell all that the answer depends on. What fails is not kept. */
  get(key: string, reckon: () => Promise<Answer>): Promise<Answer> {
    const known = this.#kept.get(key)
    this.#kept.delete(key)
    const answer = known ?? reckon()
    this.#kept.set(key, answer)
    if (!known) answer.catch(() => this.#kept.get(key) === answer && this.#kept.delete(key))
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#most) break
      this.#kept.delete(oldest)
    }
    return answer
  }

  /** What was reckoned so far no longer holds. */
  clear(): void {
    this.#kept.clear()
  }
}
