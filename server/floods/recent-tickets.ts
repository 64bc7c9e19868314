import { overlap } from '../text/words.ts'

export interface RecentTicket {
  id: string
  requesterId: string
  /** Milliseconds UTC. */
  at: number
  words: ReadonlySet<string>
}

interface Entry {
  ticket: RecentTicket
  isGone: boolean
}

/** Tickets kept to compare with. */
const MAX_KEPT = 3_000
/** Of a word that everybody uses, so many of the latest tickets are looked at: a flood costs no more than a trickle. */
const LOOK_BACK = 40

/** The tickets of the last while, found by the words they share. */
export class RecentTickets {
  readonly #keptMs: number
  readonly #entries: Entry[] = []
  readonly #byWord = new Map<string, Entry[]>()

  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  get size(): number {
    return this.#entries.length
  }

  /** Tickets are added in the order they came. */
  add(ticket: RecentTicket): void {
    this.#forgetBefore(ticket.at - this.#keptMs)
    const entry = { ticket, isGone: false }
    this.#entries.push(entry)
    for (const word of ticket.words) {
      const entries = this.#byWord.get(word)
      if (entries) entries.push(entry)
      else this.#byWord.set(word, [entry])
    }
  }

  /** Those since `since` that have at least `least` of their words in common, 0–1. */
  similar(words: ReadonlySet<string>, since: number, least: number): RecentTicket[] {
    const shared = new Map<Entry, number>()
    for (const word of words) {
      const entries = this.#byWord.get(word) ?? []
      const from = Math.max(0, entries.length - LOOK_BACK)
      for (let i = entries.length - 1; i >= from; i -= 1) {
        const entry = entries[i] as Entry
        if (entry.ticket.at < since) break
        if (!entry.isGone) shared.set(entry, (shared.get(entry) ?? 0) + 1)
      }
    }
    return [...shared]
      .filter(([{ ticket }, count]) => overlap(count, words.size, ticket.words.size) >= least)
      .map(([{ ticket }]) => ticket)
  }

  /** Takes these out: they are no longer waiting for company. */
  remove(ids: ReadonlySet<string>): void {
    for (const entry of this.#entries.filter(({ ticket }) => ids.has(ticket.id))) entry.isGone = true
  }

  #forgetBefore(instant: number): void {
    while (this.#entries.length >= MAX_KEPT || (this.#entries[0]?.ticket.at ?? instant) < instant) {
      const [entry] = this.#entries.splice(0, 1)
      if (!entry) return
      entry.isGone = true
      for (const word of entry.ticket.words) this.#trim(word)
    }
  }

  #trim(word: string): void {
    const entries = this.#byWord.get(word)
    if (!entries) return
    while (entries[0]?.isGone) entries.shift()
    if (entries.length === 0) this.#byWord.delete(word)
  }
}
