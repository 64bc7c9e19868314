import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type { JobRow } from './entities.ts'
import { deadOfLane, deleteFinishedBefore, hurryLane, insertJob, updateJob } from './job-rows.ts'

const KEPT_MS = 30 * 24 * 60 * 60 * 1_000
/** As many are cleared in one transaction, so that nobody waits for the rest. */
const CLEARED_AT_ONCE = 500

export interface NewJob {
  kind: string
  /** Where it goes: jobs of one lane keep their order and wait for one another. */
  lane: string
  /** What it is about: asking for it again under the same key does nothing. */
  key: string
  payload: object
  /** Milliseconds UTC; now unless given. */
  runAt?: number
}

export interface JobsDeps {
  store: Store
  events: EventLog
  clock: Clock
  /** Told, after commit, of a moment at which there is something to do. */
  noticed: (at: number) => void
}

/** What is to leave the house: written down in the transaction that causes it, carried out after. */
export class Jobs {
  readonly #deps: JobsDeps

  constructor(deps: JobsDeps) {
    this.#deps = deps
  }

  /** Answers the job's id, or null when it was asked for before. */
  async enqueue(tx: Tx, { kind, lane, key, payload, runAt }: NewJob): Promise<string | null> {
    const now = this.#deps.clock.now()
    const row = {
      ...{ id: newId(), kind, key, lane, payload: JSON.stringify(payload), state: 'waiting' as const },
      ...{ attempts: 0, fails: 0, since: now, runAt: runAt ?? now, createdAt: now, finishedAt: null },
    }
    if (!(await insertJob(tx, row))) return null
    await recordJob(tx, this.#deps.events, 'job.queued', row)
    tx.afterCommit(() => this.#deps.noticed(row.runAt))
    return row.id
  }

  /** Takes up again, in its old place, what was given up. @throws CONFLICT `job.not_dead` when it wasn't. */
  async revive(tx: Tx, job: JobRow, actor: ActorRef): Promise<JobRow> {
    if (job.state !== 'dead') throw new AppError('CONFLICT', 'job.not_dead')
    const now = this.#deps.clock.now()
    const revived = { state: 'waiting', fails: 0, since: now, runAt: now, finishedAt: null } as const
    const next = await updateJob(tx, job, revived)
    await recordJob(tx, this.#deps.events, 'job.queued', next, actor)
    await this.hurry(tx, job.lane)
    return next
  }

  /** The same for all of a lane. Answers how many there were. */
  async reviveAll(tx: Tx, lane: string, actor: ActorRef): Promise<number> {
    const dead = await deadOfLane(tx.db, lane)
    for (const job of dead) await this.revive(tx, job, actor)
    return dead.length
  }

  /** There is reason to believe that what failed would work now. */
  async hurry(tx: Tx, lane: string): Promise<void> {
    const now = this.#deps.clock.now()
    await hurryLane(tx, lane, now)
    tx.afterCommit(() => this.#deps.noticed(now))
  }

  /** Clears away what was done or given up long ago. */
  async sweepFinished(now: number): Promise<void> {
    const clear = () =>
      this.#deps.store.write((tx) => deleteFinishedBefore(tx, now - KEPT_MS, CLEARED_AT_ONCE))
    while ((await clear()) === CLEARED_AT_ONCE);
  }
}

/** Says what became of a job, to those who oversee the desk. */
export async function recordJob(
  tx: Tx,
  events: EventLog,
  type: 'job.queued' | 'job.done' | 'job.failed' | 'job.dead',
  { id, kind, lane }: Pick<JobRow, 'id' | 'kind' | 'lane'>,
  actor: ActorRef = { type: 'system' },
): Promise<void> {
  const audience = { teams: [], agents: [] }
  await events.record(tx, { type, actor, audience, data: { jobId: id, kind, lane } })
}
