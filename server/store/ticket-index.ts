import type { Db, Tx } from './store.ts'

/** What search knows of a ticket. */
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

/** Adds a new ticket. Heads alone are an index of their own: small, so that unfinished words cost little there. */
export async function indexTicket(
  tx: Tx,
  { seq, number, subject, requester, body }: TicketDocument,
): Promise<void> {
  // "2026-000123" is split into 2026 and 000123; the bare count lets people type 123 as they say it.
  const numbers = `${number} ${Number(number.split('-')[1])}`
  await tx.db.sql`
    INSERT INTO ticket_heads (rowid, number, subject, requester) VALUES (${seq}, ${numbers}, ${subject}, ${requester})`
  const words = `${numbers}\n${subject}\n${requester}\n${body.slice(0, MAX_BODY)}`
  await tx.db.sql`INSERT INTO ticket_words (rowid, words) VALUES (${seq}, ${words})`
}

/** Writes a ticket's documents anew after its words changed. */
export async function reindexTicket(tx: Tx, document: TicketDocument): Promise<void> {
  await tx.db.sql`DELETE FROM ticket_heads WHERE rowid = ${document.seq}`
  await tx.db.sql`DELETE FROM ticket_words WHERE rowid = ${document.seq}`
  await indexTicket(tx, document)
}

/** Where a search looks: in number, subject and requester, where the last word may be unfinished; or anywhere, for whole words. */
export type SearchScope = 'head' | 'anywhere'

/**
 * An FTS5 query for these words, all of which must occur; accents and case don't count. Null when there is no word in it.
 * Everything is quoted, so nothing a person types is taken for FTS5's own syntax.
 */
export function ticketQuery(text: string, scope: SearchScope): string | null {
  const words = wordsIn(text)
  if (!words) return null
  const query = words.map((word) => `"${word}"`).join(' AND ')
  return scope === 'head' ? `${query} *` : query
}

/** As {@link ticketQuery}, for words that stand whole and side by side. */
export function phraseQuery(text: string): string | null {
  const words = wordsIn(text)
  return words && `"${words.join(' ')}"`
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)

/** Conditions of a query builder on `ticket t` that keep tickets matching the parameter `:words`. */
export const HAS_WORDS = 't.seq IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH :words)'
export const HAS_IN_HEAD = 't.seq IN (SELECT rowid FROM ticket_heads WHERE ticket_heads MATCH :words)'

/**
 * Newest tickets first that match, strictly older than `before`. FTS5 walks its lists from the newest document on and stops
 * at `limit`, so the price does not grow with the number of matches.
 */
export function matchingTickets(
  db: Db,
  scope: SearchScope,
  query: string,
  before: number,
  limit: number,
): Promise<{ seq: number }[]> {
  return scope === 'head'
    ? db.sql`
        SELECT rowid AS seq FROM ticket_heads WHERE ticket_heads MATCH ${query} AND rowid < ${before} ORDER BY rowid DESC LIMIT ${limit}`
    : db.sql`
        SELECT rowid AS seq FROM ticket_words WHERE ticket_words MATCH ${query} AND rowid < ${before} ORDER BY rowid DESC LIMIT ${limit}`
}

/**
 * Those of the given tickets whose head matches. `IN`, for better-sqlite3 binds a number as a real one, and FTS5 ignores
 * `rowid = 1.0` without a word.
 */
export async function headsAmong(db: Db, query: string, seqs: readonly number[]): Promise<Set<number>> {
  const rows = await db.sql<{ seq: number }[]>`
    SELECT rowid AS seq FROM ticket_heads WHERE ticket_heads MATCH ${query} AND rowid IN (${() => [...seqs]})`
  return new Set(rows.map(({ seq }) => seq))
}
