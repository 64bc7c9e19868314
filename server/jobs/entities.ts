import { EntitySchema } from 'typeorm'
import type { JobState, TryProblem } from './contract.ts'

/** Instants are UTC milliseconds; `payload` is JSON. */
export interface JobRow {
  seq: number
  id: string
  /** Whose handler carries it out. */
  kind: string
  /** Under one key there is one job, however often it is asked for. */
  key: string
  /** Where it goes. Jobs of one lane run one after another, in their order. */
  lane: string
  payload: string
  state: JobState
  /** All tries there were. */
  attempts: number
  /** Those that failed since `since`. */
  fails: number
  /** When it was asked for, or last taken up by hand. */
  since: number
  runAt: number
  createdAt: number
  /** When it was done or given up. */
  finishedAt: number | null
}

export const JobEntity = new EntitySchema<JobRow>({
  name: 'job',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    kind: { type: 'text' },
    key: { type: 'text', unique: true },
    lane: { type: 'text' },
    payload: { type: 'text' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    fails: { type: 'integer' },
    since: { type: 'integer' },
    runAt: { type: 'integer' },
    createdAt: { type: 'integer' },
    finishedAt: { type: 'integer', nullable: true },
  },
})

export interface JobTryRow {
  jobId: string
  attempt: number
  at: number
  ms: number
  ok: 0 | 1
  status: number | null
  problem: TryProblem | null
  message: string | null
}

export const JobTryEntity = new EntitySchema<JobTryRow>({
  name: 'job_try',
  columns: {
    jobId: { type: 'text', primary: true },
    attempt: { type: 'integer', primary: true },
    at: { type: 'integer' },
    ms: { type: 'integer' },
    ok: { type: 'integer' },
    status: { type: 'integer', nullable: true },
    problem: { type: 'text', nullable: true },
    message: { type: 'text', nullable: true },
  },
})

export const jobEntities = [JobEntity, JobTryEntity]
