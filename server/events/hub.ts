import type { EventRow } from './event.entity.ts'

type Listener = (event: EventRow) => void

/** Wakes those who follow the event log, after commit and in the order of `seq`. Holds nothing: what was missed is read from the log. */
export class Hub {
  readonly #listeners = new Set<Listener>()
  readonly #parts: Listener[] = []

  publish(event: EventRow): void {
    for (const part of this.#parts) part(event)
    for (const listener of this.#listeners) listener(event)
  }

  /** For a part of the server, which hears of everything for as long as the server runs. */
  attach(part: Listener): void {
    this.#parts.push(part)
  }

  /** Returns the function that stops listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  get listenerCount(): number {
    return this.#listeners.size
  }
}
