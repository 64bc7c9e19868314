import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import type { Clock as Time } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { attainment } from './attainment.ts'
import { alwaysOpen, compileCalendar } from './calendar.ts'
import type { Clock } from './clock.ts'
import type { Attainment, AttainmentRow, Explain, Explanation } from './contract.ts'
import type { CalendarRevisionRow } from './entities.ts'
import { explain } from './explain.ts'
import { levelsOf, timeOf, toDefinition, type Book, type SlaBook } from './sla-book.ts'
import { findKept } from './ticket-sla-rows.ts'

export interface SlaDeps {
  store: Store
  book: SlaBook
  clock: Time
}

/** What can be asked about promises. */
export class Sla {
  readonly #deps: SlaDeps

  constructor(deps: SlaDeps) {
    this.#deps = deps
  }

  /** @throws NOT_FOUND `ticket.not_found`, `sla.not_promised` when the ticket has no promise of this kind. */
  async explain(viewer: Viewer, { ticketId, metric }: Explain): Promise<Explanation> {
    const { store, clock: time } = this.#deps
    const ticket = await findTicket(store.read, ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
    const kept = await findKept(store.read, ticket.seq)
    const clock = kept?.clocks.find((each) => each.metric === metric)
    if (!kept?.facts || !clock) throw new AppError('NOT_FOUND', 'sla.not_promised')
    const book = await this.#deps.book.current()
    const policy = clock.policyId === null ? undefined : book.policyById.get(clock.policyId)
    const hours = await this.#hoursOf(book, clock)
    return explain(
      clock,
      kept.facts,
      { levels: levelsOf(book, clock.policyId), time: hours.time, now: time.now() },
      {
        policy: policy ? { id: policy.id, name: policy.name } : null,
        calendar: hours.calendar,
        dueReason: ticket.dueReason,
      },
    )
  }

  attainment(input: Attainment): Promise<AttainmentRow[]> {
    return attainment(this.#deps.store.read, input)
  }

  /** The hours the clock was reckoned by: of a stopped one perhaps older than what its calendar says today. */
  async #hoursOf(book: Book, clock: Clock) {
    if (clock.calendarId === null) return { time: alwaysOpen, calendar: null }
    const booked = book.calendars.get(clock.calendarId)
    const revision =
      booked?.revisionId === clock.revisionId ? undefined : await this.#findRevision(clock.revisionId)
    const definition = revision ? toDefinition(revision) : booked?.definition
    return {
      time: revision ? compileCalendar(toDefinition(revision)) : timeOf(book, clock),
      calendar:
        booked && definition ? { id: booked.id, name: booked.name, timezone: definition.timezone } : null,
    }
  }

  async #findRevision(id: string | null): Promise<CalendarRevisionRow | undefined> {
    const [row] = await this.#deps.store.read.sql<CalendarRevisionRow[]>`
      SELECT * FROM calendar_revision WHERE id = ${id}`
    return row
  }
}
