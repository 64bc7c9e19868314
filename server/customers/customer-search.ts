import { z } from 'zod'
import { foldName } from '../catalog/fold-name.ts'
import { findByDigits, findByWords, type IndexPage } from '../store/customer-index.ts'
import type { Db } from '../store/store.ts'
import type { CustomerListItem, FindCustomers, ListCustomers, Page } from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { loadListItems } from './customer-views.ts'
import { parseQuery, type CustomerQuery } from './query.ts'

/** As you type: who is named so first, then who has the words, then who has the number. */
export async function findCustomers(db: Db, { text, limit }: FindCustomers): Promise<CustomerListItem[]> {
  const query = parseQuery(text)
  const found = new Set<number>()
  for (const search of searches(db, query, limit)) {
    for (const seq of await search()) if (found.size < limit) found.add(seq)
    if (found.size >= limit) break
  }
  return loadListItems(db, [...found])
}

/** Each tried only while those before have not filled the list, so that the cheap and likely answers come first. */
function searches(db: Db, query: CustomerQuery, limit: number): (() => Promise<number[]>)[] {
  const page = { limit, beforeSeq: Number.MAX_SAFE_INTEGER }
  const { words, part } = query
  const byWords =
    words.length === 0
      ? []
      : [
          () => namedLike(db, query.text, limit),
          () => findByWords(db, words, 'whole', page),
          () => findByWords(db, words, 'lastByPrefix', page),
          () => findByWords(db, words, 'byPrefix', page),
        ]
  const byPart = part ? [() => findByDigits(db, part, page)] : []
  const startingWith = words.length === 0 && query.text ? [() => namedLike(db, query.text, limit)] : []
  return query.isNumber ? [...byPart, ...byWords, ...startingWith] : [...byWords, ...startingWith, ...byPart]
}

/** By name; with `text`, the newest first. */
export async function listCustomers(db: Db, input: ListCustomers): Promise<Page<CustomerListItem>> {
  return input.text ? listMatching(db, input, input.text) : listByName(db, input)
}

const namePosition = z.tuple([z.string(), z.number()])

async function listByName(
  db: Db,
  { organizationId, limit, cursor }: ListCustomers,
): Promise<Page<CustomerListItem>> {
  const [name, seq] = cursor ? decodeCursor(cursor, namePosition) : ['', 0]
  const rows = organizationId
    ? await db.sql<{ seq: number; sortName: string }[]>`
        SELECT seq, sortName FROM customer
        WHERE organizationId = ${organizationId} AND (sortName, seq) > (${name}, ${seq})
        ORDER BY sortName, seq LIMIT ${limit + 1}`
    : await db.sql<{ seq: number; sortName: string }[]>`
        SELECT seq, sortName FROM customer WHERE (sortName, seq) > (${name}, ${seq})
        ORDER BY sortName, seq LIMIT ${limit + 1}`
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: await loadListItems(
      db,
      shown.map((row) => row.seq),
    ),
    nextCursor: last ? encodeCursor([last.sortName, last.seq]) : null,
  }
}

const seqPosition = z.tuple([z.number()])

async function listMatching(
  db: Db,
  { organizationId, limit, cursor }: ListCustomers,
  text: string,
): Promise<Page<CustomerListItem>> {
  const query = parseQuery(text)
  let [beforeSeq] = cursor ? decodeCursor(cursor, seqPosition) : [Number.MAX_SAFE_INTEGER]
  const found: number[] = []
  for (let isMore = true; isMore && found.length <= limit;) {
    const matching = await matches(db, query, { limit: limit + 1, beforeSeq })
    found.push(...(organizationId ? await within(db, organizationId, matching) : matching))
    isMore = matching.length > limit
    beforeSeq = matching.at(-1) ?? 0
  }
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return { items: await loadListItems(db, shown), nextCursor: last ? encodeCursor([last]) : null }
}

async function matches(db: Db, { words, part, isNumber }: CustomerQuery, page: IndexPage): Promise<number[]> {
  if (part && isNumber) return findByDigits(db, part, page)
  return words.length === 0 ? [] : findByWords(db, words, 'byPrefix', page)
}

async function namedLike(db: Db, text: string, limit: number): Promise<number[]> {
  const from = foldName(text)
  const rows = await db.sql<{ seq: number }[]>`
    SELECT seq FROM customer WHERE sortName >= ${from} AND sortName < ${`${from}\u{10FFFF}`}
    ORDER BY sortName, seq LIMIT ${limit}`
  return rows.map(({ seq }) => seq)
}

async function within(db: Db, organizationId: string, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return []
  const rows = await db.sql<{ seq: number }[]>`
    SELECT seq FROM customer WHERE organizationId = ${organizationId} AND seq IN (${() => seqs})`
  const members = new Set(rows.map(({ seq }) => seq))
  return seqs.filter((seq) => members.has(seq))
}
