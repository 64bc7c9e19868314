import { afterAll, beforeAll, expect, it } from 'vitest'
import { conditionFields, operatorsFor, type ConditionField } from '../../server/conditions/contract.ts'
import type { Grouping } from '../../server/reports/contract.ts'
import type { TicketFilter } from '../../server/tickets/filter.contract.ts'
import { startReportHistory, type ReportHistory } from '../support/report-history.ts'
import { sure } from '../support/report-recount.ts'

/** Played once; every test asks about it. */
let history: ReportHistory
beforeAll(async () => {
  history = await startReportHistory()
}, 120_000)
afterAll(() => history[Symbol.asyncDispose]())

/** Every field that a list may be filtered by, with each of its operators. */
const conditions = (Object.keys(conditionFields) as ConditionField[]).flatMap((field) =>
  (conditionFields[field].in as readonly string[]).includes('view')
    ? operatorsFor(field, 'view').map((op) => ({ field, op }))
    : [],
)

it.each(conditions)('counts the tickets of which $field $op, as their list does', async ({ field, op }) => {
  const { ask, counted, office, stored } = history
  for (const value of valuesOf(field)) {
    const tree = op === 'empty' || op === 'notEmpty' ? { field, op } : { field, op, value }
    for (const where of [tree, { none: [tree] }, { all: [tree, { any: [tree, tree] }] }] as never[]) {
      const filter: TicketFilter = { where }
      const listed = new Set<string>()
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await office.bruno.api.tickets.list.query({ filter, limit: 100, cursor } as never)
        for (const { id } of page.items) listed.add(id)
        cursor = page.nextCursor
      }
      const wanted = counted().filter(({ id }) => listed.has(id)).length
      const { total } = await ask('volume', { filter })
      expect([where, total.figures['created']]).toEqual([where, wanted])
    }
  }

  function valuesOf(field: ConditionField): (string | string[])[] {
    const one = <Row>(sql: string) => sure(stored<Row>(sql)[0])
    const [kind] = [conditionFields[field].kind]
    if (kind === 'text') return ['Toner', 'vamos ver']
    if (kind === 'instant') return ['-P7D', '2026-03-20T00:00:00Z']
    if (kind === 'duration') return ['60', '10000']
    if (field === 'tags') return [['nf', 'troca'], ['troca']]
    const values = {
      ...{ channel: 'email', statusClass: 'open', urgency: 'high', impact: 'low', type: 'none' },
      ...{ team: office.teamId, agent: office.bruno.id, category: sure(history.categoryIds[0]) },
      status: one<{ id: string }>(`SELECT statusId AS id FROM ticket`).id,
      priority: one<{ id: string }>(`SELECT priorityId AS id FROM ticket`).id,
      requester: one<{ id: string }>(`SELECT requesterId AS id FROM ticket`).id,
    } as Record<string, string>
    const value = values[field] ?? 'none'
    const several = op === 'in' || op === 'notIn'
    const alone = field === 'agent' ? [value, 'me', 'none'] : field === 'team' ? [value, 'myTeams'] : [value]
    return several ? alone.map((each) => [each]) : alone
  }
})

it('a group’s row, narrowed to that group by a filter, is the same row, in every report', async () => {
  const { ask, office } = history
  const filterOf: Partial<Record<Grouping, (key: string) => TicketFilter>> = {
    team: (id) => ({ teamIds: [id] }),
    channel: (channel) => ({ channels: [channel as 'email'] }),
    category: (id) => ({ categoryIds: [id] }),
    priority: (id) => ({ priorityIds: [id] }),
    customer: (id) => ({ requesterIds: [id] }),
    type: (id) => ({ typeIds: [id] }),
  }
  for (const { report } of await office.bruno.api.reports.catalog.query()) {
    // What is known as it was then is not what the ticket is now.
    const kept = report === 'attainment' || report === 'satisfaction' ? ['team', 'priority'] : []
    for (const [groupBy, filter] of Object.entries(filterOf)) {
      if (kept.includes(groupBy)) continue
      for (const row of (await ask(report, { groupBy })).rows.slice(0, 6)) {
        const key = row.key ?? 'none'
        if (key === 'none' && !['team', 'category', 'type'].includes(groupBy)) continue
        const narrowed = await ask(report, { groupBy, filter: filter(key) })
        expect([report, groupBy, key, narrowed.total.figures]).toEqual([report, groupBy, key, row.figures])
      }
    }
  }
}, 60_000)
