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

/** As found in the store; without facts when what was kept can't be read, and then the log has to tell it again. */
export type FoundPromises = Omit<KeptPromises, 'facts'> & { facts: Facts | null }

export async function findKept(db: Db, seq: number): Promise<FoundPromises | undefined> {
  const [row] = await db.sql<TicketSlaRow[]>`SELECT * FROM ticket_sla WHERE seq = ${seq}`
  return row && toKept(row)
}

export async function findKeptByTicket(db: Db, ticketId: string): Promise<FoundPromises | undefined> {
  const [row] = await db.sql<TicketSlaRow[]>`SELECT * FROM ticket_sla WHERE ticketId = ${ticketId}`
  return row && toKept(row)
}

function toKept({ seq, policyId, facts, clocks, wakeAt }: TicketSlaRow): FoundPromises {
  const read = { facts: parsed<Facts>(facts), clocks: parsed<Clock[]>(clocks) }
  return read.facts && read.clocks
    ? { seq, policyId, facts: read.facts, clocks: read.clocks, wakeAt }
    : { seq, policyId, facts: null, clocks: [], wakeAt }
}

/** The clocks in their column; none when it can't be read, for one damaged row must not empty a whole list. */
export const readClocks = (column: string): readonly Clock[] => parsed<Clock[]>(column) ?? []

function parsed<T>(column: string): T | null {
  try {
    return JSON.parse(column) as T | null
  } catch {
    return null
  }
}

/** Writes what changed; `before` is undefined for a ticket that had no promises yet. */
export async function saveKept(
  tx: Tx,
  ticketId: string,
  before: FoundPromises | undefined,
  { seq, policyId, facts, clocks, wakeAt }: KeptPromises,
): Promise<void> {
  const columns = { facts: JSON.stringify(facts), clocks: JSON.stringify(clocks) }
  if (before)
    await updateRow(tx.db, TicketSlaEntity, seq, {
      ...columns,
      // Their indexes are left alone while they stay as they are.
      ...(policyId !== before.policyId && { policyId }),
      ...(wakeAt !== before.wakeAt && { wakeAt }),
    })
  else await insertRow(tx.db, TicketSlaEntity, { seq, ticketId, policyId, wakeAt, ...columns })
}

/** For what can neither be read nor told by the log. */
export async function forgetKept(tx: Tx, seq: number): Promise<void> {
  await tx.db.sql`DELETE FROM ticket_sla WHERE seq = ${seq}`
}
