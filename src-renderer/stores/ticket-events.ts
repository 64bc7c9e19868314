import type { DeskEvent } from '../../server/events/contract.ts'
import type { MessageView, TicketDetail, TicketItem, TicketView } from '../../server/tickets/contract.ts'

/**
 * Whether an event says something about a ticket that this copy of it doesn't know: one's own echo, for one, does not. What becomes of
 * its promises (`sla.…`) changes no version, who was told of it (`alert.…`) nothing at all.
 */
export function outdates(event: DeskEvent, known: Pick<TicketItem, 'version'>): boolean {
  if (tellsOnly(event)) return false
  const version = event.data['version']
  return typeof version !== 'number' || version > known.version
}

/** An event that belongs into a ticket's history and leaves the ticket as it is. */
export const tellsOnly = ({ type }: DeskEvent): boolean =>
  type.startsWith('alert.') || type.startsWith('flood.')

/** The detail with an event added to its history. The same event again, or one that the detail was read after, changes nothing. */
export function withEvent(detail: TicketDetail, event: DeskEvent): TicketDetail {
  if (event.ticketId !== detail.id || event.seq <= detail.seq) return detail
  return { ...detail, seq: event.seq, timeline: [...detail.timeline, event] }
}

/** The newer of two readings of a ticket: answers may arrive in another order than they were given. */
export function newer<Reading extends { version: number }>(
  known: Reading | undefined,
  read: Reading,
): Reading {
  return known && known.version > read.version ? known : read
}

/** The newer of two whole readings: what was read later in the log knows more. */
export function newerDetail(known: TicketDetail | undefined, read: TicketDetail): TicketDetail {
  return known && (known.seq > read.seq || known.version > read.version) ? known : read
}

/** The detail after a write of ours was answered; the history follows with its events. */
export function withAnswer(detail: TicketDetail, answer: TicketView): TicketDetail {
  return answer.version < detail.version ? detail : { ...detail, ...answer }
}

export function withMessage(detail: TicketDetail, message: MessageView): TicketDetail {
  if (detail.messages.some(({ id }) => id === message.id)) return detail
  return { ...detail, messages: [...detail.messages, message] }
}
