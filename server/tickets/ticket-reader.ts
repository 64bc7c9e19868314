import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { toDeskEvent, headSeq, type NameOf } from '../events/feed.ts'
import type { EventRow } from '../events/event.entity.ts'
import { notFound } from '../errors.ts'
import type { Db } from '../store/store.ts'
import type { GetTicket, TicketDetail } from './contract.ts'
import { conversationOf } from './conversation.ts'
import type { NamesSource } from './names.ts'
import type { TicketRow } from './ticket.entity.ts'
import { findTicket, findTicketByNumber } from './ticket-rows.ts'
import { surroundingsOf, toTicketView, type Names } from './ticket-view.ts'

/** One ticket with all that belongs to it. A ticket out of the viewer's sight is not there. */
export class TicketReader {
  readonly #read: Db
  readonly #names: NamesSource

  constructor(read: Db, names: NamesSource) {
    this.#read = read
    this.#names = names
  }

  /** @throws NOT_FOUND `ticket.not_found` */
  async detail(viewer: Viewer, wanted: GetTicket): Promise<TicketDetail> {
    const seq = await headSeq(this.#read)
    const row =
      'id' in wanted
        ? await findTicket(this.#read, wanted.id)
        : await findTicketByNumber(this.#read, wanted.number)
    if (!row || !maySeeTicket(viewer, row)) throw notFound('ticket')
    const names = await this.#names.current()
    const surroundings = await surroundingsOf(this.#read, row)
    const told = await conversationOf(this.#read, viewer, row, names)
    return {
      ...toTicketView(row, surroundings, names),
      ...told,
      timeline: await this.#timeline(row, names),
      seq,
    }
  }

  /** May this viewer see the ticket? False also when there is none. */
  async mayRead(viewer: Viewer, ticketId: string): Promise<boolean> {
    const row = await findTicket(this.#read, ticketId)
    return row !== undefined && maySeeTicket(viewer, row)
  }

  async #timeline({ id }: TicketRow, { people, rules }: Names) {
    const rows = await this.#read.sql<EventRow[]>`SELECT * FROM event WHERE ticketId = ${id} ORDER BY seq`
    const nameOf: NameOf = (type, actorId) =>
      (type === 'rule' ? rules : people.agents).get(actorId)?.name ?? null
    return rows.map((row) => toDeskEvent(row, nameOf))
  }
}
