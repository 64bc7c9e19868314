import type { TicketChanges, TicketItem, TicketView } from '../../../server/tickets/contract.ts'

/** The changes that bring a ticket back to how it was before `changes`. What a list's row doesn't know can't be brought back. */
export function reverseOf(before: TicketItem | TicketView, changes: TicketChanges): TicketChanges {
  const reverse: TicketChanges = {}
  if (changes.subject !== undefined) reverse.subject = before.subject
  if (changes.requesterId !== undefined) reverse.requesterId = before.requester.id
  if (changes.typeId !== undefined) reverse.typeId = before.type?.id ?? null
  if (changes.categoryId !== undefined) reverse.categoryId = before.category?.id ?? null
  if (changes.statusId !== undefined) reverse.statusId = before.status.id
  if (changes.teamId !== undefined) reverse.teamId = before.team?.id ?? null
  if (changes.agentId !== undefined) reverse.agentId = before.agent?.id ?? null
  if (changes.tags !== undefined) reverse.tags = before.tags.map(({ name }) => name)
  const movesPriority = changes.urgency !== undefined || changes.impact !== undefined
  if (changes.priorityId !== undefined || movesPriority) reverse.priorityId = before.priority.id
  if (!('urgency' in before)) return reverse
  if (changes.urgency !== undefined) reverse.urgency = before.urgency
  if (changes.impact !== undefined) reverse.impact = before.impact
  if (changes.dueAt !== undefined || changes.dueReason !== undefined) {
    reverse.dueAt = before.manualDueAt
    reverse.dueReason = before.dueReason
  }
  if (changes.fields) {
    const kept = Object.keys(changes.fields).map((key) => [key, before.fields[key] ?? null] as const)
    reverse.fields = Object.fromEntries(kept)
  }
  return reverse
}
