import type { TicketDetail, TicketItem } from '../../../server/tickets/contract.ts'

/** How two tickets come together, seen from the one that is open. */
export type LinkChoice = 'mergeInto' | 'mergeHere' | 'childOf' | 'parentOf'

export const linkChoices: readonly LinkChoice[] = ['mergeInto', 'mergeHere', 'childOf', 'parentOf']

export const isMerge = (choice: LinkChoice): boolean => choice === 'mergeInto' || choice === 'mergeHere'

type About = Pick<TicketItem, 'id' | 'requester'>

/** Whether one customer's words would stand in another's conversation. */
export const mixesCustomers = (choice: LinkChoice, own: About, other: About): boolean =>
  isMerge(choice) && own.requester.id !== other.requester.id

/** The first and the latest of what was said, for telling two tickets apart; one of them when there is only one. */
export function headsOf({ messages }: Pick<TicketDetail, 'messages'>): TicketDetail['messages'] {
  const first = messages[0]
  const last = messages.at(-1)
  return first && last && first !== last ? [first, last] : messages.slice(0, 1)
}

/** What can be chosen: never the ticket itself, nor one that it has been merged with. */
export function candidates<Item extends Pick<TicketItem, 'id'>>(
  items: readonly Item[],
  ownId: string,
  merged: readonly string[],
): Item[] {
  return items.filter(({ id }) => id !== ownId && !merged.includes(id))
}
