import type { PeopleSnapshot } from '../access/people.ts'
import { maySeeTicket, permissionsOf } from '../access/viewer.ts'
import type { Notify } from '../rules/action.contract.ts'

/** In whose queue and hands the ticket is that an alert is about; null for an alert about none. */
export type AlertTicket = { teamId: string | null; agentId: string | null } | null

type Agents = PeopleSnapshot['agents']

/**
 * Whom to tell, each once: those of `notify` who work here and may see the ticket. When that is nobody, whoever oversees the
 * desk: no alert goes to an empty room.
 */
export function decideRecipients(
  notify: readonly Notify[],
  ticket: AlertTicket,
  { agents }: Pick<PeopleSnapshot, 'agents'>,
): string[] {
  const named = new Set(notify.flatMap((whom) => resolve(whom, ticket, agents)))
  const reached = [...agents.keys()].filter((id) => named.has(id) && canBeTold(id, ticket, agents))
  return reached.length > 0 ? reached : overseers(agents)
}

/** Works here, and may know of the ticket. */
export function canBeTold(agentId: string, ticket: AlertTicket, agents: Agents): boolean {
  const agent = agents.get(agentId)
  if (!agent?.active) return false
  const { teamIds, role } = agent
  return ticket === null || maySeeTicket({ agentId, teamIds, permissions: permissionsOf[role] }, ticket)
}

/** Supervisors and administrators: those who may see every ticket. */
export const overseers = (agents: Agents): string[] =>
  [...agents.values()]
    .filter(({ active, role }) => active && permissionsOf[role].has('tickets.readAll'))
    .map(({ id }) => id)

function resolve(whom: Notify, ticket: AlertTicket, agents: Agents): string[] {
  if (whom === 'agent') return ticket?.agentId ? [ticket.agentId] : []
  if (whom === 'supervisors') return overseers(agents)
  if (whom !== 'team') return [whom]
  const teamId = ticket?.teamId
  return teamId
    ? [...agents.values()].filter(({ teamIds }) => teamIds.includes(teamId)).map(({ id }) => id)
    : []
}
