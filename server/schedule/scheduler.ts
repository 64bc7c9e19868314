import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Alarm } from './alarm.ts'
import { Turn } from './turn.ts'

/** Work that falls due at instants which its own tables know. */
export interface DueWork {
  /** For the log. */
  readonly name: string
  /** When the next falls due (milliseconds UTC), null when nothing will. Asked often: one look into an index. */
  nextAt(): Promise<number | null>
  /**
   * Does all that is due at `now`, in order; what was missed long ago too. Stops between two units of work once `signal` aborts.
   * A unit that failed and is put off by itself is told to `report`; throw only when nothing can be done now.
   */
  runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void>
}

export interface SchedulerDeps {
  clock: Clock
  alarm: Alarm
  sources: readonly DueWork[]
}

/**
 * Wakes the server when the nearest work of all sources falls due, and not before: one alarm, none when nothing will. Runs
 * never overlap. What could not be done is tried again after a while that grows, and keeps no other source waiting.
 */
export class Scheduler {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #sources: readonly DueWork[]
  readonly #stop = new AbortController()
  #turns: Turn[] = []
  #cancel: () => void = () => undefined
  #armedAt = Infinity
  /** The nearest instant that a writer has told of during the run in hand. */
  #heard = Infinity
  #running: Promise<void> | undefined

  constructor({ clock, alarm, sources }: SchedulerDeps) {
    this.#clock = clock
    this.#alarm = alarm
    this.#sources = sources
  }

  /** Runs all that was missed, then waits for what comes. */
  start(logger: Logger): void {
    this.#turns = this.#sources.map((work) => new Turn(work, this.#clock, logger))
    this.#wake()
  }

  /** Says that work falls due at `at`: to be called after the commit that decided so. Cheap when something nearer waits already. */
  noticed(at: number | null): void {
    if (at === null) return
    if (this.#running) this.#heard = Math.min(this.#heard, at)
    else if (at < this.#armedAt) this.#arm(at)
  }

  /** Starts nothing any more, and waits for the run in hand. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#disarm()
    await this.#running
  }

  /** Resolves once nothing that is due is left to run. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  #wake(): void {
    this.#disarm()
    if (!this.#stop.signal.aborted) this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#heard = Infinity
      const next = Math.min(await this.#runDue(), this.#heard)
      if (next <= this.#clock.now()) continue
      // From the last look at what was heard to here nothing is awaited: no word falls between run and alarm.
      this.#running = undefined
      this.#arm(next)
      return
    }
    this.#running = undefined
  }

  /** Runs what is due now, longest overdue first. Returns when the next is. */
  async #runDue(): Promise<number> {
    const now = this.#clock.now()
    const waiting: { turn: Turn; at: number }[] = []
    for (const turn of this.#turns) waiting.push({ turn, at: await turn.nextAt() })
    for (const { turn, at } of waiting.toSorted((a, b) => a.at - b.at))
      if (at <= now && !this.#stop.signal.aborted) await turn.runDue(now, this.#stop.signal)
    let next = Infinity
    for (const turn of this.#turns) next = Math.min(next, await turn.nextAt())
    return next
  }

  #arm(at: number): void {
    this.#disarm()
    if (this.#stop.signal.aborted || at === Infinity || this.#turns.length === 0) return
    if (at <= this.#clock.now()) return this.#wake()
    this.#armedAt = at
    this.#cancel = this.#alarm.ring(at, () => this.#wake())
  }

  #disarm(): void {
    this.#cancel()
    this.#cancel = () => undefined
    this.#armedAt = Infinity
  }
}
