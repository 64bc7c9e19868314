import type { Db, Tx } from '../store/store.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'

/** A child is part of its parent's matter. */
const CHILD = 'child'

export async function saveLink(
  tx: Tx,
  link: { parentId: string; childId: string; at: number; byId: string | null },
): Promise<void> {
  await tx.db.sql`
    INSERT INTO ticket_link (parentId, childId, kind, at, byId)
    VALUES (${link.parentId}, ${link.childId}, ${CHILD}, ${link.at}, ${link.byId})`
}

/** Answers whether there was such a link. */
export async function deleteLink(tx: Tx, parentId: string, childId: string): Promise<boolean> {
  const gone = await tx.db.sql<{ childId: string }[]>`
    DELETE FROM ticket_link WHERE parentId = ${parentId} AND childId = ${childId} RETURNING childId`
  return gone.length > 0
}

export async function parentIdOf(db: Db, childId: string): Promise<string | null> {
  const [row] = await db.sql<{ parentId: string }[]>`
    SELECT parentId FROM ticket_link WHERE childId = ${childId}`
  return row?.parentId ?? null
}

/** The children of any of these tickets, oldest first. */
export const childrenOf = (db: Db, parentIds: readonly string[]) =>
  db.sql<TicketRow[]>`
    SELECT ticket.* FROM ticket_link JOIN ticket ON ticket.id = ticket_link.childId
    WHERE parentId IN (${() => [...parentIds]}) ORDER BY ticket.seq`
