import type { Role } from './contract.ts'

const agentPermissions = [
  'session.own',
  'people.read',
  'desk.read',
  'customers.read',
  'customers.write',
  'tickets.read',
  'tickets.create',
  'tickets.reply',
  'tickets.update',
  'views.own',
] as const
const supervisorPermissions = [
  ...agentPermissions,
  'tickets.readAll',
  'views.share',
  'desk.configure',
] as const
const adminPermissions = [...supervisorPermissions, 'people.manage', 'office.manage'] as const

export type Permission = (typeof adminPermissions)[number]

/** A role is nothing but a set of permissions; code asks for a permission, never for a role. */
export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  agent: new Set(agentPermissions),
  supervisor: new Set(supervisorPermissions),
  admin: new Set(adminPermissions),
}

/** The signed-in agent on whose behalf a request runs. */
export interface Viewer {
  agentId: string
  name: string
  email: string
  role: Role
  teamIds: readonly string[]
  permissions: ReadonlySet<Permission>
  sessionId: string
}

/**
 * Whom something concerns: the members of these teams and these agents, and whoever oversees the desk unless it is theirs `only`.
 * `null` stands for everybody signed in.
 */
export type Audience = { teams: string[]; agents: string[]; only?: true } | null

/** A ticket without a team belongs to the common triage: everybody sees it, or a call logged without one would vanish. */
export function audienceOfTickets(...states: { teamId: string | null; agentId: string | null }[]): Audience {
  if (states.some(({ teamId }) => teamId === null)) return null
  return {
    teams: [...new Set(states.flatMap(({ teamId }) => teamId ?? []))],
    agents: [...new Set(states.flatMap(({ agentId }) => agentId ?? []))],
  }
}

/** What decides over what somebody may see, signed in or not. */
type Sight = Pick<Viewer, 'agentId' | 'teamIds' | 'permissions'>

export function mayHear(viewer: Sight, audience: Audience): boolean {
  if (audience === null) return true
  if (audience.only !== true && viewer.permissions.has('tickets.readAll')) return true
  return (
    audience.agents.includes(viewer.agentId) || audience.teams.some((team) => viewer.teamIds.includes(team))
  )
}

/** May this viewer see a ticket that is in this team's queue and this agent's hands? */
export const maySeeTicket = (viewer: Sight, ticket: { teamId: string | null; agentId: string | null }) =>
  mayHear(viewer, audienceOfTickets(ticket))
