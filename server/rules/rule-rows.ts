import type { Db, Tx } from '../store/store.ts'
import { RuleEntity } from './entities.ts'
import { parseRule, type Rule } from './rule.ts'

/** Reads and writes of the rules' own tables, named by the question they answer. */

/** All that can be read, by position, retired ones included. */
export async function findRules(db: Db): Promise<Rule[]> {
  const rows = await db.find(RuleEntity, { order: { position: 'ASC', id: 'ASC' } })
  return rows.flatMap((row) => parseRule(row) ?? [])
}

export async function saveRule(tx: Tx, rule: Rule, before: Rule | null, now: number): Promise<void> {
  const { id, name, position, enabled, stop, version, fault, archived } = rule
  const values = {
    ...{ name, position, enabled, stop, version },
    triggers: JSON.stringify(rule.on),
    conditions: rule.when && JSON.stringify(rule.when),
    actions: JSON.stringify(rule.then),
    after: rule.after && JSON.stringify(rule.after),
    faultReason: fault?.reason ?? null,
    faultAt: fault?.at ?? null,
    ...(archived === (before?.archived ?? false) ? {} : { archivedAt: archived ? now : null }),
  }
  if (before) await tx.db.update(RuleEntity, { id }, values)
  else await tx.db.insert(RuleEntity, { archivedAt: null, ...values, id, createdAt: now })
}

export interface RuleTally {
  count: number
  lastAt: number
}

/** How often each rule has done something; those that never did are left out. */
export async function findTallies(db: Db): Promise<Map<string, RuleTally>> {
  const rows = await db.sql<(RuleTally & { ruleId: string })[]>`SELECT ruleId, count, lastAt FROM rule_tally`
  return new Map(rows.map(({ ruleId, count, lastAt }) => [ruleId, { count, lastAt }]))
}

export async function tallyFired(tx: Tx, ruleId: string, at: number): Promise<void> {
  await tx.db.sql`
    INSERT INTO rule_tally (ruleId, count, lastAt) VALUES (${ruleId}, 1, ${at})
    ON CONFLICT (ruleId) DO UPDATE SET count = rule_tally.count + 1, lastAt = ${at}`
}
