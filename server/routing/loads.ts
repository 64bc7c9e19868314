import type { Db, Tx } from '../store/store.ts'
import type { Channel } from '../tickets/filter.contract.ts'

/** How many tickets each agent has in hand: new and open ones, for what waits for somebody else needs no hands, and open offers. */
export async function loadByAgent(db: Db): Promise<Map<string, number>> {
  const rows = await db.sql<{ agentId: string; load: number }[]>`
    SELECT agentId, sum(load) AS load FROM (
      SELECT y.agentId, y.count AS load FROM ticket_tally y JOIN status s ON s.id = y.statusId
        WHERE y.agentId <> '' AND y.count > 0 AND s.class IN ('new', 'open')
      UNION ALL SELECT agentId, 1 FROM routing_offer)
    GROUP BY agentId`
  return new Map(rows.map(({ agentId, load }) => [agentId, load]))
}

/** Of one channel, for the agents who have a limit there. */
export async function channelLoads(
  db: Db,
  channel: Channel,
  agentIds: readonly string[],
): Promise<Map<string, number>> {
  if (agentIds.length === 0) return new Map()
  const rows = await db.sql<{ agentId: string; load: number }[]>`
    SELECT agentId, count(*) AS load FROM (
      SELECT agentId FROM ticket WHERE agentId IN (${() => [...agentIds]}) AND active = 1
        AND statusClass IN ('new', 'open') AND channel = ${channel}
      UNION ALL SELECT o.agentId FROM routing_offer o JOIN ticket t ON t.id = o.ticketId WHERE t.channel = ${channel})
    GROUP BY agentId`
  return new Map(rows.map(({ agentId, load }) => [agentId, load]))
}

export async function turnByAgent(db: Db): Promise<Map<string, number>> {
  const rows = await db.sql<{ agentId: string; turn: number }[]>`SELECT agentId, turn FROM routing_turn`
  return new Map(rows.map(({ agentId, turn }) => [agentId, turn]))
}

/** The agent was given one: all others come before them now. */
export async function takeTurn(tx: Tx, agentId: string): Promise<void> {
  await tx.db.sql`
    INSERT INTO routing_turn (agentId, turn) VALUES (${agentId}, (SELECT coalesce(max(turn), 0) + 1 FROM routing_turn))
    ON CONFLICT (agentId) DO UPDATE SET turn = excluded.turn`
}
