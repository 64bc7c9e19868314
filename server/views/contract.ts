import { z } from 'zod'
import { idSchema } from '../ids.ts'
import {
  sortSchema,
  ticketFilterSchema,
  type TicketFilter,
  type TicketSort,
} from '../tickets/filter.contract.ts'

/** A list of tickets that somebody gave a name. */
export interface SavedView {
  id: string
  name: string
  /** Everybody's; otherwise only its owner sees it. */
  shared: boolean
  filter: TicketFilter
  sort: TicketSort
  /** Among the shared views, or among the owner's. */
  position: number
}

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^\P{Cc}*$/u)

/** A list is asked for by its filter in an address, whose length is bounded: what can be saved can also be opened. */
const filter = ticketFilterSchema.refine(
  (given) => encodeURIComponent(JSON.stringify(given)).length <= 8_000,
  'filter.too_large',
)

export const createViewInput = z.strictObject({
  /** Made by the client. With the id and position of a deleted view it comes back as it was. */
  id: idSchema.optional(),
  name,
  shared: z.boolean().default(false),
  filter,
  sort: sortSchema,
  /** At the end when missing. */
  position: z.int().min(0).max(10_000).optional(),
})
export type CreateView = z.infer<typeof createViewInput>

export const updateViewInput = z.strictObject({
  id: idSchema,
  changes: z.strictObject({
    name: name.optional(),
    shared: z.boolean().optional(),
    filter: filter.optional(),
    sort: sortSchema.optional(),
  }),
})
export type UpdateView = z.infer<typeof updateViewInput>

export const viewRef = z.strictObject({ id: idSchema })
/** All of the shared views or all of one's own, in their new order. */
export const viewOrderInput = z.strictObject({ ids: z.array(idSchema).min(1).max(200) })
