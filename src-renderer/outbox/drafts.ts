import type { DeskDatabase } from './database.ts'
import { newId } from './new-id.ts'

/** What is lost at most when the power goes while typing. */
const SAVE_EVERY_MS = 250

/** Storage that is written before the call returns, for the moment in which a page goes. */
export type RescueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface DraftsOptions {
  db: DeskDatabase
  rescue: RescueStorage
  /** Names what belongs to this server and agent. */
  name: string
}

/** Texts in the making, kept on this PC from the first key on. Keys are `reply:<ticketId>`, `call:new` and the like. */
export class Drafts {
  readonly #db: DeskDatabase
  readonly #rescueStorage: RescueStorage
  readonly #rescueKey: string
  readonly #window = newId()
  /** What this page has rescued, and what it has found rescued: by window, for windows may go and stay in any order. */
  readonly #parts: Set<string>
  readonly #unsaved: Map<string, unknown>
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ db, rescue, name }: DraftsOptions) {
    this.#db = db
    this.#rescueStorage = rescue
    this.#rescueKey = `balcao.drafts ${name}`
    const found = this.#rescued()
    this.#parts = new Set([this.#window, ...Object.keys(found)])
    this.#unsaved = new Map(Object.values(found).flatMap((drafts) => Object.entries(drafts)))
  }

  async load<Content>(key: string): Promise<Content | null> {
    if (this.#unsaved.has(key)) return this.#unsaved.get(key) as Content
    return ((await this.#db.get('drafts', key))?.content as Content | undefined) ?? null
  }

  /** Keeps `content` (plain data); on disk within a quarter of a second. */
  save(key: string, content: unknown): void {
    this.#unsaved.set(key, JSON.parse(JSON.stringify(content)))
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_EVERY_MS)
  }

  /** Forgets a draft: after the outbox has accepted it, or when its author throws it away. */
  async clear(key: string): Promise<void> {
    this.#unsaved.delete(key)
    await this.#db.delete('drafts', key)
    await this.flush()
  }

  /** Writes what is not on disk yet. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#unsaved.size > 0) await this.#write()
    this.#dropRescued()
  }

  async #write(): Promise<void> {
    const unsaved = [...this.#unsaved]
    const tx = this.#db.transaction('drafts', 'readwrite')
    const puts = unsaved.map(([key, content]) => tx.store.put({ key, content, savedAt: Date.now() }))
    await Promise.all([...puts, tx.done])
    // Only now: a page that goes meanwhile cuts the write off, and has to rescue them. What was typed since is not on disk yet.
    for (const [key, content] of unsaved) if (this.#unsaved.get(key) === content) this.#unsaved.delete(key)
  }

  /** The page is going: a database's write would be cut off, this one is not. The next page finds it. */
  rescue(): void {
    if (this.#unsaved.size === 0) return
    try {
      const all = { ...this.#rescued(), [this.#window]: Object.fromEntries(this.#unsaved) }
      this.#rescueStorage.setItem(this.#rescueKey, JSON.stringify(all))
    } catch {
      // No room: then what is on disk, a quarter of a second old, is what remains.
    }
  }

  #dropRescued(): void {
    const all = this.#rescued()
    const others = Object.entries(all).filter(([window]) => !this.#parts.has(window))
    if (others.length === Object.keys(all).length) return
    if (others.length === 0) this.#rescueStorage.removeItem(this.#rescueKey)
    else this.#rescueStorage.setItem(this.#rescueKey, JSON.stringify(Object.fromEntries(others)))
  }

  #rescued(): Record<string, Record<string, unknown>> {
    try {
      const text = this.#rescueStorage.getItem(this.#rescueKey) ?? '{}'
      return JSON.parse(text) as Record<string, Record<string, unknown>>
    } catch {
      return {}
    }
  }
}
