import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { notFound } from '../errors.ts'
import type { Actor } from '../events/contract.ts'
import type { Db, Store } from '../store/store.ts'
import type { NamesSource } from '../tickets/names.ts'
import { toActor, type Names } from '../tickets/ticket-view.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { Trigger, RuleTrace, TraceRequest } from './contract.ts'
import type { RuleRunRow } from './entities.ts'
import { verdictsOf, type PastRun } from './explain-run.ts'
import { deleteRunsBefore, findSets, runsOf, type Facts, type Verdicts } from './trace-rows.ts'
import { waitsOf } from './time/wait-rows.ts'

/** So long it can be asked why a rule did or did not act. */
const KEPT_MS = 90 * 24 * 60 * 60_000

/** Tells of every look that rules had at a ticket which of them acted, which did not, and why. */
export class RuleTraces {
  readonly #deps: { store: Store; names: NamesSource }

  constructor(deps: { store: Store; names: NamesSource }) {
    this.#deps = deps
  }

  /** The newest first. @throws NOT_FOUND `ticket.not_found` */
  async of(viewer: Viewer, { ticketId, limit, cursor }: TraceRequest): Promise<RuleTrace[]> {
    const { read } = this.#deps.store
    const ticket = await findTicket(read, ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
    const rows = await runsOf(read, ticketId, { before, limit })
    const sets = await findSets(read, [...new Set(rows.map(({ setId }) => setId))])
    const names = await this.#deps.names.current()
    const texts = await findTexts(read, rows)
    const customers = await findCustomers(read, rows)
    const waiting = (await waitsOf(read, ticketId)).filter(({ firedAt }) => firedAt === null)
    return rows.map((row) => {
      const run: PastRun = {
        at: row.at,
        rules: sets.get(row.setId) ?? [],
        facts: JSON.parse(row.facts) as Facts,
        verdicts: JSON.parse(row.verdicts) as Verdicts,
        text: texts.get(row.seq),
        waiting: new Set(waiting.flatMap(({ ruleId, since }) => (since <= row.at ? [ruleId] : []))),
      }
      return {
        id: String(row.seq),
        at: new Date(row.at).toISOString(),
        trigger: row.trigger as Trigger,
        actor: actorOf(row, names, customers),
        eventSeq: row.eventSeq,
        rules: verdictsOf(run, names, viewer),
        loops: run.verdicts.loops,
      }
    })
  }

  /** Clears away what nobody asks for any more. */
  async sweep(now: number): Promise<void> {
    await this.#deps.store.write((tx) => deleteRunsBefore(tx, now - KEPT_MS))
  }
}

function actorOf({ actorType, actorId }: RuleRunRow, names: Names, customers: Map<string, string>): Actor {
  if (actorType !== 'customer') return toActor(actorType, actorId, names)
  return { type: actorType, id: actorId, name: customers.get(actorId ?? '') ?? null }
}

/** The words of the messages that gave rise to these, by the look's `seq`. */
async function findTexts(db: Db, rows: readonly RuleRunRow[]): Promise<Map<number, string>> {
  const ids = rows.flatMap(({ seq, facts }) => {
    const { messageId } = JSON.parse(facts) as Facts
    return messageId === null ? [] : [[seq, messageId] as const]
  })
  if (ids.length === 0) return new Map()
  const messages = await db.sql<{ id: string; text: string }[]>`
    SELECT id, text FROM message WHERE id IN (${() => [...new Set(ids.map(([, id]) => id))]})`
  const texts = new Map(messages.map(({ id, text }) => [id, text]))
  return new Map(ids.flatMap(([seq, id]) => (texts.has(id) ? [[seq, texts.get(id) ?? ''] as const] : [])))
}

async function findCustomers(db: Db, rows: readonly RuleRunRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ actorType, actorId }) => (actorType === 'customer' && actorId ? [actorId] : []))
  if (ids.length === 0) return new Map()
  const found = await db.sql<{ id: string; name: string }[]>`
    SELECT id, name FROM customer WHERE id IN (${() => [...new Set(ids)]})`
  return new Map(found.map(({ id, name }) => [id, name]))
}
