import type { Clock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Alarm } from '../schedule/alarm.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Store, Tx } from '../store/store.ts'
import type { JobRow } from './entities.ts'
import type { JobHandler, Outcome } from './handler.ts'
import { findJob, headsOfLanes, insertTry, isLaneDead, updateJob } from './job-rows.ts'
import { recordJob } from './jobs.service.ts'
import { nextTryAt } from './patience.ts'

const AT_ONCE = 4
/** While the store takes no word of what was done, it is told again after so long; nothing is sent twice meanwhile. */
const NOTE_AGAIN_MS = 30_000
const MESSAGE_MAX = 500

export interface JobRunnerDeps {
  store: Store
  events: EventLog
  clock: Clock
  alarm: Alarm
  noticed: (at: number) => void
  /** By the kind of job. */
  handlers: Record<string, JobHandler>
  random?: () => number
}

/**
 * Carries jobs out, several lanes side by side and one job of a lane at a time. The scheduler only starts them: how long they take
 * keeps nobody waiting. A row that says `running` but isn't in hand here was left by a crash and is taken up again.
 */
export class JobRunner implements DueWork {
  readonly name = 'jobs'
  readonly #deps: JobRunnerDeps
  readonly #inHand = new Map<string, Promise<void>>()
  readonly #stop = new AbortController()

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps
  }

  /** Null as well while all hands are full: whatever ends says so. */
  async nextAt(): Promise<number | null> {
    if (this.#inHand.size >= AT_ONCE) return null
    const [next] = await this.#free()
    return next?.runAt ?? null
  }

  async runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void> {
    const due = (await this.#free()).filter(({ runAt }) => runAt <= now)
    const taken = due.slice(0, AT_ONCE - this.#inHand.size)
    if (taken.length === 0 || signal.aborted || this.#stop.signal.aborted) return
    const jobs = await this.#deps.store.write((tx) => markRunning(tx, taken, now))
    for (const job of jobs) this.#inHand.set(job.lane, this.#carryOut(job, report))
  }

  /** Breaks off what is in hand; it will be sent again, under the same id, by the next start. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#inHand.values())
  }

  async #free(): Promise<JobRow[]> {
    const heads = await headsOfLanes(this.#deps.store.read)
    return heads.filter(({ lane }) => !this.#inHand.has(lane))
  }

  async #carryOut(job: JobRow, report: (fault: unknown) => void): Promise<void> {
    const { clock, noticed } = this.#deps
    const at = clock.now()
    const outcome = await this.#try(job, report)
    const isBrokenOff = this.#stop.signal.aborted && !outcome.ok
    const note = isBrokenOff
      ? (tx: Tx) => updateJob(tx, job, { state: 'waiting' })
      : (tx: Tx) => this.#settle(tx, job, outcome, at)
    while (!(await this.#noted(note, report)) && !this.#stop.signal.aborted) await this.#pause()
    this.#inHand.delete(job.lane)
    noticed(clock.now())
  }

  async #try(job: JobRow, report: (fault: unknown) => void): Promise<Outcome> {
    try {
      const handler = this.#deps.handlers[job.kind]
      if (!handler) throw new Error(`Nobody carries out jobs of the kind ${job.kind}.`)
      return await handler.run(job, this.#stop.signal)
    } catch (error) {
      report(error)
      const message = error instanceof Error ? error.message : String(error)
      return { ok: false, status: null, problem: 'fault', message }
    }
  }

  async #noted(note: (tx: Tx) => Promise<unknown>, report: (fault: unknown) => void): Promise<boolean> {
    try {
      await this.#deps.store.write(note)
      return true
    } catch (error) {
      report(error)
      return false
    }
  }

  async #settle(tx: Tx, before: JobRow, outcome: Outcome, at: number): Promise<void> {
    const { clock, events, handlers, random = Math.random } = this.#deps
    const now = clock.now()
    const { ok, status, problem, message } = outcome
    const attempts = before.attempts + 1
    await insertTry(tx, {
      ...{
        jobId: before.id,
        attempt: attempts,
        at,
        ms: Math.max(0, now - at),
        ok: ok ? 1 : 0,
        status,
        problem,
      },
      message: message?.slice(0, MESSAGE_MAX) ?? null,
    })
    const laneDead = await isLaneDead(tx.db, before)
    const fails = before.fails + (ok ? 0 : 1)
    const again =
      ok || outcome.isFinal ? null : nextTryAt({ ...before, fails, now, isLaneDead: laneDead }, random)
    const end = ok ? 'done' : 'dead'
    const job = await updateJob(tx, before, {
      ...{ attempts, fails },
      ...(again === null ? { state: end, finishedAt: now } : { state: 'waiting', runAt: again }),
    })
    await recordJob(tx, events, again === null ? `job.${end}` : 'job.failed', job)
    await handlers[job.kind]?.settled(tx, { job, outcome })
  }

  #pause(): Promise<void> {
    const { alarm, clock } = this.#deps
    return new Promise((resolve) => {
      const cancel = alarm.ring(clock.now() + NOTE_AGAIN_MS, resolve)
      this.#stop.signal.addEventListener('abort', () => (cancel(), resolve()), { once: true })
    })
  }
}

/** Those of `heads` that are still to be done as they were seen. */
async function markRunning(tx: Tx, heads: readonly JobRow[], now: number): Promise<JobRow[]> {
  const jobs: JobRow[] = []
  for (const { id } of heads) {
    const job = await findJob(tx.db, id)
    if (!job || job.finishedAt !== null || job.runAt > now) continue
    jobs.push(await updateJob(tx, job, { state: 'running' }))
  }
  return jobs
}
