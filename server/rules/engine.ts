import type { Logger } from 'pino'
import type { FieldValues } from '../catalog/contract.ts'
import { StoreUnavailableError, withReason } from '../store/unavailable.ts'
import type { Tx } from '../store/store.ts'
import { updatedIf, type Happening, type Reactor } from '../tickets/happenings.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { FieldChanges } from '../tickets/ticket-state.ts'
import type { Names } from '../tickets/ticket-view.ts'
import { carryOutProperties } from './carry-out.ts'
import type { RuleEffect } from './contract.ts'
import { doEffects, type EffectDeps, type EffectsDone } from './do-effects.ts'
import { toConditionChanges, type Beside } from './draft.ts'
import { reportLoop, switchOff, type FaultDeps } from './faults.ts'
import {
  planRules,
  type PlannableRule,
  type PlannedStep,
  type PlannedVerdict,
  type RulePlan,
} from './planner.ts'
import { isPropertyAction, type ActionNames } from './property-actions.ts'
import { hoursOf, readSubject } from '../conditions/read-subject.ts'
import type { RulesAtHand } from './rule-book.ts'
import { tallyFired } from './rule-rows.ts'
import { occasionOf, occasionOfTime, type Occasion } from './occasion.ts'
import type { Subject } from '../conditions/subject.ts'
import { delayEnds } from './time/delays.ts'
import { recordRun } from './trace-rows.ts'

export type RuleEngineDeps = EffectDeps & Omit<FaultDeps, 'report'>

/** An act of the desk that an act of the desk led to is heard, a third one is left to people. */
const MAX_DEPTH = 2

/** What a step came to. */
export interface StepDone {
  ruleId: string
  changes: FieldChanges
  effects: RuleEffect[]
}

interface Attempt {
  steps: StepDone[]
  /** What others have to be told. */
  told: Happening[]
}

/** One rule's step threw; all steps were undone. */
class StepFailed extends Error {
  readonly ruleId: string

  constructor(ruleId: string, cause: unknown) {
    super(`The rule ${ruleId} has failed.`, { cause })
    this.ruleId = ruleId
  }
}

/**
 * Asks the rules whenever something happens to a ticket, and carries out what they say in the transaction of what happened: nobody
 * ever sees a ticket that they have not seen. A rule that fails undoes nothing but what rules did, and is switched off.
 */
export class RuleEngine implements Reactor {
  readonly #deps: RuleEngineDeps & FaultDeps
  #logger: Pick<Logger, 'error'> | undefined

