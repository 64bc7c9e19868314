import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AlertClientsOrder, AlertClientsWord } from './alert-clients.ts'

/** So that one processor's turn doesn't make all computers late together. */
const PROCESSES = 2

/** Many computers that show alerts, spread over processes of their own. */
export class AlertCrowd {
  readonly size: number
  readonly #processes: ChildProcess[]
  readonly #live: number[] = []
  /** By computer and notification: when it was shown, each time it was, UTC milliseconds. */
  readonly #shownAt = new Map<string, number[]>()

  constructor({ serverUrl, tokens, folder }: AlertClientsOrder) {
    this.size = tokens.length
    this.#processes = Array.from({ length: PROCESSES }, (_, part) => {
      const child = fork(join(import.meta.dirname, 'alert-clients.ts'))
      child.on('message', (word: AlertClientsWord) => this.#hear(part, word))
      const mine = tokens.filter((_token, index) => index % PROCESSES === part)
      child.send({ serverUrl, tokens: mine, folder } satisfies AlertClientsOrder)
      return child
    })
  }

  isLive(): boolean {
    return this.#live.reduce((sum, live) => sum + live, 0) === this.size
  }

  /** Of each computer and ticket: how long after `since` (UTC milliseconds by ticket) it was shown, each time it was. */
  lateness(since: ReadonlyMap<string, number>): number[][] {
    return [...since].flatMap(([ticketId, raisedAt]) =>
      Array.from({ length: this.size }, (_, index) =>
        (this.#shownAt.get(keyOf(index % PROCESSES, Math.floor(index / PROCESSES), ticketId)) ?? []).map(
          (at) => at - raisedAt,
        ),
      ),
    )
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#processes.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const gone = once(child, 'exit')
        child.disconnect()
        await gone
      }),
    )
  }

  #hear(part: number, word: AlertClientsWord): void {
    if ('live' in word) {
      this.#live[part] = word.live
      return
    }
    // News of the ticket are no alert, and have ids of their own.
    const ticketId = /^ticket:(.+)$/.exec(word.id)?.[1]
    if (ticketId === undefined) return
    const key = keyOf(part, word.client, ticketId)
    this.#shownAt.set(key, [...(this.#shownAt.get(key) ?? []), word.at])
  }
}

const keyOf = (part: number, client: number, ticketId: string): string => `${part} ${client} ${ticketId}`
