import type { TicketChanges, TicketView } from '../../../../server/tickets/contract.ts'

/** What of a ticket's properties is not as it was, as the changes that made it so. */
export function changesBetween(before: TicketView, after: TicketView): TicketChanges {
  const changes: TicketChanges = {}
  if (before.status.id !== after.status.id) changes.statusId = after.status.id
  if (before.priority.id !== after.priority.id) changes.priorityId = after.priority.id
  if (before.type?.id !== after.type?.id) changes.typeId = after.type?.id ?? null
  if (before.category?.id !== after.category?.id) changes.categoryId = after.category?.id ?? null
  if (before.team?.id !== after.team?.id) changes.teamId = after.team?.id ?? null
  if (before.agent?.id !== after.agent?.id) changes.agentId = after.agent?.id ?? null
  if (before.urgency !== after.urgency) changes.urgency = after.urgency
  if (before.impact !== after.impact) changes.impact = after.impact
  const names = ({ tags }: TicketView) => tags.map(({ name }) => name).toSorted()
  if (names(before).join('\n') !== names(after).join('\n')) changes.tags = names(after)
  if (before.manualDueAt !== after.manualDueAt || before.dueReason !== after.dueReason) {
    changes.dueAt = after.manualDueAt
    changes.dueReason = after.dueReason
  }
  const keys = Object.keys({ ...before.fields, ...after.fields })
  const fields = keys.filter(
    (key) => JSON.stringify(before.fields[key]) !== JSON.stringify(after.fields[key]),
  )
  if (fields.length > 0)
    changes.fields = Object.fromEntries(fields.map((key) => [key, after.fields[key] ?? null]))
  return changes
}