  constructor(deps: RuleEngineDeps) {
    this.#deps = {
      ...deps,
      report: (fault) => this.#logger?.error({ err: fault }, 'a rule has failed and was switched off'),
    }
  }

  /** Where failures that nobody foresaw are told. */
  logTo(logger: Pick<Logger, 'error'>): void {
    this.#logger = logger
  }

  async happened(tx: Tx, happening: Happening): Promise<void> {
    const { actor, triggers, depth = 0 } = happening
    if (actor.type === 'rule' || depth >= MAX_DEPTH) return
    const book = await this.#deps.rules.current()
    const mayHear = triggers.some((trigger) => book.heard.has(trigger)) || book.heard.has('sla.breached')
    const occasion = mayHear ? await occasionOf(tx, happening) : null
    if (!occasion?.triggers.some((trigger) => book.heard.has(trigger))) return
    const names = await this.#deps.names.current()
    await this.#run(tx, occasion, { book, names, rules: this.#deps.rules.ready(book, names).heard })
  }

  /** Lets a time rule act on a ticket whose time has come; those that listen to changes hear of what it changes. */
  async fire(tx: Tx, ruleId: string, ticketId: string): Promise<void> {
    const book = await this.#deps.rules.current()
    const names = await this.#deps.names.current()
    const { heard, time } = this.#deps.rules.ready(book, names)
    const rule = time.find(({ id }) => id === ruleId)
    if (!rule) return
    const occasion = await occasionOfTime(tx, ticketId, this.#deps.clock.now())
    await this.#run(tx, occasion, { book, names, rules: [...heard, rule] })
  }

  async #run(tx: Tx, occasion: Occasion, asking: Asking): Promise<void> {
    const seen = await this.#look(tx, occasion, asking)
    if (!seen) return
    const { subject } = seen
    const failed = new Map<string, PlannedVerdict>()
    for (;;) {
      const plan = this.#plan(occasion, seen, asking, failed)
      for (const verdict of plan.trace) if (verdict.outcome === 'failed') failed.set(verdict.ruleId, verdict)
      try {
        const attempt = await this.#carryOut(occasion, asking, plan)
        return await this.#conclude(tx, occasion, asking, { subject, plan, attempt, failed })
      } catch (error) {
        if (!(error instanceof StepFailed)) throw error
        const asOf = plan.matched.indexOf(error.ruleId)
        failed.set(error.ruleId, { ruleId: error.ruleId, outcome: 'failed', asOf, error: error.cause })
      }
    }
  }

  async #look(
    tx: Tx,
    { ticketId, message, actor }: Occasion,
    { book, names, rules }: Asking,
  ): Promise<Seen | null> {
    const ticket = await findTicket(tx.db, ticketId)
    // What was merged goes on elsewhere: nothing is done to it any more.
    if (!ticket || ticket.mergedIntoId !== null) return null
    const now = this.#deps.clock.now()
    const actions = rules.flatMap((rule) => rule.actions)
    return {
      subject: await readSubject(tx.db, ticket, { fields: book.fields, now, message, actor }),
      beside: { fields: JSON.parse(ticket.fields) as FieldValues, dueAt: ticket.manualDueAt },
      endOf: await delayEnds(tx.db, names, { ticketId, from: now, actions }),
      now,
    }
  }

  #plan(
    { triggers, changes }: Occasion,
    { subject, beside, endOf, now }: Seen,
    { rules, names }: Asking,
    failed: ReadonlyMap<string, unknown>,
  ): RulePlan {
    const cause = {
      ...{ triggers, beside },
      changes: toConditionChanges(changes, names),
      isOpen: hoursOf(names.book),
    }
    const sound = rules.filter(({ id }) => !failed.has(id))
    return planRules(sound, subject, cause, now, { ...names, endOf })
  }

  /** All steps, or none of them. @throws StepFailed */
  async #carryOut(occasion: Occasion, asking: Asking, plan: RulePlan): Promise<Attempt> {
    const attempt: Attempt = { steps: [], told: [] }
    if (plan.steps.length === 0) return attempt
    // Inside the write of what happened this is a savepoint of its own.
    await this.#deps.store.write(async (tx) => {
      for (const step of plan.steps)
        try {
          await this.#step(tx, occasion, asking, step, attempt)
        } catch (error) {
          if (isStores(error)) throw error
          throw new StepFailed(step.ruleId, error)
        }
    })
    return attempt
  }

  async #step(tx: Tx, occasion: Occasion, { book, rules }: Asking, step: PlannedStep, attempt: Attempt) {
    const { ruleId, effects } = step
    const { ticketId, triggers, depth, key, message } = occasion
    const actor = { type: 'rule', id: ruleId } as const
    const actions = rules.find(({ id }) => id === ruleId)?.actions ?? []
    const rule = { id: ruleId, name: book.names.get(ruleId)?.name ?? '' }
    const properties = actions.filter(isPropertyAction)
    const own = await carryOutProperties(this.#deps, tx, actor, ticketId, properties, {
      dueReason: rule.name,
    })
    const cause = { rule, ticketId, trigger: triggers[0], key, message, depth }
    const done = await doEffects(this.#deps, tx, cause, effects)
    const changes = { ...own, ...done.changes }
    attempt.steps.push({ ruleId, changes, effects: done.effects })
    attempt.told.push(...toTell(occasion, actor, changes, done))
  }

  async #conclude(
    tx: Tx,
    occasion: Occasion,
    { book, names }: Asking,
    { subject, plan, attempt, failed }: Outcome,
  ): Promise<void> {
    const now = this.#deps.clock.now()
    for (const { ruleId, changes, effects } of attempt.steps)
      if (Object.keys(changes).length + effects.length > 0) await tallyFired(tx, ruleId, now)
    const trace = [...plan.trace.filter(({ ruleId }) => !failed.has(ruleId)), ...failed.values()]
    await recordRun(tx, { ...{ occasion, book, subject, trace, attempt, names, now }, loops: plan.loops })
    for (const { ruleId, error } of failed.values()) {
      const rule = book.ruleById.get(ruleId)
      if (rule) await switchOff(this.#deps, tx, rule, occasion.ticketId, error)
    }
    const rules = plan.loops.flatMap((id) => book.ruleById.get(id) ?? [])
    if (rules.length > 0) await reportLoop(this.#deps, tx, rules, occasion.ticketId)
    for (const happening of attempt.told) await this.#deps.happenings.tell(tx, happening)
  }
}

/** What a round is made with. */
interface Asking {
  book: RulesAtHand
  names: Names
  rules: readonly PlannableRule[]
}

/** The ticket as rules are asked about it, and when. */
interface Seen {
  subject: Subject
  beside: Beside
  endOf: ActionNames['endOf']
  now: number
}

interface Outcome {
  subject: Subject
  plan: RulePlan
  attempt: Attempt
  failed: ReadonlyMap<string, PlannedVerdict>
}

/** The disk's or another program's doing is no fault of a rule. */
const isStores = (error: unknown): boolean => withReason(error) instanceof StoreUnavailableError

function toTell(
  { ticketId, depth }: Occasion,
  actor: { type: 'rule'; id: string },
  changes: FieldChanges,
  { replies }: EffectsDone,
): Happening[] {
  const sent = replies.map((message): Happening => ({
    ticketId,
    actor,
    depth,
    message,
    changes: {},
    triggers: ['message.sent'],
  }))
  const updated = updatedIf(changes)
  return updated.length > 0 ? [{ ticketId, actor, depth, changes, triggers: updated }, ...sent] : sent
}
