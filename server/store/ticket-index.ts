import type { Db, Tx } from './store.ts'

/** What search knows of a ticket: one document per ticket, so that words of different messages meet in one find. */
export interface TicketDocument {
  seq: number
  number: string
  subject: string
  requester: string
  /** All messages' plain text. */
  body: string
}

/** A ticket's text beyond this is not searched: a thread of a thousand pages must not slow every reply to it. */
const MAX_BODY = 400_000

/** Adds a new ticket's document. */
export async function indexTicket(tx: Tx, document: TicketDocument): Promise<void> {
  // "2026-000123" is split into 2026 and 000123; the bare count lets people type 123 as they say it.
  const number = `${document.number} ${Number(document.number.split('-')[1])}`
  await tx.db.sql`
    INSERT INTO ticket_words (rowid, number, subject, requester, body)
    VALUES (${document.seq}, ${number}, ${document.subject}, ${document.requester}, ${document.body.slice(0, MAX_BODY)})`
}

/** Writes a ticket's document anew after its words changed. */
export async function reindexTicket(tx: Tx, document: TicketDocument): Promise<void> {
  await tx.db.sql`DELETE FROM ticket_words WHERE rowid = ${document.seq}`
  await indexTicket(tx, document)
}

/** Where a search looked: the ticket's own head (number, subject, requester), anywhere, or anywhere for unfinished words. */
export type SearchScope = 'head' | 'anywhere' | 'prefix'

/**
 * An FTS5 query for these words, all of which must occur; accents and case don't count. Null when there is no word in it.
 * Everything is quoted, so nothing a person types is taken for FTS5's own syntax.
 */
export function ticketQuery(text: string, scope: SearchScope): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu)
  if (!words) return null
  const last = words.length - 1
  const terms = words.map((word, i) => (scope === 'prefix' && i === last ? `"${word}" *` : `"${word}"`))
  const query = terms.join(' AND ')
  return scope === 'head' ? `{number subject requester} : (${query})` : query
}

/** The condition of a query builder on `ticket t` that keeps tickets matching the parameter `:words`. */
export const MATCHES_WORDS = 't.seq IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH :words)'

/**
 * Newest tickets first that match, strictly older than `before`. FTS5 walks its lists from the newest document on and stops
 * at `limit`, so the price does not grow with the number of matches.
 */
export function matchingTickets(
  db: Db,
  query: string,
  before: number,
  limit: number,
): Promise<{ seq: number }[]> {
  return db.sql`
    SELECT rowid AS seq FROM ticket_words WHERE ticket_words MATCH ${query} AND rowid < ${before} ORDER BY rowid DESC LIMIT ${limit}`
}
