import { z } from 'zod'
import { statusClasses, type StatusClass } from '../catalog/contract.ts'
import { treeSchemaFor, type ConditionTree, type FieldOf } from '../conditions/contract.ts'
import { channels } from './channels.contract.ts'

export { channels, type Channel } from './channels.contract.ts'

/** Classes of tickets that still need somebody: the living queue. */
export const activeClasses: readonly StatusClass[] = ['new', 'open', 'waiting', 'hold']

/** The part of the table of conditions that filters may use. */
export type FilterField = FieldOf<'view'>
export type FilterTree = ConditionTree

const filterTreeSchema = treeSchemaFor('view')

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
