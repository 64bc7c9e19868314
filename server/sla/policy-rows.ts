import type { Db, Tx } from '../store/store.ts'
import { PolicyEntity } from './entities.ts'
import { parsePolicy, type Policy } from './policy.ts'

/** All that can be read, by position, retired ones included. */
export async function findPolicies(db: Db): Promise<Policy[]> {
  const rows = await db.find(PolicyEntity, { order: { position: 'ASC', id: 'ASC' } })
  return rows.flatMap((row) => parsePolicy(row) ?? [])
}

/** Tickets in work under each policy, or under one; those under which there is none are left out. */
export async function countOpenTickets(db: Db, id?: string): Promise<Map<string, number>> {
  type Count = { policyId: string; count: number }[]
  const rows =
    id === undefined
      ? await db.sql<Count>`
          SELECT s.policyId, COUNT(*) AS count FROM ticket_sla s JOIN ticket t ON t.seq = s.seq
          WHERE t.active = 1 AND s.policyId IS NOT NULL GROUP BY s.policyId`
      : await db.sql<Count>`
          SELECT s.policyId, COUNT(*) AS count FROM ticket_sla s JOIN ticket t ON t.seq = s.seq
          WHERE t.active = 1 AND s.policyId = ${id} GROUP BY s.policyId`
  return new Map(rows.map(({ policyId, count }) => [policyId, count]))
}

export async function savePolicy(tx: Tx, policy: Policy, before: Policy | null, now: number): Promise<void> {
  const { id, name, position, calendarId, version, archived } = policy
  const values = {
    ...{ name, position, calendarId, version },
    conditions: policy.when && JSON.stringify(policy.when),
    targets: JSON.stringify(policy.targets),
    pauseOn: JSON.stringify(policy.pauseOn),
    pauseNextResponseOn: JSON.stringify(policy.pauseNextResponseOn),
    escalations: JSON.stringify(policy.escalations),
    ...(archived === (before?.archived ?? false) ? {} : { archivedAt: archived ? now : null }),
  }
  if (before) await tx.db.update(PolicyEntity, { id }, values)
  else await tx.db.insert(PolicyEntity, { ...values, id, createdAt: now, archivedAt: null })
}
