import type { TicketItem } from '../../../server/tickets/contract.ts'

/** The most pressing instant of a row: its deadline, or else since when the customer waits. */
export interface RowClock {
  kind: 'due' | 'waiting' | 'updated'
  at: string
}

export function clockOf({ dueAt, waitingSince, updatedAt, status }: TicketItem): RowClock {
  const isDone = status.class === 'resolved' || status.class === 'closed'
  if (!isDone && dueAt) return { kind: 'due', at: dueAt }
  if (!isDone && waitingSince) return { kind: 'waiting', at: waitingSince }
  return { kind: 'updated', at: updatedAt }
}
