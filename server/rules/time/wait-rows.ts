import type { Db, Tx } from '../../store/store.ts'
import type { Wait } from './wait.ts'

/** Reads and writes of what time rules wait for, named by the question they answer. */

export interface WaitRow extends Wait {
  ruleId: string
  ticketId: string
  /** When to look at it next; null once it has fired. */
  wakeAt: number | null
}

export const waitsOf = (db: Db, ticketId: string) =>
  db.sql<WaitRow[]>`SELECT * FROM rule_wait WHERE ticketId = ${ticketId}`

export async function findWait(db: Db, ruleId: string, ticketId: string): Promise<WaitRow | undefined> {
  const [row] = await db.sql<WaitRow[]>`
    SELECT * FROM rule_wait WHERE ruleId = ${ruleId} AND ticketId = ${ticketId}`
  return row
}

export const dueWaits = (db: Db, until: number, limit: number) =>
  db.sql<
    WaitRow[]
  >`SELECT * FROM rule_wait WHERE wakeAt <= ${until} ORDER BY wakeAt, ruleId, ticketId LIMIT ${limit}`

export async function nextWaitAt(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`
    SELECT min(wakeAt) AS at FROM rule_wait WHERE wakeAt IS NOT NULL`
  return row?.at ?? null
}

export async function saveWait(tx: Tx, row: WaitRow): Promise<void> {
  const { ruleId, ticketId, since, dueAt, firedAt, wakeAt } = row
  await tx.db.sql`
    INSERT INTO rule_wait (ruleId, ticketId, since, dueAt, firedAt, wakeAt)
    VALUES (${ruleId}, ${ticketId}, ${since}, ${dueAt}, ${firedAt}, ${wakeAt})
    ON CONFLICT (ruleId, ticketId) DO UPDATE SET since = excluded.since, dueAt = excluded.dueAt,
      firedAt = excluded.firedAt, wakeAt = excluded.wakeAt`
}

export async function putOffWait(tx: Tx, { ruleId, ticketId }: WaitRow, wakeAt: number): Promise<void> {
  await tx.db.sql`
    UPDATE rule_wait SET wakeAt = ${wakeAt}
    WHERE ruleId = ${ruleId} AND ticketId = ${ticketId} AND firedAt IS NULL`
}

export async function dropWait(tx: Tx, ruleId: string, ticketId: string): Promise<void> {
  await tx.db.sql`DELETE FROM rule_wait WHERE ruleId = ${ruleId} AND ticketId = ${ticketId}`
}

export async function dropWaitsOf(tx: Tx, ruleId: string): Promise<void> {
  await tx.db.sql`DELETE FROM rule_wait WHERE ruleId = ${ruleId}`
}

/** Tickets that each rule waits for now; rules that wait for none are left out. */
export async function countWaiting(db: Db): Promise<Map<string, number>> {
  const rows = await db.sql<{ ruleId: string; count: number }[]>`
    SELECT ruleId, count(*) AS count FROM rule_wait WHERE firedAt IS NULL GROUP BY ruleId`
  return new Map(rows.map(({ ruleId, count }) => [ruleId, count]))
}

/** When a ticket's status last changed; null when it never has. */
export async function lastStatusChange(db: Db, ticketId: string): Promise<number | null> {
  const [row] = await db.sql<{ at: number }[]>`
    SELECT at FROM event WHERE ticketId = ${ticketId} AND type = 'ticket.updated'
      AND json_extract(data, '$.changes.statusId') IS NOT NULL ORDER BY seq DESC LIMIT 1`
  return row?.at ?? null
}

/** When somebody of this kind last wrote where the customer can read it; null when nobody has. */
export async function lastPublicMessage(
  db: Db,
  ticketId: string,
  authorType: 'customer' | 'agent',
): Promise<number | null> {
  const [row] = await db.sql<{ createdAt: number }[]>`
    SELECT createdAt FROM message WHERE ticketId = ${ticketId} AND kind = 'public' AND authorType = ${authorType}
    ORDER BY seq DESC LIMIT 1`
  return row?.createdAt ?? null
}
