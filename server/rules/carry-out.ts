import { foldName } from '../catalog/fold-name.ts'
import type { ActorRef } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { addMessage } from '../tickets/messages.ts'
import { toMessageBody, type MessageBody } from '../tickets/message-body.ts'
import { findTicket, refreshIndex, tagIdsOf, updateTicketRow } from '../tickets/ticket-rows.ts'
import { planChanges, type FieldChanges } from '../tickets/ticket-state.ts'
import { withTags, type Names } from '../tickets/ticket-view.ts'
import type { PropertyAction } from './action.contract.ts'
import { wantedBy, withDueReason, type WhenGone } from './property-actions.ts'
import { delayEnds } from './time/delays.ts'

/** What rules, macros and escalation levels may do to a ticket itself. */
export type CarriedOut = PropertyAction | { do: 'addNote'; value: string }

export interface CarryingOut {
  whenGone?: WhenGone
  /** What a date that is set is told to be for: the name of whatever sets it. */
  dueReason?: string | null
}

/**
 * Does these to a ticket, in one change of its properties and then a note for each text, and returns what became of the properties.
 * Whoever calls tells of it afterwards; see `tickets/happenings.ts`.
 * @throws VALIDATION `ticket.unknown_choice`, `ticket.retired_choice`, `tags.archived`, `fields.…` unless what is gone is left out.
 */
export async function carryOutProperties(
  deps: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  ticketId: string,
  actions: readonly CarriedOut[],
  how: CarryingOut = {},
): Promise<FieldChanges> {
  const properties = actions.filter((action) => action.do !== 'addNote')
  const changes = properties.length > 0 ? await change(deps, tx, actor, ticketId, properties, how) : {}
  for (const action of actions)
    if (action.do === 'addNote') await addNote(deps, tx, actor, ticketId, toMessageBody(action.value))
  return changes
}

async function change(
  deps: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  ticketId: string,
  actions: readonly PropertyAction[],
  { whenGone = 'fail', dueReason = null }: CarryingOut,
): Promise<FieldChanges> {
  const before = await findTicket(tx.db, ticketId)
  if (!before) return {}
  const tagIds = await tagIdsOf(tx.db, ticketId)
  const names = await withNewTags(deps, tx, actor, actions, await deps.names.current())
  const current = stateOf(before, tagIds)
  const endOf = await delayEnds(tx.db, names, { ticketId, from: deps.clock.now(), actions })
  const wanted = wantedBy(actions, current, { ...names, endOf }, whenGone)
  const plan = planChanges(current, {}, withDueReason(wanted, dueReason), before.version)
  if (plan.outcome !== 'changed') return {}
  await applyChanges(deps, tx, actor, before, tagIds, plan, names)
  return plan.changes
}

/** The names with those tags in them that are about to be put on and did not exist. */
async function withNewTags(
  { tags }: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  actions: readonly PropertyAction[],
  names: Names,
): Promise<Names> {
  const { tagByFold } = names.catalog
  const missing = actions
    .flatMap((action) => (action.do === 'addTags' ? action.value : []))
    .filter((name) => !tagByFold.has(foldName(name)))
  if (missing.length === 0) return names
  const made = await tags.ensureTags(tx, missing, actor)
  const { catalog, ...others } = withTags(names, made)
  const folded = made.map((tag) => [foldName(tag.name), tag] as const)
  return { ...others, catalog: { ...catalog, tagByFold: new Map([...tagByFold, ...folded]) } }
}

/** Writes an internal note in the name of whoever acts. */
export async function addNote(
  deps: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  ticketId: string,
  body: MessageBody,
): Promise<void> {
  const ticket = await findTicket(tx.db, ticketId)
  if (!ticket) return
  const version = ticket.version + 1
  const now = deps.clock.now()
  const message = { id: newId(), kind: 'note', author: actor, channel: 'manual', ...body } as const
  await addMessage(deps, tx, actor, { ticket, message, version })
  await refreshIndex(tx, await updateTicketRow(tx, ticket, { version, updatedAt: now, lastMessageAt: now }))
}
