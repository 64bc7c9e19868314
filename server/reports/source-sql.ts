import type { SqlCondition } from '../tickets/filter-sql.ts'
import type { Grouping } from './contract.ts'
import type { Period, Source } from './question.ts'
import { isTime } from './wall-clock.ts'

/** A ticket has several tags: their ids come joined by commas. Asked by its id, so that a row that has it needs no ticket for that. */
export const tagsOf = (ticketId: string) =>
  `(SELECT group_concat(tt.tagId) FROM ticket_tag tt WHERE tt.ticketId = ${ticketId})`

/** What tickets are told apart by, as they are now. */
const groups: Partial<Record<Grouping, string>> = {
  team: 't.teamId',
  channel: 't.channel',
  type: 't.typeId',
  category: 't.categoryId',
  tag: tagsOf('t.id'),
  priority: 't.priorityId',
  customer: 't.requesterId',
  organization: 'c.organizationId',
  tier: 'c.tierId',
  policy: 's.policyId',
}

export interface Statement {
  sql: string
  named: Record<string, unknown>
  /** The names of what each row adds, in the order of its values; before them stand its group, or its instant, and its ticket. */
  names: string[]
}

/**
 * The rows of a source in a period. `CROSS JOIN` keeps SQLite from beginning at any other table than the one that has the period's
 * index; tickets and customers are joined only where something asks for them.
 */
export function sourceSql(
  source: Source,
  {
    groupBy,
    filter,
    period,
    withTicket,
  }: {
    groupBy: Grouping
    filter: SqlCondition | null
    period: Period
    withTicket: boolean
  },
): Statement {
  const adds = Object.entries(source.adds)
  const key = isTime(groupBy) ? source.at : groupBy === 'agent' ? source.agent : groupOf(source, groupBy)
  const columns = [key, withTicket ? source.seq : 'NULL', ...adds.map(([, expression]) => expression)]
  const isLoose = source.ticket.startsWith('LEFT')
  const conditions = [
    source.within ?? `${source.at} >= :from AND ${source.at} < :to`,
    ...(source.where ? [source.where] : []),
    // What belongs to no ticket is none of those that were asked for.
    ...(filter ? [filter.sql, ...(isLoose ? ['t.seq IS NOT NULL'] : [])] : []),
  ]
  const asked = [...columns, ...conditions].join(' ')
  const wants = (alias: string) => new RegExp(`\\b${alias}\\.`).test(asked)
  const joins = [
    ...(wants('[tcs]') ? [source.ticket] : []),
    ...(wants('c') ? [`${isLoose ? 'LEFT' : 'CROSS'} JOIN customer c ON c.id = t.requesterId`] : []),
    ...(wants('s') ? ['LEFT JOIN ticket_sla s ON s.seq = t.seq'] : []),
  ]
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${source.from} ${joins.join(' ')} WHERE ${conditions.join(' AND ')}`,
    named: { ...filter?.parameters, ...period },
    names: adds.map(([name]) => name),
  }
}

const groupOf = (source: Source, groupBy: Grouping) => source.groups?.[groupBy] ?? groups[groupBy] ?? 'NULL'
