import type { Clock } from '../clock.ts'

/** A screen that comes back within this time has not been away. */
const GRACE_MS = 60_000
/**
 * A page that nobody looks at lets its live link go and asks for alerts instead, which browsers slow down to once a minute: it is at
 * work as long as it asks.
 */
const ASKS_WITHIN_MS = 150_000

interface Sign {
  /** Live links open now. */
  links: number
  /** Until when the agent counts as present without one. */
  until: number
}

/** Who has a screen open. In memory: what outlives a restart is for those who keep it to say. */
export class Attendance {
  readonly #clock: Clock
  readonly #signs = new Map<string, Sign>()
  readonly #news = new Set<string>()
  #onNews: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `listener` is called whenever there is something to {@link takeNews} of, now or at {@link nextAt}. */
  listen(listener: () => void): void {
    this.#onNews = listener
  }

  /** A live link has opened. Returns the function to call when it closes. */
  arrive(agentId: string): () => void {
    const sign = this.#signOf(agentId)
    sign.links += 1
    this.#tell(agentId)
    let isOpen = true
    return () => {
      if (!isOpen) return
      isOpen = false
      sign.links -= 1
      sign.until = this.#clock.now() + GRACE_MS
      this.#onNews()
    }
  }

  /** An agent has just proved to be there: they logged in, or said how they are. */
  vouch(agentId: string): void {
    this.#extend(this.#signOf(agentId), ASKS_WITHIN_MS)
    this.#tell(agentId)
  }

  /** After a restart: whoever was there before has time to come back. */
  expect(agentId: string): void {
    this.#extend(this.#signOf(agentId), GRACE_MS)
  }

  /** A request of an agent. Keeps them present; makes nobody so, for a program may ask in their name. */
  asked(agentId: string): void {
    const sign = this.#signs.get(agentId)
    if (sign && this.isPresent(agentId)) this.#extend(sign, ASKS_WITHIN_MS)
  }

  isPresent(agentId: string): boolean {
    const sign = this.#signs.get(agentId)
    return sign !== undefined && (sign.links > 0 || sign.until > this.#clock.now())
  }

  /** When the next has to be looked at (milliseconds UTC). */
  nextAt(): number | null {
    if (this.#news.size > 0) return this.#clock.now()
    const ends = [...this.#signs.values()].flatMap(({ links, until }) => (links > 0 ? [] : [until]))
    return ends.length > 0 ? Math.min(...ends) : null
  }

  /** Those who have come or gone since the last time. */
  takeNews(): string[] {
    const now = this.#clock.now()
    for (const [agentId, { links, until }] of this.#signs) {
      if (links > 0 || until > now) continue
      this.#signs.delete(agentId)
      this.#news.add(agentId)
    }
    const news = [...this.#news]
    this.#news.clear()
    return news
  }

  /** News that could not be dealt with yet. */
  putBack(agentIds: readonly string[]): void {
    for (const agentId of agentIds) this.#news.add(agentId)
  }

  #tell(agentId: string): void {
    this.#news.add(agentId)
    this.#onNews()
  }

  #extend(sign: Sign, span: number): void {
    sign.until = Math.max(sign.until, this.#clock.now() + span)
  }

  #signOf(agentId: string): Sign {
    const sign = this.#signs.get(agentId) ?? { links: 0, until: 0 }
    this.#signs.set(agentId, sign)
    return sign
  }
}
