import type { Viewer } from '../access/viewer.ts'
import { defaultStatus } from '../catalog/catalog.ts'
import { newId } from '../ids.ts'
import type { Store } from '../store/store.ts'
import { applyChanges, stateOf } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { Channel } from '../tickets/filter.contract.ts'
import { isActive } from '../tickets/lifecycle.ts'
import { toMessageBody } from '../tickets/message-body.ts'
import { addMessage } from '../tickets/messages.ts'
import { findTicket, refreshIndex, tagIdsOf, updateTicketRow } from '../tickets/ticket-rows.ts'
import { planChanges } from '../tickets/ticket-state.ts'
import { notFound } from '../errors.ts'

interface Received {
  ticketId: string
  text: string
  channel?: Channel
}

/** A customer's further words, taken down by `viewer`: what the channels will do by themselves. Wakes a waiting ticket. */
export function receiveMessage(
  deps: Pick<TicketDeps, 'clock' | 'events' | 'names' | 'promises'> & { store: Store },
  viewer: Viewer,
  { ticketId, text, channel }: Received,
): Promise<void> {
  return deps.store.write(async (tx) => {
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket) throw notFound('ticket')
    const names = await deps.names.current()
    const now = deps.clock.now()
    const version = ticket.version + 1
    const writer = { type: 'agent', id: viewer.agentId } as const
    await addMessage(deps, tx, writer, {
      ticket,
      message: {
        id: newId(),
        kind: 'public',
        author: { type: 'customer', id: ticket.requesterId },
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
    const customer = { type: 'customer', id: ticket.requesterId } as const
    await deps.promises.keep(tx, promised, after, customer)
    await refreshIndex(tx, after)
    if (after.statusClass !== 'waiting') return
    const tagIds = await tagIdsOf(tx.db, ticketId)
    const plan = planChanges(
      stateOf(after, tagIds),
      {},
      { statusId: defaultStatus(names.catalog, 'open').id },
      version,
    )
    if (plan.outcome === 'changed') await applyChanges(deps, tx, writer, after, tagIds, plan, names)
  })
}
