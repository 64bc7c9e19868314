import { audienceOfTickets, maySeeTicket, type Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Db, Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { mergedInto, survivorOf } from '../tickets/survivors.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { TicketLinks } from './contract.ts'
import { childrenOf, deleteLink, parentIdOf, saveLink } from './link-rows.ts'

type LinkDeps = Pick<TicketDeps, 'events' | 'clock'>

/**
 * Makes one ticket part of another's matter; linked already, nothing happens. The parent's history need not name each of many.
 * @throws CONFLICT `link.itself`, `link.circle`, `link.has_parent` (one matter each), `link.merged`
 */
export async function linkTickets(
  deps: LinkDeps,
  tx: Tx,
  {
    parent,
    child,
    actor,
    tellsParent = true,
  }: { parent: TicketRow; child: TicketRow; actor: ActorRef; tellsParent?: boolean },
): Promise<void> {
  if (parent.id === child.id) throw new AppError('CONFLICT', 'link.itself')
  const known = await parentIdOf(tx.db, child.id)
  if (known === parent.id) return
  if (known !== null) throw new AppError('CONFLICT', 'link.has_parent')
  if (parent.mergedIntoId !== null || child.mergedIntoId !== null)
    throw new AppError('CONFLICT', 'link.merged')
  if (await isBelow(tx.db, parent.id, child.id)) throw new AppError('CONFLICT', 'link.circle')
  const byId = actor.type === 'system' ? null : actor.id
  await saveLink(tx, { parentId: parent.id, childId: child.id, at: deps.clock.now(), byId })
  await recordLink(deps, tx, actor, 'ticket.linked', { parent, child, tellsParent })
}

/** Takes the child out of the matter; not linked, nothing happens. */
export async function unlinkTickets(
  deps: LinkDeps,
  tx: Tx,
  { parent, child, actor }: { parent: TicketRow; child: TicketRow; actor: ActorRef },
): Promise<void> {
  const known = await parentIdOf(tx.db, child.id)
  const linked = known === null ? undefined : await findTicket(tx.db, known)
  // The parent may have been merged since: what people see is the ticket that it goes on in.
  const isLinked = linked && (linked.id === parent.id || (await survivorOf(tx.db, linked)).id === parent.id)
  if (isLinked && (await deleteLink(tx, linked.id, child.id)))
    await recordLink(deps, tx, actor, 'ticket.unlinked', { parent, child, tellsParent: true })
}

async function isBelow(db: Db, ticketId: string, ancestorId: string): Promise<boolean> {
  for (let at: string | null = ticketId; at !== null; at = await parentIdOf(db, at))
    if (at === ancestorId) return true
  return false
}

async function recordLink(
  { events }: LinkDeps,
  tx: Tx,
  actor: ActorRef,
  type: 'ticket.linked' | 'ticket.unlinked',
  { parent, child, tellsParent }: { parent: TicketRow; child: TicketRow; tellsParent: boolean },
): Promise<void> {
  const data = { parentId: parent.id, childId: child.id, parent: parent.number, child: child.number }
  for (const ticket of tellsParent ? [parent, child] : [child])
    await events.record(tx, { type, actor, ticketId: ticket.id, audience: audienceOfTickets(ticket), data })
}

/** @throws NOT_FOUND `ticket.not_found`, also for a ticket out of the viewer's sight */
export async function seenTicket(db: Db, viewer: Viewer, id: string): Promise<TicketRow> {
  const row = await findTicket(db, id)
  if (!row || !maySeeTicket(viewer, row)) throw notFound('ticket')
  return row
}

/** What a ticket is linked with, what was merged into it included. */
export async function readLinks(
  db: Db,
  list: TicketList,
  viewer: Viewer,
  ticketId: string,
): Promise<TicketLinks> {
  const ticket = await seenTicket(db, viewer, ticketId)
  const ids = [ticket.id, ...(await mergedInto(db, ticket.id)).map(({ id }) => id)]
  const children = await childrenOf(db, ids)
  const seen = children.filter((child) => maySeeTicket(viewer, child))
  const parent = await parentOf(db, ids)
  const items = await list.byIds(viewer, [...seen.map(({ id }) => id), ...(parent ? [parent.id] : [])])
  const itemOf = (id: string) => items.find((item) => item.id === id)
  return {
    parent: (parent && itemOf(parent.id)) ?? null,
    children: seen.flatMap(({ id }) => itemOf(id) ?? []),
    hidden: children.length - seen.length,
  }
}

async function parentOf(db: Db, ids: readonly string[]): Promise<TicketRow | null> {
  for (const id of ids) {
    const parentId = await parentIdOf(db, id)
    const parent = parentId === null ? undefined : await findTicket(db, parentId)
    const survivor = parent && (await survivorOf(db, parent))
    if (survivor && !ids.includes(survivor.id)) return survivor
  }
  return null
}
