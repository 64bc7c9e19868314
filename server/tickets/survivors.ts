import type { Db } from '../store/store.ts'
import type { TicketRow } from './ticket.entity.ts'
import { findTicket } from './ticket-rows.ts'

/** The ticket that this one goes on in, through all merges; itself when it was never merged. */
export async function survivorOf(db: Db, ticket: TicketRow): Promise<TicketRow> {
  let survivor = ticket
  while (survivor.mergedIntoId !== null) {
    const next = await findTicket(db, survivor.mergedIntoId)
    if (!next) return survivor
    survivor = next
  }
  return survivor
}

/**
 * Every ticket that goes on in this one, through all merges, oldest first. `CROSS JOIN` says where to begin: left to itself, SQLite
 * would walk through all tickets for the sake of their order.
 */
export const mergedInto = (db: Db, ticketId: string) =>
  db.sql<TicketRow[]>`
    WITH RECURSIVE merged(id) AS (
      SELECT id FROM ticket WHERE mergedIntoId = ${ticketId}
      UNION SELECT ticket.id FROM merged CROSS JOIN ticket WHERE ticket.mergedIntoId = merged.id
    )
    SELECT ticket.* FROM merged CROSS JOIN ticket WHERE ticket.id = merged.id ORDER BY ticket.seq`
