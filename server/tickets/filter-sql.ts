import type { Viewer } from '../access/viewer.ts'
import type { ConditionTree } from '../conditions/contract.ts'
import { ticketQuery } from '../store/ticket-index.ts'
import { ConditionSql, negated, NOTHING, type FilterContext } from './condition-sql.ts'
import { activeClasses, type TicketFilter } from './filter.contract.ts'
import { SqlParameters } from './sql-parameters.ts'

/** A condition for a query builder on `ticket t` joined with its requester `customer c`. */
export interface SqlCondition {
  sql: string
  parameters: Record<string, unknown>
}

const EVERYTHING = '1 = 1'

/** Compiles a filter, and what the viewer may see, to one condition. Every value goes in as a parameter. */
export function compileFilter(filter: TicketFilter, context: FilterContext): SqlCondition {
  const parameters = new SqlParameters()
  const leaves = new ConditionSql(context, parameters)
  const parts = [
    visibility(context.viewer, parameters),
    ...shorthands(filter, leaves, parameters),
    ...(filter.where ? [treeSql(filter.where, leaves)] : []),
  ]
  return { sql: parts.join(' AND '), parameters: parameters.values }
}

/** The same rule as `maySeeTicket`, for the database. */
function visibility(viewer: Viewer, parameters: SqlParameters): string {
  if (viewer.permissions.has('tickets.readAll')) return EVERYTHING
  const mine = `t.agentId = ${parameters.bind(viewer.agentId)}`
  const teams = viewer.teamIds.length > 0 ? ` OR t.teamId IN (${parameters.bindAll(viewer.teamIds)})` : ''
  return `(t.teamId IS NULL OR ${mine}${teams})`
}

function shorthands(filter: TicketFilter, leaves: ConditionSql, parameters: SqlParameters): string[] {
  const parts: string[] = []
  if (filter.statusClass) parts.push(classesSql(filter.statusClass, parameters))
  if (filter.statusIds) parts.push(leaves.oneOf('status', filter.statusIds))
  if (filter.priorityIds) parts.push(leaves.oneOf('priority', filter.priorityIds))
  if (filter.typeIds) parts.push(leaves.oneOf('type', filter.typeIds))
  if (filter.categoryIds) parts.push(leaves.oneOf('category', filter.categoryIds))
  if (filter.teamIds) parts.push(leaves.oneOf('team', filter.teamIds))
  if (filter.agentIds) parts.push(leaves.oneOf('agent', filter.agentIds))
  if (filter.requesterIds) parts.push(leaves.oneOf('requester', filter.requesterIds))
  if (filter.channels) parts.push(leaves.oneOf('channel', filter.channels))
  if (filter.tags) parts.push(leaves.tagged(filter.tags))
  if (filter.text) parts.push(leaves.words(ticketQuery(filter.text, 'anywhere')))
  return parts
}

/** `active` leads every queue's index, so a filter within the active or the done classes says so. */
function classesSql(classes: readonly string[], parameters: SqlParameters): string {
  const test = `t.statusClass IN (${parameters.bindAll(classes)})`
  const active = classes.map((name) => (activeClasses as readonly string[]).includes(name))
  if (active.every(Boolean))
    return classes.length === activeClasses.length ? 't.active = 1' : `t.active = 1 AND ${test}`
  return active.some(Boolean) ? test : `t.active = 0 AND ${test}`
}

function treeSql(tree: ConditionTree, leaves: ConditionSql): string {
  if ('all' in tree) return groupSql(tree.all, ' AND ', leaves)
  if ('any' in tree) return groupSql(tree.any, ' OR ', leaves)
  // A missing value is "unknown" to SQL, and would hide the row; here it just isn't what was asked for.
  if ('none' in tree) return tree.none.length === 0 ? NOTHING : negated(groupSql(tree.none, ' OR ', leaves))
  return leaves.condition(tree)
}

/** An empty group matches nothing: an unfinished filter must not show or touch everything. */
const groupSql = (branches: readonly ConditionTree[], joint: string, leaves: ConditionSql): string =>
  branches.length === 0 ? NOTHING : `(${branches.map((branch) => treeSql(branch, leaves)).join(joint)})`
