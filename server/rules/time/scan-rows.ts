import type { Db, Tx } from '../../store/store.ts'

/**
 * What a look for tickets that are in a rule's state already does with those whose time is over: `act` lets the rule act on them,
 * `skip` passes them over, and so does `again`, which leaves what waits already as it is but for its time.
 */
export type ScanMode = 'act' | 'skip' | 'again'

export interface ScanRow {
  ruleId: string
  /** The last ticket looked at, by its `seq`. */
  cursor: number
  mode: ScanMode
  startedAt: number
}

export async function nextScan(db: Db): Promise<ScanRow | undefined> {
  const [row] = await db.sql<ScanRow[]>`SELECT * FROM rule_scan ORDER BY startedAt, ruleId LIMIT 1`
  return row
}

/** Begins a look, or one that goes on from the start. One that was to act on what it finds still does. */
export async function beginScan(tx: Tx, ruleId: string, mode: ScanMode, now: number): Promise<void> {
  await tx.db.sql`
    INSERT INTO rule_scan (ruleId, cursor, mode, startedAt) VALUES (${ruleId}, 0, ${mode}, ${now})
    ON CONFLICT (ruleId) DO UPDATE SET cursor = 0,
      mode = CASE WHEN excluded.mode = 'again' THEN rule_scan.mode ELSE excluded.mode END`
}

export async function moveScan(tx: Tx, ruleId: string, from: number, to: number): Promise<void> {
  // Asked for anew meanwhile, it begins from the start.
  await tx.db.sql`UPDATE rule_scan SET cursor = ${to} WHERE ruleId = ${ruleId} AND cursor = ${from}`
}

export async function endScan(tx: Tx, ruleId: string): Promise<void> {
  await tx.db.sql`DELETE FROM rule_scan WHERE ruleId = ${ruleId}`
}
