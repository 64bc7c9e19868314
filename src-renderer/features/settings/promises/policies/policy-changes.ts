import { metrics } from '../../../../../server/sla/contract.ts'
import { buildPolicy, targetOf, type PolicyContent, type PolicyDraft } from './policy-draft.ts'

export type PolicyPart = keyof PolicyContent

const parts = [
  'name',
  'when',
  'calendarId',
  'targets',
  'pauseOn',
  'pauseNextResponseOn',
  'escalations',
] as const satisfies readonly PolicyPart[]

/** The parts in which two policies differ. The order of targets means nothing. */
function differingParts(a: PolicyContent, b: PolicyContent): PolicyPart[] {
  return parts.filter((part) => comparable(a, part) !== comparable(b, part))
}

function comparable(policy: PolicyContent, part: PolicyPart): string {
  if (part !== 'targets') return JSON.stringify(policy[part])
  const rows = policy.targets.map((target) => [
    target.priority,
    ...metrics.map((metric) => targetOf(target, metric)),
  ])
  return JSON.stringify(rows.sort((x, y) => String(x[0]).localeCompare(String(y[0]))))
}

/** What the form changed of the policy that it began with. */
export function policyChanges(before: PolicyContent, after: PolicyContent): Partial<PolicyContent> {
  return Object.fromEntries(differingParts(before, after).map((part) => [part, after[part]]))
}

/** Which draft fields each part of a policy comes from. */
const draftFields = {
  name: ['name'],
  when: ['isForAll', 'when'],
  calendarId: ['isAlways', 'calendarId'],
  targets: ['targets'],
  pauseOn: ['pauseOn'],
  pauseNextResponseOn: ['pauseNextResponseOn'],
  escalations: ['levels'],
} as const satisfies Record<PolicyPart, readonly (keyof PolicyDraft)[]>

/** The draft with these parts as they stand in `other`. */
export function withParts(draft: PolicyDraft, other: PolicyDraft, taken: readonly PolicyPart[]): PolicyDraft {
  const fields = taken.flatMap((part): readonly (keyof PolicyDraft)[] => draftFields[part])
  return { ...draft, ...Object.fromEntries(fields.map((field) => [field, other[field]])) }
}

export interface Rebased {
  /** Goes on from what is saved now, with everything changed here kept. */
  draft: PolicyDraft
  /** Parts that both changed, differently: the draft has its author's, the other's can still be taken. */
  collisions: PolicyPart[]
  /** Parts that only the other changed; the draft has them now. */
  taken: PolicyPart[]
}

/** Somebody else saved the policy in between: puts what was changed here on top of it. */
export function rebase(base: PolicyDraft, mine: PolicyDraft, theirs: PolicyDraft): Rebased {
  const [before, own, other] = [base, mine, theirs].map((draft) => buildPolicy(draft).policy) as [
    PolicyContent,
    PolicyContent,
    PolicyContent,
  ]
  const changedHere = differingParts(before, own)
  const changedThere = differingParts(before, other)
  const taken = changedThere.filter((part) => !changedHere.includes(part))
  const collisions = changedThere.filter(
    (part) => changedHere.includes(part) && comparable(own, part) !== comparable(other, part),
  )
  return { draft: withParts(mine, theirs, taken), collisions, taken }
}
