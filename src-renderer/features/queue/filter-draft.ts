import {
  filterFields,
  operatorsOf,
  type FilterField,
  type FilterOperator,
  type FilterTree,
  type TicketFilter,
} from '../../../server/tickets/filter.contract.ts'

/** A line of the editor: a condition in the making, or a group that it shows as a whole and keeps as it is. */
export type DraftLine =
  | { kind: 'condition'; field: FilterField; op: FilterOperator; value: string | string[] | undefined }
  | { kind: 'group'; tree: FilterTree }

/** Conditions in the making. */
export interface LinesDraft {
  /** Whether a ticket must meet all of the lines or any of them. */
  match: 'all' | 'any'
  lines: DraftLine[]
}

export interface FilterDraft extends LinesDraft {
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

export const fieldNames = Object.keys(filterFields) as FilterField[]

export const operatorsFor = (field: FilterField): readonly FilterOperator[] =>
  operatorsOf[filterFields[field]]

export const takesNoValue = (op: FilterOperator): boolean => op === 'empty' || op === 'notEmpty'
export const takesSeveral = (op: FilterOperator): boolean => op === 'in' || op === 'notIn'

/** Whether a value means somebody else to each reader. */
export const isPersonal = (value: string): boolean => value === 'me' || value === 'myTeams'

/** A fresh line for a field, with its commonest operator. */
export function newLine(field: FilterField): DraftLine {
  const [first = 'is'] = operatorsFor(field)
  const op = operatorsFor(field).includes('in') ? 'in' : first
  return { kind: 'condition', field, op, value: blankFor(op) }
}

/** The line with another operator; what was chosen stays as far as it fits. */
export function withOperator(line: DraftLine & { kind: 'condition' }, op: FilterOperator): DraftLine {
  const chosen = typeof line.value === 'string' ? [line.value].filter(Boolean) : (line.value ?? [])
  const value = takesNoValue(op) ? undefined : takesSeveral(op) ? chosen : (chosen[0] ?? '')
  return { ...line, op, value }
}

function blankFor(op: FilterOperator): string | string[] | undefined {
  if (takesNoValue(op)) return undefined
  return takesSeveral(op) ? [] : ''
}

/** Opens a filter for editing: its shorthands become lines like any other condition. */
export function toDraft(filter: TicketFilter): FilterDraft {
  const text = filter.text ?? ''
  const lines = shorthands.flatMap(([shorthand, field]) => {
    const value = filter[shorthand]
    return value ? [lineOf({ field, op: 'in', value: [...value] })] : []
  })
  const where = toLines(filter.where ?? null)
  if (lines.length === 0 || where.match === 'all')
    return { match: where.match, lines: [...lines, ...where.lines], text }
  return { match: 'all', lines: [...lines, ...(filter.where ? [lineOf(filter.where)] : [])], text }
}

/** Opens a tree of conditions for editing. */
export function toLines(tree: FilterTree | null): LinesDraft {
  if (!tree) return { match: 'all', lines: [] }
  if ('all' in tree) return { match: 'all', lines: tree.all.map(lineOf) }
  if ('any' in tree) return { match: 'any', lines: tree.any.map(lineOf) }
  return { match: 'all', lines: [lineOf(tree)] }
}

/** What the lines say, or null when they say nothing yet. */
export function toTree({ match, lines }: LinesDraft): FilterTree | null {
  const trees = lines.filter(isComplete).map(treeOf)
  if (trees.length === 0) return null
  return match === 'all' ? { all: trees } : { any: trees }
}

function lineOf(tree: FilterTree): DraftLine {
  if (!('field' in tree)) return { kind: 'group', tree }
  return { kind: 'condition', field: tree.field, op: tree.op, value: tree.value }
}

/** Whether a line says something yet; unfinished ones don't count. */
export function isComplete(line: DraftLine): boolean {
  if (line.kind === 'group' || takesNoValue(line.op)) return true
  return Array.isArray(line.value) ? line.value.length > 0 : Boolean(line.value?.trim())
}

/** What the editor says, as the server takes it. Shorthands are what its indexes are made for, so they are used where they fit. */
export function toFilter({ match, lines, text }: FilterDraft): TicketFilter {
  const filter: Record<string, unknown> = text.trim() ? { text: text.trim() } : {}
  const trees = lines.filter(isComplete).flatMap((line) => {
    const shorthand = match === 'all' ? shorthandOf(line) : undefined
    if (line.kind === 'group' || !shorthand || shorthand in filter) return [treeOf(line)]
    filter[shorthand] = line.value
    return []
  })
  if (trees.length > 0) filter['where'] = match === 'all' ? { all: trees } : { any: trees }
  return filter as TicketFilter
}

function shorthandOf(line: DraftLine): keyof TicketFilter | undefined {
  if (line.kind === 'group' || line.op !== 'in') return undefined
  return shorthands.find(([, field]) => field === line.field)?.[0]
}

function treeOf(line: DraftLine): FilterTree {
  if (line.kind === 'group') return line.tree
  const { field, op, value } = line
  return value === undefined ? { field, op } : { field, op, value }
}

/** How many conditions a filter holds, for the mark on its button. */
export const conditionCount = (filter: TicketFilter): number => {
  const { lines, text } = toDraft(filter)
  return lines.length + (text ? 1 : 0)
}
