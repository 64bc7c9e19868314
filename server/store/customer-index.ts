import type { Db } from './store.ts'

/** What a customer is found by. */
export interface CustomerTerms {
  /** Name and e-mails. */
  words: string
  /** Phones and document, without punctuation. */
  digits: string
}

export interface IndexPage {
  limit: number
  /** Only customers made before this one; the newest come first. */
  beforeSeq: number
}

/** How the words of a query must be met: each whole, each but the last whole, or each by its beginning. */
export type WordMatch = 'whole' | 'lastByPrefix' | 'byPrefix'

/** Puts a customer into the index, or brings them up to date; in the transaction that changes them. */
export async function indexCustomer(db: Db, seq: number, { words, digits }: CustomerTerms): Promise<void> {
  await db.sql`INSERT OR REPLACE INTO customer_words (rowid, words) VALUES (${seq}, ${words})`
  await db.sql`INSERT OR REPLACE INTO customer_digits (rowid, digits) VALUES (${seq}, ${digits})`
}

/** Customers with all these words, accents and capitals aside. */
export async function findByWords(
  db: Db,
  words: readonly string[],
  match: WordMatch,
  { limit, beforeSeq }: IndexPage,
): Promise<number[]> {
  const isPrefix = (index: number) =>
    match === 'byPrefix' || (match === 'lastByPrefix' && index === words.length - 1)
  const query = words.map((word, index) => `${quote(word)}${isPrefix(index) ? '*' : ''}`).join(' AND ')
  const rows = await db.sql<{ seq: number }[]>`
    SELECT rowid AS seq FROM customer_words WHERE customer_words MATCH ${query} AND rowid < ${beforeSeq}
    ORDER BY rowid DESC LIMIT ${limit}`
  return rows.map(({ seq }) => seq)
}

/** Customers with this part, of three characters at least, somewhere in a phone or the document. */
export async function findByDigits(db: Db, part: string, { limit, beforeSeq }: IndexPage): Promise<number[]> {
  const rows = await db.sql<{ seq: number }[]>`
    SELECT rowid AS seq FROM customer_digits WHERE customer_digits MATCH ${quote(part)} AND rowid < ${beforeSeq}
    ORDER BY rowid DESC LIMIT ${limit}`
  return rows.map(({ seq }) => seq)
}

const quote = (term: string) => `"${term.replaceAll('"', '""')}"`
