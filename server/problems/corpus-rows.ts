import type { Reader } from '../store/reader.ts'
import type { Matter } from './vectors.ts'

/** Which tickets are meant: SQL over `ticket t` and its requester `customer c`, with what to put in for each `?`. */
export interface Picked {
  sql: string
  values: (string | number | null)[]
}

export interface PastTicket extends Matter {
  id: string
  number: string
  requesterId: string
  organizationId: string | null
  isOpen: boolean
  createdAt: number
}

export interface CorpusReader {
  /** Of the newest `most` the one before their first, by `seq`; 0 when there are no more than that. */
  beforeNewest(most: number): number
  /** Page by page, in the order they came; `after` is the last one's `seq`. */
  page(after: number, limit: number): PastTicket[]
  /** By ticket `seq`: what was spent on it. */
  efforts(seqs: readonly number[]): Map<number, Effort>
  /** By ticket `seq`: the ticket that it is part of. */
  parents(seqs: readonly number[]): Map<number, { id: string; number: string }>
  texts(seqs: readonly number[]): { subject: string; text: string }[]
  averageCall(from: number): { ms: number; calls: number }
}

export interface Effort {
  /** Talk and what came after; 0 without a call. */
  callMs: number
  /** Public answers. */
  answers: number
}

type Row = Omit<PastTicket, 'labels' | 'isOpen'> & {
  categoryId: string | null
  tagIds: string | null
  active: 0 | 1
}

/** The customer's first words; as long as those that make a difference. */
const FIRST_WORDS = `coalesce((SELECT substr(m.text, 1, 1200) FROM message m
  WHERE m.ticketId = t.id AND m.kind = 'public' AND m.authorType = 'customer' ORDER BY m.seq LIMIT 1), '')`
const NAMED = 'SELECT value FROM json_each(?)'
const CALL_MS = 'endedAt - answeredAt + coalesce(wrapUpMs, 0)'
const CALL_IS_DONE = 'answeredAt IS NOT NULL AND endedAt IS NOT NULL AND isEndAssumed = 0 AND isTest = 0'

/** Reads what recurring problems are found in. Merged tickets, and those that gather others or once did, are left out. */
export function corpusReader(reader: Reader, from: number, picked: Picked): CorpusReader {
  const isMeant = `t.createdAt >= ? AND t.mergedIntoId IS NULL
       AND NOT EXISTS (SELECT 1 FROM ticket_link l WHERE l.parentId = t.id)
       AND NOT EXISTS (SELECT 1 FROM event e WHERE e.ticketId = t.id AND e.type = 'problem.gathered') AND ${picked.sql}`
  const before = reader.all<{ seq: number }>(
    `SELECT t.seq FROM ticket t JOIN customer c ON c.id = t.requesterId WHERE ${isMeant}
     ORDER BY t.seq DESC LIMIT 1 OFFSET ?`,
  )
  const page = reader.all<Row>(
    `SELECT t.seq, t.id, t.number, t.subject, t.requesterId, c.organizationId, t.categoryId, t.active, t.createdAt,
       ${FIRST_WORDS} AS text, (SELECT group_concat(tagId) FROM ticket_tag WHERE ticketId = t.id) AS tagIds
     FROM ticket t JOIN customer c ON c.id = t.requesterId
     WHERE t.seq > ? AND ${isMeant}
     ORDER BY t.seq LIMIT ?`,
  )
  const efforts = reader.all<{ seq: number; callMs: number | null; answers: number }>(
    `SELECT t.seq,
       (SELECT sum(${CALL_MS}) FROM call WHERE ticketId = t.id AND ${CALL_IS_DONE}) AS callMs,
       (SELECT count(*) FROM message WHERE ticketId = t.id AND kind = 'public' AND authorType = 'agent') AS answers
     FROM ticket t WHERE t.seq IN (${NAMED})`,
  )
  const parents = reader.all<{ seq: number; id: string; number: string }>(
    `SELECT t.seq, p.id, p.number FROM ticket t JOIN ticket_link l ON l.childId = t.id JOIN ticket p ON p.id = l.parentId
     WHERE t.seq IN (${NAMED})`,
  )
  const texts = reader.all<{ subject: string; text: string }>(
    `SELECT t.subject, ${FIRST_WORDS} AS text FROM ticket t WHERE t.seq IN (${NAMED})`,
  )
  const average = reader.all<{ ms: number | null; calls: number }>(
    `SELECT avg(${CALL_MS}) AS ms, count(*) AS calls FROM call WHERE startedAt >= ? AND ${CALL_IS_DONE} AND agentId IS NOT NULL`,
  )
  const bySeq = <Each extends { seq: number }>(rows: readonly Each[]) =>
    new Map(rows.map((row) => [row.seq, row]))
  return {
    beforeNewest: (most) => before(from, ...picked.values, most)[0]?.seq ?? 0,
    page: (after, limit) =>
      page(after, from, ...picked.values, limit).map(({ categoryId, tagIds, active, ...row }) => ({
        ...row,
        isOpen: active === 1,
        labels: [...(categoryId === null ? [] : [categoryId]), ...(tagIds?.split(',') ?? [])],
      })),
    efforts: (seqs) =>
      bySeq(efforts(JSON.stringify(seqs)).map(({ callMs, ...row }) => ({ ...row, callMs: callMs ?? 0 }))),
    parents: (seqs) => bySeq(parents(JSON.stringify(seqs))),
    texts: (seqs) => texts(JSON.stringify(seqs)),
    averageCall(since) {
      const [row] = average(since)
      return { ms: row?.ms ?? 0, calls: row?.calls ?? 0 }
    },
  }
}
