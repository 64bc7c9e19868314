import { newId } from '../ids.ts'
import type { Db, Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { addMessage } from '../tickets/messages.ts'
import type { MessageBody } from '../tickets/message-body.ts'
import { refreshIndex, updateTicketRow } from '../tickets/ticket-rows.ts'
import type { MessageRow, TicketRow } from '../tickets/ticket.entity.ts'

/** Two machines that answer each other are stopped here. */
const REPLY_CAP = { windowMs: 10 * 60_000, ofTicket: 10, ofRequester: 30 }

/** Whether rules have written so much to this ticket, or to its requester, that they have to be silent for now. */
export async function isReplyCapped(db: Db, ticket: TicketRow, now: number): Promise<boolean> {
  const since = now - REPLY_CAP.windowMs
  const [ofTicket] = await db.sql<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM message WHERE ticketId = ${ticket.id} AND authorType = 'rule' AND kind = 'public'
      AND createdAt > ${since}`
  if ((ofTicket?.count ?? 0) >= REPLY_CAP.ofTicket) return true
  const [ofRequester] = await db.sql<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM ticket t JOIN message m ON m.ticketId = t.id
    WHERE t.requesterId = ${ticket.requesterId} AND t.lastMessageAt > ${since} AND m.authorType = 'rule'
      AND m.kind = 'public' AND m.createdAt > ${since}`
  return (ofRequester?.count ?? 0) >= REPLY_CAP.ofRequester
}

/** Writes to the customer in a rule's name. That is no person's answer: no promise is kept by it, and the customer waits on. */
export async function sendAutomaticReply(
  deps: TicketDeps,
  tx: Tx,
  ruleId: string,
  ticket: TicketRow,
  body: MessageBody,
): Promise<Omit<MessageRow, 'seq'>> {
  const author = { type: 'rule', id: ruleId } as const
  const now = deps.clock.now()
  const version = ticket.version + 1
  const message = await addMessage(deps, tx, author, {
    ticket,
    message: { id: newId(), kind: 'public', author, channel: ticket.channel, ...body },
    version,
  })
  await refreshIndex(tx, await updateTicketRow(tx, ticket, { version, updatedAt: now, lastMessageAt: now }))
  return message
}
