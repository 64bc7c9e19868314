import { backOffMs } from '../api/back-off.ts'
import { toFailure, type Failure } from '../api/errors.ts'
import { isServerFault, judge, nextToSend, type Command, type QueuedCommand } from './command.ts'
import type { CommandStore } from './command-store.ts'
import type { Exclusive } from './exclusive.ts'

export interface Transport {
  /** Ends in any case: the transport gives up on an answer that doesn't come. */
  send(procedure: string, input: unknown, commandId: string): Promise<unknown>
  /** What to send instead of a command that met a conflict, or null when that is for its author to decide. */
  reconcile?(command: Command, conflict: Failure): Promise<unknown>
}

export interface SenderOptions {
  store: CommandStore
  transport: Transport
  exclusive: Exclusive
  /** Told before the command leaves the store. */
  onAnswer(command: QueuedCommand, answer: unknown): void
  onRefused(command: Command & { failure: Failure }): void
  random?: () => number
}

/** Sends what is stored, one command after the other, and tries again as long as that makes sense. */
export class Sender {
  readonly #options: SenderOptions
  #round: Promise<void> = Promise.resolve()
  #isBusy = false
  #askedAgain = false
  #isPaused = false
  #isClosed = false
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /** There is something new to send. It doesn't shorten the pause after a failure. */
  wake(): void {
    if (this.#retry === undefined) this.#begin()
  }

  /** The server may be reachable again: try now. */
  nudge(): void {
    this.#failures = 0
    this.#begin()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.nudge()
  }

  /** Resolves when nothing is being sent any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#round
  }

  #begin(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#askedAgain = true
    if (!this.#isBusy) this.#round = this.#sendUntilIdle().catch((error: unknown) => this.#broken(error))
  }

  async #sendUntilIdle(): Promise<void> {
    this.#isBusy = true
    try {
      while (this.#askedAgain) {
        this.#askedAgain = false
        // Looked at before the lock is asked for, which every window would do on every nudge.
        if (this.#maySend() && nextToSend(await this.#options.store.all()))
          await this.#options.exclusive((mayGoOn) => this.#drain(mayGoOn))
      }
    } finally {
      // In the same step as the last look at `#askedAgain`: who asks later begins a new round.
      this.#isBusy = false
    }
  }

  /** Sends what can be sent, oldest first, as long as each is answered. */
  async #drain(mayGoOn: () => boolean): Promise<void> {
    while (this.#maySend() && mayGoOn()) {
      const next = nextToSend(await this.#options.store.all())
      if (!next || !(await this.#attempt(next))) return
    }
  }

  #maySend(): boolean {
    return !this.#isClosed && !this.#isPaused
  }

  /** Sends one command. Answers whether the next may follow at once. */
  async #attempt(stored: QueuedCommand): Promise<boolean> {
    const { store, transport, onAnswer } = this.#options
    const command: QueuedCommand = { ...stored, state: 'sending', attempts: stored.attempts + 1 }
    // What is gone from the disk was let go in another window a moment ago.
    if (!(await store.change(stored.id, () => command))) return true
    let answer: unknown
    try {
      answer = await transport.send(command.procedure, command.input, command.id)
    } catch (error) {
      const failure = toFailure(error)
      return failure.code === 'CONFLICT' ? this.#settle(command, failure) : this.#failed(command, failure)
    }
    this.#failures = 0
    try {
      onAnswer(command, answer)
    } finally {
      await store.remove(command)
    }
    return true
  }

  /** A conflict was not done, and so its id is still free: what is sent instead may keep it. */
  async #settle(command: QueuedCommand, conflict: Failure): Promise<boolean> {
    const { store, transport } = this.#options
    try {
      const input = (await transport.reconcile?.(command, conflict)) ?? null
      if (input === null) return await this.#failed(command, conflict)
      await store.change(command.id, (current) => ({ ...current, input, state: 'waiting' }))
      return true
    } catch (error) {
      return this.#failed(command, toFailure(error))
    }
  }

  async #failed(command: QueuedCommand, failure: Failure): Promise<boolean> {
    const faults = isServerFault(failure) ? command.faults + 1 : 0
    const verdict = judge(failure, faults)
    const judged = { state: verdict === 'refused' ? 'refused' : 'waiting', faults, failure } as const
    await this.#options.store.change(command.id, (current) => ({ ...current, ...judged }))
    if (verdict === 'refused') {
      this.#options.onRefused({ ...command, ...judged })
      return true
    }
    if (verdict === 'signIn') this.pause()
    else this.#tryLater()
    return false
  }

  /** The disk or a listener failed, which is no fault of the commands: they stay, and the mistake is shown where mistakes are. */
  #broken(error: unknown): void {
    if (this.#isClosed) return
    this.#tryLater()
    queueMicrotask(() => {
      throw error
    })
  }

  #tryLater(): void {
    if (this.#isClosed) return
    this.#failures += 1
    this.#retry = setTimeout(() => this.#begin(), backOffMs(this.#failures, this.#options.random))
  }
}
