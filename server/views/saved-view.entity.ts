import { EntitySchema } from 'typeorm'
import type { TicketFilter, TicketSort } from '../tickets/filter.contract.ts'

export interface SavedViewRow {
  id: string
  name: string
  /** Null for a view that is everybody's. */
  ownerId: string | null
  filter: TicketFilter
  sort: TicketSort
  position: number
  createdAt: number
}

export const SavedViewEntity = new EntitySchema<SavedViewRow>({
  name: 'saved_view',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    ownerId: { type: 'text', nullable: true },
    filter: { type: 'simple-json' },
    sort: { type: 'simple-json' },
    position: { type: 'integer' },
    createdAt: { type: 'integer' },
  },
})
