import type { Viewer } from '../access/viewer.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Db } from '../store/store.ts'
import { headsAmong, matchingTickets, ticketQuery, type SearchScope } from '../store/ticket-index.ts'
import type { SearchHit, SearchPage, SearchTickets, TicketItem } from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { Snippets } from './snippet.ts'
import type { TicketList } from './ticket-list.ts'

/**
 * The order of a search: finds in number, subject or requester (where the last word may be unfinished), then finds of whole words
 * anywhere; within each, the newest first. A find counts where it is seen first.
 */
const scopes: readonly SearchScope[] = ['head', 'anywhere']

/** Finds looked at in one go, at most: of many finds an agent may see few, and each look has its price. */
const MAX_SCAN = 1_000

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
    const isLaterPage = typeof cursor === 'string'
    const seen = new Set(hits.map(({ ticket }) => ticket.id))
    let position: [number, number] = [scopeIndex, before]
    for (let scan = limit; hits.length < limit; scan = Math.min(2 * scan, MAX_SCAN)) {
      const scope = scopes[position[0]]
      if (!scope) return { items: hits, nextCursor: null }
      const found = await this.#batch(viewer, text, scope, position[1], scan, isLaterPage)
      const fresh = found.tickets.filter(({ ticket }) => !seen.has(ticket.id))
      const shown = fresh.slice(0, limit - hits.length)
      hits.push(...(await this.#withSnippets(shown, text)))
      for (const { ticket } of shown) seen.add(ticket.id)
      const lastShown = shown.at(-1)
      if (lastShown && fresh.length > shown.length) position = [position[0], lastShown.seq]
      else position = found.exhausted ? [position[0] + 1, Number.MAX_SAFE_INTEGER] : [position[0], found.last]
    }
    return { items: hits, nextCursor: position[0] < scopes.length ? encodeCursor(position) : null }
  }

  /** The viewer's tickets among the next `scan` finds; on a later page without those that an earlier one may have shown. */
  async #batch(
    viewer: Viewer,
    text: string,
    scope: SearchScope,
    before: number,
    scan: number,
    isLaterPage: boolean,
  ) {
    const query = ticketQuery(text, scope)
    if (query === null) return { tickets: [], last: before, exhausted: true }
    const found = await matchingTickets(this.#read, scope, query, before, scan)
    const seqs = found.map(({ seq }) => seq)
    const shown =
      isLaterPage && scope === 'anywhere' ? await this.#shownAsHeads(text, seqs) : new Set<number>()
    const items = await this.#list.bySeqs(
      viewer,
      seqs.filter((seq) => !shown.has(seq)),
    )
    return {
      tickets: seqs.flatMap((seq) => {
        const ticket = items.get(seq)
        return ticket ? [{ seq, ticket }] : []
      }),
      last: seqs.at(-1) ?? before,
      exhausted: seqs.length < scan,
    }
  }

  /** Tickets found by their head come before those found anywhere, so an earlier page has shown them. */
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

  async #withSnippets(found: { ticket: TicketItem }[], text: string): Promise<SearchHit[]> {
    if (found.length === 0) return []
    const rows = await this.#read.sql<{ ticketId: string; text: string }[]>`
      SELECT ticketId, text FROM message WHERE ticketId IN (${() => found.map(({ ticket }) => ticket.id)}) ORDER BY seq`
    const texts = Map.groupBy(rows, ({ ticketId }) => ticketId)
    const snippets = new Snippets(text)
    return found.map(({ ticket }) => ({
      ticket,
      snippet: snippets.of([ticket.subject, ...(texts.get(ticket.id) ?? []).map((row) => row.text)]),
    }))
  }
}
