import { statusClasses, type StatusClass } from '../../../server/catalog/contract.ts'
import type { QueueCounts } from '../../../server/tickets/contract.ts'

/** The rows of the catalog that the numbers refer to. */
export interface DashboardNames {
  teams: readonly { id: string; name: string }[]
  agents: readonly { id: string; name: string }[]
  statuses: readonly { id: string; class: StatusClass }[]
}

interface QueueRow {
  /** Null is the common triage: tickets without a team. */
  id: string | null
  name: string | null
  active: number
  unassigned: number
}

interface AgentRow {
  id: string
  name: string
  active: number
}

export interface DashboardModel {
  queues: QueueRow[]
  classes: { statusClass: StatusClass; count: number }[]
  agents: AgentRow[]
}

/** Joins the numbers with the names, the fullest first; what has no ticket is shown with its zero. */
export function dashboardModel(counts: QueueCounts, names: DashboardNames): DashboardModel {
  const ofTeam = new Map(counts.byTeam.map((row) => [row.teamId, row]))
  const ofAgent = new Map(counts.byAgent.map((row) => [row.agentId, row.active]))
  const classOf = new Map(names.statuses.map((status) => [status.id, status.class]))
  const ofClass = new Map<StatusClass, number>()
  for (const { statusId, count } of counts.byStatus) {
    const statusClass = classOf.get(statusId)
    if (statusClass) ofClass.set(statusClass, (ofClass.get(statusClass) ?? 0) + count)
  }
  const triage = ofTeam.get(null)
  const queues: QueueRow[] = names.teams.map(({ id, name }) => {
    const row = ofTeam.get(id)
    return { id, name, active: row?.active ?? 0, unassigned: row?.unassigned ?? 0 }
  })
  if (triage) queues.push({ id: null, name: null, active: triage.active, unassigned: triage.unassigned })
  return {
    queues: queues.sort((a, b) => b.active - a.active),
    classes: statusClasses.map((statusClass) => ({ statusClass, count: ofClass.get(statusClass) ?? 0 })),
    agents: names.agents
      .map(({ id, name }) => ({ id, name, active: ofAgent.get(id) ?? 0 }))
      .sort((a, b) => b.active - a.active || a.name.localeCompare(b.name)),
  }
}
