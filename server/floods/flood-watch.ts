import { audienceOfTickets } from '../access/viewer.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { linkTickets } from '../links/links.ts'
import type { Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { Happening, Reactor } from '../tickets/happenings.ts'
import { survivorOf } from '../tickets/survivors.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import {
  floodsSince,
  freeAmong,
  insertFlood,
  insertFloodTicket,
  recentTickets,
  touchFlood,
  type FloodRow,
} from './flood-rows.ts'
import { RecentTickets } from './recent-tickets.ts'
import { jaccard, significantWords, SIMILAR } from '../text/words.ts'

const MINUTE_MS = 60_000
/** With fewer words than this there is nothing to compare. */
const LEAST_WORDS = 2
const TICKETS = 5
const REQUESTERS = 3
const WITHIN_MS = 15 * MINUTE_MS
const KEPT_MS = 30 * MINUTE_MS
/** A flood that nobody has joined for so long is over. */
export const QUIET_MS = 60 * MINUTE_MS
const MAX_READ = 3_000

const desk = { type: 'system' } as const

export const floodAlertKey = (floodId: string) => `flood:${floodId}`

type WatchDeps = Pick<TicketDeps, 'events' | 'clock'> & { alerts: Pick<Alerts, 'raise'> }

interface Known {
  id: string
  words: ReadonlySet<string>
  lastAt: number
}

/**
 * Notices when many customers write of the same within minutes. It suggests; people decide. What it keeps in memory only points the
 * way: the store, which undoes what fails, has the last word.
 */
export class FloodWatch implements Reactor {
  readonly #deps: WatchDeps
  readonly #recent = new RecentTickets(KEPT_MS)
  #floods: Known[] = []
  #hasRead = false

  constructor(deps: WatchDeps) {
    this.#deps = deps
  }

  async happened(tx: Tx, { ticketId, triggers, message, actor }: Happening): Promise<void> {
    // What the desk itself writes, of missed calls for one, always reads alike.
    if (!triggers.includes('ticket.created') || actor.type === 'system') return
    const now = this.#deps.clock.now()
    await this.#read(tx, ticketId, now)
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket || ticket.mergedIntoId !== null) return
    const words = significantWords(`${ticket.subject}\n${message?.text ?? ''}`)
    if (words.size < LEAST_WORDS || (await this.#join(tx, ticket, words, now))) return
    const alike = this.#recent.similar(words, now - WITHIN_MS, SIMILAR)
    this.#recent.add({ id: ticketId, requesterId: ticket.requesterId, at: now, words })
    const ids = [ticketId, ...alike.map(({ id }) => id)]
    if (ids.length >= TICKETS) await this.#detect(tx, ids, [words, ...alike.map((each) => each.words)], now)
  }

  /** Once, with the first ticket of this run: what was going on before it. */
  async #read(tx: Tx, ticketId: string, now: number): Promise<void> {
    if (this.#hasRead) return
    for (const ticket of await recentTickets(tx.db, now - KEPT_MS, MAX_READ))
      if (ticket.id !== ticketId) this.#recent.add(ticket)
    this.#floods = (await floodsSince(tx.db, now - QUIET_MS)).map(({ id, words, lastAt }) => ({
      ...{ id, lastAt },
      words: new Set(JSON.parse(words) as string[]),
    }))
    this.#hasRead = true
  }

  async #join(tx: Tx, ticket: TicketRow, words: ReadonlySet<string>, now: number): Promise<boolean> {
    this.#floods = this.#floods.filter(({ lastAt }) => lastAt > now - QUIET_MS)
    const known = this.#floods.find((flood) => jaccard(flood.words, words) >= SIMILAR)
    const flood = known && (await touchFlood(tx, known.id, now))
    if (!known || !flood) return false
    known.lastAt = now
    await insertFloodTicket(tx, flood.id, ticket.id, now)
    if (flood.state === 'dismissed') return true
    await this.#tell(tx, 'flood.grown', ticket, { floodId: flood.id, parentId: flood.parentId })
    if (flood.state === 'accepted') await this.#gather(tx, flood, ticket)
    return true
  }

  async #gather(tx: Tx, { parentId }: FloodRow, child: TicketRow): Promise<void> {
    const parent = await findTicket(tx.db, parentId)
    if (!parent) return
    try {
      const survivor = await survivorOf(tx.db, parent)
      await linkTickets(this.#deps, tx, { parent: survivor, child, actor: desk, tellsParent: false })
    } catch (error) {
      // A rule may have linked it elsewhere already.
      if (!(error instanceof AppError)) throw error
    }
  }

  async #detect(
    tx: Tx,
    ids: readonly string[],
    words: readonly ReadonlySet<string>[],
    now: number,
  ): Promise<void> {
    const tickets = await freeAmong(tx.db, ids)
    const requesters = new Set(tickets.map(({ requesterId }) => requesterId)).size
    const parent = tickets[0]
    if (!parent || tickets.length < TICKETS || requesters < REQUESTERS) return
    const id = newId()
    const core = coreOf(words)
    const startedAt = parent.createdAt
    await insertFlood(tx, {
      ...{ id, parentId: parent.id, startedAt, lastAt: now },
      words: JSON.stringify([...core]),
    })
    for (const ticket of tickets) await insertFloodTicket(tx, id, ticket.id, now)
    const said = { floodId: id, parentId: parent.id, count: tickets.length }
    await this.#tell(tx, 'flood.detected', parent, said)
    await this.#deps.alerts.raise(tx, {
      key: floodAlertKey(id),
      ticket: parent,
      severity: 'warning',
      reason: 'flood.detected',
      data: { ...said, requesters, minutes: Math.max(1, Math.round((now - startedAt) / MINUTE_MS)) },
      lateMs: null,
      notify: ['supervisors'],
      tellAt: now,
    })
    this.#floods.push({ id, words: core, lastAt: now })
    this.#recent.remove(new Set(tickets.map((ticket) => ticket.id)))
  }

  async #tell(tx: Tx, type: string, ticket: TicketRow, data: Record<string, unknown>): Promise<void> {
    const audience = audienceOfTickets(ticket)
    await this.#deps.events.record(tx, { type, actor: desk, ticketId: ticket.id, audience, data })
  }
}

/** The words that at least half of them have. */
function coreOf(sets: readonly ReadonlySet<string>[]): Set<string> {
  const counts = new Map<string, number>()
  for (const word of sets.flatMap((set) => [...set])) counts.set(word, (counts.get(word) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => 2 * count >= sets.length).map(([word]) => word))
}
