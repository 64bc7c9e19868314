import type { TicketDetail } from '../../../../server/tickets/contract.ts'

/** Who set the date that the ticket has; null when its history doesn't tell. */
export function dateSetBy({
  timeline,
  manualDueAt,
}: Pick<TicketDetail, 'timeline' | 'manualDueAt'>): string | null {
  if (manualDueAt === null) return null
  const set = timeline.findLast(({ type, data }) => {
    if (type === 'ticket.created') return 'dueAt' in data
    return type === 'ticket.updated' && 'dueAt' in ((data['changes'] ?? {}) as object)
  })
  return set?.actor.name ?? null
}
