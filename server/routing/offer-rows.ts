import type { Db, Tx } from '../store/store.ts'

/** Somebody is being asked whether they take a ticket. */
export interface Offer {
  ticketId: string
  agentId: string
  offeredAt: number
  expiresAt: number
}

export async function findOffer(db: Db, ticketId: string): Promise<Offer | undefined> {
  const [row] = await db.sql<Offer[]>`SELECT * FROM routing_offer WHERE ticketId = ${ticketId}`
  return row
}

export const allOffers = (db: Db) => db.sql<Offer[]>`SELECT * FROM routing_offer`

export const offersEndedBy = (db: Db, now: number) =>
  db.sql<Offer[]>`SELECT * FROM routing_offer WHERE expiresAt <= ${now} ORDER BY expiresAt, ticketId`

/** Of those who are no longer there to answer. */
export const offersLeftAlone = (db: Db) => db.sql<Offer[]>`
  SELECT o.* FROM routing_offer o JOIN agent a ON a.id = o.agentId LEFT JOIN agent_presence p ON p.agentId = o.agentId
  WHERE a.active = 0 OR p.effective = 'offline' ORDER BY o.offeredAt, o.ticketId`

export async function nextOfferEnd(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`SELECT min(expiresAt) AS at FROM routing_offer`
  return row?.at ?? null
}

export async function insertOffer(tx: Tx, { ticketId, agentId, offeredAt, expiresAt }: Offer): Promise<void> {
  await tx.db.sql`
    INSERT INTO routing_offer (ticketId, agentId, offeredAt, expiresAt)
    VALUES (${ticketId}, ${agentId}, ${offeredAt}, ${expiresAt})`
}

export async function deleteOffer(tx: Tx, ticketId: string): Promise<void> {
  await tx.db.sql`DELETE FROM routing_offer WHERE ticketId = ${ticketId}`
}
