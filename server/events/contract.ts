import { z } from 'zod'

/** Who did something. `name` is what to show; it is the name at the time of reading. */
export interface Actor {
  type: 'agent' | 'customer' | 'rule' | 'system'
  id: string | null
  name: string | null
}

/** One thing that happened. `seq` grows strictly; `data` has ids and changed fields, never whole rows. */
export interface DeskEvent {
  seq: number
  type: string
  at: string
  actor: Actor
  ticketId: string | null
  data: Record<string, unknown>
}

/** What `live.events` sends: events, or word that the gap is too wide to replay and everything should be fetched afresh. */
export type LiveMessage = DeskEvent | { type: 'resync'; seq: number }

export const liveInput = z
  .object({
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .nullish(),
  })
  .optional()
