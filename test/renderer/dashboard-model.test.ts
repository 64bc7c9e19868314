import { expect, test } from 'vitest'
import type { QueueCounts } from '../../server/tickets/contract.ts'
import { dashboardModel } from '../../src-renderer/features/dashboard/dashboard-model.ts'

const counts: QueueCounts = {
  mine: 1,
  unassigned: 3,
  active: 8,
  byTeam: [
    { teamId: 'support', active: 5, unassigned: 2 },
    { teamId: null, active: 3, unassigned: 1 },
  ],
  byAgent: [{ agentId: 'bruno', active: 4 }],
  byStatus: [
    { statusId: 'open', count: 4 },
    { statusId: 'analysis', count: 2 },
    { statusId: 'gone', count: 9 },
  ],
  filters: [],
  seq: 1,
}
const model = dashboardModel(counts, {
  teams: [
    { id: 'sales', name: 'Vendas' },
    { id: 'support', name: 'Suporte' },
  ],
  agents: [
    { id: 'ana', name: 'Ana' },
    { id: 'bruno', name: 'Bruno' },
  ],
  statuses: [
    { id: 'open', class: 'open' },
    { id: 'analysis', class: 'open' },
  ],
})

test('the fullest queue comes first, the triage among them, and an empty queue shows its zero', () => {
  expect(model.queues.map(({ id, active, unassigned }) => [id, active, unassigned])).toEqual([
    ['support', 5, 2],
    [null, 3, 1],
    ['sales', 0, 0],
  ])
})

test('statuses of one class count together, and all six classes are there', () => {
  expect(model.classes).toHaveLength(6)
  expect(model.classes.find(({ statusClass }) => statusClass === 'open')?.count).toBe(6)
  expect(model.classes.find(({ statusClass }) => statusClass === 'closed')?.count).toBe(0)
})

test('an agent without tickets is shown free', () => {
  expect(model.agents).toEqual([
    { id: 'bruno', name: 'Bruno', active: 4 },
    { id: 'ana', name: 'Ana', active: 0 },
  ])
})
