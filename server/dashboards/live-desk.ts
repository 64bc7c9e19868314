import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { EventRow } from '../events/event.entity.ts'
import type { Hub } from '../events/hub.ts'
import type { Alarm } from '../schedule/alarm.ts'
import type { LiveSnapshot } from './contract.ts'
import type { DeskReader } from './desk-reader.ts'
import type { Scope } from './scope.ts'

/** Nobody reads faster than this. */
const PACE_MS = 1_000
/** So that a screen can tell quiet from cut off. */
const SIGN_OF_LIFE_MS = 15_000

/** Of people's own arrangements, nothing that a dashboard counts. */
const IDLE_EVENTS = /^(view|macro|session|dashboard|wall|rule|template|webhook|preferences|update|file)\./

type Listener = (snapshot: LiveSnapshot) => void

interface Group {
  readonly scope: Scope
  readonly listeners: Set<Listener>
  /** Milliseconds UTC; when it was last told anything. */
  toldAt: number
  hasNews: boolean
}

export interface LiveDeskDeps {
  hub: Hub
  clock: Clock
  alarm: Alarm
  reader: DeskReader
}

/**
 * Pushes what stands to all who look at it: after an event, when time alone changes a figure, and now and then as a sign of life.
 * Nothing is read while nothing was written, and nothing at all while nobody looks.
 */
export class LiveDesk {
  readonly #deps: LiveDeskDeps
  readonly #groups = new Map<string, Group>()
  #cancel: () => void = () => undefined
  #running = false
  #logger: Pick<Logger, 'error'> | undefined

  constructor(deps: LiveDeskDeps) {
    this.#deps = deps
    deps.hub.attach((event) => this.#heard(event))
  }

  logTo(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
  }

  /** What stands now. */
  snapshot(scope: Scope): Promise<LiveSnapshot> {
    return this.#deps.reader.snapshot(scope)
  }

  /** Calls `listener` with every change from now on, at most once a second. Returns the function that ends it. */
  watch(scope: Scope, listener: Listener): () => void {
    const group = this.#groups.get(scope.key) ?? this.#open(scope)
    group.listeners.add(listener)
    this.#arm()
    return () => {
      group.listeners.delete(listener)
      if (group.listeners.size === 0 && this.#groups.get(scope.key) === group) this.#groups.delete(scope.key)
      if (this.#groups.size === 0) this.#disarm()
    }
  }

  /** What stands, and then every change until `signal` aborts. Whoever reads slowly misses what was overtaken. */
  async *follow(scope: Scope, signal: AbortSignal): AsyncGenerator<LiveSnapshot> {
    let next: LiveSnapshot | undefined
    let wake: () => void = () => undefined
    // Listening starts before the first look: what is committed in between comes again, and is never left out.
    const stop = this.watch(scope, (snapshot) => {
      next = snapshot
      wake()
    })
    const onAbort = () => wake()
    signal.addEventListener('abort', onAbort)
    try {
      if (signal.aborted) return
      yield await this.snapshot(scope)
      while (!signal.aborted) {
        const snapshot = next
        next = undefined
        if (snapshot) yield snapshot
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      stop()
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Scopes that somebody looks at. */
  get scopeCount(): number {
    return this.#groups.size
  }

  #open(scope: Scope): Group {
    const group: Group = { scope, listeners: new Set(), toldAt: this.#deps.clock.now(), hasNews: false }
    this.#groups.set(scope.key, group)
    return group
  }

  #heard({ type }: Pick<EventRow, 'type'>): void {
    if (this.#groups.size === 0 || IDLE_EVENTS.test(type)) return
    for (const group of this.#groups.values()) group.hasNews = true
    if (!this.#running) this.#arm()
  }

  /** When a group is to be told next. */
  #dueAt({ toldAt, hasNews }: Group): number {
    if (hasNews) return toldAt + PACE_MS
    return Math.min(toldAt + SIGN_OF_LIFE_MS, Math.max(this.#deps.reader.holdsUntil, toldAt + PACE_MS))
  }

  #arm(): void {
    this.#disarm()
    if (this.#groups.size === 0 || this.#running) return
    const { alarm, clock } = this.#deps
    // Told later than now was told before the clock was set back; nobody waits for it to get there again.
    for (const group of this.#groups.values()) group.toldAt = Math.min(group.toldAt, clock.now())
    const at = Math.min(...[...this.#groups.values()].map((group) => this.#dueAt(group)))
    this.#cancel = alarm.ring(Math.max(at, clock.now()), () => void this.#run())
  }

  #disarm(): void {
    this.#cancel()
    this.#cancel = () => undefined
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    const now = this.#deps.clock.now()
    const due = [...this.#groups.values()].filter((group) => this.#dueAt(group) <= now)
    for (const group of due) await this.#tell(group, now)
    this.#running = false
    this.#arm()
  }

  async #tell(group: Group, now: number): Promise<void> {
    // Before the look: what comes during it may not be in it.
    group.hasNews = false
    group.toldAt = now
    try {
      const snapshot = await this.#deps.reader.snapshot(group.scope)
      for (const listener of [...group.listeners]) listener(snapshot)
    } catch (error) {
      // Tried again with the next sign of life; until then screens say how old their figures are.
      this.#logger?.error({ err: error, work: 'dashboards' }, 'what stands could not be read')
    }
  }
}
