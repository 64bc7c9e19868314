import type { Db, Tx } from '../store/store.ts'
import type { PresenceState, PresenceView } from './contract.ts'

export interface PresenceRow {
  agentId: string
  /** What the agent chose, or came to by logging in. */
  state: PresenceState
  /** When they chose it themself; null when logging in did. */
  chosenAt: number | null
  /** When they logged out; null while logged in. */
  leftAt: number | null
  /** What was last told of them, and since when it holds. */
  effective: PresenceState
  since: number
}

export const presenceRows = (db: Db) => db.sql<PresenceRow[]>`SELECT * FROM agent_presence ORDER BY agentId`

export async function findPresence(db: Db, agentId: string): Promise<PresenceRow | undefined> {
  const [row] = await db.sql<PresenceRow[]>`SELECT * FROM agent_presence WHERE agentId = ${agentId}`
  return row
}

export async function savePresence(tx: Tx, row: PresenceRow): Promise<void> {
  const { agentId, state, chosenAt, leftAt, effective, since } = row
  await tx.db.sql`
    INSERT INTO agent_presence (agentId, state, chosenAt, leftAt, effective, since)
    VALUES (${agentId}, ${state}, ${chosenAt}, ${leftAt}, ${effective}, ${since})
    ON CONFLICT (agentId) DO UPDATE SET state = excluded.state, chosenAt = excluded.chosenAt, leftAt = excluded.leftAt,
      effective = excluded.effective, since = excluded.since`
}

export async function hasOtherSession(tx: Tx, agentId: string, now: number): Promise<boolean> {
  const found = await tx.db.sql<unknown[]>`
    SELECT 1 FROM session WHERE agentId = ${agentId} AND expiresAt > ${now} LIMIT 1`
  return found.length > 0
}

export const toPresenceView = ({ agentId, effective, state, since }: PresenceRow): PresenceView => ({
  agentId,
  state: effective,
  chosen: state,
  since: new Date(since).toISOString(),
})
