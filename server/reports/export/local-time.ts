import { zoneOf, type Zone } from '../../sla/zone.ts'

/** Tells instants in a place's local time, millions of them: the zone's offsets are looked up in spans, not asked of Intl each time. */
export class LocalTime {
  readonly #zone: Zone
  #from = 0
  #until = 0
  #offsetMs = 0

  constructor(timezone: string) {
    this.#zone = zoneOf(timezone)
  }

  /** Milliseconds as the clock on the wall there shows them, as if it hung in Greenwich. */
  wall(at: number): number {
    if (at < this.#from || at >= this.#until) this.#find(at)
    return at + this.#offsetMs
  }

  #find(at: number): void {
    const span = this.#zone
      .spansOf(new Date(at).getUTCFullYear())
      .find(({ from, until }) => at >= from && at < until)
    if (!span) throw new RangeError(`The instant ${at} is in no span of its year.`)
    this.#from = span.from
    this.#until = span.until
    this.#offsetMs = span.offsetMs
  }
}
