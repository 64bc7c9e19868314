import type { Db, Tx } from '../store/store.ts'
import { insertRow, updateRow } from '../store/rows.ts'
import { AlertEntity, type AlertRow, type RecipientRow } from './entities.ts'
import type { AlertTicket } from './recipients.ts'

/** Reads and writes of the alerts' own tables, named by the question they answer. */

export async function findAlert(db: Db, id: string): Promise<AlertRow | undefined> {
  const [row] = await db.sql<AlertRow[]>`SELECT * FROM alert WHERE id = ${id}`
  return row
}

export async function findAlertByKey(db: Db, key: string): Promise<AlertRow | undefined> {
  const [row] = await db.sql<AlertRow[]>`SELECT * FROM alert WHERE key = ${key}`
  return row
}

export async function alertsWithKeys(db: Db, keys: readonly string[]): Promise<AlertRow[]> {
  if (keys.length === 0) return []
  return db.sql<AlertRow[]>`SELECT * FROM alert WHERE key IN (${() => [...keys]}) ORDER BY seq`
}

/** The open warnings of the promise whose missed deadline an alert is about. */
export async function overtakenBy(db: Db, { ticketId, reason, data }: AlertRow): Promise<AlertRow[]> {
  if (reason !== 'sla.breached') return []
  const promise = promiseIn(data)
  const warnings = await db.sql<AlertRow[]>`
    SELECT * FROM alert WHERE ticketId = ${ticketId} AND acknowledgedAt IS NULL AND reason = 'sla.warning' ORDER BY seq`
  return warnings.filter((warning) => promiseIn(warning.data) === promise)
}

function promiseIn(data: string): string {
  const { metric, cycle } = JSON.parse(data) as { metric?: string; cycle?: number }
  return `${metric} ${cycle}`
}

/** Those whose time has come, longest overdue first. */
export async function alertsToWake(read: Db, now: number, limit: number): Promise<string[]> {
  const rows = await read.sql<{ id: string }[]>`
    SELECT id FROM alert WHERE wakeAt IS NOT NULL AND wakeAt <= ${now} ORDER BY wakeAt, seq LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

export async function nextWake(read: Db): Promise<number | null> {
  const [row] = await read.sql<{ at: number | null }[]>`
    SELECT min(wakeAt) AS at FROM alert WHERE wakeAt IS NOT NULL`
  return row?.at ?? null
}

/** Returns the row as it is in the store. */
export async function insertAlert(tx: Tx, row: Omit<AlertRow, 'seq'>): Promise<AlertRow> {
  const seq = await insertRow(tx.db, AlertEntity, row)
  if (seq === undefined) throw new Error('An alert was inserted without a number of its own.')
  return { seq, ...row }
}

export async function updateAlert(tx: Tx, row: AlertRow, changes: Partial<AlertRow>): Promise<AlertRow> {
  await updateRow(tx.db, AlertEntity, row.seq, changes)
  return { ...row, ...changes }
}

export const recipientsOf = (db: Db, alertId: string) =>
  db.sql<RecipientRow[]>`SELECT * FROM alert_recipient WHERE alertId = ${alertId} ORDER BY level, agentId`

export async function saveRecipients(
  tx: Tx,
  alertId: string,
  rows: readonly RecipientRow[],
  gone: readonly string[] = [],
): Promise<void> {
  for (const agentId of gone)
    await tx.db.sql`DELETE FROM alert_recipient WHERE alertId = ${alertId} AND agentId = ${agentId}`
  for (const { agentId, level, tellAt, toldAt, deliveredAt, seenAt, snoozedUntil } of rows)
    await tx.db.sql`
      INSERT INTO alert_recipient (alertId, agentId, level, tellAt, toldAt, deliveredAt, seenAt, snoozedUntil)
      VALUES (${alertId}, ${agentId}, ${level}, ${tellAt}, ${toldAt}, ${deliveredAt}, ${seenAt}, ${snoozedUntil})
      ON CONFLICT (alertId, agentId) DO UPDATE SET level = excluded.level, tellAt = excluded.tellAt,
        toldAt = excluded.toldAt, deliveredAt = excluded.deliveredAt, seenAt = excluded.seenAt,
        snoozedUntil = excluded.snoozedUntil`
}

/** In whose queue and hands an alert's ticket is now. */
export async function ticketOf(db: Db, { ticketId }: Pick<AlertRow, 'ticketId'>): Promise<AlertTicket> {
  if (ticketId === null) return null
  const [row] = await db.sql<{ teamId: string | null; agentId: string | null }[]>`
    SELECT teamId, agentId FROM ticket WHERE id = ${ticketId}`
  return row ?? null
}

/** Clears away what was acknowledged before `instant`. */
export async function deleteAcknowledgedBefore(tx: Tx, instant: number): Promise<void> {
  await tx.db.sql`
    DELETE FROM alert_recipient WHERE alertId IN (SELECT id FROM alert WHERE acknowledgedAt < ${instant})`
  await tx.db.sql`
    DELETE FROM alert_showing WHERE alertId IN (SELECT id FROM alert WHERE acknowledgedAt < ${instant})`
  await tx.db.sql`DELETE FROM alert WHERE acknowledgedAt < ${instant}`
}

/** The keys that begin so, of alerts that stand and of those that were settled. */
export async function alertKeysWithin(db: Db, prefix: string): Promise<string[]> {
  const rows = await db.sql<{ key: string }[]>`
    SELECT key FROM alert WHERE key >= ${prefix} AND key < ${`${prefix}\uffff`}`
  return rows.map(({ key }) => key)
}

/** When one whose key begins so was raised last; milliseconds UTC. */
export async function lastRaisedWithin(db: Db, prefix: string): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`
    SELECT max(raisedAt) AS at FROM alert WHERE key >= ${prefix} AND key < ${`${prefix}\uffff`}`
  return row?.at ?? null
}
