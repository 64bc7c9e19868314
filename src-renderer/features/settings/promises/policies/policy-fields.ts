import { newPolicyInput } from '../../../../../server/sla/contract.ts'
import { toFailure } from '../../../../api/errors.ts'
import { errorKey } from '../../../../api/reasons.ts'
import type { Built, Problems } from './policy-draft.ts'

/**
 * The fields of the policy form have names of their own, since rows are known by their priority and levels by their key:
 * `name`, `when`, `when.all.2.value` (as the server says it), `calendarId`, `targets`, `target:<priority>:<metric>`, `pauseOn`, `escalations`,
 * `level:<key>:moment`, `level:<key>:notify`, `level:<key>:actions` …
 */

type Rows = Pick<Built, 'priorityIds' | 'levelKeys'>

/** Fields of a level that the form shows as its moment. */
const momentFields = ['atPercent', 'offsetMinutes', 'metric']

/** The form's field that a path of the server's input means, with or without `changes.` before it. */
export function fieldAt(path: string, { priorityIds, levelKeys }: Rows): string {
  const field = path.replace(/^changes\./, '')
  const [part = '', ...rest] = field.split('.')
  const index = Number(rest[0])
  if (part === 'when') return field
  // Where a policy stands is no field of the form; what it is for is the other half of what is wrong then.
  if (part === 'position') return 'when'
  if (part === 'targets' && priorityIds[index] !== undefined) {
    const metric = rest[1]?.replace(/Minutes$/, '')
    return metric && metric !== 'priority'
      ? `target:${priorityIds[index]}:${metric}`
      : `target:${priorityIds[index]}`
  }
  if (part === 'escalations' && levelKeys[index] !== undefined) {
    const of = rest[1] ?? 'moment'
    return `level:${levelKeys[index]}:${momentFields.includes(of) ? 'moment' : of}`
  }
  return part
}

/** A refusal's reasons by field, as i18n keys, the first of each; empty when it is about none of the fields. */
export function problemsOf(error: unknown, rows: Rows): Problems {
  const problems: Problems = {}
  for (const [path, reasons] of Object.entries(toFailure(error).fieldErrors)) {
    const [reason] = reasons
    if (reason) problems[fieldAt(path, rows)] ??= errorKey(reason, 'refused')
  }
  return problems
}

/** What the server is sure to refuse, found with its own schema before anything is sent. */
export function earlyProblems({ policy, ...rows }: Built): Problems {
  const { error } = newPolicyInput.safeParse(policy)
  const problems: Problems = {}
  for (const { path, code, message } of error?.issues ?? []) {
    const reason = /^[a-z]+(\.[a-z_]+)+$/.test(message) ? message : `input.${code}`
    problems[fieldAt(path.join('.'), rows)] ??= errorKey(reason, 'refused')
  }
  return problems
}
