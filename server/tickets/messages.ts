import { audienceOfTickets, type Viewer } from '../access/viewer.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import type { Clock } from '../clock.ts'
import { attachFiles } from '../files/message-files.ts'
import type { Tx } from '../store/store.ts'
import type { Channel } from './filter.contract.ts'
import type { MessageRow, TicketRow } from './ticket.entity.ts'
import { insertMessage } from './ticket-rows.ts'

interface NewMessage {
  id: string
  kind: 'public' | 'note'
  author: ActorRef
  channel: Channel
  /** Already sanitised. */
  html: string
  text: string
}

interface Addition {
  ticket: Pick<TicketRow, 'id' | 'teamId' | 'agentId'>
  message: NewMessage
  /** Ids of uploaded files, and whose they are. */
  attachments?: { ids: readonly string[]; uploadedBy: Viewer }
  /** The ticket's version with this message. */
  version: number
}

/** Puts a message into a ticket's conversation, with its files and its event. The ticket's own row is the caller's to update. */
export async function addMessage(
  { events, clock }: { events: EventLog; clock: Clock },
  tx: Tx,
  actor: ActorRef,
  { ticket, message, attachments, version }: Addition,
): Promise<Omit<MessageRow, 'seq'>> {
  const { id, kind, author, channel, html, text } = message
  const row = {
    id,
    ticketId: ticket.id,
    kind,
    authorType: author.type,
    authorId: author.type === 'system' ? null : author.id,
    channel,
    html,
    text,
    createdAt: clock.now(),
  }
  await insertMessage(tx, row)
  if (attachments && attachments.ids.length > 0)
    await attachFiles(tx, attachments.ids, id, attachments.uploadedBy)
  await events.record(tx, {
    type: 'message.created',
    actor,
    ticketId: ticket.id,
    audience: audienceOfTickets(ticket),
    data: { messageId: id, kind, channel, authorType: author.type, version },
  })
  return row
}
