import { In, Not } from 'typeorm'
import { AppError, invalid } from '../errors.ts'
import type { Db, Tx } from '../store/store.ts'
import type { NewAgent } from './contract.ts'
import { AgentEntity, AgentTeamEntity, TeamEntity, type AgentRow } from './entities.ts'

/** Writes a new agent and their teams. @throws VALIDATION `agents.email_taken` or `agents.team_unknown` */
export async function insertAgent(
  tx: Tx,
  { name, email, role, teamIds, locale }: NewAgent,
  given: Pick<AgentRow, 'id' | 'passwordHash' | 'createdAt'>,
): Promise<void> {
  await requireFreeEmail(tx.db, email)
  await tx.db.insert(AgentEntity, { ...given, name, email, role, locale: locale ?? null, active: true })
  await replaceTeams(tx, given.id, teamIds)
}

export async function requireFreeEmail(db: Db, email: string, ownerId?: string): Promise<void> {
  const where = ownerId === undefined ? { email } : { email, id: Not(ownerId) }
  if (await db.existsBy(AgentEntity, where)) throw invalid('email', 'agents.email_taken')
}

/** @throws VALIDATION `agents.team_unknown` */
export async function replaceTeams(tx: Tx, agentId: string, teamIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(teamIds)]
  const found = wanted.length === 0 ? 0 : await tx.db.countBy(TeamEntity, { id: In(wanted) })
  if (found < wanted.length) throw invalid('teamIds', 'agents.team_unknown')
  // What stays is left alone, with what is known of it.
  await tx.db.delete(AgentTeamEntity, { agentId, teamId: Not(In(wanted)) })
  for (const teamId of wanted)
    await tx.db
      .sql`INSERT INTO agent_team (agentId, teamId) VALUES (${agentId}, ${teamId}) ON CONFLICT DO NOTHING`
}

/** Puts an agent into a team to help out. Returns false when they are in it already. */
export async function lendTo(tx: Tx, agentId: string, teamId: string, at: number): Promise<boolean> {
  const rows = await tx.db.sql<unknown[]>`
    INSERT INTO agent_team (agentId, teamId, lentAt) VALUES (${agentId}, ${teamId}, ${at})
    ON CONFLICT DO NOTHING RETURNING agentId`
  return rows.length > 0
}

/** `own`: they belong to the team. `none`: they are not in it. */
export async function takeBackFrom(
  tx: Tx,
  agentId: string,
  teamId: string,
): Promise<'taken' | 'own' | 'none'> {
  const [row] = await tx.db.sql<{ lentAt: number | null }[]>`
    SELECT lentAt FROM agent_team WHERE agentId = ${agentId} AND teamId = ${teamId}`
  if (!row) return 'none'
  if (row.lentAt === null) return 'own'
  await tx.db.sql`DELETE FROM agent_team WHERE agentId = ${agentId} AND teamId = ${teamId}`
  return 'taken'
}

/**
 * To be called in the transaction that takes an admin's role or access away, after it did. An invited admin who never
 * came does not count: nobody could let them in.
 * @throws CONFLICT `agents.last_admin` when nobody who can log in is left to manage the office.
 */
export async function requireAnAdmin(db: Db): Promise<void> {
  const left = await db.existsBy(AgentEntity, { role: 'admin', active: true, passwordHash: Not('') })
  if (!left) throw new AppError('CONFLICT', 'agents.last_admin')
}
