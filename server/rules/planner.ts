import { joinChanges, type FieldChanges } from '../tickets/ticket-state.ts'
import type { Subject } from '../conditions/conditions.ts'
import { changesBy, foldInto } from './draft.ts'
import { isEffect, type ActionNames, type EffectAction } from './property-actions.ts'
import {
  askedIn,
  hears,
  type Cause,
  type PlannableRule,
  type PlannedStep,
  type PlannedVerdict,
  type Round,
} from './round.ts'
import { loopsIn } from './rule-loops.ts'

export type { Cause, PlannableRule, PlannedStep, PlannedVerdict } from './round.ts'

/**
 * Decides what rules do about one thing that happened to a ticket. Nothing is done here: whoever asked carries the plan out. The
 * same question always gets the same plan.
 */

export interface RulePlan {
  /** Those that fired, in that order. */
  steps: PlannedStep[]
  /** What becomes of the ticket by all steps together; only what differs in the end. */
  changes: FieldChanges
  effects: EffectAction[]
  /** Ids of the rules that fired. */
  matched: string[]
  /** Of every rule, in the order of their places. */
  trace: PlannedVerdict[]
  /** Ids of rules that would go on and on, with those they fight; they were held. */
  loops: string[]
}

/** Rules may enable rules before them, in another pass; what isn't settled after so many is stopped. */
const MAX_PASSES = 5

/**
 * Asks rules in the order of their places, each at most once; a later one sees what earlier ones changed, and one that listens to
 * `ticket.updated` hears of it. While something changes they are asked again, five times at most. `names` say what actions name.
 */
export function planRules(
  rules: readonly PlannableRule[],
  subject: Subject,
  cause: Cause,
  now: number,
  names: ActionNames,
): RulePlan {
  const inOrder = rules.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
  const round: Round = {
    ...{ now, cause, draft: subject, changes: cause.changes },
    beside: cause.beside ?? { fields: {}, dueAt: null },
    ...{ steps: [], verdicts: new Map(), calmed: new Set(), end: inOrder.length },
  }
  let settled = false
  for (let pass = 1; pass <= MAX_PASSES && !settled; pass++) settled = !changesInPass(inOrder, round, names)
  const trace = inOrder.map((rule, place) => verdictOf(rule, place, round))
  return {
    steps: round.steps,
    changes: joinChanges(...round.steps.map(({ changes }) => changes)),
    effects: round.steps.flatMap(({ effects }) => effects),
    matched: round.steps.map(({ ruleId }) => ruleId),
    trace,
    loops: loopsIn(inOrder, round, names, settled),
  }
}

function changesInPass(rules: readonly PlannableRule[], round: Round, names: ActionNames): boolean {
  let changed = false
  for (const [place, rule] of rules.entries()) {
    if (place >= round.end) break
    if (isDone(rule, round) || !hears(rule, round)) continue
    const step = stepOf(rule, round, names)
    if (!step) continue
    round.steps.push(step)
    changed ||= Object.keys(step.changes).length > 0
    foldInto(round, step.changes, names)
    if (!stillHolds(rule, round)) round.calmed.add(rule.id)
    if (rule.stop || rule.actions.some((action) => action.do === 'stop')) round.end = place + 1
  }
  return changed
}

function stillHolds(rule: PlannableRule, round: Round): boolean {
  try {
    return rule.holds(askedIn(round))
  } catch {
    return false
  }
}

const isDone = ({ id }: PlannableRule, { verdicts }: Round) => {
  const outcome = verdicts.get(id)?.outcome
  return outcome === 'fired' || outcome === 'failed'
}

/** What the rule does now, if it fires; how it fared is noted either way. */
function stepOf(rule: PlannableRule, round: Round, names: ActionNames): PlannedStep | null {
  const { id: ruleId } = rule
  const note = (outcome: PlannedVerdict['outcome'], error?: unknown) =>
    round.verdicts.set(ruleId, {
      ...{ ruleId, outcome, asOf: round.steps.length },
      ...(error !== undefined && { error }),
    })
  try {
    if (!rule.holds(askedIn(round))) {
      note('unmatched')
      return null
    }
    const changes = changesBy(rule.actions, round, names)
    note('fired')
    return { ruleId, changes, effects: rule.actions.filter(isEffect) }
  } catch (error) {
    note('failed', error)
    return null
  }
}

function verdictOf(rule: PlannableRule, place: number, round: Round): PlannedVerdict {
  const known = round.verdicts.get(rule.id)
  if (known) return known
  const outcome = place >= round.end && hears(rule, round) ? 'stopped' : 'unheard'
  return { ruleId: rule.id, outcome, asOf: round.steps.length }
}
