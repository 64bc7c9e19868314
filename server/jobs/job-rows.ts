import { insertRow, updateRow } from '../store/rows.ts'
import type { Db, Tx } from '../store/store.ts'
import { JobEntity, JobTryEntity, type JobRow, type JobTryRow } from './entities.ts'

/** Reads and writes of the jobs' tables, named by the question they answer. */

/** Answers false when there is one under its key already. */
export async function insertJob(tx: Tx, row: Omit<JobRow, 'seq'>): Promise<boolean> {
  const [known] = await tx.db.sql<{ id: string }[]>`SELECT id FROM job WHERE key = ${row.key}`
  if (known) return false
  await insertRow(tx.db, JobEntity, row)
  return true
}

export async function findJob(db: Db, id: string): Promise<JobRow | undefined> {
  const [row] = await db.sql<JobRow[]>`SELECT * FROM job WHERE id = ${id}`
  return row
}

export async function updateJob(tx: Tx, job: JobRow, changes: Partial<JobRow>): Promise<JobRow> {
  await updateRow(tx.db, JobEntity, job.seq, changes)
  return { ...job, ...changes }
}

/** The first of each lane that isn't finished: lanes are few, so it steps from one to the next through the index. */
export const headsOfLanes = (db: Db) =>
  db.sql<JobRow[]>`
    WITH RECURSIVE lanes (lane) AS (
      SELECT min(lane) FROM job WHERE finishedAt IS NULL
      UNION ALL
      SELECT (SELECT min(job.lane) FROM job WHERE finishedAt IS NULL AND job.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
    )
    SELECT job.* FROM lanes JOIN job
      ON job.seq = (SELECT min(first.seq) FROM job first WHERE first.lane = lanes.lane AND first.finishedAt IS NULL)
    WHERE lanes.lane IS NOT NULL
    ORDER BY job.runAt, job.seq`

/** Whether the one before it in its lane was given up. */
export async function isLaneDead(db: Db, { lane, seq }: JobRow): Promise<boolean> {
  const [before] = await db.sql<{ state: string }[]>`
    SELECT state FROM job WHERE lane = ${lane} AND seq < ${seq} ORDER BY seq DESC LIMIT 1`
  return before?.state === 'dead'
}

/** Lets those of a lane that wait after a failure try again at once. */
export const hurryLane = (tx: Tx, lane: string, now: number) =>
  tx.db.sql`UPDATE job SET runAt = ${now} WHERE lane = ${lane} AND finishedAt IS NULL AND runAt > ${now}`

export const deadOfLane = (db: Db, lane: string) =>
  db.sql<JobRow[]>`SELECT * FROM job WHERE lane = ${lane} AND state = 'dead' ORDER BY seq`

/** The newest first, from before `before` on. */
export const jobsOfLane = (db: Db, lane: string, before: number, limit: number) =>
  db.sql<
    JobRow[]
  >`SELECT * FROM job WHERE lane = ${lane} AND seq < ${before} ORDER BY seq DESC LIMIT ${limit}`

export interface LaneCounts {
  lane: string
  open: number
  dead: number
}

/** What of each lane is still to be done, or was given up. */
export const countLanes = (db: Db) =>
  db.sql<LaneCounts[]>`
    SELECT lane, sum(finishedAt IS NULL) AS open, sum(state = 'dead') AS dead
    FROM job WHERE finishedAt IS NULL OR state = 'dead' GROUP BY lane`

export const insertTry = (tx: Tx, row: JobTryRow) => insertRow(tx.db, JobTryEntity, row)

export async function triesOf(db: Db, jobIds: readonly string[]): Promise<JobTryRow[]> {
  if (jobIds.length === 0) return []
  return db.sql<
    JobTryRow[]
  >`SELECT * FROM job_try WHERE jobId IN (${() => [...jobIds]}) ORDER BY jobId, attempt`
}

/** Answers how many were cleared, `limit` at the most. */
export async function deleteFinishedBefore(tx: Tx, at: number, limit: number): Promise<number> {
  const rows = await tx.db.sql<{ id: string }[]>`SELECT id FROM job WHERE finishedAt < ${at} LIMIT ${limit}`
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.db.sql`DELETE FROM job_try WHERE jobId IN (${() => ids})`
  await tx.db.sql`DELETE FROM job WHERE id IN (${() => ids})`
  return ids.length
}
