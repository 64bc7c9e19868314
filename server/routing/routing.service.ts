import type { Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Hub } from '../events/hub.ts'
import { audienceOfTickets, maySeeTicket } from '../access/viewer.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Tx } from '../store/store.ts'
import type { Happening, Reactor } from '../tickets/happenings.ts'
import type { TicketView } from '../tickets/contract.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { readTicketView } from '../tickets/ticket-view.ts'
import { Pool, type CandidateDeps } from './candidates.ts'
import { chooseAgent, type Choice } from './choose-agent.ts'
import type { Assign } from './contract.ts'
import { give, offer, withdraw, type HandOutDeps } from './hand-out.ts'
import { markOf, needOf, nextLapse, waitingTicket, withRefusal } from './needs.ts'
import { tellOfNobody, type NobodyDeps } from './nobody.ts'
import { findOffer, nextOfferEnd, offersEndedBy, offersLeftAlone, type Offer } from './offer-rows.ts'
import {
  deleteWaiting,
  findWaiting,
  isAnyWaiting,
  nextRetry,
  saveWaiting,
  servedMeanwhile,
  waitingInOrder,
  type WaitingTicket,
} from './queue-rows.ts'

export type RoutingDeps = HandOutDeps & CandidateDeps & NobodyDeps & { hub: Hub }

/** What a rule, or somebody else of the desk, asks for. */
export interface AssignRequest {
  ticketId: string
  request: Assign
  ruleId: string | null
  /** How many acts of the desk led to it. */
  depth: number
}

/** Tickets given out in one transaction: the office waits with it. */
const BATCH = 25

const desk = { type: 'system' } as const
const actorOf = (ruleId: string | null): ActorRef => (ruleId === null ? desk : { type: 'rule', id: ruleId })

/** What changes who could take what, beside a ticket's own changes. */
const freeing = /^(presence|agent|team|routing)\.(?!assigned|offered|queued)/

/**
 * Gives tickets to those who can take them, at once or as soon as somebody can: whatever may free a hand is heard of after its
 * commit, and all that waits is looked through again.
 */
export class Routing implements Reactor, DueWork {
  readonly name = 'routing'
  readonly #deps: RoutingDeps
  /** True at the start: what happened while the server was off freed hands too. */
  #isAsked = true
  /** False: nothing waits, so hands that come free need nobody to look. */
  #mayWait = true

