import { EntitySchema } from 'typeorm'

export interface EventRow {
  seq: number
  at: number
  actorType: 'agent' | 'customer' | 'rule' | 'system'
  actorId: string | null
  type: string
  ticketId: string | null
  /** JSON of {@link Audience}; null is everybody who is signed in. */
  audience: string | null
  data: string
}

export const EventEntity = new EntitySchema<EventRow>({
  name: 'event',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    at: { type: 'integer' },
    actorType: { type: 'text' },
    actorId: { type: 'text', nullable: true },
    type: { type: 'text' },
    ticketId: { type: 'text', nullable: true },
    audience: { type: 'text', nullable: true },
    data: { type: 'text' },
  },
})
