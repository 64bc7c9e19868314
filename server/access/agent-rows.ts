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
  await tx.db.delete(AgentTeamEntity, { agentId })
  if (wanted.length > 0)
    await tx.db.insert(
      AgentTeamEntity,
      wanted.map((teamId) => ({ agentId, teamId })),
    )
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
