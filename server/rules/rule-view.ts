import type { Db } from '../store/store.ts'
import type { RuleView } from './contract.ts'
import { definitionOf, type Rule } from './rule.ts'
import { faultsByField, ruleFaults } from './rule-check.ts'
import type { KnownRows } from './rule-refs.ts'
import { findTallies } from './rule-rows.ts'
import { countWaiting } from './time/wait-rows.ts'

/** Rules as clients see them, with what they did and what has become wrong with them since they were saved. */
export async function viewsOf(db: Db, rules: readonly Rule[], known: KnownRows): Promise<RuleView[]> {
  const tallies = await findTallies(db)
  const waiting = await countWaiting(db)
  return rules.map((rule) => {
    const { id, position, enabled, archived, version, fault } = rule
    const tally = tallies.get(id)
    return {
      ...definitionOf(rule),
      ...{ id, position, enabled, archived, version },
      fault: fault && { reason: fault.reason, at: new Date(fault.at).toISOString() },
      problems: faultsByField(ruleFaults({ rule, before: null, known })),
      firedCount: tally?.count ?? 0,
      lastFiredAt: tally ? new Date(tally.lastAt).toISOString() : null,
      waiting: waiting.get(id) ?? 0,
    }
  })
}
