import { foldName } from '../catalog/fold-name.ts'
import { conditionFaults } from '../conditions/condition-refs.ts'
import { metrics, type Level, type Target } from './contract.ts'
import { actionRefs, choosable, namedBy, type Choosable, type KnownRows } from './policy-refs.ts'
import { minutesOf, type Policy } from './policy.ts'

/** What is wrong with a policy, at which field of its input. */
export interface PolicyFault {
  field: string
  reason: string
}

export interface PolicyCase {
  /** As it would be; rows by id. */
  policy: Policy
  /** As it was, null for a new one: rows that it named before may have been retired since. */
  before: Policy | null
  /** The other policies in use. */
  others: readonly Policy[]
  known: KnownRows
}

const roles: ReadonlySet<string> = new Set(['agent', 'team', 'supervisors'])
const choiceReasons = { unknown: 'sla.unknown_choice', retired: 'sla.retired_choice' }
const calendarReasons = { unknown: 'calendar.not_found', retired: 'calendar.retired' }

/** Everything that is wrong with a policy; empty when it can be kept. The place of a retired one doesn't matter. */
export function policyFaults(given: PolicyCase): PolicyFault[] {
  const { policy, before, known } = given
  const held = before ? namedBy(before) : new Set<string>()
  const choice = (field: string, id: string, row: Choosable | undefined, reasons = choiceReasons) => {
    if (!row) return [{ field, reason: reasons.unknown }]
    return row.retired && !held.has(id) ? [{ field, reason: reasons.retired }] : []
  }
  const { calendarId, targets, escalations } = policy
  return [
    ...(policy.archived ? [] : placeFaults(given)),
    ...(policy.when ? conditionFaults(policy.when, known, 'policy') : []),
    ...(calendarId === null
      ? []
      : choice('calendarId', calendarId, choosable.calendar(calendarId, known), calendarReasons)),
    ...targets.flatMap((target, index) => [
      ...choice(`targets.${index}.priority`, target.priority, choosable.priority(target.priority, known)),
      ...targetFaults(target, index, targets),
    ]),
    ...escalations.flatMap((level, index) => [
      ...levelFaults(level, index, policy),
      ...level.notify.flatMap((who, n) =>
        roles.has(who) ? [] : choice(`escalations.${index}.notify.${n}`, who, choosable.agent(who, known)),
      ),
      ...(level.actions ?? []).flatMap((action, n) =>
        actionRefs(action, known).flatMap(({ id, row }) =>
          choice(`escalations.${index}.actions.${n}.value`, id, row),
        ),
      ),
    ]),
  ]
}

/** Whether no ticket gets past the first policy to the second: it takes every one, or just the same ones. */
export const hides = (first: Policy, second: Policy): boolean =>
  first.when === null || (second.when !== null && JSON.stringify(first.when) === JSON.stringify(second.when))

function placeFaults({ policy, others }: PolicyCase): PolicyFault[] {
  const faults: PolicyFault[] = []
  if (others.some(({ name }) => foldName(name) === foldName(policy.name)))
    faults.push({ field: 'name', reason: 'policy.name_taken' })
  if (others.some(({ position }) => position === policy.position))
    faults.push({ field: 'position', reason: 'sla.position_taken' })
  if (others.some((other) => other.position < policy.position && hides(other, policy)))
    faults.push({ field: 'position', reason: 'sla.policy_unreachable' })
  if (others.some((other) => other.position > policy.position && hides(policy, other)))
    faults.push({ field: 'position', reason: 'sla.policy_hides_others' })
  return faults
}

function targetFaults(target: Target, index: number, targets: readonly Target[]): PolicyFault[] {
  const faults: PolicyFault[] = []
  const { priority } = target
  const [first, end] = [minutesOf(target, 'firstResponse'), minutesOf(target, 'resolution')]
  if (targets.findIndex((other) => other.priority === priority) < index)
    faults.push({ field: `targets.${index}.priority`, reason: 'sla.priority_repeated' })
  if (metrics.every((metric) => minutesOf(target, metric) === null))
    faults.push({ field: `targets.${index}`, reason: 'sla.target_empty' })
  if (first !== null && end !== null && end < first)
    faults.push({
      field: `targets.${index}.resolutionMinutes`,
      reason: 'sla.resolution_before_first_response',
    })
  return faults
}

function levelFaults(level: Level, index: number, { targets, escalations }: Policy): PolicyFault[] {
  const at = (part: string) => `escalations.${index}.${part}`
  const { metric, atPercent, offsetMinutes } = level
  const lengths = targets.flatMap((target) => minutesOf(target, metric) ?? [])
  if (lengths.length === 0) return [{ field: at('metric'), reason: 'sla.level_without_target' }]
  if (offsetMinutes !== undefined && Math.min(...lengths) + offsetMinutes <= 0)
    return [{ field: at('offsetMinutes'), reason: 'sla.escalation_in_the_past' }]
  if (
    escalations.findIndex((other) => other.metric === metric && momentOf(other) === momentOf(level)) < index
  )
    return [
      { field: at(atPercent === undefined ? 'offsetMinutes' : 'atPercent'), reason: 'sla.level_repeated' },
    ]
  return []
}

/** Two levels of one moment are one, written twice. The deadline itself is 100 % as well as no minutes from it. */
function momentOf({ atPercent, offsetMinutes = 0 }: Level): string {
  if (atPercent === undefined) return `${offsetMinutes} min`
  return atPercent === 100 ? '0 min' : `${atPercent} %`
}
