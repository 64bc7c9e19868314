import type { DeskEvent, LiveMessage } from '../../server/events/contract.ts'
import { backOffMs } from './back-off.ts'
import { isUnauthenticated, toFailure } from './errors.ts'

/**
 * `connecting`: the first attempt, or the one made at once after a cut. `catching-up`: what was missed is coming in.
 * `live`: nothing is missing. `offline`: attempts fail; the next comes by itself.
 */
export type LiveState = 'connecting' | 'catching-up' | 'live' | 'offline'

export interface FeedListener {
  onOpen(): void
  onMessage(message: LiveMessage): void
  /** The link ended, for whatever reason; it never opens again by itself. */
  onCut(error: unknown): void
}

/** How events come in. Returns the function that closes the link. */
export type Feed = (lastSeq: number, listener: FeedListener) => () => void

export interface LiveOptions {
  feed: Feed
  /** The log's newest `seq`, where following begins: whatever is read after this misses nothing. */
  headSeq(): Promise<number>
  onEvent(event: DeskEvent): void
  /** Replaying is not possible: fetch everything shown afresh. The screen is live again when it has resolved. */
  onResync(): Promise<void>
  /** `since` is when the state began; for `offline` and `connecting`, when events stopped coming. */
  onState(state: LiveState, since: number): void
  now?: () => number
  random?: () => number
}

/** A link that doesn't open within this time is taken for dead: a PC that fell asleep leaves connections that never answer. */
const OPEN_WITHIN_MS = 10_000
/** Missed events come in one burst, without a mark at its end; this long a silence is the end. */
const SETTLED_AFTER_MS = 150

/** Follows the server's event log through cuts, sleep and restarts; each event reaches `onEvent` once and in order. */
export class Live {
  readonly #options: LiveOptions
  #lastSeq: number | null = null
  #state: LiveState = 'connecting'
  #since: number
  #attempts = 0
  /** Grows with every attempt, so that what belongs to an older one is recognised and dropped. */
  #generation = 0
  #running = false
  #close: () => void = () => undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #resync: Promise<void> | null = null
  #whenFollowing = Promise.withResolvers<void>()

  constructor(options: LiveOptions) {
    this.#options = options
    this.#since = this.#now()
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#tell('connecting')
    this.#connect()
  }

  stop(): void {
    this.#running = false
    this.#hangUp()
    this.#whenFollowing.resolve()
  }

  /**
   * Something suggests that the network is back: try now. `suspect` says that even a link that looks alive may be dead,
   * as after sleep.
   */
  nudge({ suspect = false } = {}): void {
    if (!this.#running) return
    const looksAlive = this.#state === 'live' || this.#state === 'catching-up'
    if (looksAlive && !suspect) return
    if (looksAlive) this.#tell('connecting')
    this.#connect()
  }

  /** Resolves when events are followed, or can't be for now: what is read from then on is never left stale. */
  get whenFollowing(): Promise<void> {
    return this.#whenFollowing.promise
  }

  #connect(): void {
    this.#hangUp()
    const generation = this.#generation
    this.#timer = setTimeout(() => this.#cut(generation, new Error('no answer')), OPEN_WITHIN_MS)
    void this.#open(generation)
  }

  async #open(generation: number): Promise<void> {
    try {
      this.#lastSeq ??= await this.#options.headSeq()
    } catch (error) {
      return this.#cut(generation, error)
    }
    if (generation !== this.#generation) return
    this.#whenFollowing.resolve()
    this.#close = this.#options.feed(this.#lastSeq, {
      onOpen: () => generation === this.#generation && this.#opened(generation),
      onMessage: (message) => generation === this.#generation && this.#receive(generation, message),
      onCut: (error) => this.#cut(generation, error),
    })
    // A feed that failed before it returned was not yet there to be closed.
    if (generation !== this.#generation) this.#close()
  }

  #opened(generation: number): void {
    this.#attempts = 0
    this.#tell('catching-up')
    this.#settle(generation)
  }

  #receive(generation: number, message: LiveMessage): void {
    if (this.#state === 'catching-up') this.#settle(generation)
    if (isResync(message)) {
      this.#lastSeq = message.seq
      this.#tell('catching-up')
      const resync = this.#options.onResync().catch(() => undefined)
      this.#resync = resync
      void resync.then(() => {
        if (this.#resync !== resync) return
        this.#resync = null
        if (generation === this.#generation) this.#settle(generation)
      })
    } else if (message.seq > (this.#lastSeq ?? 0)) {
      this.#lastSeq = message.seq
      this.#options.onEvent(message)
    }
  }

  #settle(generation: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (generation === this.#generation && !this.#resync) this.#tell('live')
    }, SETTLED_AFTER_MS)
  }

  #cut(generation: number, error: unknown): void {
    if (generation !== this.#generation || !this.#running) return
    this.#hangUp()
    // Without a session no attempt can succeed; whoever signs in again starts anew.
    if (isUnauthenticated(toFailure(error))) return this.#tell('offline')
    const first = this.#attempts === 0
    this.#attempts += 1
    this.#tell(first ? 'connecting' : 'offline')
    if (!first) this.#whenFollowing.resolve()
    // A server that restarts drops everybody at once; even the first attempt is spread a little.
    const waitMs = first
      ? 200 * (this.#options.random ?? Math.random)()
      : backOffMs(this.#attempts, this.#options.random)
    this.#timer = setTimeout(() => this.#connect(), waitMs)
  }

  #hangUp(): void {
    this.#generation += 1
    clearTimeout(this.#timer)
    this.#close()
    this.#close = () => undefined
  }

  #tell(state: LiveState): void {
    const wasFlowing = this.#state === 'live' || this.#state === 'catching-up'
    const flows = state === 'live' || state === 'catching-up'
    // From the cut on, "connecting" and "offline" share their beginning: the moment that the screen stopped being fresh.
    if (wasFlowing !== flows || (flows && this.#state !== state)) this.#since = this.#now()
    this.#state = state
    this.#options.onState(state, this.#since)
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }
}

const isResync = (message: LiveMessage): message is { type: 'resync'; seq: number } =>
  message.type === 'resync' && !('at' in message)
