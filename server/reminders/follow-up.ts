import type { ActorRef } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import { isReplyCapped, sendAutomaticReply } from '../rules/automatic-reply.ts'
import type { Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { addMessage } from '../tickets/messages.ts'
import { textBody } from '../tickets/message-body.ts'
import type { MessageRow, TicketRow } from '../tickets/ticket.entity.ts'
import { refreshIndex, updateTicketRow } from '../tickets/ticket-rows.ts'

/** Writes to the customer in the name of whoever asked for it. False when rules have written so much to them that it is left. */
export async function sendFollowUp(
  deps: TicketDeps,
  tx: Tx,
  ticket: TicketRow,
  text: string,
  by: ActorRef,
): Promise<boolean> {
  if (by.type === 'rule' && (await isReplyCapped(tx.db, ticket, deps.clock.now()))) return false
  const message =
    by.type === 'rule'
      ? await sendAutomaticReply(deps, tx, by.id, ticket, textBody(text))
      : await sendAnswer(deps, tx, ticket, text, by)
  await deps.happenings.tell(tx, {
    ...{ ticketId: ticket.id, triggers: ['message.sent'], actor: by, changes: {}, depth: 1 },
    message: { ...message, attachments: 0 },
  })
  return true
}

async function sendAnswer(
  deps: TicketDeps,
  tx: Tx,
  ticket: TicketRow,
  text: string,
  by: ActorRef,
): Promise<Omit<MessageRow, 'seq'>> {
  const now = deps.clock.now()
  const version = ticket.version + 1
  const message = await addMessage(deps, tx, by, {
    ticket,
    message: { id: newId(), kind: 'public', author: by, channel: ticket.channel, ...textBody(text) },
    version,
  })
  const promised = await deps.promises.plan(tx, ticket, {
    facts: [{ type: 'agentAnswered', at: now }],
    reconsider: false,
  })
  const after = await updateTicketRow(tx, ticket, {
    ...{ version, updatedAt: now, lastMessageAt: now, waitingSince: null, dueAt: promised.dueAt },
  })
  await deps.promises.keep(tx, promised, after, by)
  await refreshIndex(tx, after)
  return message
}
