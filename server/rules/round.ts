import type { FieldChanges } from '../tickets/ticket-state.ts'
import type { RuleAction } from './action.contract.ts'
import type { Asked, Subject } from '../conditions/conditions.ts'
import type { RuleVerdict, Trigger } from './contract.ts'
import type { Beside, Changes } from './draft.ts'
import type { EffectAction } from './property-actions.ts'

/** A rule ready to be asked. */
export interface PlannableRule {
  id: string
  position: number
  on: readonly Trigger[]
  /** May throw; the rule then has failed, and the others go on. */
  holds(asked: Asked): boolean
  actions: readonly RuleAction[]
  stop: boolean
}

/** What happened. */
export interface Cause {
  triggers: readonly Trigger[]
  /** What became of the ticket's properties by it, by the names that conditions use. */
  changes: Changes
  isOpen?: Asked['isOpen']
  /** What the ticket has that conditions don't tell; nothing by default. */
  beside?: Beside
}

/** What one rule that fired does. */
export interface PlannedStep {
  ruleId: string
  /** By the names that events use. A tag that doesn't exist yet stands by its folded name. */
  changes: FieldChanges
  /** In their order; texts are templates still. */
  effects: EffectAction[]
}

/** How one rule fared. */
export interface PlannedVerdict {
  ruleId: string
  outcome: Exclude<RuleVerdict['outcome'], 'waiting'>
  /** How many steps had been done when it was asked last. */
  asOf: number
  /** What it failed with. */
  error?: unknown
}

/** The round that rules make over one cause: what they have made of the ticket so far, and how each has fared. */
export interface Round {
  now: number
  cause: Cause
  draft: Subject
  beside: Beside
  changes: Changes
  steps: PlannedStep[]
  verdicts: Map<string, PlannedVerdict>
  /** Rules whose conditions their own step had ended. */
  calmed: Set<string>
  /** From this place on no rule is asked any more. */
  end: number
}

/** Whether a rule listens to what happened, or to what other rules have made of it. */
export const hears = ({ on }: PlannableRule, { cause, steps }: Round): boolean =>
  on.some((trigger) => cause.triggers.includes(trigger)) ||
  (on.includes('ticket.updated') && steps.some(({ changes }) => Object.keys(changes).length > 0))

export const askedIn = ({ draft, changes, now, cause: { isOpen } }: Round): Asked => ({
  ...{ subject: draft, changes, now },
  ...(isOpen && { isOpen }),
})
