import { FailureError, offline, type Failure } from '../api/errors.ts'
import type { Command, QueuedCommand } from './command.ts'
import { CommandStore } from './command-store.ts'
import type { DeskDatabase } from './database.ts'
import type { Exclusive } from './exclusive.ts'
import { newId } from './new-id.ts'
import type { CommandAnswer, CommandInput, CommandName } from './procedures.ts'
import { Sender, type Transport } from './sender.ts'

export interface OutboxListener {
  /** All commands not yet answered, in the order they will be sent. */
  onQueue(queue: readonly QueuedCommand[]): void
  /**
   * Told before `onQueue` says that the command is gone, in every window: the screen goes from the expected to the true
   * state in one step.
   */
  onAnswer(command: Command, answer: unknown): void
}

export interface OutboxOptions {
  db: DeskDatabase
  transport: Transport
  exclusive: Exclusive
  /** Joins the windows that share the database. */
  channel: BroadcastChannel
  listener: OutboxListener
}

/** A write that is safely stored, and what will become of it. */
export interface Sent<Answer> {
  id: string
  /**
   * The server's answer, perhaps much later; rejects with a {@link FailureError} when the command is refused or let go. May be
   * ignored: what was refused stands in the outbox for the user to see.
   */
  answer: Promise<Answer>
}

type Message =
  | { kind: 'changed' }
  | { kind: 'answered'; command: Command; answer: unknown }
  | { kind: 'refused'; command: Command & { failure: Failure } }

/**
 * Carries every write to the server, once and in order, through reloads, cuts and restarts. What `enqueue` has accepted is on disk
 * before it is sent; a command leaves the disk when the server has answered it.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #store: CommandStore
  readonly #sender: Sender
  readonly #answers = new Map<string, PromiseWithResolvers<unknown>>()
  #isClosed = false

  constructor(options: OutboxOptions) {
    const { db, transport, exclusive, channel } = options
    this.#options = options
    this.#store = new CommandStore(db, async () => {
      this.#post({ kind: 'changed' })
      await this.#show()
    })
    this.#sender = new Sender({
      store: this.#store,
      transport,
      exclusive,
      onAnswer: (command, answer) => this.#spread({ kind: 'answered', command, answer }),
      onRefused: (command) => this.#spread({ kind: 'refused', command }),
    })
    channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data)
  }

  /** Takes up what an earlier page left behind. */
  async start(): Promise<void> {
    await this.#show()
    this.nudge()
  }

  /** Resolves when the write is on disk; it will reach the server even if the page is closed at once. */
  async enqueue<Name extends CommandName>(
    procedure: Name,
    input: CommandInput<Name>,
  ): Promise<Sent<CommandAnswer<Name>>> {
    const id = newId()
    const copy = plain(input)
    const answer = Promise.withResolvers<CommandAnswer<Name>>()
    answer.promise.catch(() => undefined)
    this.#answers.set(id, answer as PromiseWithResolvers<unknown>)
    try {
      await this.#store.add({
        id,
        procedure,
        input: copy,
        subject: subjectOf(copy),
        createdAt: Date.now(),
        attempts: 0,
        faults: 0,
        state: 'waiting',
        failure: null,
      })
    } catch (error) {
      this.#answers.delete(id)
      throw error
    }
    this.#sender.wake()
    return { id, answer: answer.promise }
  }

  /**
   * Sends a refused command again, as it is or with what its author changed. Answers whether there was one.
   * A changed command is a new one to the server, and so has a new id.
   */
  async retry(id: string, input?: unknown): Promise<boolean> {
    const changed = input === undefined ? {} : { id: newId(), input: plain(input) }
    const fresh = { state: 'waiting', attempts: 0, faults: 0, failure: null } as const
    const retried = await this.#store.change(
      id,
      (command) => ({ ...command, ...changed, ...fresh }),
      ({ state }) => state === 'refused',
    )
    this.#sender.wake()
    return retried
  }

  /** Lets a command go, unless it is being sent right now. Answers whether it did. */
  async discard(id: string): Promise<boolean> {
    const gone = await this.#store.change(
      id,
      () => null,
      ({ state }) => state !== 'sending',
    )
    const discarded: Failure = { ...offline(), kind: 'refused', reason: 'client.discarded' }
    if (gone) this.#settle(id, ({ reject }) => reject(new FailureError(discarded)))
    this.#sender.wake()
    return gone
  }

  /** The server may be reachable again: don't wait out the pause between attempts. */
  nudge(): void {
    this.#sender.nudge()
  }

  /** Stops sending until `resume`, for want of a session; nothing is lost. */
  pause(): void {
    this.#sender.pause()
  }

  resume(): void {
    this.#sender.resume()
  }

  /** Resolves when nothing is being sent any more. Answers that are still awaited never come. */
  async close(): Promise<void> {
    await this.#sender.close()
    this.#isClosed = true
    this.#options.channel.close()
  }

  /** Tells this window and the others. */
  #spread(message: Message): void {
    this.#post(message)
    this.#hear(message)
  }

  #post(message: Message): void {
    if (!this.#isClosed) this.#options.channel.postMessage(message)
  }

  #hear(message: Message): void {
    if (this.#isClosed) return
    const { listener } = this.#options
    if (message.kind === 'answered') {
      listener.onAnswer(message.command, message.answer)
      this.#settle(message.command.id, ({ resolve }) => resolve(message.answer))
    } else if (message.kind === 'refused') {
      this.#settle(message.command.id, ({ reject }) => reject(new FailureError(message.command.failure)))
    } else void this.#show()
  }

  async #show(): Promise<void> {
    if (this.#isClosed) return
    const queue = await this.#store.all()
    if (!this.#isClosed) this.#options.listener.onQueue(queue)
  }

  #settle(id: string, end: (answer: PromiseWithResolvers<unknown>) => void): void {
    const answer = this.#answers.get(id)
    this.#answers.delete(id)
    if (answer) end(answer)
  }
}

/** A copy as the wire carries it: without Vue's proxies, which no database takes, and safe from later changes. */
const plain = (input: unknown): unknown => JSON.parse(JSON.stringify(input)) as unknown

/** Replies and changes name their ticket; what is created names itself. */
function subjectOf(input: unknown): string | null {
  const { ticketId, id } = (typeof input === 'object' && input !== null ? input : {}) as Record<
    string,
    unknown
  >
  if (typeof ticketId === 'string') return ticketId
  return typeof id === 'string' ? id : null
}
