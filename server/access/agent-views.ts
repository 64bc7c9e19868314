import { notFound } from '../errors.ts'
import type { Db } from '../store/store.ts'
import type { AgentView } from './contract.ts'
import {
  AgentEntity,
  AgentTeamEntity,
  InvitationEntity,
  type AgentRow,
  type AgentTeamRow,
  type InvitationRow,
} from './entities.ts'

/** @throws NOT_FOUND `agent.not_found` */
export async function loadAgentView(db: Db, id: string): Promise<AgentView> {
  const agent = await db.findOneBy(AgentEntity, { id })
  if (!agent) throw notFound('agent')
  const memberships = await db.findBy(AgentTeamEntity, { agentId: id })
  return toAgentView(agent, memberships, await db.findOneBy(InvitationEntity, { agentId: id }))
}

/** Everybody, those who left included, by name. */
export async function loadAgentViews(db: Db): Promise<AgentView[]> {
  const agents = await db.find(AgentEntity)
  const memberships = Map.groupBy(await db.find(AgentTeamEntity), ({ agentId }) => agentId)
  const invitations = new Map((await db.find(InvitationEntity)).map((row) => [row.agentId, row]))
  return agents
    .map((agent) => toAgentView(agent, memberships.get(agent.id) ?? [], invitations.get(agent.id) ?? null))
    .sort((a, b) => a.name.localeCompare(b.name, 'pt-BR') || (a.id < b.id ? -1 : 1))
}

const toAgentView = (
  { id, name, email, role, locale, active, createdAt }: AgentRow,
  memberships: AgentTeamRow[],
  invitation: InvitationRow | null,
): AgentView => ({
  id,
  name,
  email,
  role,
  teamIds: memberships.map(({ teamId }) => teamId),
  locale,
  active,
  createdAt: new Date(createdAt).toISOString(),
  invitation: invitation && { expiresAt: new Date(invitation.expiresAt).toISOString() },
})
