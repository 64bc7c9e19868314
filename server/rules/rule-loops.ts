import type { FieldChanges } from '../tickets/ticket-state.ts'
import { changesBy, foldInto } from './draft.ts'
import type { ActionNames } from './property-actions.ts'
import { askedIn, hears, type PlannableRule, type Round } from './round.ts'

/**
 * Rules that would never come to rest, in the order of their places: one that fired and would change something again, because
 * another undid what it had done or changed something after it that it listens to, together with that other; and what was still
 * to come when the last pass ended.
 */
export function loopsIn(
  rules: readonly PlannableRule[],
  round: Round,
  names: ActionNames,
  settled: boolean,
): string[] {
  const found = new Set<string>()
  for (const [place, rule] of rules.entries()) {
    const index = round.steps.findIndex(({ ruleId }) => ruleId === rule.id)
    if (index >= 0) for (const id of fightOf(rule, index, round, names)) found.add(id)
    else if (!settled && place < round.end && wouldGoOn(rule, round)) found.add(rule.id)
  }
  return rules.flatMap(({ id }) => (found.has(id) ? [id] : []))
}

/** The rule and those it fights; empty when it rests. */
function fightOf(rule: PlannableRule, index: number, round: Round, names: ActionNames): string[] {
  const later = round.steps.slice(index + 1).filter(({ changes }) => Object.keys(changes).length > 0)
  if (later.length === 0) return []
  // What a person's act gave rise to is over once the rule has fired; what others changed since is news to it.
  const { draft, beside } = round
  const news = { draft, beside, changes: {} }
  for (const { changes } of later) foldInto(news, changes, names)
  const heardAnew = rule.on.includes('ticket.updated') && wouldChange(rule, { ...round, ...news }, names)
  const wokenAgain = round.calmed.has(rule.id) ? wouldChange(rule, round, names) : null
  const again = heardAnew || wokenAgain
  if (!again) return []
  const opponents = later.filter(({ changes }) => Object.keys(again).some((field) => field in changes))
  return [rule.id, ...opponents.map(({ ruleId }) => ruleId)]
}

function wouldGoOn(rule: PlannableRule, round: Round): boolean {
  if (round.verdicts.get(rule.id)?.outcome === 'failed' || !hears(rule, round)) return false
  try {
    return rule.holds(askedIn(round))
  } catch {
    return false
  }
}

/** Null when it would change nothing, or can't say. */
function wouldChange(rule: PlannableRule, round: Round, names: ActionNames): FieldChanges | null {
  try {
    if (!rule.holds(askedIn(round))) return null
    const changes = changesBy(rule.actions, round, names)
    return Object.keys(changes).length > 0 ? changes : null
  } catch {
    return null
  }
}
