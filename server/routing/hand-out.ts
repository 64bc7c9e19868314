import { audienceOfTickets } from '../access/viewer.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import { findAlertByKey } from '../alerts/alert-rows.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { tagIdsOf } from '../tickets/ticket-rows.ts'
import { planChanges } from '../tickets/ticket-state.ts'
import type { Because } from './contract.ts'
import { takeTurn } from './loads.ts'
import { deleteOffer, insertOffer, type Offer } from './offer-rows.ts'

export interface HandOutDeps extends TicketDeps {
  alerts: Pick<Alerts, 'raise' | 'settle'>
  noticed: (at: number | null) => void
}

const desk = { type: 'system' } as const

/** Puts a ticket into an agent's hands, as `actor`; `because` is told where the desk chose. */
export async function give(
  deps: HandOutDeps,
  tx: Tx,
  ticket: TicketRow,
  { agentId, actor, because, depth }: { agentId: string; actor: ActorRef; because?: Because; depth: number },
): Promise<void> {
  const names = await deps.names.current()
  const tagIds = await tagIdsOf(tx.db, ticket.id)
  const plan = planChanges(stateOf(ticket, tagIds), {}, { agentId }, ticket.version)
  if (plan.outcome !== 'changed') return
  const after = await applyChanges(deps, tx, actor, ticket, tagIds, plan, names)
  await takeTurn(tx, agentId)
  if (because)
    await deps.events.record(tx, {
      ...{ type: 'routing.assigned', actor, ticketId: ticket.id, audience: audienceOfTickets(after) },
      data: { agentId, because },
    })
  const { changes } = plan
  await deps.happenings.tell(tx, { ticketId: ticket.id, triggers: ['ticket.updated'], actor, changes, depth })
}

/** Asks an agent whether they take a ticket. */
export async function offer(
  deps: HandOutDeps,
  tx: Tx,
  ticket: TicketRow,
  {
    agentId,
    actor,
    because,
    seconds,
  }: { agentId: string; actor: ActorRef; because: Because; seconds: number },
): Promise<void> {
  const now = deps.clock.now()
  const made: Offer = { ticketId: ticket.id, agentId, offeredAt: now, expiresAt: now + seconds * 1_000 }
  await insertOffer(tx, made)
  await takeTurn(tx, agentId)
  const data = { agentId, expiresAt: new Date(made.expiresAt).toISOString(), because }
  await deps.events.record(tx, {
    ...{ type: 'routing.offered', actor, ticketId: ticket.id, audience: audienceOfTickets(ticket), data },
  })
  const key = offerKey(made)
  // Asked again in the same instant, as a clock that stands still allows.
  if (await findAlertByKey(tx.db, key)) await deps.alerts.settle(tx, [key], desk)
  await deps.alerts.raise(tx, {
    ...{ key, ticket, data, severity: 'urgent', reason: 'routing.offer' },
    // Not answered, it goes on to the next in line and not up.
    ...{ lateMs: null, notify: [agentId], tellAt: now, ladder: [] },
  })
  tx.afterCommit(() => deps.noticed(made.expiresAt))
}

/** The question is answered, or pointless. */
export async function withdraw(deps: HandOutDeps, tx: Tx, made: Offer, actor: ActorRef): Promise<void> {
  await deleteOffer(tx, made.ticketId)
  await deps.alerts.settle(tx, [offerKey(made)], actor)
}

const offerKey = ({ ticketId, agentId, offeredAt }: Offer) =>
  `routing.offer:${ticketId}:${agentId}:${offeredAt}`
