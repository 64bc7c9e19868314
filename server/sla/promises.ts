import { audienceOfTickets } from '../access/viewer.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { Clock as Time } from '../clock.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import { readSubject } from '../conditions/read-subject.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Db, Tx } from '../store/store.ts'
import { alertKey, changesOf, latenessOf, toEventData, wasHeardOf } from './changes.ts'
import { clocksOf, nearestDue, noTerms, type Terms } from './clock.ts'
import { foldFact, type Fact, type Facts, type Phase } from './facts.ts'
import { dueLevels, isSamePromise, PASSED_OVER, rearmed, withFired, type DueLevel } from './due-levels.ts'
import { isMute, nextWakeOf } from './levels.ts'
import { pastFacts } from './past-facts.ts'
import { choosePolicy, type Policy } from './policy.ts'
import { recordResults } from './results.ts'
import { levelsOf, termsOf, timeOf, type Book, type SlaBook } from './sla-book.ts'
import type { SlaOptions } from './sla-options.ts'
import type { PromisedTicket } from './subject.ts'
import { findKept, forgetKept, saveKept, type FoundPromises, type KeptPromises } from './ticket-sla-rows.ts'

export interface PromiseDeps {
  book: SlaBook
  options: SlaOptions
  catalog: { current(): Promise<CatalogSnapshot> }
  settings: Settings
  alerts: Pick<Alerts, 'settle'>
  events: EventLog
  clock: Time
  /** Told of a nearer moment to wake at. */
  noticed: (at: number) => void
}

/** What a ticket is owed after a change that is about to be written. */
export interface PromisePlan {
  /** For the ticket's own row. */
  dueAt: number | null
  /** Levels that are due and that this plan counts as carried out: whoever keeps it carries them out, earliest first. */
  levels: readonly DueLevel[]
  before: FoundPromises | undefined
  /** Undefined: nothing is promised, and nothing has to be kept. */
  after: Omit<KeptPromises, 'seq'> | undefined
}

/** How a change bears on promises. */
export interface Bearing {
  facts: readonly Fact[]
  /** Something that policies ask about has changed, so another one may apply. */
  reconsider: boolean
  /** Levels whose moment has come are to be carried out. */
  climb?: boolean
  /**
   * Many tickets are gone through at once, perhaps for the first time. What was late before anything was promised is marked as
   * missed, but is nobody's news: an office that begins with promises must not find five hundred alerts.
   */
  firstLook?: boolean
}

/** Keeps what the desk promised beside its tickets: planned before a ticket is written, kept in the same transaction. */
export class Promises {
  readonly #deps: PromiseDeps

  constructor(deps: PromiseDeps) {
    this.#deps = deps
  }

