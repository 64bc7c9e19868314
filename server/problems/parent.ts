import { audienceOfTickets, type Viewer } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { AppError, notFound } from '../errors.ts'
import { childrenOf } from '../links/link-rows.ts'
import { linkTickets, seenTicket, unlinkTickets } from '../links/links.ts'
import type { Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { createTickets } from '../tickets/tickets.service.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { MakeParent, ParentMade, ParentUndone } from './contract.ts'

export interface ParentDeps extends TicketDeps {
  tickets: Pick<ReturnType<typeof createTickets>, 'create' | 'update'>
}

/** What offices call the type of a ticket that others come from, folded. */
const problemTypes = new Set(['problema', 'problem', 'problemas', 'problems'])

/**
 * Makes a ticket that gathers the others, in one transaction. It is in the name of the first one's customer and in the queue that most
 * of them are in. Asked again it links what is not linked yet.
 */
export async function makeParent(
  deps: ParentDeps,
  tx: Tx,
  viewer: Viewer,
  { id, subject, body, ticketIds }: MakeParent,
): Promise<ParentMade> {
  const members: TicketRow[] = []
  for (const ticketId of new Set(ticketIds)) members.push(await seenTicket(tx.db, viewer, ticketId))
  const [first] = members
  if (!first) throw notFound('ticket')
  const { catalog } = await deps.names.current()
  const made = await deps.tickets.create(viewer, {
    ...{ id, subject, body, bodyKind: 'note', channel: 'manual', requester: { id: first.requesterId } },
    ...{ typeId: problemType(catalog), teamId: await activeTeam(deps, members) },
  })
  const parent = await seenTicket(tx.db, viewer, made.id)
  const actor = { type: 'agent', id: viewer.agentId } as const
  let linked = 0
  for (const child of members)
    linked += await linkTickets(deps, tx, { parent, child, actor, tellsParent: false }).then(
      () => 1,
      (error: unknown) => {
        // It is part of another matter, or was merged, since it was seen.
        if (error instanceof AppError) return 0
        throw error
      },
    )
  const data = { parentId: parent.id, count: linked }
  const audience = audienceOfTickets(parent)
  await deps.events.record(tx, { type: 'problem.gathered', actor, ticketId: parent.id, audience, data })
  return { parent: { id: parent.id, number: parent.number }, linked, skipped: members.length - linked }
}

/** Lets all go and cancels the ticket that gathered them. @throws NOT_FOUND `problem.not_found` for a ticket made otherwise */
export async function undoParent(
  deps: ParentDeps,
  tx: Tx,
  viewer: Viewer,
  parentId: string,
): Promise<ParentUndone> {
  const parent = await seenTicket(tx.db, viewer, parentId)
  const made = await tx.db.sql<unknown[]>`
    SELECT 1 FROM event WHERE ticketId = ${parentId} AND type = 'problem.gathered' LIMIT 1`
  if (made.length === 0) throw notFound('problem')
  const actor = { type: 'agent', id: viewer.agentId } as const
  const children = await childrenOf(tx.db, [parentId])
  for (const child of children) await unlinkTickets(deps, tx, { parent, child, actor })
  const { catalog } = await deps.names.current()
  const closed = [...catalog.statuses.values()].filter((each) => each.class === 'closed' && !each.archived)
  const status = closed.find(({ key }) => key === 'cancelled') ?? closed[0]
  if (status && parent.statusId !== status.id) {
    const changes = { statusId: status.id }
    await deps.tickets.update(viewer, { ticketId: parentId, version: parent.version, changes })
  }
  const data = { parentId, count: children.length }
  const audience = audienceOfTickets(parent)
  await deps.events.record(tx, { type: 'problem.released', actor, ticketId: parentId, audience, data })
  return { parentId, released: children.length }
}

type CatalogSnapshot = Awaited<ReturnType<Catalog['current']>>

const problemType = ({ types }: CatalogSnapshot): string | null =>
  [...types.values()].find(({ name, archived }) => !archived && problemTypes.has(foldName(name)))?.id ?? null

async function activeTeam({ names }: ParentDeps, members: readonly TicketRow[]): Promise<string | null> {
  const { people } = await names.current()
  const counts = new Map<string | null, number>()
  for (const { teamId } of members) counts.set(teamId, (counts.get(teamId) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? []
  const team = most ? people.teams.get(most) : undefined
  return team && team.archivedAt === null ? team.id : null
}
