import { z } from 'zod'
import { idSchema } from '../ids.ts'
import type { TicketItem } from '../tickets/contract.ts'

export const floodRefSchema = z.strictObject({ id: idSchema })
export const floodOfTicketSchema = z.strictObject({ ticketId: idSchema })

/** `open` waits for somebody's decision, `accepted` gathers its tickets under one, `dismissed` is left alone. */
export type FloodState = 'open' | 'accepted' | 'dismissed'

/** Many tickets of what looks like one cause. */
export interface FloodView {
  id: string
  state: FloodState
  /** The first of them, under which they could be gathered. */
  parent: TicketItem
  /** How many tickets, of how many customers. */
  count: number
  requesters: number
  startedAt: string
  lastAt: string
}
