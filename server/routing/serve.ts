import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import type { Db, Tx } from '../store/store.ts'
import type { TicketView } from '../tickets/contract.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { readTicketView } from '../tickets/ticket-view.ts'
import type { Served } from './contract.ts'
import { give, type HandOutDeps } from './hand-out.ts'

/** Tickets that agents take by themselves. Writes come one after another, so two who ask at once get two tickets. */
export class Serving {
  readonly #deps: HandOutDeps

  constructor(deps: HandOutDeps) {
    this.#deps = deps
  }

  /** Gives the viewer what is most urgent and has waited longest of what nobody has: of their teams first, then of no team. */
  next(viewer: Viewer): Promise<Served> {
    return this.#deps.store.write(async (tx) => {
      const ticket = await nextFor(tx.db, viewer)
      return ticket
        ? { ticket: await this.#take(tx, viewer, ticket), reason: null }
        : { ticket: null, reason: 'routing.nothing_waits' }
    })
  }

  /** @throws NOT_FOUND `ticket.not_found`, CONFLICT `ticket.already_taken` with `agent`, or `ticket.merged` */
  claim(viewer: Viewer, ticketId: string): Promise<TicketView> {
    return this.#deps.store.write(async (tx) => {
      const ticket = await findTicket(tx.db, ticketId)
      if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
      if (ticket.mergedIntoId !== null) throw new AppError('CONFLICT', 'ticket.merged')
      const { agentId } = ticket
      if (agentId !== null && agentId !== viewer.agentId) {
        const { people } = await this.#deps.names.current()
        const name = people.agents.get(agentId)?.name ?? ''
        throw new AppError('CONFLICT', 'ticket.already_taken', {
          details: { agent: { id: agentId, name }, name },
        })
      }
      return this.#take(tx, viewer, ticket)
    })
  }

  async #take(tx: Tx, { agentId }: Viewer, ticket: TicketRow): Promise<TicketView> {
    await give(this.#deps, tx, ticket, { agentId, actor: { type: 'agent', id: agentId }, depth: 0 })
    const after = (await findTicket(tx.db, ticket.id)) ?? ticket
    return readTicketView(tx.db, after, await this.#deps.names.current())
  }
}

/** What waits for the customer or a third party needs nobody now, and what a colleague is being asked about is on its way. */
const FREE = `t.active = 1 AND t.agentId IS NULL AND t.statusClass IN ('new', 'open')
  AND NOT EXISTS (SELECT 1 FROM routing_offer o WHERE o.ticketId = t.id)`
const FIRST = `ORDER BY t.priorityWeight DESC, coalesce(t.waitingSince, t.createdAt), t.seq LIMIT 1`

async function nextFor(db: Db, { teamIds }: Viewer): Promise<TicketRow | undefined> {
  if (teamIds.length > 0) {
    const [own] = await db.sql<TicketRow[]>`
      SELECT t.* FROM ticket t WHERE t.teamId IN (${() => [...teamIds]}) AND ${() => FREE} ${() => FIRST}`
    if (own) return own
  }
  const [common] = await db.sql<TicketRow[]>`
    SELECT t.* FROM ticket t WHERE t.teamId IS NULL AND ${() => FREE} ${() => FIRST}`
  return common
}
