import type { AgentView, Role, UpdateAgent } from '../../../../server/access/contract.ts'

/** An early hint; the server decides. */
export const EMAIL_PATTERN = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export interface AgentDraft {
  name: string
  email: string
  role: Role
  teamIds: string[]
  /** Null invites by a link instead. */
  password: string | null
}

/** What a form changed of an agent; the order of teams means nothing. */
export function agentChanges(agent: AgentView, draft: AgentDraft): UpdateAgent['changes'] {
  const changes: UpdateAgent['changes'] = {}
  if (draft.name !== agent.name) changes.name = draft.name
  if (draft.email.toLowerCase() !== agent.email) changes.email = draft.email
  if (draft.role !== agent.role) changes.role = draft.role
  if (draft.teamIds.toSorted().join() !== agent.teamIds.toSorted().join()) changes.teamIds = draft.teamIds
  return changes
}

export type AgentState = 'active' | 'invited' | 'expired' | 'inactive'

/** Where somebody stands between invited and gone. */
export function agentState({ active, invitation }: AgentView, nowMs: number): AgentState {
  if (!active) return 'inactive'
  if (!invitation) return 'active'
  return new Date(invitation.expiresAt).getTime() > nowMs ? 'invited' : 'expired'
}

/** The address that an invited colleague opens. The secret stands after the `#`, so that no server's log keeps it. */
export const invitationLink = (serverUrl: string, token: string): string => `${serverUrl}/join#${token}`

/** Whether an address leads back to the PC it is opened on: then it is of no use to a colleague elsewhere. */
export const leadsToThisPc = (serverUrl: string): boolean =>
  URL.canParse(serverUrl) && /^(localhost|127\.|\[::1\])/.test(new URL(serverUrl).hostname)
