import type { Db } from '../store/store.ts'
import type { Attainment, AttainmentRow } from './contract.ts'

const groups = {
  policy: 'policyId',
  team: 'teamId',
  agent: 'agentId',
  priority: 'priorityId',
  metric: 'metric',
  month: 'month',
} as const

/** Promises decided between two instants, added up: kept, missed, and by how much those missed were late. */
export async function attainment(
  db: Db,
  { from, to, groupBy, metric }: Attainment,
): Promise<AttainmentRow[]> {
  const column = groups[groupBy]
  const query = db
    .createQueryBuilder()
    .select(`r.${column}`, 'group')
    .addSelect("sum(CASE WHEN r.outcome = 'met' THEN 1 ELSE 0 END)", 'met')
    .addSelect("sum(CASE WHEN r.outcome = 'breached' THEN 1 ELSE 0 END)", 'breached')
    .addSelect("avg(CASE WHEN r.outcome = 'breached' THEN r.usedMs - r.targetMs END)", 'overMs')
    .from('sla_result', 'r')
    .where('r.decidedAt >= :from AND r.decidedAt < :to AND r.reopenedAt IS NULL', {
      from: Date.parse(from),
      to: Date.parse(to),
    })
    .groupBy(`r.${column}`)
  if (metric) query.andWhere('r.metric = :metric', { metric })
  const rows = await query.getRawMany<{
    group: string | null
    met: number
    breached: number
    overMs: number | null
  }>()
  return rows.map(({ overMs, ...row }) => ({
    ...row,
    averageOverMs: overMs === null ? null : Math.round(overMs),
  }))
}
