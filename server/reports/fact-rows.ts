import type { Db, Tx } from '../store/store.ts'
import { toldTypes, type TicketEvent, type TicketFacts } from './ticket-facts.ts'

/** A ticket that events after the cursor tell of, with what its hours go by. */
export interface ToldTicket {
  seq: number
  id: string
  teamId: string | null
  policyId: string | null
}

/** The last event that the facts know of. */
export async function readCursor(db: Db): Promise<number> {
  const [row] = await db.sql<{ seq: number }[]>`SELECT seq FROM report_cursor`
  return row?.seq ?? 0
}

/**
 * The tickets that at most `limit` events in `(after, until]` tell something new of, and the last event that was looked at.
 * A ticket that was folded beyond an event already is not named for its sake. `NOT INDEXED`: left to itself SQLite walks through all
 * events by ticket rather than through the few in order.
 */
export async function nextTold(
  db: Db,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<{ tickets: ToldTicket[]; seq: number }> {
  const rows = await db.sql<(ToldTicket & { eventSeq: number })[]>`
    SELECT e.seq AS eventSeq, t.seq, t.id, t.teamId, s.policyId
    FROM event e NOT INDEXED CROSS JOIN ticket t ON t.id = e.ticketId
    LEFT JOIN ticket_fact f ON f.seq = t.seq LEFT JOIN ticket_sla s ON s.seq = t.seq
    WHERE e.seq > ${after} AND e.seq <= ${until} AND (f.foldedSeq IS NULL OR f.foldedSeq < e.seq)
    AND e.type IN ('ticket.created', 'ticket.updated', 'message.created', 'ticket.merged', 'ticket.unmerged')
    ORDER BY e.seq LIMIT ${limit}`
  const tickets = [...new Map(rows.map((row) => [row.id, row])).values()]
  return { tickets, seq: rows.length < limit ? until : (rows.at(-1)?.eventSeq ?? until) }
}

/** All that happened to these tickets up to `until`, each ticket's events in their order. */
export async function eventsOf(
  db: Db,
  ticketIds: readonly string[],
  until: number,
): Promise<Map<string, TicketEvent[]>> {
  const rows = await db.sql<(TicketEvent & { ticketId: string })[]>`
    SELECT seq, at, type, actorType, actorId, data, ticketId FROM event
    WHERE ticketId IN (${() => ticketIds}) AND seq <= ${until} AND type IN (${() => toldTypes}) ORDER BY seq`
  return Map.groupBy(rows, ({ ticketId }) => ticketId)
}

export async function moveCursor(tx: Tx, seq: number): Promise<void> {
  await tx.db.sql`UPDATE report_cursor SET seq = ${seq} WHERE id = 1`
}

/**
 * Puts the facts of these tickets, by their `seq`, in the place of those that were there. One statement for each table: the rows go in
 * as JSON, for two hundred statements would keep the writer for longer than all else that happens here.
 */
export async function saveFacts(
  tx: Tx,
  folded: readonly (readonly [seq: number, TicketFacts])[],
): Promise<void> {
  const { db } = tx
  const facts = JSON.stringify(folded.map(([seq, facts]) => factRow(seq, facts)))
  const replies = JSON.stringify(
    folded.flatMap(([seq, { answers }]) =>
      answers.map(({ at, agentId, askedAt, businessMs }, n) => [seq, n, at, agentId, askedAt, businessMs]),
    ),
  )
  const spans = JSON.stringify(folded.flatMap(([seq, facts]) => facts.spans.map((span) => [seq, ...span])))
  const seqs = JSON.stringify(folded.map(([seq]) => seq))
  await db.sql`
    INSERT OR REPLACE INTO ticket_fact (
      seq, foldedSeq, createdAt, firstAnsweredAt, firstAnsweredBy, firstResponseBusinessMs, resolvedAt, resolvedBy,
      resolutionBusinessMs, cancelledAt, phase, reopened, transfers, handovers, replies, customerMessages, notes, oneTouch, merged
    )
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
      value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15, value ->> 16, value ->> 17,
      value ->> 18
    FROM json_each(${facts})`
  await db.sql`DELETE FROM ticket_reply WHERE seq IN (SELECT value FROM json_each(${seqs}))`
  await db.sql`
    INSERT INTO ticket_reply (seq, n, at, agentId, askedAt, businessMs)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(${replies})`
  await db.sql`DELETE FROM ticket_span WHERE seq IN (SELECT value FROM json_each(${seqs}))`
  await db.sql`
    INSERT INTO ticket_span (seq, fromAt, toAt) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${spans})`
}

const factRow = (seq: number, facts: TicketFacts) => [
  ...[seq, facts.foldedSeq, facts.createdAt, facts.firstAnsweredAt, facts.firstAnsweredBy],
  ...[facts.firstResponseBusinessMs, facts.resolvedAt, facts.resolvedBy, facts.resolutionBusinessMs],
  ...[facts.cancelledAt, facts.phase, facts.reopened, facts.transfers, facts.handovers, facts.replies],
  ...[facts.customerMessages, facts.notes, Number(facts.oneTouch), Number(facts.merged)],
]
