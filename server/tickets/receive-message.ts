import { defaultStatus } from '../catalog/catalog.ts'
import type { ActorRef } from '../events/event-log.ts'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from './apply-changes.ts'
import type { TicketDeps } from './deps.ts'
import type { Channel } from './filter.contract.ts'
import { updatedIf } from './happenings.ts'
import { isActive } from './lifecycle.ts'
import { toMessageBody } from './message-body.ts'
import { addMessage } from './messages.ts'
import { survivorOf } from './survivors.ts'
import type { TicketRow } from './ticket.entity.ts'
import { findTicket, refreshIndex, tagIdsOf, updateTicketRow } from './ticket-rows.ts'
import { planChanges, type FieldChanges } from './ticket-state.ts'

export interface Received {
  ticketId: string
  text: string
  channel?: Channel
}

/**
 * A customer's further words, brought in by `actor`: what every channel does with what it hears. Wakes a ticket that waited for
 * the customer. @throws NOT_FOUND `ticket.not_found`
 */
export function receiveMessage(
  deps: TicketDeps,
  actor: ActorRef,
  { ticketId, text, channel }: Received,
): Promise<void> {
  return deps.store.write(async (tx) => {
    const written = await findTicket(tx.db, ticketId)
    if (!written) throw notFound('ticket')
    // Whoever writes to a number that went on under another is heard there.
    const ticket = await survivorOf(tx.db, written)
    const now = deps.clock.now()
    const version = ticket.version + 1
    const customer = { type: 'customer', id: written.requesterId } as const
    const message = await addMessage(deps, tx, actor, {
      ticket,
      message: {
        id: newId(),
        kind: 'public',
        author: customer,
        channel: channel ?? ticket.channel,
        ...toMessageBody(text),
      },
      version,
    })
    const waitingSince = isActive(ticket.statusClass) ? (ticket.waitingSince ?? now) : null
    const promised = await deps.promises.plan(tx, ticket, {
      facts: [{ type: 'customerWrote', at: now }],
      reconsider: false,
    })
    const after = await updateTicketRow(tx, ticket, {
      version,
      updatedAt: now,
      lastMessageAt: now,
      waitingSince,
      dueAt: promised.dueAt,
    })
    await deps.promises.keep(tx, promised, after, customer)
    await refreshIndex(tx, after)
    const changes = after.statusClass === 'waiting' ? await wake(deps, tx, actor, after) : {}
    await deps.happenings.tell(tx, {
      ...{ ticketId: ticket.id, actor: customer, changes },
      triggers: ['message.received', ...updatedIf(changes)],
      message: { ...message, attachments: 0 },
    })
  })
}

async function wake(deps: TicketDeps, tx: Tx, actor: ActorRef, ticket: TicketRow): Promise<FieldChanges> {
  const names = await deps.names.current()
  const tagIds = await tagIdsOf(tx.db, ticket.id)
  const statusId = defaultStatus(names.catalog, 'open').id
  const plan = planChanges(stateOf(ticket, tagIds), {}, { statusId }, ticket.version)
  if (plan.outcome !== 'changed') return {}
  await applyChanges(deps, tx, actor, ticket, tagIds, plan, names)
  return plan.changes
}
