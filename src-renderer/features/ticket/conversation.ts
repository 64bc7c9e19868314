import type { DeskEvent } from '../../../server/events/contract.ts'
import type { MessageView, TicketDetail } from '../../../server/tickets/contract.ts'

/** A thing in the conversation: what somebody wrote, or changes that happened in between. */
export type Entry =
  | { kind: 'message'; key: string; at: string; message: MessageView }
  | { kind: 'events'; key: string; at: string; events: DeskEvent[] }
  | { kind: 'earlier'; key: string; count: number }

/** Events that say what the messages beside them already show, or that matter to one person only. */
const untold = new Set(['message.created', 'alert.snoozed', 'flood.grown'])

/** A reminder says nothing new, nor does an alert that ended with the answer or the change above it. */
const isTold = ({ type, data }: DeskEvent) =>
  !untold.has(type) && data['again'] !== true && data['via'] !== 'settled'

/** Messages and history in the order they happened; changes that follow each other make one entry. */
export function conversationOf({ messages, timeline }: Pick<TicketDetail, 'messages' | 'timeline'>): Entry[] {
  const written = messages.map((message) => ({ at: Date.parse(message.createdAt), rank: 0, message }))
  const happened = timeline
    .filter(isTold)
    // A ticket comes into being before its first message, a status moves with the reply that moved it.
    .map((event) => ({ at: Date.parse(event.at), rank: event.type === 'ticket.created' ? -1 : 1, event }))
  const all = [...written, ...happened].sort((a, b) => a.at - b.at || a.rank - b.rank)

  const entries: Entry[] = []
  for (const each of all) {
    const last = entries.at(-1)
    if ('message' in each) {
      const { message } = each
      entries.push({ kind: 'message', key: message.id, at: message.createdAt, message })
    } else if (last?.kind === 'events') last.events.push(each.event)
    else
      entries.push({
        kind: 'events',
        key: `event-${each.event.seq}`,
        at: each.event.at,
        events: [each.event],
      })
  }
  return entries
}

/** More messages than this and the middle is folded away. */
const FOLD_FROM = 40
const SHOWN_AT_END = 25

/** The first message, which says what it is about, and the latest ones; what lies between waits behind a button. */
export function foldLongThread(entries: readonly Entry[], unfolded: boolean): Entry[] {
  const messages = entries.filter(({ kind }) => kind === 'message')
  const from = messages.at(-SHOWN_AT_END)
  if (unfolded || messages.length <= FOLD_FROM || !from) return [...entries]
  const firstAt = entries.findIndex(({ kind }) => kind === 'message')
  const lastAt = entries.indexOf(from)
  const hidden = entries.slice(firstAt + 1, lastAt).filter(({ kind }) => kind === 'message').length
  return [
    ...entries.slice(0, firstAt + 1),
    { kind: 'earlier', key: 'earlier', count: hidden },
    ...entries.slice(lastAt),
  ]
}

/** Public messages that others wrote after `lastSeenId`; all of them when that message isn't there. */
export function newsSince(
  messages: readonly MessageView[],
  lastSeenId: string | null,
  myAgentId: string | undefined,
): MessageView[] {
  const from = messages.findIndex(({ id }) => id === lastSeenId) + 1
  return messages
    .slice(from)
    .filter(({ kind, author }) => kind === 'public' && !(author.type === 'agent' && author.id === myAgentId))
}
