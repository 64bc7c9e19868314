import type { PresenceList, PresenceView } from '../../server/routing/contract.ts'

interface Heard {
  view: PresenceView
  /** The event that said so. */
  seq: number
}

/**
 * What is known of who is there. A list travels while events come: what an event said after the list was read stands, whichever of
 * the two arrives last.
 */
export class KnownPresence {
  readonly #views = new Map<string, PresenceView>()
  readonly #heard = new Map<string, Heard>()

  /** An event has told of somebody. */
  hear(view: PresenceView, seq: number): void {
    this.#heard.set(view.agentId, { view, seq })
    this.#views.set(view.agentId, view)
  }

  /** The answer to what the reader said of themselves; its event follows. */
  learn(view: PresenceView): void {
    this.#views.set(view.agentId, view)
  }

  /** The whole list, as it was when the log's last event was `seq`. */
  adopt({ items, seq }: PresenceList): void {
    this.#views.clear()
    for (const view of items) this.#views.set(view.agentId, view)
    for (const [agentId, heard] of this.#heard)
      if (heard.seq > seq) this.#views.set(agentId, heard.view)
      else this.#heard.delete(agentId)
  }

  clear(): void {
    this.#views.clear()
    this.#heard.clear()
  }

  views(): ReadonlyMap<string, PresenceView> {
    return new Map(this.#views)
  }
}
