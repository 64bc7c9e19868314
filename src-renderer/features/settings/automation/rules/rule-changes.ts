import type { RuleDefinition } from '../../../../../server/rules/contract.ts'
import type { OpenMinutes } from './delay-draft.ts'
import { buildRule, type RuleDraft } from './rule-draft.ts'

export type RulePart = keyof RuleDefinition

const parts = ['name', 'on', 'after', 'when', 'then', 'stop'] as const satisfies readonly RulePart[]

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const differingParts = (a: RuleDefinition, b: RuleDefinition): RulePart[] =>
  parts.filter((part) => !isSame(a[part], b[part]))

/** What the form changed of the rule that it began with. */
export function ruleChanges(before: RuleDefinition, after: RuleDefinition): Partial<RuleDefinition> {
  return Object.fromEntries(differingParts(before, after).map((part) => [part, after[part]]))
}

/** Which draft fields each part of a rule comes from. */
const draftFields = {
  name: ['name'],
  on: ['on'],
  after: ['after'],
  when: ['isForAll', 'when'],
  then: ['then'],
  stop: ['stop'],
} as const satisfies Record<RulePart, readonly (keyof RuleDraft)[]>

/** The draft with these parts as they stand in `other`. */
export function withParts(draft: RuleDraft, other: RuleDraft, taken: readonly RulePart[]): RuleDraft {
  const fields = taken.flatMap((part): readonly (keyof RuleDraft)[] => draftFields[part])
  return { ...draft, ...Object.fromEntries(fields.map((field) => [field, other[field]])) }
}

export interface Rebased {
  /** Goes on from what is saved now, with everything changed here kept. */
  draft: RuleDraft
  /** Parts that both changed, differently: the draft has its author's, the other's can still be taken. */
  collisions: RulePart[]
  /** Parts that only the other changed; the draft has them now. */
  taken: RulePart[]
}

/** Somebody else saved the rule in between: puts what was changed here on top of it. */
export function rebase(base: RuleDraft, mine: RuleDraft, theirs: RuleDraft, open: OpenMinutes): Rebased {
  const read = (draft: RuleDraft) => buildRule(draft, open).rule
  const [before, own, other] = [read(base), read(mine), read(theirs)]
  const changedHere = differingParts(before, own)
  const changedThere = differingParts(before, other)
  const taken = changedThere.filter((part) => !changedHere.includes(part))
  const collisions = changedThere.filter(
    (part) => changedHere.includes(part) && !isSame(own[part], other[part]),
  )
  return { draft: withParts(mine, theirs, taken), collisions, taken }
}
