import type { Tx } from './store.ts'

/**
 * Small tables that nearly every request needs (statuses, teams …) kept in memory and read again after a change.
 * The value is immutable; a caller keeps using the one it got.
 */
export class Snapshot<T> {
  readonly #load: () => Promise<T>
  #value: Promise<T> | undefined
  #latest: T | undefined

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** The value as last committed. A write that goes by it must ask inside its transaction, when no other is on its way. */
  current(): Promise<T> {
    this.#value ??= this.#load().then(
      (value) => (this.#latest = value),
      (error: unknown) => {
        // A failed read must not be remembered as the answer.
        this.#value = undefined
        throw error
      },
    )
    return this.#value
  }

  /** The value last read, for callers that can't wait; may lag by one change. Undefined before the first read. */
  get latest(): T | undefined {
    return this.#latest
  }

  /** To be called by every transaction that changes the tables behind this. */
  changedIn(tx: Tx): void {
    tx.endCommit()
    tx.afterCommit(() => (this.#value = undefined))
  }
}
