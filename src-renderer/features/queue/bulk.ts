import type { TicketItem } from '../../../server/tickets/contract.ts'

/** What all the tickets have, null where all have nothing, undefined where they differ. */
export function commonValue(
  tickets: readonly TicketItem[],
  property: 'agentId' | 'statusId' | 'priorityId',
): string | null | undefined {
  const valueOf = ({ agent, status, priority }: TicketItem) =>
    ({ agentId: agent?.id ?? null, statusId: status.id, priorityId: priority.id })[property]
  const [first, ...others] = tickets.map(valueOf)
  return others.every((value) => value === first) ? first : undefined
}

/** Names of the tags that every one of the tickets has. */
export function commonTags(tickets: readonly TicketItem[]): string[] {
  const [first, ...others] = tickets.map(({ tags }) => tags.map(({ name }) => name))
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)))
}

/** A ticket's tags after `common` became `chosen` for all: its other tags stay. Null when nothing changes for it. */
export function tagsAfter(
  ticket: TicketItem,
  common: readonly string[],
  chosen: readonly string[],
): string[] | null {
  const before = ticket.tags.map(({ name }) => name)
  const removed = common.filter((name) => !chosen.includes(name))
  const after = [...new Set([...before.filter((name) => !removed.includes(name)), ...chosen])]
  return after.length === before.length && after.every((name) => before.includes(name)) ? null : after
}
