import type { DeskDatabase } from '../outbox/database.ts'

/** Enough for the tickets and lists of some days' work; a few megabytes. */
const KEEP = 300
/** Making room takes a pass over an index: done once in so many writes. */
const PRUNE_EVERY = 40

/** Grows when what the server says gets another shape: what an older client kept is then left to be pruned. */
const SHAPE = 2

const keyOf = (key: string) => `${SHAPE}:${key}`

/** What the server said last, so that a start shows it at once and freshens it in place. Losing it loses nothing. */
export class ReadCache {
  readonly #db: DeskDatabase
  readonly #now: () => number
  #writes = 0

  constructor(db: DeskDatabase, now: () => number = Date.now) {
    this.#db = db
    this.#now = now
  }

  async get<Value>(key: string): Promise<Value | null> {
    try {
      return ((await this.#db.get('cache', keyOf(key)))?.value as Value | undefined) ?? null
    } catch {
      return null
    }
  }

  /** Keeps plain data from the server. A full disk is no reason to disturb anybody. */
  async put(key: string, value: unknown): Promise<void> {
    try {
      await this.#db.put('cache', { key: keyOf(key), value, usedAt: this.#now() })
      this.#writes += 1
      if (this.#writes % PRUNE_EVERY === 0) await this.#prune()
    } catch {
      this.#writes = 0
    }
  }

  async delete(key: string): Promise<void> {
    await this.#db.delete('cache', keyOf(key)).catch(() => undefined)
  }

  /** On logging out: the next person at this PC shall not read it. */
  async clear(): Promise<void> {
    await this.#db.clear('cache')
  }

  async #prune(): Promise<void> {
    const tx = this.#db.transaction('cache', 'readwrite')
    let surplus = (await tx.store.count()) - KEEP
    let cursor = surplus > 0 ? await tx.store.index('usedAt').openCursor() : null
    while (cursor && surplus > 0) {
      await cursor.delete()
      surplus -= 1
      cursor = await cursor.continue()
    }
    await tx.done
  }
}
