import type { TicketSort } from '../../../server/tickets/filter.contract.ts'

/** The orders that make sense at a desk. */
export const sortChoices = [
  { name: 'due', sort: { by: 'dueAt', dir: 'asc' } },
  { name: 'priority', sort: { by: 'priority', dir: 'desc' } },
  { name: 'newest', sort: { by: 'createdAt', dir: 'desc' } },
  { name: 'oldest', sort: { by: 'createdAt', dir: 'asc' } },
  { name: 'updated', sort: { by: 'updatedAt', dir: 'desc' } },
  { name: 'untouched', sort: { by: 'updatedAt', dir: 'asc' } },
] as const satisfies readonly { name: string; sort: TicketSort }[]

export const sameSort = (one: TicketSort, other: TicketSort): boolean =>
  one.by === other.by && one.dir === other.dir
