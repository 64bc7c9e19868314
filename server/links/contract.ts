import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { TicketItem } from '../tickets/contract.ts'

export const mergeSchema = z.strictObject({
  /** The ticket that ends. */
  sourceId: idSchema,
  /** The one that it goes on in. */
  targetId: idSchema,
  /** The version of the source that the decision was made on. */
  version: z.int().min(1).optional(),
})
export type MergeInput = z.infer<typeof mergeSchema>

export const ticketRefSchema = z.strictObject({ ticketId: idSchema })

export const linkSchema = z.strictObject({ parentId: idSchema, childId: idSchema })
export type LinkInput = z.infer<typeof linkSchema>

/** Children at once: all of them are one step of the desk, so that is kept short. */
export const MAX_CHILDREN_AT_ONCE = 20

export const resolveChildrenSchema = z.strictObject({
  parentId: idSchema,
  childIds: z.array(idSchema).min(1).max(MAX_CHILDREN_AT_ONCE),
  /** What each of them is answered; without it they are resolved in silence. */
  body: z.string().max(200_000).optional(),
})
export type ResolveChildren = z.infer<typeof resolveChildrenSchema>

export interface MergeAnswer {
  sourceId: string
  sourceVersion: number
  /** Where the source goes on, at the end of all merges. */
  survivor: { id: string; number: string }
}

export interface UnmergeAnswer {
  ticketId: string
  version: number
}

export interface TicketLinks {
  parent: TicketItem | null
  children: TicketItem[]
  /** How many more children there are in queues that the viewer doesn't see. */
  hidden: number
}

export interface ResolvedChild {
  id: string
  number: string
  /** `already`: it was done before, or isn't a child of this ticket any more, and was left alone. */
  outcome: 'resolved' | 'already'
  version: number
  /** To take it back to. */
  statusBefore: string
}
