import type { Clock } from '../../clock.ts'
import type { DueWork } from '../../schedule/scheduler.ts'
import type { Db, Store, Tx } from '../../store/store.ts'
import type { Happening, Reactor } from '../../tickets/happenings.ts'
import { findTicket } from '../../tickets/ticket-rows.ts'
import type { TicketRow } from '../../tickets/ticket.entity.ts'
import type { ConditionField } from '../../conditions/contract.ts'
import type { After, WaitStart } from '../contract.ts'
import { delayEnd, type DelayDeps } from './delays.ts'
import type { ScanMode } from './scan-rows.ts'
import type { Asked } from '../../conditions/subject.ts'
import { decideWait, heldBy, type WaitDecision } from './wait.ts'
import {
  dropWait,
  dueWaits,
  findWait,
  lastPublicMessage,
  lastStatusChange,
  nextWaitAt,
  putOffWait,
  saveWait,
  waitsOf,
  type WaitRow,
} from './wait-rows.ts'

/** A rule that acts on what has lasted, ready to be asked. */
export interface TimeRule {
  id: string
  after: After
  /** What its conditions read. */
  fields: ReadonlySet<ConditionField>
  holds(asked: Asked): boolean
}

export interface WaitsDeps extends Omit<DelayDeps, 'db'> {
  store: Store
  clock: Clock
  /** Those that are switched on. */
  timeRules(): Promise<readonly TimeRule[]>
  /** The ticket as conditions see it, with what these fields ask for. */
  ask(db: Db, ticket: TicketRow, fields: ReadonlySet<ConditionField>): Promise<Asked>
  /** Carries the rule out on the ticket as something that happened by time alone. */
  fire(tx: Tx, ruleId: string, ticketId: string): Promise<void>
  /** Told after the commit that set a time. */
  noticed(at: number): void
}

/** Waits looked at together; each is a write of its own, so those who work at the desk wait for a few of them at most. */
const BATCH = 50
/** A ticket whose turn failed is tried again after this, while the others go on. */
const RETRY_MS = 60_000

/** Does what rules say of states that have lasted: keeps which tickets are in them since when, and acts once for each entry. */
export class RuleWaits implements Reactor, DueWork {
  readonly name = 'time rules'
  readonly #deps: WaitsDeps

  constructor(deps: WaitsDeps) {
    this.#deps = deps
  }

