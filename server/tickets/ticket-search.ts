import type { Viewer } from '../access/viewer.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Db } from '../store/store.ts'
import { headsAmong, matchingTickets, ticketQuery, type SearchScope } from '../store/ticket-index.ts'
import type { SearchHit, SearchPage, SearchTickets } from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { Snippets } from './snippet.ts'
import type { TicketList } from './ticket-list.ts'

/**
 * The order of a search: finds in number, subject or requester (where the last word may be unfinished), then finds of whole words
 * anywhere; within each, the newest first. A find counts where it is seen first.
 */
const scopes: readonly SearchScope[] = ['head', 'anywhere']

/** Fewer digits than this are no telephone number. */
const PHONE_DIGITS = 4

/** Full-text search over what the viewer may see. */
export class TicketSearch {
  readonly #read: Db
  readonly #list: TicketList
  readonly #customers: Pick<Customers, 'find'>

  constructor(read: Db, list: TicketList, customers: Pick<Customers, 'find'>) {
    this.#read = read
    this.#list = list
    this.#customers = customers
  }

  async search(viewer: Viewer, { text, limit, cursor }: SearchTickets): Promise<SearchPage> {
    const [scopeIndex, before] = cursor ? decodeCursor(cursor) : [0, Number.MAX_SAFE_INTEGER]
    const hits: SearchHit[] = cursor ? [] : await this.#byPhone(viewer, text, limit)
    const seen = new Set(hits.map(({ ticket }) => ticket.id))
    let position: [number, number] = [scopeIndex, before]
    while (hits.length < limit) {
      const scope = scopes[position[0]]
      if (!scope) return { items: hits, nextCursor: null }
      const found = await this.#batch(viewer, text, scope, position[1], limit - hits.length)
      for (const hit of found.hits) if (!seen.has(hit.ticket.id)) hits.push(hit)
      found.hits.forEach(({ ticket }) => seen.add(ticket.id))
      position = found.exhausted ? [position[0] + 1, Number.MAX_SAFE_INTEGER] : [position[0], found.last]
    }
    return { items: hits, nextCursor: position[0] < scopes.length ? encodeCursor(position) : null }
  }

  async #batch(viewer: Viewer, text: string, scope: SearchScope, before: number, wanted: number) {
    const query = ticketQuery(text, scope)
    if (query === null) return { hits: [], last: before, exhausted: true }
    const found = await matchingTickets(this.#read, scope, query, before, wanted)
    const seqs = found.map(({ seq }) => seq)
    const shown = scope === 'anywhere' ? await this.#shownAsHeads(text, seqs) : new Set<number>()
    return {
      hits: await this.#hits(
        viewer,
        seqs.filter((seq) => !shown.has(seq)),
        text,
      ),
      last: found.at(-1)?.seq ?? before,
      exhausted: found.length < wanted,
    }
  }

  /** A ticket found by its head was shown by then, on this page or an earlier one. */
  async #shownAsHeads(text: string, seqs: number[]): Promise<Set<number>> {
    const query = ticketQuery(text, 'head')
    return query === null || seqs.length === 0 ? new Set() : headsAmong(this.#read, query, seqs)
  }

  async #byPhone(viewer: Viewer, text: string, limit: number): Promise<SearchHit[]> {
    const digits = text.replaceAll(/\D/g, '')
    if (digits.length < PHONE_DIGITS || /[^\d\s().+/-]/.test(text)) return []
    const customers = await this.#customers.find({ text, limit: 20 })
    const tickets = await Promise.all(customers.map(({ id }) => this.#list.ofRequester(viewer, id, limit)))
    return tickets
      .flat()
      .slice(0, limit)
      .map((ticket) => ({ ticket, snippet: ticket.requester.name }))
  }

  async #hits(viewer: Viewer, seqs: number[], text: string): Promise<SearchHit[]> {
    const items = await this.#list.bySeqs(viewer, seqs)
    const found = seqs.flatMap((seq) => items.get(seq) ?? [])
    if (found.length === 0) return []
    const rows = await this.#read.sql<{ ticketId: string; text: string }[]>`
      SELECT ticketId, text FROM message WHERE ticketId IN (${() => found.map(({ id }) => id)}) ORDER BY seq`
    const texts = Map.groupBy(rows, ({ ticketId }) => ticketId)
    const snippets = new Snippets(text)
    return found.map((ticket) => ({
      ticket,
      snippet: snippets.of([ticket.subject, ...(texts.get(ticket.id) ?? []).map((row) => row.text)]),
    }))
  }
}
