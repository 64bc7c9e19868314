import { notFound } from '../../errors.ts'
import { insertRow, updateRow } from '../../store/rows.ts'
import type { Db, Tx } from '../../store/store.ts'
import { scheduleSchema, type Schedule } from '../saved.contract.ts'
import { SavedReportEntity, SendingEntity, type SavedReportRow, type SendingRow } from './entities.ts'

/** Reads and writes of saved reports, named by the question they answer. */

export const findSaved = (db: Db, id: string) => db.findOneBy(SavedReportEntity, { id })

/** @throws NOT_FOUND `reports.not_found` */
export async function getSaved(db: Db, id: string): Promise<SavedReportRow> {
  const row = await findSaved(db, id)
  if (!row) throw notFound('reports')
  return row
}

export const insertSaved = (tx: Tx, row: SavedReportRow) => insertRow(tx.db, SavedReportEntity, row)

export async function updateSaved(
  tx: Tx,
  row: SavedReportRow,
  changes: Partial<SavedReportRow>,
): Promise<SavedReportRow> {
  await tx.db.update(SavedReportEntity, { id: row.id }, changes)
  return { ...row, ...changes }
}

export const savedReports = (db: Db) =>
  db.sql<SavedReportRow[]>`SELECT * FROM saved_report WHERE archivedAt IS NULL ORDER BY name, id`

export async function nextSavedAt(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ nextAt: number }[]>`
    SELECT nextAt FROM saved_report WHERE nextAt IS NOT NULL ORDER BY nextAt LIMIT 1`
  return row?.nextAt ?? null
}

export const dueSaved = (db: Db, now: number) =>
  db.sql<SavedReportRow[]>`SELECT * FROM saved_report WHERE nextAt <= ${now} ORDER BY nextAt LIMIT 20`

export const scheduled = (db: Db) =>
  db.sql<SavedReportRow[]>`SELECT * FROM saved_report WHERE nextAt IS NOT NULL`

export async function findSending(db: Db, id: string): Promise<SendingRow | undefined> {
  const [row] = await db.sql<SendingRow[]>`SELECT * FROM report_sending WHERE id = ${id}`
  return row
}

/** Answers false when there is one under its key already. */
export async function insertSending(tx: Tx, row: Omit<SendingRow, 'seq'>): Promise<boolean> {
  const [known] = await tx.db.sql<{ id: string }[]>`SELECT id FROM report_sending WHERE key = ${row.key}`
  if (known) return false
  await insertRow(tx.db, SendingEntity, row)
  return true
}

export async function updateSending(
  tx: Tx,
  row: SendingRow,
  changes: Partial<SendingRow>,
): Promise<SendingRow> {
  await updateRow(tx.db, SendingEntity, row.seq, changes)
  return { ...row, ...changes }
}

/** Of what was removed before its letters were written: it never was. */
export const deleteUnsent = (tx: Tx, id: string) =>
  tx.db.sql`DELETE FROM report_sending WHERE id = ${id} AND mails = 0`

export async function lastSending(db: Db, savedId: string): Promise<SendingRow | undefined> {
  const [row] = await db.sql<SendingRow[]>`
    SELECT * FROM report_sending WHERE savedId = ${savedId} ORDER BY seq DESC LIMIT 1`
  return row
}

export const scheduleOf = ({ schedule }: Pick<SavedReportRow, 'schedule'>): Schedule | null =>
  schedule === null ? null : (scheduleSchema.safeParse(JSON.parse(schedule)).data ?? null)
