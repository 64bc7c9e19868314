import { insertRow, updateRow } from '../store/rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Clock } from './clock.ts'
import { TicketSlaEntity, type TicketSlaRow } from './entities.ts'
import type { Facts } from './facts.ts'

/** What is kept of a ticket's promises, ready for use. */
export interface KeptPromises {
  seq: number
  policyId: string | null
  facts: Facts
  clocks: readonly Clock[]
  wakeAt: number | null
}

export async function findKept(db: Db, seq: number): Promise<KeptPromises | undefined> {
  const [row] = await db.sql<TicketSlaRow[]>`SELECT * FROM ticket_sla WHERE seq = ${seq}`
  return row && toKept(row)
}

export async function findKeptByTicket(db: Db, ticketId: string): Promise<KeptPromises | undefined> {
  const [row] = await db.sql<TicketSlaRow[]>`SELECT * FROM ticket_sla WHERE ticketId = ${ticketId}`
  return row && toKept(row)
}

const toKept = ({ seq, policyId, facts, clocks, wakeAt }: TicketSlaRow): KeptPromises => ({
  seq,
  policyId,
  facts: JSON.parse(facts) as Facts,
  clocks: JSON.parse(clocks) as Clock[],
  wakeAt,
})

/** Writes what changed; `before` is undefined for a ticket that had no promises yet. */
export async function saveKept(
  tx: Tx,
  ticketId: string,
  before: KeptPromises | undefined,
  { seq, policyId, facts, clocks, wakeAt }: KeptPromises,
): Promise<void> {
  const columns = { policyId, facts: JSON.stringify(facts), clocks: JSON.stringify(clocks), wakeAt }
  if (before) await updateRow(tx.db, TicketSlaEntity, seq, columns)
  else await insertRow(tx.db, TicketSlaEntity, { seq, ticketId, ...columns })
}
