import type { JobRow } from '../jobs/entities.ts'
import type { Db } from '../store/store.ts'

/** Reads of the jobs that are letters, named by the question they answer. */

/** Letters to one address keep their order; an address that isn't taken keeps none of the others waiting. */
export const laneOf = (address: string) => `${LANES}${address.toLowerCase()}`
const LANES = 'mail:'
/** The first text after all that begin with {@link LANES}. */
const BEYOND = 'mail;'

export async function openLanes(db: Db): Promise<string[]> {
  const rows = await db.sql<{ lane: string }[]>`
    SELECT DISTINCT lane FROM job WHERE finishedAt IS NULL AND lane >= ${LANES} AND lane < ${BEYOND}`
  return rows.map(({ lane }) => lane)
}

/** The newest first, from before `before` on. */
export const lettersBefore = (db: Db, before: number, limit: number) =>
  db.sql<JobRow[]>`
    SELECT * FROM job WHERE lane >= ${LANES} AND lane < ${BEYOND} AND seq < ${before} ORDER BY seq DESC LIMIT ${limit}`

export const deadLetters = (db: Db) =>
  db.sql<JobRow[]>`
    SELECT * FROM job WHERE lane >= ${LANES} AND lane < ${BEYOND} AND state = 'dead' ORDER BY seq`

/** Whether a letter about this is still to be sent, or could be sent again. */
export async function hasLetterAbout(db: Db, id: string): Promise<boolean> {
  const rows = await db.sql<unknown[]>`
    SELECT 1 FROM job WHERE lane >= ${LANES} AND lane < ${BEYOND} AND payload ->> '$.about.id' = ${id} LIMIT 1`
  return rows.length > 0
}
