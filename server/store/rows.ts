import type { EntitySchema } from 'typeorm'
import type { Db } from './store.ts'

/**
 * Inserts and updates for the tables that every request writes. TypeORM's own build each statement anew and write numbers into its
 * text, so SQLite has to compile it every time (measured: 110 µs against 20 for a ticket); these reuse one compiled
 * statement per set of columns. Values are parameters either way.
 */

/** Inserts one row; a generated key is left out of `row`. Returns that key when the table has one named `seq`. */
export async function insertRow<Row extends object>(
  db: Db,
  entity: EntitySchema<Row>,
  row: Partial<Row>,
): Promise<number | undefined> {
  const names = Object.keys(row)
  const hasSeq = entity.options.columns && 'seq' in entity.options.columns
  const strings = names.map((_, i) =>
    i === 0 ? `INSERT INTO ${entity.options.name} (${names.join(', ')}) VALUES (` : ', ',
  )
  const rows = await db.sql<{ seq: number }[]>(
    toTemplate([...strings, hasSeq ? ') RETURNING seq' : ')']),
    ...(Object.values(row) as unknown[]),
  )
  return hasSeq ? rows[0]?.seq : undefined
}

/** Sets `changes` on the row with this `seq`. Name only what changes: each named column costs its indexes. */
export async function updateRow<Row extends { seq: number }>(
  db: Db,
  entity: EntitySchema<Row>,
  seq: number,
  changes: Partial<Row>,
): Promise<void> {
  const names = Object.keys(changes)
  if (names.length === 0) return
  const strings = names.map((name, i) =>
    i === 0 ? `UPDATE ${entity.options.name} SET ${name} = ` : `, ${name} = `,
  )
  await db.sql(toTemplate([...strings, ' WHERE seq = ', '']), ...(Object.values(changes) as unknown[]), seq)
}

const toTemplate = (strings: string[]): TemplateStringsArray => Object.assign(strings, { raw: strings })
