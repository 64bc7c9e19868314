/** Puts a scope's snapshot together from the desk's figures. Pure. */
import type { AgentLive, BreachLive, HourLive, LiveSnapshot, QueueLive } from './contract.ts'
import { SLOT_MS, type AgentFigures, type DeskFigures, type Slot } from './desk-rows.ts'
import type { OfficeTime } from './office-day.ts'
import { isIn, type Scope } from './scope.ts'
import type { Usual } from './usual.ts'

type TeamId = string | null
type Figures = LiveSnapshot['total']

export interface SnapshotParts {
  desk: DeskFigures
  breaches: BreachLive[]
  /** By the ticket's {@link DeskFigures.longest}. */
  idOf: ReadonlyMap<number, string>
  usual: Usual
  office: OfficeTime
  intake: LiveSnapshot['intake']
}

/** As of `now`, up to which the figures hold. */
export function snapshotOf(scope: Scope, parts: SnapshotParts, now: number): LiveSnapshot {
  const { desk, breaches, intake, office } = parts
  const agents = desk.agents.filter(
    ({ teamIds }) => scope.teamIds === null || teamIds.some((teamId) => isIn(scope, teamId)),
  )
  return {
    seq: desk.seq,
    at: new Date(now).toISOString(),
    queues: queuesOf(scope, parts),
    total: figuresOf(parts, (teamId) => isIn(scope, teamId)),
    agents: agents.map((agent) => agentLive(agent, desk)),
    breaches,
    alerts: alertsOf(scope, desk, agents),
    today: todayOf(scope, parts, now),
    intake,
    satisfaction: satisfactionOf(scope, desk),
    timezone: office.timezone,
  }
}

/** The triage first; teams that are no more, as long as something is left in their queue. */
function queuesOf(scope: Scope, parts: SnapshotParts): QueueLive[] {
  const { teams } = parts.desk
  const all = [{ id: null, name: null, archivedAt: null }, ...teams].filter(({ id }) => isIn(scope, id))
  return all
    .map(({ id, name, archivedAt }) => ({
      isKept: archivedAt === null,
      queue: { teamId: id, name, ...figuresOf(parts, (teamId) => teamId === id) },
    }))
    .filter(({ isKept, queue }) => isKept || queue.waiting + queue.inWork + queue.parked > 0)
    .map(({ queue }) => queue)
}

function figuresOf({ desk, idOf }: SnapshotParts, includes: (teamId: TeamId) => boolean): Figures {
  const tallies = desk.tallies.filter(({ teamId }) => includes(teamId))
  const atWork = tallies.filter((tally) => tally.class === 'new' || tally.class === 'open')
  const [longest] = desk.longest
    .filter(({ teamId }) => includes(teamId))
    .toSorted((a, b) => a.since - b.since || a.seq - b.seq)
  const inScope = <Row extends { teamId: TeamId; count: number }>(rows: readonly Row[]) =>
    sum(rows.filter(({ teamId }) => includes(teamId)))
  return {
    waiting: sum(atWork.filter(({ agentId }) => agentId === null)),
    oldestWaitingSince: longest ? toIso(longest.since) : null,
    oldestWaitingTicketId: (longest && idOf.get(longest.seq)) ?? null,
    inWork: sum(atWork.filter(({ agentId }) => agentId !== null)),
    parked: sum(tallies) - sum(atWork),
    breached: inScope(desk.missed) + desk.extended.filter(({ teamId }) => includes(teamId)).length,
    arrivedLastHour: inScope(desk.lastHour.arrived),
    resolvedLastHour: inScope(desk.lastHour.resolved),
  }
}

/** An agent's load is theirs in whichever queue: half of it would make them look free. */
function agentLive(agent: AgentFigures, { tallies, missed, extended }: DeskFigures): AgentLive {
  const { id, name, state, since, capacity, teamIds, lentTeamIds } = agent
  const own = <Row extends { agentId: TeamId }>(rows: readonly Row[]) =>
    rows.filter(({ agentId }) => agentId === id)
  return {
    ...{ agentId: id, name, state, since: since === null ? null : toIso(since) },
    load: sum(own(tallies).filter((tally) => tally.class === 'new' || tally.class === 'open')),
    capacity,
    breached: sum(own(missed)) + own(extended).length,
    ...{ teamIds, lentTeamIds },
  }
}

/** Of alerts about no ticket only those who see the whole desk are told. */
function alertsOf(scope: Scope, desk: DeskFigures, agents: readonly AgentFigures[]): LiveSnapshot['alerts'] {
  const open = desk.alerts.filter(
    ({ isOfTicket, teamId }) => scope.teamIds === null || (isOfTicket === 1 && isIn(scope, teamId)),
  )
  const seen = new Set(agents.map(({ id }) => id))
  return {
    unacknowledged: sum(open),
    urgent: sum(open.filter(({ severity }) => severity === 'urgent')),
    oldestSince: open.length > 0 ? toIso(Math.min(...open.map(({ oldestAt }) => oldestAt))) : null,
    blockedScreens: sum(desk.blockedScreens.filter(({ agentId }) => seen.has(agentId))),
  }
}

/** Also what was said of queues that are no more is the whole desk's. */
function satisfactionOf(scope: Scope, { opinions }: DeskFigures): LiveSnapshot['satisfaction'] {
  const own = opinions.filter(({ teamId }) => isIn(scope, teamId))
  const answers = sum(own)
  const satisfied = own.reduce((total, row) => total + row.satisfied, 0)
  return { share: answers > 0 ? satisfied / answers : null, answers }
}

function todayOf(scope: Scope, { desk, usual, office }: SnapshotParts, now: number): LiveSnapshot['today'] {
  const minute = office.minuteAt(now)
  const arrived = desk.today.arrived.filter(({ teamId }) => isIn(scope, teamId))
  const resolved = desk.today.resolved.filter(({ teamId }) => isIn(scope, teamId))
  const hourOf = ({ slot }: Slot) => Math.floor(office.minuteAt(desk.dayFrom + slot * SLOT_MS) / 60)
  const byHour = (rows: Slot[]) => {
    const hours = new Array<number>(24).fill(0)
    for (const row of rows) hours[hourOf(row)] = (hours[hourOf(row)] ?? 0) + row.count
    return hours
  }
  const [arrivals, solutions] = [byHour(arrived), byHour(resolved)]
  const hours = arrivals.map((count, hour): HourLive => {
    const isToCome = hour * 60 > minute
    return {
      hour,
      arrived: isToCome ? null : count,
      resolved: isToCome ? null : (solutions[hour] ?? 0),
      usual: usual.hour(scope, hour),
    }
  })
  return {
    day: office.dayAt(now).date,
    arrived: sum(arrived),
    resolved: sum(resolved),
    ...usual.until(scope, minute),
    hours,
  }
}

const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0)

const toIso = (at: number) => new Date(at).toISOString()