  /** `ticket` is as it will be; its `seq` is null while it isn't written yet. */
  async plan(
    tx: Tx,
    ticket: PromisedTicket,
    { facts, reconsider, climb = false, firstLook = false }: Bearing,
  ): Promise<PromisePlan> {
    const book = await this.#deps.book.current()
    const before = ticket.seq === null ? undefined : await findKept(tx.db, ticket.seq)
    const nothing = { dueAt: null, levels: [], before, after: undefined }
    const hasDate = ticket.manualDueAt !== null
    if (!before && !hasDate && (!reconsider || book.policies.length === 0)) return nothing
    if (before && !reconsider && isUnreadable(book, before.policyId)) {
      // Better a promise that stands still until somebody has mended its policy than one called off without a word.
      if (climb) throw new Error(`The policy ${before.policyId} can't be read; what it promised waits.`)
      return { ...nothing, dueAt: nearestDue(before.clocks) }
    }
    const policy = reconsider
      ? await this.#policyFor(tx.db, book, ticket, before)
      : policyBefore(book, before)
    if (!before && !hasDate && !policy) return nothing

    const known = before?.facts ?? (ticket.seq === null ? null : await this.#pastFacts(tx.db, ticket))
    return this.#planned(book, ticket, before, { known, facts, policy, climb, firstLook })
  }

  /** What promises of this ticket go by, kept or told by the log; null when neither knows. */
  async factsOf(db: Db, ticket: PromisedTicket & { seq: number }): Promise<Facts | null> {
    return (await findKept(db, ticket.seq))?.facts ?? this.#pastFacts(db, ticket)
  }

  /**
   * Writes the plan and what follows from it: results, events, alerts that have become idle. Returns whether a deadline was found
   * missed.
   */
  async keep(
    tx: Tx,
    { before, after }: PromisePlan,
    ticket: PromisedTicket & { seq: number },
    actor: ActorRef,
  ): Promise<boolean> {
    if (!after && before?.facts === null) await forgetKept(tx, before.seq)
    if (!after) return false
    await saveKept(tx, ticket.id, before, { ...after, seq: ticket.seq })
    const { events, alerts, settings, noticed } = this.#deps
    const now = this.#deps.clock.now()
    const changes = changesOf(before?.clocks ?? [], after.clocks)
    if (changes.length > 0)
      await recordResults(tx, ticket, changes, { now, timezone: (await settings.get()).timezone })
    const missed = changes.filter(({ isBreach }) => isBreach)
    for (const { clock } of missed)
      await events.record(tx, {
        type: 'sla.breached',
        actor: { type: 'system' },
        ticketId: ticket.id,
        audience: audienceOfTickets(ticket),
        data: { ...toEventData(clock), lateMs: latenessOf(clock.breachedAt, clock, now) },
      })
    const idle = changes.filter(
      ({ clock, before: old, isIdle }) => isIdle && (wasHeardOf(clock) || (old && wasHeardOf(old))),
    )
    if (idle.length > 0)
      await alerts.settle(
        tx,
        idle.flatMap(({ clock }) => [
          alertKey(ticket.id, clock, 'warning'),
          alertKey(ticket.id, clock, 'breach'),
        ]),
        actor,
      )
    const { wakeAt } = after
    if (wakeAt !== null) tx.afterCommit(() => noticed(wakeAt))
    return missed.length > 0
  }

  #planned(
    book: Book,
    ticket: PromisedTicket,
    before: FoundPromises | undefined,
    { known, facts, policy, climb, firstLook }: Known,
  ): PromisePlan {
    const now = this.#deps.clock.now()
    const terms: Terms = policy ? termsOf(book, policy, ticket.priorityId) : noTerms
    const time = timeOf(book, terms)
    let folded = known
    let clocks = before?.clocks ?? []
    // Every fact by itself, for an answer and the next question may come in one step.
    for (const fact of facts) {
      folded = foldFact(folded, fact)
      clocks = clocksOf(folded, terms, clocks, time, now)
    }
    if (!folded) return { dueAt: null, levels: [], before, after: undefined }
    clocks = clocksOf(folded, terms, clocks, time, now)
    const ladder = { facts: folded, time }
    if (facts.some(({ type }) => type === 'dueSet'))
      clocks = clocks.map((clock) => rearmed(book, clock, ladder, now))
    const due = clocks.flatMap((clock) => dueLevels(book, clock, ladder, now))
    const mute = due.filter((each) => {
      const previous = before?.clocks.find((old) => isSamePromise(old, each.clock))
      return (firstLook && !previous) || isMute(each, each.clock, previous)
    })
    const levels = climb ? due.filter((each) => !mute.includes(each)) : []
    clocks = clocks.map((clock) => withFired(withFired(clock, levels, now), mute, PASSED_OVER))
    const wakes = clocks.flatMap(
      (clock) => nextWakeOf(clock, levelsOf(book, clock.policyId), ladder.facts, time) ?? [],
    )
    const wakeAt = wakes.length > 0 ? Math.min(...wakes) : null
    return {
      dueAt: nearestDue(clocks),
      levels: levels.toSorted((a, b) => a.at - b.at),
      before,
      after: { policyId: policy?.id ?? null, facts: folded, clocks, wakeAt },
    }
  }

  async #policyFor(db: Db, book: Book, ticket: PromisedTicket, before: FoundPromises | undefined) {
    const catalog = await this.#deps.catalog.current()
    const subject = await readSubject(db, ticket, { fields: book.fields, now: this.#deps.clock.now() })
    // A retired policy takes no further tickets, but what it promised goes on.
    const offered = book.policies.filter(({ id, archived }) => !archived || id === before?.policyId)
    return choosePolicy(
      offered.map((policy) => ({ ...policy, archived: false })),
      subject,
      catalog,
    )
  }

  async #pastFacts(db: Db, { id, manualDueAt }: PromisedTicket): Promise<Facts | null> {
    const { catalog, options } = this.#deps
    const { statuses } = await catalog.current()
    const { phoneFirstResponse } = await options.get()
    const facts = await pastFacts(db, id, {
      phaseOf: (statusId, statusClass) =>
        phaseOfStatus(statuses.get(statusId)?.key ?? null, statusClass as Phase),
      answeredAtCreation: (channel) => isAnsweredAtCreation(channel, phoneFirstResponse),
    })
    // Older desks did not log the date that a ticket was opened with.
    return facts ? { ...facts, dueAt: manualDueAt } : null
  }
}

interface Known {
  /** What happened before; null for a ticket that begins. */
  known: Facts | null
  facts: readonly Fact[]
  policy: Policy | null
  climb: boolean
  firstLook: boolean
}

const isUnreadable = (book: Book, policyId: string | null) =>
  policyId !== null && !book.policyById.has(policyId)

const policyBefore = (book: Book, before: FoundPromises | undefined): Policy | null =>
  (before && before.policyId !== null ? book.policyById.get(before.policyId) : undefined) ?? null

/** A preset status closes a ticket without anything having been solved. */
export const phaseOfStatus = (key: string | null, statusClass: Phase): Phase =>
  key === 'cancelled' ? 'cancelled' : statusClass

/** In a call the customer is answered while the ticket is being written; everybody else still waits. */
export const isAnsweredAtCreation = (channel: string, phoneFirstResponse: 'met' | 'await'): boolean =>
  channel === 'phone' && phoneFirstResponse === 'met'
