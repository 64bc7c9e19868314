import type { Db, Tx } from '../store/store.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { FloodState } from './contract.ts'
import type { RecentTicket } from './recent-tickets.ts'
import { significantWords } from '../text/words.ts'

export interface FloodRow {
  id: string
  parentId: string
  /** JSON array: what its tickets are about. */
  words: string
  state: FloodState
  /** Milliseconds UTC, as are all instants. */
  startedAt: number
  lastAt: number
  decidedAt: number | null
  decidedBy: string | null
}

export async function insertFlood(
  tx: Tx,
  flood: Pick<FloodRow, 'id' | 'parentId' | 'words' | 'startedAt' | 'lastAt'>,
): Promise<void> {
  await tx.db.sql`
    INSERT INTO flood (id, parentId, words, state, startedAt, lastAt)
    VALUES (${flood.id}, ${flood.parentId}, ${flood.words}, 'open', ${flood.startedAt}, ${flood.lastAt})`
}

export async function insertFloodTicket(
  tx: Tx,
  floodId: string,
  ticketId: string,
  at: number,
): Promise<void> {
  await tx.db.sql`INSERT INTO flood_ticket (floodId, ticketId, at) VALUES (${floodId}, ${ticketId}, ${at})`
}

/** Notes that it goes on, and answers how it stands; undefined when there is no such flood. */
export async function touchFlood(tx: Tx, id: string, at: number): Promise<FloodRow | undefined> {
  const [row] = await tx.db.sql<FloodRow[]>`
    UPDATE flood SET lastAt = max(lastAt, ${at}) WHERE id = ${id} RETURNING *`
  return row
}

export async function decideFlood(
  tx: Tx,
  id: string,
  decision: { state: FloodState; at: number; by: string },
): Promise<void> {
  await tx.db.sql`
    UPDATE flood SET state = ${decision.state}, decidedAt = ${decision.at}, decidedBy = ${decision.by} WHERE id = ${id}`
}

export async function findFlood(db: Db, id: string): Promise<FloodRow | undefined> {
  const [row] = await db.sql<FloodRow[]>`SELECT * FROM flood WHERE id = ${id}`
  return row
}

/** Those that went on after `since`, oldest first. */
export const floodsSince = (db: Db, since: number) =>
  db.sql<FloodRow[]>`SELECT * FROM flood WHERE lastAt > ${since} ORDER BY startedAt`

export async function floodOfTicket(db: Db, ticketId: string): Promise<FloodRow | undefined> {
  const [row] = await db.sql<FloodRow[]>`
    SELECT flood.* FROM flood_ticket JOIN flood ON flood.id = floodId WHERE ticketId = ${ticketId}`
  return row
}

export const ticketsOfFlood = (db: Db, floodId: string) =>
  db.sql<TicketRow[]>`
    SELECT ticket.* FROM flood_ticket JOIN ticket ON ticket.id = ticketId WHERE floodId = ${floodId} ORDER BY ticket.seq`

export async function sizeOfFlood(db: Db, floodId: string): Promise<{ count: number; requesters: number }> {
  const [row] = await db.sql<[{ count: number; requesters: number }]>`
    SELECT COUNT(*) AS count, COUNT(DISTINCT ticket.requesterId) AS requesters
    FROM flood_ticket JOIN ticket ON ticket.id = ticketId WHERE floodId = ${floodId}`
  return row
}

/** Of these, the tickets that stand for themselves: in no flood, not merged, oldest first. */
export const freeAmong = (db: Db, ids: readonly string[]) =>
  db.sql<TicketRow[]>`
    SELECT * FROM ticket WHERE id IN (${() => [...ids]}) AND mergedIntoId IS NULL
    AND NOT EXISTS (SELECT 1 FROM flood_ticket WHERE ticketId = ticket.id) ORDER BY seq`

/** The newest tickets after `since` that are in no flood, oldest first; what a watch that begins has to know. */
export async function recentTickets(db: Db, since: number, limit: number): Promise<RecentTicket[]> {
  const rows = await db.sql<{ id: string; subject: string; requesterId: string; at: number; text: string }[]>`
    SELECT t.id, t.subject, t.requesterId, t.createdAt AS at,
      COALESCE((SELECT text FROM message WHERE ticketId = t.id ORDER BY seq LIMIT 1), '') AS text
    FROM (SELECT * FROM ticket ORDER BY seq DESC LIMIT ${limit}) t
    WHERE t.createdAt > ${since} AND t.createdBy IS NOT NULL AND NOT EXISTS (SELECT 1 FROM flood_ticket WHERE ticketId = t.id) ORDER BY t.seq`
  return rows.map(({ id, subject, requesterId, at, text }) => ({
    ...{ id, requesterId, at },
    words: significantWords(`${subject}\n${text}`),
  }))
}
