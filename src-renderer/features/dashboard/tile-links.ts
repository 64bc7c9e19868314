/** Where a number leads: the tickets that it counts. Pure. */
import type { RouteLocationRaw } from 'vue-router'
import type { LiveSnapshot, TileKind } from '../../../server/dashboards/contract.ts'
import type { ReportName } from '../../../server/reports/contract.ts'
import type { TicketFilter } from '../../../server/tickets/filter.contract.ts'
import { adHocQueue } from '../queue/ad-hoc.ts'
import type { ListPlan } from '../queue/queues.ts'
import { planOf, queryOf } from '../reports/report-address.ts'

/** The numbers of a queue, which lead to lists of tickets. */
export type TicketFigure = 'waiting' | 'inWork' | 'parked' | 'breached' | 'arrivedToday' | 'resolvedToday'

const byDeadline = { by: 'dueAt', dir: 'asc' } as const
const latestFirst = { by: 'createdAt', dir: 'desc' } as const

/** The filter behind a figure. `midnight` is the beginning of the office's day, in UTC milliseconds. */
export function planBehind(
  figure: TicketFigure,
  teamIds: readonly string[] | null,
  midnight: number,
): ListPlan {
  // Later than the last millisecond before midnight, for there is no "from … on".
  const today = new Date(midnight - 1).toISOString()
  const plans: Record<TicketFigure, ListPlan> = {
    waiting: { filter: { agentIds: ['none'], statusClass: ['new', 'open'] }, sort: byDeadline },
    inWork: {
      filter: { statusClass: ['new', 'open'], where: { field: 'agent', op: 'notEmpty' } },
      sort: byDeadline,
    },
    parked: { filter: { statusClass: ['waiting', 'hold'] }, sort: byDeadline },
    breached: {
      filter: {
        statusClass: ['new', 'open', 'waiting', 'hold'],
        where: { field: 'sla.remaining', op: 'lt', value: '0' },
      },
      sort: byDeadline,
    },
    arrivedToday: {
      filter: { where: { field: 'createdAt', op: 'gt', value: today } },
      sort: latestFirst,
    },
    resolvedToday: {
      filter: {
        statusClass: ['resolved', 'closed'],
        where: { field: 'resolvedAt', op: 'gt', value: today },
      },
      sort: { by: 'updatedAt', dir: 'desc' },
    },
  }
  const plan = plans[figure]
  return teamIds?.length ? { ...plan, filter: { ...plan.filter, teamIds: [...teamIds] } } : plan
}

export const ticketsBehind = (
  figure: TicketFigure,
  teamIds: readonly string[] | null,
  midnight: number,
): RouteLocationRaw => adHocQueue(planBehind(figure, teamIds, midnight))

/** What somebody has in hand. */
export function ticketsOfAgent(agentId: string): RouteLocationRaw {
  const filter: TicketFilter = { agentIds: [agentId], statusClass: ['new', 'open'] }
  return adHocQueue({ filter, sort: byDeadline })
}

export const ticketOf = (id: string): RouteLocationRaw => ({ name: 'ticket', params: { id } })

/** A report over its usual thirty days. */
function reportBehind(report: ReportName, teamIds: readonly string[] | null): RouteLocationRaw {
  const filter: TicketFilter = teamIds?.length ? { teamIds: [...teamIds] } : {}
  return { name: 'reports', params: { report }, query: queryOf({ ...planOf({}), filter }) }
}

/** Where the number of a tile leads; null where nothing stands behind it. */
export function linkOf(
  kind: TileKind,
  snapshot: LiveSnapshot,
  teamIds: readonly string[] | null,
  seesAll: boolean,
): RouteLocationRaw | null {
  const midnight = midnightOf(snapshot.today.day, snapshot.timezone)
  switch (kind) {
    case 'waiting':
    case 'inWork':
    case 'breached':
    case 'arrivedToday':
    case 'resolvedToday':
      return ticketsBehind(kind, teamIds, midnight)
    case 'oldestWaiting':
      return snapshot.total.oldestWaitingTicketId ? ticketOf(snapshot.total.oldestWaitingTicketId) : null
    case 'unacknowledged':
    case 'blockedScreens':
      return { name: 'alerts', params: { scope: seesAll ? 'all' : '' } }
    case 'satisfaction':
      return seesAll ? reportBehind('satisfaction', teamIds) : null
    default:
      return null
  }
}

/**
 * When a day (`YYYY-MM-DD`) begins at the office, in UTC milliseconds. Where clocks are put forward at midnight it is the first moment
 * that exists.
 */
export function midnightOf(day: string, timezone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`)
  // The distance to UTC at a guess near enough; a second look settles days on which it changes.
  const first = wanted - offsetAt(wanted, timezone)
  return wanted - offsetAt(first, timezone)
}

function offsetAt(instant: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(instant / 1000) * 1000
}
