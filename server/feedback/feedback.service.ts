import type { People } from '../access/people.ts'
import { audienceOfTickets, maySeeTicket, type Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { insertRow, updateRow } from '../store/rows.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { FeedbackKind, FeedbackView, RecordFeedback } from './contract.ts'
import { FeedbackEntity, type FeedbackRow } from './entities.ts'

export interface FeedbackDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: Pick<People, 'current'>
}

/** What customers thought of how their tickets were handled. */
export class Feedback {
  readonly #deps: FeedbackDeps

  constructor(deps: FeedbackDeps) {
    this.#deps = deps
  }

  /** @throws NOT_FOUND `ticket.not_found` */
  async ofTicket(viewer: Viewer, { ticketId }: { ticketId: string }): Promise<FeedbackView[]> {
    const { read } = this.#deps.store
    await visibleTicket(read, viewer, ticketId)
    return this.#views(read, ticketId)
  }

  /** What the customer said, in place of what was known before; the same again is not news. @throws NOT_FOUND `ticket.not_found` */
  record(viewer: Viewer, { ticketId, kind, score, comment }: RecordFeedback): Promise<FeedbackView[]> {
    return this.#deps.store.write(async (tx) => {
      const ticket = await visibleTicket(tx.db, viewer, ticketId)
      const before = await findAnswer(tx.db, ticketId, kind)
      if (before && before.score === score && before.comment === comment) return this.#views(tx.db, ticketId)
      const now = this.#deps.clock.now()
      const recordedBy = viewer.agentId
      if (before)
        await updateRow(tx.db, FeedbackEntity, before.seq, { score, comment, recordedBy, changedAt: now })
      else
        await insertRow(tx.db, FeedbackEntity, {
          ...{ id: newId(), ticketId, kind, score, comment, at: now, changedAt: null, source: 'agent' },
          ...{ recordedBy, teamId: ticket.teamId, agentId: ticket.agentId },
        })
      const from = before?.score ?? null
      await this.#tell(tx, viewer, ticket, 'feedback.recorded', { kind, score: { from, to: score } })
      return this.#views(tx.db, ticketId)
    })
  }

  /** It was written down by mistake; again it changes nothing. @throws NOT_FOUND `ticket.not_found` */
  remove(
    viewer: Viewer,
    { ticketId, kind }: { ticketId: string; kind: FeedbackKind },
  ): Promise<FeedbackView[]> {
    return this.#deps.store.write(async (tx) => {
      const ticket = await visibleTicket(tx.db, viewer, ticketId)
      const before = await findAnswer(tx.db, ticketId, kind)
      if (before) {
        await tx.db.sql`DELETE FROM feedback WHERE seq = ${before.seq}`
        await this.#tell(tx, viewer, ticket, 'feedback.removed', {
          ...{ kind, score: { from: before.score, to: null } },
        })
      }
      return this.#views(tx.db, ticketId)
    })
  }

  async #views(db: Db, ticketId: string): Promise<FeedbackView[]> {
    const rows = await db.sql<
      FeedbackRow[]
    >`SELECT * FROM feedback WHERE ticketId = ${ticketId} ORDER BY kind`
    const { agents } = await this.#deps.people.current()
    return rows.map((row) => toView(row, (id) => agents.get(id)?.name ?? ''))
  }

  async #tell(tx: Tx, viewer: Viewer, ticket: TicketRow, type: string, data: Record<string, unknown>) {
    const actor = { type: 'agent', id: viewer.agentId } as const
    const audience = audienceOfTickets(ticket)
    await this.#deps.events.record(tx, { type, actor, ticketId: ticket.id, audience, data })
  }
}

async function findAnswer(db: Db, ticketId: string, kind: FeedbackKind): Promise<FeedbackRow | undefined> {
  const [row] = await db.sql<
    FeedbackRow[]
  >`SELECT * FROM feedback WHERE ticketId = ${ticketId} AND kind = ${kind}`
  return row
}

async function visibleTicket(db: Db, viewer: Viewer, id: string): Promise<TicketRow> {
  const ticket = await findTicket(db, id)
  if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
  return ticket
}

function toView(row: FeedbackRow, nameOf: (agentId: string) => string): FeedbackView {
  const { kind, score, comment, source, recordedBy } = row
  return {
    ...{ kind, score, comment, source },
    at: new Date(row.at).toISOString(),
    changedAt: row.changedAt === null ? null : new Date(row.changedAt).toISOString(),
    recordedBy: recordedBy === null ? null : { id: recordedBy, name: nameOf(recordedBy) },
  }
}
