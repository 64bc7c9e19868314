import { backOffMs } from './back-off.ts'
import { toFailure, type Failure } from './errors.ts'

/** `cut`: nothing comes in; the next attempt comes by itself. */
type WatchState = 'connecting' | 'live' | 'cut'

export interface WatchListener<Data> {
  onOpen(): void
  onData(data: Data): void
  /** The link ended, for whatever reason; it never opens again by itself. */
  onCut(error: unknown): void
}

interface SteadyWatchOptions<Data> {
  /**
   * Asked before every attempt, and when nothing has come for a while: what is true now, where it can be asked for, or the server's
   * refusal, which a broken feed can't tell. Aborted when nobody waits for the answer any more: a browser has few connections to give.
   */
  ask(signal: AbortSignal): Promise<Data | null>
  /** Opens the feed. Returns the function that closes it. */
  open(listener: WatchListener<Data>): () => void
  onData(data: Data): void
  /** The server has answered, and what is shown is still true. */
  onAlive(): void
  onState(state: WatchState): void
  /** The server said no, which no further attempt would change. */
  onRefused(failure: Failure): void
  random?: () => number
}

/** A server that doesn't answer within this time is taken for dead: one that hangs takes connections and says nothing. */
const ANSWER_WITHIN_MS = 10_000
/** After so long a silence the server is asked. It gives a sign of life more often than that, so that only a dead link is ever silent. */
const ASK_AFTER_MS = 20_000

/** Keeps a picture of something that the server pushes true through cuts, sleep and restarts, for as long as it runs. */
export class SteadyWatch<Data> {
  readonly #options: SteadyWatchOptions<Data>
  #attempts = 0
  /** Grows with every attempt, so that what belongs to an older one is recognised and dropped. */
  #generation = 0
  #isRunning = false
  #isLive = false
  #close: () => void = () => undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #asking = new AbortController()

  constructor(options: SteadyWatchOptions<Data>) {
    this.#options = options
  }

  start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#options.onState('connecting')
    this.#connect()
  }

  stop(): void {
    this.#isRunning = false
    this.#hangUp()
  }

  /** Something suggests that the network is back: try now. `suspect`: even a link that looks alive may be dead. */
  nudge({ suspect = false } = {}): void {
    if (this.#isRunning && (suspect || !this.#isLive)) this.#connect()
  }

  #connect(): void {
    this.#hangUp()
    const generation = this.#generation
    this.#expectAnswer(generation)
    void this.#open(generation)
  }

  #expectAnswer(generation: number): void {
    this.#timer = setTimeout(() => this.#cut(generation, new Error('no answer')), ANSWER_WITHIN_MS)
  }

  async #open(generation: number): Promise<void> {
    const isOurs = () => generation === this.#generation && this.#isRunning
    try {
      const data = await this.#options.ask(this.#asking.signal)
      if (!isOurs()) return
      if (data !== null) this.#options.onData(data)
    } catch (error) {
      return this.#cut(generation, error)
    }
    this.#close = this.#options.open({
      onOpen: () => isOurs() && this.#opened(generation),
      onData: (data) => {
        if (!isOurs()) return
        this.#opened(generation)
        this.#options.onData(data)
      },
      onCut: (error) => this.#cut(generation, error),
    })
    // A feed that failed before it returned was not yet there to be closed.
    if (!isOurs()) this.#close()
  }

  #opened(generation: number): void {
    this.#attempts = 0
    if (!this.#isLive) this.#options.onState('live')
    this.#isLive = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(generation), ASK_AFTER_MS)
  }

  async #ask(generation: number): Promise<void> {
    this.#expectAnswer(generation)
    try {
      const data = await this.#options.ask(this.#asking.signal)
      if (generation !== this.#generation) return
      this.#opened(generation)
      if (data === null) this.#options.onAlive()
      else this.#options.onData(data)
    } catch (error) {
      this.#cut(generation, error)
    }
  }

  #cut(generation: number, error: unknown): void {
    if (generation !== this.#generation || !this.#isRunning) return
    this.#hangUp()
    this.#options.onState('cut')
    const failure = toFailure(error)
    if (failure.kind === 'refused' && failure.code !== 'TOO_MANY_REQUESTS') {
      this.#isRunning = false
      return this.#options.onRefused(failure)
    }
    const { random = Math.random } = this.#options
    // A server that restarts drops everybody at once; even the first attempt is spread a little.
    const waitMs = this.#attempts === 0 ? 200 * random() : backOffMs(this.#attempts, random)
    this.#attempts += 1
    this.#timer = setTimeout(() => this.#connect(), waitMs)
  }

  #hangUp(): void {
    this.#generation += 1
    this.#isLive = false
    clearTimeout(this.#timer)
    this.#asking.abort()
    this.#asking = new AbortController()
    this.#close()
    this.#close = () => undefined
  }
}
