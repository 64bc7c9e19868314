import type { Viewer } from '../access/viewer.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Db } from '../store/store.ts'
import { matchingTickets, ticketQuery, type SearchScope } from '../store/ticket-index.ts'
import type { SearchHit, SearchPage, SearchTickets } from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { Snippets } from './snippet.ts'
import type { TicketList } from './ticket-list.ts'

/**
 * The order of a search: finds in number, subject or requester, then finds anywhere, then unfinished last words; within each,
 * the newest first. A find counts where it is seen first.
 */
const scopes: readonly SearchScope[] = ['head', 'anywhere', 'prefix']

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
    const found = await matchingTickets(this.#read, query, before, wanted)
    const fresh = await this.#notFoundEarlier(
      found.map(({ seq }) => seq),
      text,
      scope,
    )
    return {
      hits: await this.#hits(viewer, fresh, text),
      last: found.at(-1)?.seq ?? before,
      exhausted: found.length < wanted,
    }
  }

  /** A later page must not show again what an earlier scope already showed on an earlier page. */
  async #notFoundEarlier(seqs: number[], text: string, scope: SearchScope): Promise<number[]> {
    const earlier = scope === 'head' ? null : ticketQuery(text, scope === 'anywhere' ? 'head' : 'anywhere')
    if (earlier === null || seqs.length === 0) return seqs
    const rows = await this.#read.sql<{ seq: number }[]>`
      SELECT rowid AS seq FROM ticket_words WHERE ticket_words MATCH ${earlier} AND rowid IN (${() => seqs})`
    const shown = new Set(rows.map(({ seq }) => seq))
    return seqs.filter((seq) => !shown.has(seq))
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
