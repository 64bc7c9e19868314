import type { Logger } from 'pino'
import type { Tx } from '../../store/store.ts'
import type { TicketRow } from '../../tickets/ticket.entity.ts'
import { isTimeRule, type Rule } from '../rule.ts'
import { beginScan, endScan, moveScan, nextScan, type ScanRow } from './scan-rows.ts'
import { dropWaitsOf } from './wait-rows.ts'
import { heldBy } from './wait.ts'
import type { RuleWaits, TimeRule, WaitsDeps } from './waits.ts'

export interface WaitScanDeps extends Pick<WaitsDeps, 'store' | 'clock' | 'timeRules' | 'ask'> {
  waits: RuleWaits
}

/** Tickets looked at in one step: few enough that nobody at the desk notices. */
const BATCH = 100

/**
 * Finds the tickets that are in a rule's state already, in the background and in small steps, when a time rule is switched on or
 * what its time is reckoned by has changed. How far it is stands in the store, so a restart goes on where it was.
 */
export class WaitScan {
  readonly #deps: WaitScanDeps
  #logger: Pick<Logger, 'error'> | undefined
  #running: Promise<void> | undefined
  /** Something was asked for while the last step found nothing left to do. */
  #isAskedAgain = false
  #isStopped = false

  constructor(deps: WaitScanDeps) {
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

  /** Resolves when nothing is left to look at. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** To be called by the transaction that switches a rule on or off, or retires it. */
  async switched(tx: Tx, rule: Rule, enabled: boolean, backlog: 'act' | 'skip'): Promise<void> {
    await dropWaitsOf(tx, rule.id)
    await endScan(tx, rule.id)
    if (enabled && isTimeRule(rule)) await this.#begin(tx, rule.id, backlog)
  }

  /** To be called by the transaction that changes what a rule that is switched on asks, or how long it waits. */
  async edited(tx: Tx, rule: Rule): Promise<void> {
    if (isTimeRule(rule)) await this.#begin(tx, rule.id, 'again')
    else await this.switched(tx, rule, false, 'skip')
  }

  /** To be called by the transaction that changes a calendar, or by which one somebody works. */
  async hoursChanged(tx: Tx): Promise<void> {
    for (const { id, after } of await this.#deps.timeRules())
      if (after.business) await this.#begin(tx, id, 'again')
  }

  async #begin(tx: Tx, ruleId: string, mode: ScanRow['mode']): Promise<void> {
    await beginScan(tx, ruleId, mode, this.#deps.clock.now())
    tx.afterCommit(() => this.#wake())
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
      this.#logger?.error({ err: fault }, 'the look for tickets that a time rule waits for has failed')
    }
  }

  /** The next few tickets of the oldest look. False: nothing is left to do. Most tickets are in no such state, so they are read without the writer. */
  async #step(): Promise<boolean> {
    const { store, timeRules } = this.#deps
    const scan = await nextScan(store.read)
    if (!scan) return false
    const rule = (await timeRules()).find(({ id }) => id === scan.ruleId)
    const tickets = rule
      ? await store.read.sql<TicketRow[]>`
          SELECT * FROM ticket WHERE seq > ${scan.cursor} ORDER BY seq LIMIT ${BATCH}`
      : []
    const last = tickets.at(-1)
    const found = rule ? await this.#found(rule, tickets) : []
    await store.write(async (tx) => {
      if (!rule || !last) return endScan(tx, scan.ruleId)
      for (const id of found) await this.#look(id, rule, scan)
      await moveScan(tx, scan.ruleId, scan.cursor, last.seq)
    })
    return true
  }

  /** Ids of those in the rule's state, and of those that it waits for. */
  async #found(rule: TimeRule, tickets: readonly TicketRow[]): Promise<string[]> {
    const { store, ask } = this.#deps
    const [first, last] = [tickets[0], tickets.at(-1)]
    if (!first || !last) return []
    const waiting = await store.read.sql<{ id: string }[]>`
      SELECT t.id FROM ticket t JOIN rule_wait w ON w.ticketId = t.id AND w.ruleId = ${rule.id}
      WHERE t.seq BETWEEN ${first.seq} AND ${last.seq}`
    const found = new Set(waiting.map(({ id }) => id))
    for (const ticket of tickets)
      if (heldBy(rule, await ask(store.read, ticket, rule.fields))) found.add(ticket.id)
    return [...found]
  }

  /** Under a savepoint of its own, so that a ticket that can't be looked at keeps no other from it. */
  async #look(ticketId: string, rule: TimeRule, { mode }: ScanRow): Promise<void> {
    const { store, waits } = this.#deps
    await store
      .write((tx) => waits.look(tx, ticketId, [rule], mode))
      .catch((fault: unknown) =>
        this.#logger?.error({ err: fault, ticketId }, 'a ticket could not be looked at for a time rule'),
      )
  }
}
