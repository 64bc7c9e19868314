import { systemClock, type Clock } from '../clock.ts'

/** Tells the time that a script sets, so that history is written with its own dates; afterwards the system's. */
export class DemoClock implements Clock {
  #at: number | null = null

  now(): number {
    return this.#at ?? systemClock.now()
  }

  /** Milliseconds UTC. */
  set(at: number): void {
    this.#at = at
  }

  release(): void {
    this.#at = null
  }
}