  async happened(tx: Tx, { ticketId }: Happening): Promise<void> {
    await this.look(tx, ticketId, await this.#deps.timeRules())
  }

  nextAt(): Promise<number | null> {
    return nextWaitAt(this.#deps.store.read)
  }

  async runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void> {
    const { store, clock } = this.#deps
    while (!signal.aborted) {
      const due = await dueWaits(store.read, Math.min(now, clock.now()), BATCH)
      if (due.length === 0) return
      const turns = due.map((row) =>
        store
          .write((tx) => this.#wake(tx, row))
          .catch(async (fault: unknown) => {
            report(fault)
            await store.write((tx) => putOffWait(tx, row, now + RETRY_MS))
          }),
      )
      const failure = (await Promise.allSettled(turns)).find((turn) => turn.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  /**
   * Brings what these rules wait for on one ticket in step with how it is now. `scan`: nothing has happened to it, it is only found
   * so; then it has been so since its last change at the least.
   */
  async look(tx: Tx, ticketId: string, rules: readonly TimeRule[], scan?: ScanMode): Promise<void> {
    if (rules.length === 0) return
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket) return
    const kept = new Map((await waitsOf(tx.db, ticketId)).map((row) => [row.ruleId, row]))
    // What was merged goes on elsewhere, and is in no state of its own any more.
    if (ticket.mergedIntoId !== null) {
      for (const ruleId of kept.keys()) await dropWait(tx, ruleId, ticketId)
      return
    }
    const asked = await this.#deps.ask(tx.db, ticket, new Set(rules.flatMap(({ fields }) => [...fields])))
    for (const rule of rules) await this.#lookBy(tx, rule, ticket, asked, kept.get(rule.id), scan)
  }

  async #lookBy(
    tx: Tx,
    rule: TimeRule,
    ticket: TicketRow,
    asked: Asked,
    kept: WaitRow | undefined,
    scan: ScanMode | undefined,
  ): Promise<void> {
    const decision = await this.#decide(tx, rule, ticket, asked, kept, scan !== undefined)
    if (decision.do === 'nothing') return
    if (decision.do === 'drop') return dropWait(tx, rule.id, ticket.id)
    if (decision.do === 'keep') return this.#keep(tx, rule, ticket, kept)
    const { since } = decision
    const dueAt = await this.#dueAt(tx, rule, ticket, since)
    // Switching a rule on, or changing it, is no reason to act at once on all that was before.
    const isPassedOver = scan !== undefined && scan !== 'act' && dueAt <= this.#deps.clock.now()
    const firedAt = isPassedOver ? this.#deps.clock.now() : null
    await this.#save(tx, { ruleId: rule.id, ticketId: ticket.id, since, dueAt, firedAt, wakeAt: null })
  }

  /** The same entry; what its time is reckoned by may have changed. */
  async #keep(tx: Tx, rule: TimeRule, ticket: TicketRow, kept: WaitRow | undefined): Promise<void> {
    if (!kept || kept.firedAt !== null) return
    const dueAt = await this.#dueAt(tx, rule, ticket, kept.since)
    if (dueAt !== kept.dueAt) await this.#save(tx, { ...kept, dueAt })
  }

  /** One wait's turn. Its row says only that it is time to look. */
  async #wake(tx: Tx, { ruleId, ticketId }: WaitRow): Promise<void> {
    const row = await findWait(tx.db, ruleId, ticketId)
    if (!row || row.firedAt !== null) return
    const rule = (await this.#deps.timeRules()).find(({ id }) => id === ruleId)
    const ticket = await findTicket(tx.db, ticketId)
    if (!rule || !ticket) return dropWait(tx, ruleId, ticketId)
    const now = this.#deps.clock.now()
    await this.look(tx, ticketId, [rule])
    const current = await findWait(tx.db, ruleId, ticketId)
    if (!current || current.firedAt !== null) return
    if (current.dueAt > now) return this.#save(tx, current)
    await this.#deps.fire(tx, ruleId, ticketId)
    // What the rule itself has done is no new entry, also where it moved the instant that it counts from.
    const after = await findWait(tx.db, ruleId, ticketId)
    if (after) await this.#save(tx, { ...after, firedAt: now })
  }

  async #decide(
    tx: Tx,
    rule: TimeRule,
    ticket: TicketRow,
    asked: Asked,
    kept: WaitRow | undefined,
    isFound: boolean,
  ): Promise<WaitDecision> {
    const holds = heldBy(rule, asked)
    if (holds === null) return { do: 'nothing' }
    const keepsStart = rule.after.since === 'state'
    const start = holds ? await this.#startOf(tx, rule.after.since, ticket, isFound) : null
    return decideWait(kept, { holds, start, keepsStart })
  }

  async #startOf(tx: Tx, since: WaitStart, ticket: TicketRow, isFound: boolean): Promise<number | null> {
    switch (since) {
      case 'state':
        return isFound ? ticket.updatedAt : this.#deps.clock.now()
      case 'created':
        return ticket.createdAt
      case 'updated':
        return ticket.updatedAt
      case 'status':
        return (await lastStatusChange(tx.db, ticket.id)) ?? ticket.createdAt
      case 'lastCustomerMessage':
        return lastPublicMessage(tx.db, ticket.id, 'customer')
      case 'lastAgentMessage':
        return lastPublicMessage(tx.db, ticket.id, 'agent')
    }
  }

  #dueAt(tx: Tx, { after }: TimeRule, ticket: TicketRow, since: number): Promise<number> {
    return delayEnd({ ...this.#deps, db: tx.db }, ticket, after, since)
  }

  async #save(tx: Tx, row: WaitRow): Promise<void> {
    const wakeAt = row.firedAt === null ? row.dueAt : null
    await saveWait(tx, { ...row, wakeAt })
    if (wakeAt !== null) tx.afterCommit(() => this.#deps.noticed(wakeAt))
  }
}
