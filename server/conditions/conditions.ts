import type { Condition, ConditionField, ConditionTree } from './contract.ts'
import type { ExplainedCondition } from '../rules/contract.ts'
import { leafTest, type LeafTest } from './leaf-tests.ts'
import type { Asked, ConditionNames, Subject } from './subject.ts'
import { conditionsIn, groupOf } from './trees.ts'

export type { Asked, ConditionNames, Subject } from './subject.ts'

/**
 * Whether a tree of conditions holds for one ticket at hand: what `tickets/filter-sql.ts` answers for all of them in the
 * store, but without a store, and without a viewer (`me` and `myTeams` are nobody here).
 */

/** Makes a tree ready to be asked many times. An empty group matches nothing: an unfinished condition must not touch everything. */
export function compile(tree: ConditionTree, names: ConditionNames): LeafTest {
  if ('field' in tree) return leafTest(tree, names)
  const [kind, branches] = groupOf(tree)
  const tests = branches.map((branch) => compile(branch, names))
  if (tests.length === 0) return () => false
  if (kind === 'all') return (asked) => tests.every((test) => test(asked))
  if (kind === 'any') return (asked) => tests.some((test) => test(asked))
  return (asked) => !tests.some((test) => test(asked))
}

/** Asks a tree once, of a ticket that nothing has just happened to. Without `now` conditions on time don't hold. */
export const matches = (tree: ConditionTree, subject: Subject, names: ConditionNames, now = NaN): boolean =>
  compile(tree, names)({ subject, changes: {}, now })

/** Every condition of a tree from left to right, and what was held when it was asked. */
export const explain = (tree: ConditionTree, asked: Asked, names: ConditionNames): ExplainedCondition[] =>
  conditionsIn(tree).map(({ condition, path }) => ({
    path: path.join('.'),
    field: condition.field,
    op: condition.op,
    value: condition.value ?? null,
    held: heldFor(condition, asked),
    ok: leafTest(condition, names)(asked),
  }))

/** What a tree reads of its subject: while none of it changes, neither does the answer. */
export const fieldsOf = (tree: ConditionTree): Set<ConditionField> =>
  new Set(conditionsIn(tree).map(({ condition }) => condition.field))

/** Enough of a long text to see what was meant. */
const SHOWN = 300

function heldFor({ field, op, value = [] }: Condition, asked: Asked): ExplainedCondition['held'] {
  if (field === 'calendar') return [value].flat().filter((id) => asked.isOpen?.(id, asked.now))
  const change =
    op === 'changed' || op === 'changedTo' || op === 'changedFrom' ? asked.changes[field] : undefined
  const held: unknown = change ? (op === 'changedFrom' ? change.from : change.to) : asked.subject[field]
  if (typeof held === 'string') return held.slice(0, SHOWN)
  if (typeof held === 'number') return held
  return Array.isArray(held) ? held.map(String) : null
}
