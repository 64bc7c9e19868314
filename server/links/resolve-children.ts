import type { Viewer } from '../access/viewer.ts'
import { defaultStatus } from '../catalog/catalog.ts'
import { mergedInto } from '../tickets/survivors.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { replyToTicket } from '../tickets/reply-to-ticket.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { updateTicket } from '../tickets/update-ticket.ts'
import type { ResolveChildren, ResolvedChild } from './contract.ts'
import { childrenOf } from './link-rows.ts'
import { seenTicket } from './links.ts'

/**
 * Answers and resolves children of a ticket, each once: one that is done already is left alone, so asking again after a lost
 * answer sends nobody the same words twice. @throws NOT_FOUND `ticket.not_found` for one out of the viewer's sight
 */
export async function resolveChildren(
  deps: TicketDeps,
  viewer: Viewer,
  { parentId, childIds, body }: ResolveChildren,
): Promise<ResolvedChild[]> {
  const { read } = deps.store
  await seenTicket(read, viewer, parentId)
  const parents = [parentId, ...(await mergedInto(read, parentId)).map(({ id }) => id)]
  const children = new Set((await childrenOf(read, parents)).map(({ id }) => id))
  const resolved: ResolvedChild[] = []
  for (const id of new Set(childIds))
    resolved.push(await resolveChild(deps, viewer, id, { isChild: children.has(id), body }))
  return resolved
}

function resolveChild(
  deps: TicketDeps,
  viewer: Viewer,
  id: string,
  { isChild, body }: { isChild: boolean; body: string | undefined },
): Promise<ResolvedChild> {
  return deps.store.write(async (tx) => {
    const before = await seenTicket(tx.db, viewer, id)
    const known = { id, number: before.number, statusBefore: before.statusId }
    if (!isChild || before.active === 0) return { ...known, outcome: 'already', version: before.version }
    const statusId = defaultStatus((await deps.names.current()).catalog, 'resolved').id
    if (body) await replyToTicket(deps, viewer, { ticketId: id, kind: 'public', body, statusId })
    else await updateTicket(deps, viewer, { ticketId: id, version: before.version, changes: { statusId } })
    const after = (await findTicket(tx.db, id)) ?? before
    return { ...known, outcome: 'resolved', version: after.version }
  })
}
