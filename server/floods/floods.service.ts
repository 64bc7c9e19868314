import { audienceOfTickets, maySeeTicket, type Viewer } from '../access/viewer.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import { AppError, notFound } from '../errors.ts'
import { deleteLink } from '../links/link-rows.ts'
import { linkTickets } from '../links/links.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { survivorOf } from '../tickets/survivors.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { FloodState, FloodView } from './contract.ts'
import {
  decideFlood,
  findFlood,
  floodOfTicket,
  floodsSince,
  sizeOfFlood,
  ticketsOfFlood,
  type FloodRow,
} from './flood-rows.ts'
import { floodAlertKey, QUIET_MS } from './flood-watch.ts'

interface FloodDeps extends Pick<TicketDeps, 'events' | 'clock'> {
  store: Store
  alerts: Pick<Alerts, 'settle'>
  list: TicketList
}

const eventOf: Record<FloodState, string> = {
  accepted: 'flood.accepted',
  dismissed: 'flood.dismissed',
  open: 'flood.reopened',
}

/** What people see of floods, and what they decide. */
export class Floods {
  readonly #deps: FloodDeps

  constructor(deps: FloodDeps) {
    this.#deps = deps
  }

  /** Those going on that nobody has dismissed, where the viewer sees the first ticket. */
  async list(viewer: Viewer): Promise<FloodView[]> {
    const { store, clock } = this.#deps
    const floods = await floodsSince(store.read, clock.now() - QUIET_MS)
    const views = await Promise.all(floods.map((flood) => this.#view(store.read, viewer, flood)))
    return views.filter((view) => view !== null)
  }

  /** The flood that a ticket is part of while it goes on; null when there is none, or it was dismissed. */
  async ofTicket(viewer: Viewer, { ticketId }: { ticketId: string }): Promise<FloodView | null> {
    const { read } = this.#deps.store
    const ticket = await findTicket(read, ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
    const flood = await floodOfTicket(read, ticketId)
    const isOver = !flood || flood.lastAt <= this.#deps.clock.now() - QUIET_MS
    return isOver ? null : this.#view(read, viewer, flood)
  }

  /** Gathers its tickets under the first one; those to come follow while it lasts. @throws NOT_FOUND `flood.not_found` */
  accept(viewer: Viewer, { id }: { id: string }): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      const { parent } = await this.#decide(tx, viewer, id, 'accepted')
      const actor = { type: 'agent', id: viewer.agentId } as const
      for (const child of await ticketsOfFlood(tx.db, id)) {
        if (child.id === parent.id || child.mergedIntoId !== null) continue
        await linkTickets(this.#deps, tx, { parent, child, actor, tellsParent: false }).catch(passOver)
      }
    })
  }

  /** These are different matters after all; others like them are not brought up again while it lasts. */
  dismiss(viewer: Viewer, { id }: { id: string }): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      await this.#decide(tx, viewer, id, 'dismissed')
    })
  }

  /** Takes a decision back; what was gathered by it is let go. */
  reopen(viewer: Viewer, { id }: { id: string }): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      const { before, parent } = await this.#decide(tx, viewer, id, 'open')
      if (before.state !== 'accepted') return
      for (const child of await ticketsOfFlood(tx.db, id)) await deleteLink(tx, parent.id, child.id)
    })
  }

  async #decide(
    tx: Tx,
    viewer: Viewer,
    id: string,
    state: FloodState,
  ): Promise<{ before: FloodRow; parent: TicketRow }> {
    const { events, clock, alerts } = this.#deps
    const before = await findFlood(tx.db, id)
    const first = before && (await findTicket(tx.db, before.parentId))
    if (!before || !first || !maySeeTicket(viewer, first)) throw notFound('flood')
    const parent = await survivorOf(tx.db, first)
    if (before.state === state) return { before, parent }
    const actor = { type: 'agent', id: viewer.agentId } as const
    await decideFlood(tx, id, { state, at: clock.now(), by: viewer.agentId })
    const { count } = await sizeOfFlood(tx.db, id)
    const audience = audienceOfTickets(first)
    const data = { floodId: id, parentId: first.id, count }
    await events.record(tx, { type: eventOf[state], actor, ticketId: first.id, audience, data })
    await alerts.settle(tx, [floodAlertKey(id)], actor)
    return { before, parent }
  }

  async #view(db: Db, viewer: Viewer, flood: FloodRow): Promise<FloodView | null> {
    if (flood.state === 'dismissed') return null
    const first = await findTicket(db, flood.parentId)
    const parentId = first && (await survivorOf(db, first)).id
    const [parent] = parentId ? await this.#deps.list.byIds(viewer, [parentId]) : []
    if (!parent) return null
    return {
      ...{ id: flood.id, state: flood.state, parent },
      ...(await sizeOfFlood(db, flood.id)),
      startedAt: new Date(flood.startedAt).toISOString(),
      lastAt: new Date(flood.lastAt).toISOString(),
    }
  }
}

/** A ticket that is part of another matter already stays there. */
function passOver(error: unknown): void {
  if (!(error instanceof AppError)) throw error
}
