import type { Condition, ConditionTree } from '../../../server/conditions/contract.ts'
import type { FilterField, TicketFilter } from '../../../server/tickets/filter.contract.ts'
import { conditionsIn, isComplete, pruned } from '../../conditions/condition-draft.ts'
import { asGroup, branchesOf, isGroup, kindOf } from '../../conditions/tree-edits.ts'

/** A filter in the making. */
export interface FilterDraft {
  /** Conditions, perhaps unfinished; null while there are none. */
  tree: ConditionTree | null
  /** Words the ticket must have, besides. */
  text: string
}

/** The shorthand of a filter and the field it speaks of. */
const shorthands = [
  ['statusClass', 'statusClass'],
  ['statusIds', 'status'],
  ['priorityIds', 'priority'],
  ['typeIds', 'type'],
  ['categoryIds', 'category'],
  ['teamIds', 'team'],
  ['agentIds', 'agent'],
  ['requesterIds', 'requester'],
  ['tags', 'tags'],
  ['channels', 'channel'],
] as const satisfies readonly (readonly [keyof TicketFilter, FilterField])[]

/** Opens a filter for editing: its shorthands become conditions like any other. */
export function toDraft(filter: TicketFilter): FilterDraft {
  const text = filter.text ?? ''
  const short = shorthands.flatMap(([shorthand, field]): Condition[] => {
    const value = filter[shorthand]
    return value ? [{ field, op: 'in', value: [...value] }] : []
  })
  const { where = null } = filter
  if (short.length === 0) return { tree: where, text }
  return { tree: { all: [...short, ...demandsOf(where)] }, text }
}

/** What must hold beside other things for a tree to hold. */
function demandsOf(tree: ConditionTree | null): readonly ConditionTree[] {
  if (!tree) return []
  return isGroup(tree) && kindOf(tree) === 'all' ? branchesOf(tree) : [tree]
}

/** What the editor says, as the server takes it. Shorthands are what its indexes are made for, so they are used where they fit. */
export function toFilter({ tree, text }: FilterDraft): TicketFilter {
  const filter: Record<string, unknown> = text.trim() ? { text: text.trim() } : {}
  const finished = pruned(tree)
  if (!finished) return filter as TicketFilter
  const root = asGroup(finished)
  if (kindOf(root) !== 'all') return { ...filter, where: root } as TicketFilter
  const others = branchesOf(root).filter((branch) => {
    const shorthand = shorthandOf(branch)
    if (!shorthand || shorthand in filter) return true
    filter[shorthand] = (branch as Condition).value
    return false
  })
  if (others.length > 0) filter['where'] = { all: others }
  return filter as TicketFilter
}

function shorthandOf(branch: ConditionTree): keyof TicketFilter | undefined {
  if (isGroup(branch) || branch.op !== 'in') return undefined
  return shorthands.find(([, field]) => field === branch.field)?.[0]
}

/** How many conditions a filter holds, for the mark on its button. */
export const conditionCount = (filter: TicketFilter): number => {
  const { tree, text } = toDraft(filter)
  return (tree ? conditionsIn(tree).filter(isComplete).length : 0) + (text ? 1 : 0)
}
