import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'

/** Use is written down no more often than this. */
const SEEN_EVERY_MS = 5 * 60_000

/** The screens that show a wall now. In memory: a screen that was cut off comes back. */
export class WallScreens {
  readonly #deps: { store: Store; clock: Clock }
  readonly #ends = new Map<string, Set<AbortController>>()
  readonly #seenAt = new Map<string, number>()

  constructor(deps: { store: Store; clock: Clock }) {
    this.#deps = deps
  }

  watching(wallId: string): number {
    return this.#ends.get(wallId)?.size ?? 0
  }

  /** A screen shows the wall until it calls `leave`; `end` aborts when it has to open the wall again. */
  arrive(wallId: string): { end: AbortSignal; leave: () => void } {
    const end = new AbortController()
    const ends = this.#ends.get(wallId) ?? new Set()
    this.#ends.set(wallId, ends.add(end))
    return {
      end: end.signal,
      leave: () => {
        ends.delete(end)
        if (ends.size === 0 && this.#ends.get(wallId) === ends) this.#ends.delete(wallId)
        this.seen(wallId, 0)
      },
    }
  }

  /** Lets all screens of a wall go, or of all walls. */
  end(wallId?: string): void {
    for (const [id, ends] of this.#ends)
      if (wallId === undefined || id === wallId) for (const each of ends) each.abort()
  }

  /** Notes that a screen shows the wall, at most every `every` milliseconds. */
  seen(wallId: string, every = SEEN_EVERY_MS): void {
    const { store, clock } = this.#deps
    const now = clock.now()
    const last = this.#seenAt.get(wallId)
    if (last !== undefined && now - last < every) return
    this.#seenAt.set(wallId, now)
    store
      .write(async (tx) => {
        await tx.db
          .sql`UPDATE wall SET lastSeenAt = ${now} WHERE id = ${wallId} AND coalesce(lastSeenAt, 0) < ${now}`
      })
      // The next sign makes up for it; a server that stops has nothing to write any more.
      .catch(() => this.#seenAt.delete(wallId))
  }
}
