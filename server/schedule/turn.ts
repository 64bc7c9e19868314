import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { DueWork } from './scheduler.ts'

/** How long to wait after the first failure in a row, the second …; after the last it stays so. */
const PATIENCE_MS = [1_000, 5_000, 30_000, 60_000]
const LONGEST_MS = 60_000
/** So often may a source leave work that is due, new work that came meanwhile for one, before it is taken to be stuck. */
const MAX_ROUNDS = 20

/** A source's place at the scheduler: what it throws ends here, and it is left alone for a while. */
export class Turn {
  readonly #work: DueWork
  readonly #clock: Clock
  readonly #logger: Logger
  #failures = 0
  #retryAt = 0
  #rounds = 0

  constructor(work: DueWork, clock: Clock, logger: Logger) {
    this.#work = work
    this.#clock = clock
    this.#logger = logger
  }

  /** When to look at this source next; Infinity when there is nothing to wait for. */
  async nextAt(): Promise<number> {
    if (this.#isResting()) return this.#retryAt
    try {
      const at = (await this.#work.nextAt()) ?? Infinity
      if (at > this.#clock.now()) this.#done()
      return at
    } catch (error) {
      return this.#failed(error)
    }
  }

  async runDue(now: number, signal: AbortSignal): Promise<void> {
    if (this.#isResting()) return
    try {
      await this.#work.runDue(now, signal, (error) => {
        this.#logger.error({ err: error, work: this.#work.name }, 'a piece of due work failed and is put off')
      })
      this.#rounds += 1
      if (this.#rounds >= MAX_ROUNDS) throw new Error('Work that was due has not been done.')
    } catch (error) {
      this.#failed(error)
    }
  }

  /** A clock that was set back must not make a rest of a minute one of a day. */
  #isResting(): boolean {
    const left = this.#retryAt - this.#clock.now()
    return left > 0 && left <= LONGEST_MS
  }

  #done(): void {
    this.#failures = 0
    this.#rounds = 0
  }

  #failed(error: unknown): number {
    const patience = PATIENCE_MS[this.#failures] ?? LONGEST_MS
    this.#failures += 1
    this.#rounds = 0
    this.#retryAt = this.#clock.now() + patience
    this.#logger.error({ err: error, work: this.#work.name, retryInMs: patience }, 'due work failed')
    return this.#retryAt
  }
}
