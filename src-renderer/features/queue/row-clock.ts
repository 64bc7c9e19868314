import type { SlaClockView } from '../../../server/sla/contract.ts'
import type { TicketItem } from '../../../server/tickets/contract.ts'
import { nearestClock } from '../../stores/remaining.ts'
import { isDone } from '../ticket/lifecycle.ts'

/** The most pressing thing of a row: its nearest promise, or else since when the customer waits. */
export type RowClock = { kind: 'promise'; clock: SlaClockView } | { kind: 'waiting' | 'updated'; at: string }

export function clockOf({
  sla,
  waitingSince,
  updatedAt,
  status,
}: Pick<TicketItem, 'sla' | 'waitingSince' | 'updatedAt' | 'status'>): RowClock {
  if (isDone(status.class)) return { kind: 'updated', at: updatedAt }
  const clock = nearestClock(sla)
  if (clock) return { kind: 'promise', clock }
  return waitingSince ? { kind: 'waiting', at: waitingSince } : { kind: 'updated', at: updatedAt }
}
