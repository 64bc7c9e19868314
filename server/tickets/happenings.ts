import type { ActorRef } from '../events/event-log.ts'
import type { Trigger } from '../rules/contract.ts'
import type { Tx } from '../store/store.ts'
import type { Channel } from './filter.contract.ts'
import type { FieldChanges } from './ticket-state.ts'

/** One thing that somebody did to a ticket, told in the transaction that did it, once everything of it is written. */
export interface Happening {
  ticketId: string
  /** What it was; one act may be several, an answer that resolves is sent and updates. */
  triggers: readonly Exclude<Trigger, 'time'>[]
  actor: ActorRef
  /** What became of the ticket's properties, by field; empty when nothing did. */
  changes: FieldChanges
  message?: {
    id: string
    kind: 'public' | 'note'
    channel: Channel
    text: string
    /** How many files came with it. */
    attachments: number
  }
  /** How many acts of the desk led to it: 0 is a person's. What is too deep is left to people. */
  depth?: number
}

/** Does something of its own when something happens to a ticket. Reads the ticket's row anew, for those before may have changed it. */
export interface Reactor {
  happened(tx: Tx, happening: Happening): Promise<void>
}

/** Whom a ticket's happenings concern beside the ticket itself, in the order they are told. */
export class Happenings {
  readonly #reactors: Reactor[] = []

  /** Reactors work on tickets too, so they come after them. */
  add(...reactors: Reactor[]): void {
    this.#reactors.push(...reactors)
  }

  /** To be called last by whoever changed a ticket, before it is read for an answer. */
  async tell(tx: Tx, happening: Happening): Promise<void> {
    for (const reactor of this.#reactors) await reactor.happened(tx, happening)
  }
}

/** An act of another kind that changed the ticket's properties along with it is an update as well. */
export const updatedIf = (changes: FieldChanges): 'ticket.updated'[] =>
  Object.keys(changes).length > 0 ? ['ticket.updated'] : []
