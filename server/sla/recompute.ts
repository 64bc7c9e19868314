import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import { findTicket, updateTicketRow } from '../tickets/ticket-rows.ts'
import type { RecomputeProgress } from './contract.ts'
import type { RecomputeRow } from './entities.ts'
import type { Promises } from './promises.ts'

/** Whose promises to reckon anew: those by a calendar, those to a customer, or all. */
export interface RecomputeScope {
  calendarId?: string
  customerId?: string
}

export interface RecomputeDeps {
  store: Store
  events: EventLog
  clock: Clock
  promises: Promises
}

/** Tickets in one transaction: few enough that nobody at the desk notices. */
const BATCH = 50

/** The scope of a run through all tickets: after a change of policies, and at the first start after an upgrade. */
const EVERYTHING = '{}'

const desk = { type: 'system' } as const

/**
 * Reckons running promises anew after what they go by has changed, in the background and in small steps. How far it is stands
 * in the store, so a restart goes on where it was. Stopped promises are never touched.
 */
export class Recompute {
  readonly #deps: RecomputeDeps
  #logger: Pick<Logger, 'error'> | undefined
  #running: Promise<void> | undefined
  /** Something was asked for while the last step found nothing left to do. */
  #isAskedAgain = false
  #isStopped = false

  constructor(deps: RecomputeDeps) {
    this.#deps = deps
  }

  /** Goes on with what was not finished when the server stopped. */
  start(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
    this.#wake()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  /** Resolves when nothing is left to reckon anew. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** To be called by the transaction that changes what promises go by. */
  async request(tx: Tx, scope: RecomputeScope = {}): Promise<void> {
    const wanted = JSON.stringify(scope)
    const total = await countOf(tx, scope)
    // The same again before it was finished begins from the start: some of it was done by the older state.
    await tx.db.sql`DELETE FROM sla_recompute WHERE scope = ${wanted} AND finishedAt IS NULL`
    await tx.db.sql`
      INSERT INTO sla_recompute (id, scope, cursor, done, total, startedAt)
      VALUES (${newId()}, ${wanted}, 0, 0, ${total}, ${this.#deps.clock.now()})`
    tx.afterCommit(() => this.#wake())
  }

  async progress(): Promise<RecomputeProgress> {
    const [row] = await this.#deps.store.read.sql<{ done: number | null; total: number | null }[]>`
      SELECT sum(done) AS done, sum(total) AS total FROM sla_recompute WHERE finishedAt IS NULL`
    const running = row !== undefined && row.total !== null
    return { running, done: row?.done ?? 0, total: row?.total ?? 0 }
  }

  #wake(): void {
    this.#isAskedAgain = true
    if (this.#logger && !this.#isStopped)
      this.#running ??= this.#run().finally(() => (this.#running = undefined))
  }

  async #run(): Promise<void> {
    try {
      while (this.#isAskedAgain && !this.#isStopped) {
        this.#isAskedAgain = false
        while (!this.#isStopped && (await this.#step())) await new Promise(setImmediate)
      }
    } catch (fault) {
      // What is left is left in the store: the next change or the next start goes on.
      this.#logger?.error({ err: fault }, 'promises could not be reckoned anew')
    }
  }

  /** The next few tickets of the oldest run. False: nothing is left to do. */
  #step(): Promise<boolean> {
    return this.#deps.store.write(async (tx) => {
      const [run] = await tx.db.sql<RecomputeRow[]>`
        SELECT * FROM sla_recompute WHERE finishedAt IS NULL ORDER BY startedAt, id LIMIT 1`
      if (!run) return false
      const tickets = await nextTickets(tx, JSON.parse(run.scope) as RecomputeScope, run.cursor)
      const firstLook = run.scope === EVERYTHING
      for (const { id } of tickets) await this.#reckon(id, firstLook)
      const last = tickets.at(-1)
      if (last)
        await tx.db.sql`
          UPDATE sla_recompute SET cursor = ${last.seq}, done = done + ${tickets.length} WHERE id = ${run.id}`
      else await this.#finish(tx, run)
      return true
    })
  }

  /** Under a savepoint of its own, so that a ticket that can't be reckoned keeps no other from it. */
  async #reckon(ticketId: string, firstLook: boolean): Promise<void> {
    const { store, promises } = this.#deps
    await store
      .write(async (tx) => {
        const ticket = await findTicket(tx.db, ticketId)
        if (!ticket) return
        const plan = await promises.plan(tx, ticket, { facts: [], reconsider: true, firstLook })
        if (plan.dueAt !== ticket.dueAt) await updateTicketRow(tx, ticket, { dueAt: plan.dueAt })
        await promises.keep(tx, plan, ticket, desk)
      })
      .catch((fault: unknown) =>
        this.#logger?.error({ err: fault, ticketId }, 'a ticket’s promises could not be reckoned anew'),
      )
  }

  async #finish(tx: Tx, run: RecomputeRow): Promise<void> {
    await tx.db.sql`UPDATE sla_recompute SET finishedAt = ${this.#deps.clock.now()} WHERE id = ${run.id}`
    await this.#deps.events.record(tx, {
      type: 'sla.recomputed',
      actor: desk,
      audience: null,
      data: { done: run.done },
    })
  }
}

function nextTickets(tx: Tx, { calendarId, customerId }: RecomputeScope, after: number) {
  type Found = { id: string; seq: number }[]
  if (calendarId !== undefined)
    return tx.db.sql<Found>`
      SELECT t.id, t.seq FROM ticket t JOIN ticket_sla s ON s.seq = t.seq JOIN sla_policy p ON p.id = s.policyId
      WHERE t.active = 1 AND t.seq > ${after} AND p.calendarId = ${calendarId} ORDER BY t.seq LIMIT ${BATCH}`
  if (customerId !== undefined)
    return tx.db.sql<Found>`
      SELECT id, seq FROM ticket WHERE requesterId = ${customerId} AND active = 1 AND seq > ${after}
      ORDER BY seq LIMIT ${BATCH}`
  return tx.db
    .sql<Found>`SELECT id, seq FROM ticket WHERE active = 1 AND seq > ${after} ORDER BY seq LIMIT ${BATCH}`
}

async function countOf(tx: Tx, { calendarId, customerId }: RecomputeScope): Promise<number> {
  type Count = { count: number }[]
  const [row] =
    calendarId !== undefined
      ? await tx.db.sql<Count>`
          SELECT count(*) AS count FROM ticket t JOIN ticket_sla s ON s.seq = t.seq JOIN sla_policy p ON p.id = s.policyId
          WHERE t.active = 1 AND p.calendarId = ${calendarId}`
      : customerId !== undefined
        ? await tx.db.sql<Count>`
            SELECT count(*) AS count FROM ticket WHERE requesterId = ${customerId} AND active = 1`
        : await tx.db.sql<Count>`SELECT count(*) AS count FROM ticket WHERE active = 1`
  return row?.count ?? 0
}