  constructor(deps: RoutingDeps) {
    this.#deps = deps
    deps.hub.attach(({ type, data }) => {
      const frees =
        type === 'ticket.updated' ? /"(agentId|statusId|teamId|priorityId)"/.test(data) : freeing.test(type)
      if (!frees || !this.#mayWait) return
      this.#isAsked = true
      deps.noticed(deps.clock.now())
    })
  }

  /**
   * Gives the ticket to whom `request` finds, asks them first, or queues it until there is somebody. A ticket that somebody has stays
   * with them.
   */
  async assign(tx: Tx, { ticketId, request, ruleId, depth }: AssignRequest): Promise<void> {
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket || ticket.active === 0 || ticket.agentId !== null) return
    if (await findOffer(tx.db, ticketId)) return
    const now = this.#deps.clock.now()
    const known = await findWaiting(tx.db, ticketId)
    const asked = await waitingTicket(tx.db, ticket, { request, ruleId, depth, now })
    const waiting = known ? { ...asked, queuedAt: known.queuedAt, refusals: known.refusals } : asked
    const pool = await Pool.read(tx.db, this.#deps)
    const choice = chooseAgent(needOf(waiting), await pool.of(ticket.channel), now)
    if (choice.agentId !== null) {
      await this.#handOut(tx, waiting, choice)
      if (known?.nobody) await tellOfNobody(tx, this.#deps)
      return
    }
    await this.#queue(tx, waiting, choice)
    if (!known)
      await this.#deps.events.record(tx, {
        ...{ type: 'routing.queued', actor: actorOf(ruleId), ticketId, audience: audienceOfTickets(ticket) },
        data: { because: choice.because, nobody: choice.nobody },
      })
    if (choice.nobody || known?.nobody) await tellOfNobody(tx, this.#deps)
  }

  /** A ticket that somebody took, or that is over, waits no longer; one that became more urgent moves up. */
  async happened(tx: Tx, { ticketId, actor, changes }: Happening): Promise<void> {
    if (!['agentId', 'statusId', 'priorityId', 'teamId'].some((field) => field in changes)) return
    const waiting = await findWaiting(tx.db, ticketId)
    const ticket = waiting && (await findTicket(tx.db, ticketId))
    if (!ticket) return
    if (ticket.agentId !== null || ticket.active === 0) return this.#release(tx, ticketId, actor)
    const teamId = waiting.request.teamId ?? ticket.teamId
    await saveWaiting(tx, { ...waiting, teamId, priorityWeight: ticket.priorityWeight })
  }

  /** @throws NOT_FOUND `ticket.not_found`, CONFLICT `routing.offer_gone` */
  accept(viewer: Viewer, ticketId: string): Promise<TicketView> {
    return this.#deps.store.write(async (tx) => {
      const ticket = await findTicket(tx.db, ticketId)
      if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
      const { agentId } = viewer
      if (ticket.agentId !== agentId) {
        await this.#ownOffer(tx, viewer, ticketId)
        await give(this.#deps, tx, ticket, { agentId, actor: { type: 'agent', id: agentId }, depth: 0 })
        await this.#release(tx, ticketId, { type: 'agent', id: agentId })
      }
      const after = (await findTicket(tx.db, ticketId)) ?? ticket
      return readTicketView(tx.db, after, await this.#deps.names.current())
    })
  }

  /** @throws CONFLICT `routing.offer_gone` */
  refuse(viewer: Viewer, ticketId: string): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      const made = await this.#ownOffer(tx, viewer, ticketId)
      await this.#takeBack(tx, made, { type: 'agent', id: viewer.agentId }, 'person')
    })
  }

  async nextAt(): Promise<number | null> {
    const { read } = this.#deps.store
    if (this.#isAsked) {
      // What is queued while the store is being read sets it again.
      this.#mayWait = false
      if (await isAnyWaiting(read)) this.#mayWait = true
      if (this.#mayWait) return this.#deps.clock.now()
      this.#isAsked = false
    }
    const moments = [await nextOfferEnd(read), await nextRetry(read)].filter((at) => at !== null)
    return moments.length > 0 ? Math.min(...moments) : null
  }

  async runDue(_now: number, signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#deps
    for (const made of await offersEndedBy(store.read, clock.now()))
      await store.write((tx) => this.#expire(tx, made))
    do {
      this.#isAsked = false
      while (!signal.aborted && (await store.write((tx) => this.#drain(tx))));
    } while (this.#isAsked && !signal.aborted)
  }

  async #expire(tx: Tx, { ticketId, offeredAt }: Offer): Promise<void> {
    const made = await findOffer(tx.db, ticketId)
    if (made?.offeredAt === offeredAt) await this.#takeBack(tx, made, desk, 'time')
  }

  /** Gives out what can be, the most urgent and then the oldest first. True: there may be more. */
  async #drain(tx: Tx): Promise<boolean> {
    for (const ticketId of await servedMeanwhile(tx.db)) await this.#release(tx, ticketId, desk)
    for (const made of await offersLeftAlone(tx.db)) await this.#takeBack(tx, made, desk, 'left')
    const now = this.#deps.clock.now()
    let pool = await Pool.read(tx.db, this.#deps)
    let choices = new Map<string, Choice>()
    let given = 0
    let isNews = false
    for (const waiting of await waitingInOrder(tx.db)) {
      if (given === BATCH) break
      const mark = markOf(waiting)
      const choice = choices.get(mark) ?? chooseAgent(needOf(waiting), await pool.of(waiting.channel), now)
      choices.set(mark, choice)
      if (choice.agentId === null) {
        const retryAt = nextLapse(waiting.refusals, now)
        if (choice.nobody === waiting.nobody && retryAt === waiting.retryAt) continue
        isNews ||= choice.nobody !== waiting.nobody
        await this.#queue(tx, waiting, choice)
        continue
      }
      await this.#handOut(tx, waiting, choice)
      isNews ||= waiting.nobody
      given += 1
      pool = await Pool.read(tx.db, this.#deps)
      choices = new Map()
    }
    if (isNews) await tellOfNobody(tx, this.#deps)
    return given === BATCH
  }

  async #handOut(
    tx: Tx,
    waiting: WaitingTicket,
    choice: Extract<Choice, { agentId: string }>,
  ): Promise<void> {
    const { ticketId, ruleId, depth, request } = waiting
    // What rules did to one before may have reached this one.
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket || ticket.agentId !== null || ticket.active === 0) return
    const { agentId, because } = choice
    const actor = actorOf(ruleId)
    if (request.mode === 'assign') {
      await give(this.#deps, tx, ticket, { agentId, actor, because, depth: depth + 1 })
      return deleteWaiting(tx, ticketId)
    }
    await this.#save(tx, { ...waiting, nobody: false, retryAt: null })
    await offer(this.#deps, tx, ticket, { agentId, actor, because, seconds: request.offerSeconds })
  }

  async #queue(
    tx: Tx,
    waiting: WaitingTicket,
    { nobody }: Extract<Choice, { agentId: null }>,
  ): Promise<void> {
    const retryAt = nextLapse(waiting.refusals, this.#deps.clock.now())
    await this.#save(tx, { ...waiting, nobody, retryAt })
    if (retryAt !== null) tx.afterCommit(() => this.#deps.noticed(retryAt))
  }

  async #save(tx: Tx, waiting: WaitingTicket): Promise<void> {
    await saveWaiting(tx, waiting)
    tx.afterCommit(() => (this.#mayWait = true))
  }

  async #release(tx: Tx, ticketId: string, actor: ActorRef): Promise<void> {
    const made = await findOffer(tx.db, ticketId)
    if (made) await withdraw(this.#deps, tx, made, actor)
    const waiting = await findWaiting(tx.db, ticketId)
    if (!waiting) return
    await deleteWaiting(tx, ticketId)
    if (waiting.nobody) await tellOfNobody(tx, this.#deps)
  }

  /** The ticket goes back to its place in the queue, and for a while past whoever would not have it. */
  async #takeBack(tx: Tx, made: Offer, actor: ActorRef, via: 'person' | 'time' | 'left'): Promise<void> {
    const { ticketId, agentId } = made
    await withdraw(this.#deps, tx, made, actor)
    const waiting = await findWaiting(tx.db, ticketId)
    const ticket = waiting && (await findTicket(tx.db, ticketId))
    if (!ticket) return
    const refusals = via === 'left' ? waiting.refusals : withRefusal(waiting, agentId, this.#deps.clock.now())
    await saveWaiting(tx, { ...waiting, refusals })
    await this.#deps.events.record(tx, {
      ...{ type: 'routing.refused', actor, ticketId, audience: audienceOfTickets(ticket) },
      data: { agentId, via },
    })
  }

  async #ownOffer(tx: Tx, { agentId }: Viewer, ticketId: string): Promise<Offer> {
    const made = await findOffer(tx.db, ticketId)
    if (made?.agentId !== agentId) throw new AppError('CONFLICT', 'routing.offer_gone')
    return made
  }
}
