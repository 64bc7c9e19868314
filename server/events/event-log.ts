import type { Audience } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import type { Tx } from '../store/store.ts'
import type { EventRow } from './event.entity.ts'
import type { Hub } from './hub.ts'

/** Who acts: an agent, a customer, a rule, or the desk itself. */
export type ActorRef = { type: 'agent' | 'customer' | 'rule'; id: string } | { type: 'system' }

export interface NewEvent {
  type: string
  actor: ActorRef
  ticketId?: string
  /** Who may hear of it; see {@link Audience}. */
  audience: Audience
  data: Record<string, unknown>
}

/** Writes what happened beside the rows that it changed, in the same transaction. */
export class EventLog {
  readonly #hub: Hub
  readonly #clock: Clock

  constructor(hub: Hub, clock: Clock) {
    this.#hub = hub
    this.#clock = clock
  }

  /** Returns the event's `seq`. Listeners hear of it once the transaction is on disk. */
  async record(tx: Tx, event: NewEvent): Promise<number> {
    const row = {
      at: this.#clock.now(),
      actorType: event.actor.type,
      actorId: event.actor.type === 'system' ? null : event.actor.id,
      type: event.type,
      ticketId: event.ticketId ?? null,
      audience: event.audience === null ? null : JSON.stringify(event.audience),
      data: JSON.stringify(event.data),
    }
    const [{ seq }] = await tx.db.sql<[{ seq: number }]>`
      INSERT INTO event (at, actorType, actorId, type, ticketId, audience, data)
      VALUES (${row.at}, ${row.actorType}, ${row.actorId}, ${row.type}, ${row.ticketId}, ${row.audience}, ${row.data})
      RETURNING seq`
    const stored: EventRow = { seq, ...row }
    tx.afterCommit(() => this.#hub.publish(stored))
    return seq
  }
}
