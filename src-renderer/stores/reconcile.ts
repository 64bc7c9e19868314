import type { TicketDetail, UpdateTicket } from '../../server/tickets/contract.ts'
import type { Api } from '../api/client.ts'
import type { Failure } from '../api/errors.ts'
import type { Command } from '../outbox/command.ts'

/**
 * Edits that wait together were all made on the version that was on the screen, and so a later one may collide with nothing but its
 * own author's earlier ones. That is no conflict: it moves on to the current version. Null when somebody else had a part in it.
 */
export async function reconcileOwn(
  { trpc }: Pick<Api, 'trpc'>,
  agentId: string,
  { procedure, input }: Command,
  conflict: Failure,
): Promise<UpdateTicket | null> {
  if (procedure !== 'tickets.update') return null
  const update = input as UpdateTicket
  return ownOnly(update, conflict, await trpc.tickets.get.query({ id: update.ticketId }), agentId)
}

/** The edit made on the current version, if all that it collides with is the agent's own. */
export function ownOnly(
  update: UpdateTicket,
  { details }: Failure,
  ticket: TicketDetail,
  agentId: string,
): UpdateTicket | null {
  const fields = Array.isArray(details['fields']) ? (details['fields'] as string[]) : []
  const collides = ticket.timeline.filter(({ data }) => {
    const { version, changes } = data as { version?: number; changes?: Record<string, unknown> }
    return (version ?? 0) > update.version && fields.some((field) => field in (changes ?? {}))
  })
  const isOwn = collides.every(({ actor }) => actor.type === 'agent' && actor.id === agentId)
  return collides.length > 0 && isOwn ? { ...update, version: ticket.version } : null
}
