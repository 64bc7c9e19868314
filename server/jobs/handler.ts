import type { Tx } from '../store/store.ts'
import type { TryProblem } from './contract.ts'
import type { JobRow } from './entities.ts'

/** How a try ended. */
export interface Outcome {
  ok: boolean
  status: number | null
  problem: TryProblem | null
  message: string | null
  /** Trying again is of no use. */
  isFinal?: boolean
}

/** What a job has become by a try. */
export interface Settled {
  job: JobRow
  outcome: Outcome
}

/** Carries out the jobs of one kind. */
export interface JobHandler {
  /**
   * One try, outside of any transaction and as long as it takes; it sees to its own time-out. A crash may come between it and the
   * note that it was made, so whoever receives it must be able to tell by `job.id` that it came before.
   */
  run(job: JobRow, signal: AbortSignal): Promise<Outcome>
  /** Told in the transaction that notes the try. */
  settled(tx: Tx, settled: Settled): Promise<void>
}
