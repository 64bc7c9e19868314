import type { Db, Tx } from '../store/store.ts'
import type { ReminderOutcome } from './contract.ts'
import type { ReminderRow } from './entities.ts'

/** Reads and writes of reminders, named by the question they answer. */

export async function findReminder(db: Db, id: string): Promise<ReminderRow | undefined> {
  const [row] = await db.sql<ReminderRow[]>`SELECT * FROM reminder WHERE id = ${id}`
  return row
}

export async function findReminderByKey(db: Db, key: string): Promise<ReminderRow | undefined> {
  const [row] = await db.sql<ReminderRow[]>`SELECT * FROM reminder WHERE key = ${key}`
  return row
}

/** Those of a ticket that are still to come, the nearest first. */
export const openOfTicket = (db: Db, ticketId: string) =>
  db.sql<ReminderRow[]>`
    SELECT * FROM reminder WHERE ticketId = ${ticketId} AND doneAt IS NULL ORDER BY dueAt, id`

/** What this agent still wants to be reminded of, the nearest first. */
export const openOfAgent = (db: Db, agentId: string) =>
  db.sql<ReminderRow[]>`
    SELECT * FROM reminder WHERE wakeAt IS NOT NULL AND createdByType = 'agent' AND createdById = ${agentId}
    ORDER BY dueAt, id LIMIT 200`

export const dueReminders = (db: Db, until: number, limit: number) =>
  db.sql<
    { id: string }[]
  >`SELECT id FROM reminder WHERE wakeAt <= ${until} ORDER BY wakeAt, id LIMIT ${limit}`

export async function nextReminderAt(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`
    SELECT min(wakeAt) AS at FROM reminder WHERE wakeAt IS NOT NULL`
  return row?.at ?? null
}

export async function insertReminder(tx: Tx, row: ReminderRow): Promise<void> {
  await tx.db.sql`
    INSERT INTO reminder (id, key, ticketId, kind, dueAt, recipients, text, createdByType, createdById, createdAt, afterSeq,
      wakeAt, doneAt, outcome)
    VALUES (${row.id}, ${row.key}, ${row.ticketId}, ${row.kind}, ${row.dueAt}, ${row.recipients}, ${row.text},
      ${row.createdByType}, ${row.createdById}, ${row.createdAt}, ${row.afterSeq}, ${row.wakeAt}, ${row.doneAt}, ${row.outcome})`
}

export async function finishReminder(
  tx: Tx,
  id: string,
  outcome: ReminderOutcome,
  doneAt: number,
): Promise<void> {
  await tx.db.sql`
    UPDATE reminder SET wakeAt = NULL, doneAt = ${doneAt}, outcome = ${outcome} WHERE id = ${id}`
}

export async function reopenReminder(tx: Tx, { id, dueAt }: ReminderRow): Promise<void> {
  await tx.db.sql`UPDATE reminder SET wakeAt = ${dueAt}, doneAt = NULL, outcome = NULL WHERE id = ${id}`
}

export async function putOffReminder(tx: Tx, id: string, wakeAt: number): Promise<void> {
  await tx.db.sql`UPDATE reminder SET wakeAt = ${wakeAt} WHERE id = ${id}`
}

/** Whether the customer has written to the ticket since the event `afterSeq`. */
export async function hasCustomerWritten(db: Db, ticketId: string, afterSeq: number): Promise<boolean> {
  const rows = await db.sql<{ seq: number }[]>`
    SELECT seq FROM event WHERE ticketId = ${ticketId} AND seq > ${afterSeq} AND type = 'message.created'
      AND json_extract(data, '$.authorType') = 'customer' AND json_extract(data, '$.kind') = 'public' LIMIT 1`
  return rows.length > 0
}

/** Clears away what was done before `instant`. */
export async function deleteDoneBefore(tx: Tx, instant: number): Promise<void> {
  await tx.db.sql`DELETE FROM reminder WHERE doneAt < ${instant}`
}
