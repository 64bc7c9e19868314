import type { StatusClass, StatusView } from '../catalog/contract.ts'
import { activeClasses } from './filter.contract.ts'
import type { TicketRow } from './ticket.entity.ts'

type Life = Pick<
  TicketRow,
  'statusId' | 'statusClass' | 'active' | 'resolvedAt' | 'closedAt' | 'waitingSince'
>

export const isActive = (statusClass: StatusClass): boolean => activeClasses.includes(statusClass)

/**
 * What a ticket's life looks like once it has this status. Resolving answers whatever waited; closing a ticket that was
 * never resolved resolves it as well; coming back to life clears both marks.
 */
export function liveIn(
  status: Pick<StatusView, 'id' | 'class'>,
  before: Omit<Life, 'statusId'>,
  now: number,
): Life {
  const active = isActive(status.class)
  return {
    statusId: status.id,
    statusClass: status.class,
    active: active ? 1 : 0,
    resolvedAt: active ? null : (before.resolvedAt ?? now),
    closedAt: status.class === 'closed' ? (before.closedAt ?? now) : null,
    waitingSince: active ? before.waitingSince : null,
  }
}
