import { matches, type ConditionNames, type Subject } from '../conditions/conditions.ts'
import { newPolicyInput, type Level, type Metric, type PolicyView, type Target } from './contract.ts'
import type { PolicyRow } from './entities.ts'

/** What an office promises to the tickets that it takes: a stored policy, read. */
export type Policy = Omit<PolicyView, 'openTickets'>

const minutesField = {
  firstResponse: 'firstResponseMinutes',
  nextResponse: 'nextResponseMinutes',
  resolution: 'resolutionMinutes',
} as const satisfies Record<Metric, string>

const MINUTE_MS = 60_000
const storedPolicy = newPolicyInput.required({ position: true })

/** A row as it is used; null when it can't be read (any more), and then it must not be gone by. */
export function parsePolicy(row: PolicyRow): Policy | null {
  const read = storedPolicy.safeParse(unpacked(row))
  if (!read.success || !read.data.escalations.every(hasId)) return null
  const escalations = read.data.escalations.filter(hasId)
  return { ...read.data, escalations, id: row.id, version: row.version, archived: row.archivedAt !== null }
}

/** The first policy in use, by position, that takes such a ticket. */
export function choosePolicy(
  policies: readonly Policy[],
  subject: Subject,
  names: ConditionNames,
): Policy | null {
  let chosen: Policy | null = null
  for (const policy of policies) {
    if (policy.archived || (chosen && chosen.position <= policy.position)) continue
    if (policy.when === null || matches(policy.when, subject, names)) chosen = policy
  }
  return chosen
}

/** What is promised at this priority, in milliseconds; null is no promise. */
export function targetsOf({ targets }: Policy, priorityId: string): Record<Metric, number | null> {
  const target = targets.find(({ priority }) => priority === priorityId)
  const inMs = (metric: Metric) => {
    const minutes = target && minutesOf(target, metric)
    return minutes ? minutes * MINUTE_MS : null
  }
  return {
    firstResponse: inMs('firstResponse'),
    nextResponse: inMs('nextResponse'),
    resolution: inMs('resolution'),
  }
}

/** Null is no promise. */
export const minutesOf = (target: Target, metric: Metric): number | null =>
  target[minutesField[metric]] ?? null

const hasId = (level: { id?: string | undefined }): level is Level => level.id !== undefined

/** Nothing at all when a column holds no JSON, lest a policy without its conditions take every ticket. */
function unpacked(row: PolicyRow): unknown {
  try {
    return {
      name: row.name,
      position: row.position,
      when: row.conditions === null ? null : JSON.parse(row.conditions),
      calendarId: row.calendarId,
      targets: JSON.parse(row.targets),
      pauseOn: JSON.parse(row.pauseOn),
      pauseNextResponseOn: JSON.parse(row.pauseNextResponseOn),
      escalations: JSON.parse(row.escalations),
    }
  } catch {
    return null
  }
}
