import { z } from 'zod'
import { statusClasses, type StatusClass } from '../catalog/contract.ts'

/** Classes of tickets that still need somebody: the living queue. */
export const activeClasses: readonly StatusClass[] = ['new', 'open', 'waiting', 'hold']

export const channels = ['phone', 'email', 'portal', 'chat', 'manual'] as const
export type Channel = (typeof channels)[number]

/** How a field's values compare: rows by id or key, words by text without accents, instants, or sets of tags. */
export const filterFields = {
  subject: 'text',
  statusClass: 'option',
  status: 'row',
  priority: 'row',
  type: 'row',
  category: 'row',
  team: 'row',
  agent: 'row',
  requester: 'row',
  'customer.tier': 'row',
  'customer.organization': 'row',
  channel: 'option',
  tags: 'tags',
  createdAt: 'instant',
  updatedAt: 'instant',
  dueAt: 'instant',
  waitingSince: 'instant',
} as const
export type FilterField = keyof typeof filterFields
export type FieldKind = (typeof filterFields)[FilterField]

/** Operators that make sense for a kind of field; the filter editor and the server's check read the same table. */
export const operatorsOf = {
  text: ['contains', 'startsWith', 'is'],
  option: ['is', 'isNot', 'in', 'notIn'],
  row: ['is', 'isNot', 'in', 'notIn', 'empty', 'notEmpty'],
  tags: ['in', 'notIn', 'empty', 'notEmpty'],
  instant: ['gt', 'lt', 'empty', 'notEmpty'],
} as const satisfies Record<FieldKind, readonly string[]>
export type FilterOperator = (typeof operatorsOf)[FieldKind][number]

const value = z.union([z.string().max(200), z.array(z.string().max(200)).min(1).max(100)])

/**
 * One test of a filter. A row is named by its id or its key; `me` and `myTeams` stand for the viewer, so that a shared view
 * means each reader's own tickets. An instant is ISO 8601, or that long before or after now: `-P7D`, `-PT2H`, `P1D`.
 */
const conditionSchema = z
  .strictObject({
    field: z.enum(Object.keys(filterFields) as [FilterField, ...FilterField[]]),
    op: z.enum([...new Set(Object.values(operatorsOf).flat())] as [FilterOperator, ...FilterOperator[]]),
    value: value.optional(),
  })
  .refine(({ field, op }) => (operatorsOf[filterFields[field]] as readonly string[]).includes(op), {
    path: ['op'],
    message: 'filter.operator_unfit',
  })
  .refine(({ op, value: given }) => (op === 'empty' || op === 'notEmpty') === (given === undefined), {
    path: ['value'],
    message: 'filter.value_unfit',
  })
  .refine(
    ({ op, value: given }) => given === undefined || (op === 'in' || op === 'notIn') === Array.isArray(given),
    {
      path: ['value'],
      message: 'filter.value_unfit',
    },
  )
export type Condition = z.infer<typeof conditionSchema>

export type FilterTree = { all: FilterTree[] } | { any: FilterTree[] } | { none: FilterTree[] } | Condition

/** A tree of conditions, at most five levels deep; an empty group matches nothing. */
export const filterTreeSchema: z.ZodType<FilterTree> = treeOfDepth(5)

function treeOfDepth(depth: number): z.ZodType<FilterTree> {
  if (depth === 0) return conditionSchema
  const branch = z.array(treeOfDepth(depth - 1)).max(50)
  return z.union([
    conditionSchema,
    z.strictObject({ all: branch }),
    z.strictObject({ any: branch }),
    z.strictObject({ none: branch }),
  ])
}

const ids = z.array(z.string().max(60)).min(1).max(100)

/** Shorthands for the commonest filters, and `where` for everything else; all of them must hold. */
export const ticketFilterSchema = z.strictObject({
  statusClass: z.array(z.enum(statusClasses)).min(1).optional(),
  statusIds: ids.optional(),
  priorityIds: ids.optional(),
  typeIds: ids.optional(),
  categoryIds: ids.optional(),
  /** `none` stands for tickets without a team; `mine` for the viewer's teams. */
  teamIds: ids.optional(),
  /** `none` stands for tickets nobody has; `me` for the viewer. */
  agentIds: ids.optional(),
  requesterIds: ids.optional(),
  /** Names of tags; a ticket with any of them matches. */
  tags: ids.optional(),
  channels: z.array(z.enum(channels)).min(1).optional(),
  /** Words that the ticket must have, as in search. */
  text: z.string().trim().min(1).max(200).optional(),
  where: filterTreeSchema.optional(),
})
export type TicketFilter = z.infer<typeof ticketFilterSchema>

const sortFields = ['dueAt', 'priority', 'createdAt', 'updatedAt'] as const
export const sortSchema = z.strictObject({
  by: z.enum(sortFields),
  dir: z.enum(['asc', 'desc']).default('asc'),
})
export type TicketSort = z.infer<typeof sortSchema>
