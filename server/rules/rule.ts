import { ruleDefinitionSchema, type RuleDefinition } from './contract.ts'
import type { RuleRow } from './entities.ts'

/** What an office lets its desk do by itself: a stored rule, read. */
export interface Rule extends RuleDefinition {
  id: string
  position: number
  enabled: boolean
  archived: boolean
  version: number
  /** Why the desk itself switched it off, and when (milliseconds UTC). */
  fault: { reason: string; at: number } | null
}

/** A row as it is used; null when it can't be read (any more), and then nothing is done by it. */
export function parseRule(row: RuleRow): Rule | null {
  const read = ruleDefinitionSchema.safeParse(unpacked(row))
  if (!read.success) return null
  const { id, position, enabled, version, archivedAt, faultReason, faultAt } = row
  return {
    ...read.data,
    ...{ id, position, enabled, version },
    archived: archivedAt !== null,
    fault: faultReason !== null && faultAt !== null ? { reason: faultReason, at: faultAt } : null,
  }
}

/** What a rule says, without its place and its life. */
export const definitionOf = ({ name, on, when, then, after, stop }: RuleDefinition): RuleDefinition => ({
  ...{ name, on, when, then, after, stop },
})

export const isTimeRule = ({ on }: Pick<RuleDefinition, 'on'>): boolean => on.includes('time')

/** Nothing at all when a column holds no JSON, lest a rule without its conditions touch every ticket. */
function unpacked(row: RuleRow): unknown {
  try {
    return {
      name: row.name,
      on: JSON.parse(row.triggers) as unknown,
      when: row.conditions === null ? null : (JSON.parse(row.conditions) as unknown),
      then: JSON.parse(row.actions) as unknown,
      after: row.after === null ? null : (JSON.parse(row.after) as unknown),
      stop: row.stop,
    }
  } catch {
    return null
  }
}
