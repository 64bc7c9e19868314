import { activeClasses, type TicketFilter, type TicketSort } from '../../../server/tickets/filter.contract.ts'
import type { SavedView } from '../../../server/views/contract.ts'

/** The queues that every desk has. */
export const standardQueues = ['mine', 'unassigned', 'active', 'waiting', 'resolved'] as const
export type StandardQueue = (typeof standardQueues)[number]

/** A queue as an address names it: `mine`, `team-<id>`, `view-<id>`. */
export type QueueKey = StandardQueue | `team-${string}` | `view-${string}`

/** What a list shows and in which order. */
export interface ListPlan {
  filter: TicketFilter
  sort: TicketSort
}

/** How long a resolved ticket stays in "recently resolved", as a condition says it. */
const RECENTLY = '-P7D'

const active = [...activeClasses]
const byDeadline: TicketSort = { by: 'dueAt', dir: 'asc' }
const latestFirst: TicketSort = { by: 'updatedAt', dir: 'desc' }

const standardPlans: Record<StandardQueue, ListPlan> = {
  mine: { filter: { agentIds: ['me'], statusClass: active }, sort: byDeadline },
  unassigned: { filter: { agentIds: ['none'], statusClass: active }, sort: byDeadline },
  active: { filter: { statusClass: active }, sort: byDeadline },
  waiting: { filter: { statusClass: ['waiting'] }, sort: { by: 'updatedAt', dir: 'asc' } },
  resolved: {
    filter: { statusClass: ['resolved', 'closed'], where: { field: 'updatedAt', op: 'gt', value: RECENTLY } },
    sort: latestFirst,
  },
}

const isStandard = (key: string): key is StandardQueue => standardQueues.some((queue) => queue === key)

/** Reads an address; null for what names no kind of queue. */
export function parseQueueKey(text: string): QueueKey | null {
  if (isStandard(text) || /^(team|view)-.+/.test(text)) return text as QueueKey
  return null
}

export const teamQueue = (teamId: string): QueueKey => `team-${teamId}`
export const viewQueue = (viewId: string): QueueKey => `view-${viewId}`

/** The team or view that a key names. */
export function queueRow(key: QueueKey): { kind: 'team' | 'view'; id: string } | null {
  const [, kind, id] = /^(team|view)-(.+)$/.exec(key) ?? []
  return kind && id ? { kind: kind as 'team' | 'view', id } : null
}

/** What a queue lists; null when the view it names is not there (any more). */
export function planOf(key: QueueKey, views: readonly SavedView[]): ListPlan | null {
  if (isStandard(key)) return standardPlans[key]
  const row = queueRow(key)
  if (row?.kind === 'team') return { filter: { teamIds: [row.id], statusClass: active }, sort: byDeadline }
  const view = views.find(({ id }) => id === row?.id)
  return view ? { filter: view.filter, sort: view.sort } : null
}

export const samePlan = (one: ListPlan, other: ListPlan): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
