/** The desk's figures by team and by agent, from indexes and tallies: what it costs depends on what is active, not on what there ever was. */
import type { Severity } from '../alerts/contract.ts'
import { WHISPER } from '../alerts/private-alerts.ts'
import { parseOptions } from '../routing/options.ts'
import type { PresenceState } from '../routing/contract.ts'
import type { StatusClass } from '../catalog/contract.ts'
import type { Ask } from '../store/consistent-reader.ts'
import { SATISFIED_FROM } from '../feedback/contract.ts'
import type { OfficeTime } from './office-day.ts'

const HOUR_MS = 60 * 60_000
/** For how long an answer of a customer counts. */
const OPINION_MS = 30 * 24 * HOUR_MS
/** Zones differ from each other by quarters of an hour. */
export const SLOT_MS = 15 * 60_000

type TeamId = string | null
interface ByTeam {
  teamId: TeamId
  count: number
}

export interface DeskFigures {
  seq: number
  /** For when it was read, and from when on it is no longer true although nothing was written. Milliseconds UTC. */
  at: number
  until: number
  dayFrom: number
  teams: { id: string; name: string; archivedAt: number | null }[]
  agents: AgentFigures[]
  tallies: { teamId: TeamId; agentId: TeamId; class: StatusClass; count: number }[]
  longest: { teamId: TeamId; since: number; seq: number }[]
  missed: { teamId: TeamId; agentId: TeamId; count: number }[]
  /** Missed and still owed, with more time given since. */
  extended: ExtendedRow[]
  lastHour: { arrived: ByTeam[]; resolved: ByTeam[] }
  /** By {@link SLOT_MS} since the day began. */
  today: { arrived: Slot[]; resolved: Slot[] }
  /** What customers answered in the last thirty days, by whose ticket it was then; like in the report, not about what went on in another ticket. */
  opinions: OpinionRow[]
  alerts: { isOfTicket: 0 | 1; teamId: TeamId; severity: Severity; count: number; oldestAt: number }[]
  blockedScreens: { agentId: string; count: number }[]
  phones: PhoneFigures[]
}

export interface Slot extends ByTeam {
  slot: number
}

interface OpinionRow extends ByTeam {
  satisfied: number
}

interface ExtendedRow {
  seq: number
  teamId: TeamId
  agentId: TeamId
  missedAt: number
}

export interface AgentFigures {
  id: string
  name: string
  state: PresenceState
  since: number | null
  capacity: number
  teamIds: string[]
  lentTeamIds: string[]
}

export interface PhoneFigures {
  id: string
  name: string
  createdAt: number
  lastUsedAt: number | null
  isRevoked: 0 | 1
}

/**
 * All of it as of `now`, which is the time of the read. Where SQLite, which knows nothing of how many tickets are active or of today,
 * would rather read them all, it is told by which index to go.
 */
export function readDesk(ask: Ask, office: OfficeTime, now: number): DeskFigures {
  const { from, until } = office.dayAt(now)
  const hourAgo = now - HOUR_MS
  const [log] = ask<{ seq: number | null }>('SELECT max(seq) AS seq FROM event')
  return {
    seq: log?.seq ?? 0,
    at: now,
    until: Math.min(nextChange(ask, now, hourAgo), office.nextHour(now), until),
    dayFrom: from,
    teams: ask('SELECT id, name, archivedAt FROM team ORDER BY position, id'),
    agents: readAgents(ask),
    tallies:
      ask(`SELECT nullif(y.teamId, '') AS teamId, nullif(y.agentId, '') AS agentId, s.class, sum(y.count) AS count
      FROM ticket_tally y JOIN status s ON s.id = y.statusId
      WHERE y.count > 0 AND s.class IN ('new', 'open', 'waiting', 'hold') GROUP BY y.teamId, y.agentId, s.class`),
    longest: ask(`SELECT q.teamId, t.waitingSince AS since, t.seq
      FROM (SELECT NULL AS teamId UNION ALL SELECT id FROM team) q JOIN ticket t ON t.seq = (
        SELECT seq FROM ticket WHERE teamId IS q.teamId AND active = 1 AND waitingSince IS NOT NULL
          AND statusClass IN ('new', 'open') ORDER BY waitingSince, seq LIMIT 1)`),
    missed: ask(
      `SELECT teamId, agentId, count(*) AS count FROM ticket INDEXED BY ticket_by_deadline
        WHERE active = 1 AND dueAt IS NOT NULL AND dueAt < ? GROUP BY teamId, agentId`,
      now,
    ),
    extended: ask(
      `SELECT t.seq, t.teamId, t.agentId, min(r.decidedAt) AS missedAt FROM sla_result r INDEXED BY sla_result_unkept CROSS JOIN ticket t ON t.id = r.ticketId
        WHERE r.outcome = 'breached' AND r.stoppedAt IS NULL AND t.active = 1 AND (t.dueAt IS NULL OR t.dueAt >= ?)
        GROUP BY t.seq`,
      now,
    ),
    lastHour: {
      arrived: ask(
        `SELECT teamId, count(*) AS count FROM ticket INDEXED BY ticket_by_arrival WHERE createdAt > ? GROUP BY teamId`,
        hourAgo,
      ),
      resolved: ask(
        `SELECT teamId, count(*) AS count FROM ticket INDEXED BY ticket_by_resolution
          WHERE resolvedAt IS NOT NULL AND mergedIntoId IS NULL AND resolvedAt > ? GROUP BY teamId`,
        hourAgo,
      ),
    },
    today: {
      arrived: ask(
        `SELECT teamId, (createdAt - ?) / ${SLOT_MS} AS slot, count(*) AS count FROM ticket INDEXED BY ticket_by_arrival
          WHERE createdAt >= ? AND createdAt < ? GROUP BY teamId, slot`,
        ...[from, from, until],
      ),
      resolved: ask(
        `SELECT teamId, (resolvedAt - ?) / ${SLOT_MS} AS slot, count(*) AS count FROM ticket INDEXED BY ticket_by_resolution
          WHERE resolvedAt IS NOT NULL AND mergedIntoId IS NULL AND resolvedAt >= ? AND resolvedAt < ? GROUP BY teamId, slot`,
        ...[from, from, until],
      ),
    },
    opinions: ask(
      `SELECT teamId, count(*) AS count, sum(score >= ${SATISFIED_FROM}) AS satisfied FROM feedback f INDEXED BY feedback_by_time
        WHERE at > ? AND kind = 'csat' AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = f.ticketId AND t.mergedIntoId IS NOT NULL)
        GROUP BY teamId`,
      now - OPINION_MS,
    ),
    alerts: ask(
      `SELECT a.ticketId IS NOT NULL AS isOfTicket, t.teamId, a.severity, count(*) AS count, min(a.raisedAt) AS oldestAt
        FROM alert a LEFT JOIN ticket t ON t.id = a.ticketId
        WHERE a.acknowledgedAt IS NULL AND a.reason <> ? GROUP BY isOfTicket, t.teamId, a.severity`,
      WHISPER,
    ),
    blockedScreens:
      ask(`SELECT s.agentId, count(*) AS count FROM alert_screen s JOIN agent g ON g.id = s.agentId AND g.active
      WHERE s.blocked IS NOT NULL GROUP BY s.agentId`),
    phones: ask(
      `SELECT id, name, createdAt, lastUsedAt, revokedAt IS NOT NULL AS isRevoked FROM phone_key ORDER BY createdAt, id`,
    ),
  }
}

/** When a deadline passes, or something leaves the last hour or the last thirty days: what changes figures by time alone. */
function nextChange(ask: Ask, now: number, hourAgo: number): number {
  const [due] = ask<{ at: number | null }>(
    'SELECT min(dueAt) AS at FROM ticket INDEXED BY ticket_by_deadline WHERE active = 1 AND dueAt IS NOT NULL AND dueAt >= ?',
    now,
  )
  const [arrived] = ask<{ at: number | null }>(
    'SELECT min(createdAt) AS at FROM ticket INDEXED BY ticket_by_arrival WHERE createdAt > ?',
    hourAgo,
  )
  const [resolved] = ask<{ at: number | null }>(
    `SELECT min(resolvedAt) AS at FROM ticket INDEXED BY ticket_by_resolution WHERE resolvedAt IS NOT NULL AND mergedIntoId IS NULL AND resolvedAt > ?`,
    hourAgo,
  )
  const [answered] = ask<{ at: number | null }>(
    `SELECT min(at) AS at FROM feedback INDEXED BY feedback_by_time WHERE at > ? AND kind = 'csat'`,
    now - OPINION_MS,
  )
  return Math.min(
    // Only what is over is missed: at its deadline a ticket is still in time.
    (due?.at ?? Infinity) + 1,
    (arrived?.at ?? Infinity) + HOUR_MS,
    (resolved?.at ?? Infinity) + HOUR_MS,
    (answered?.at ?? Infinity) + OPINION_MS,
  )
}

function readAgents(ask: Ask): AgentFigures[] {
  const [routing] = ask<{ value: string }>(`SELECT value FROM setting WHERE key = 'routing'`)
  const { defaultCapacity } = parseOptions(routing?.value)
  const memberships = Map.groupBy(
    ask<{ agentId: string; teamId: string; lentAt: number | null }>(
      'SELECT agentId, teamId, lentAt FROM agent_team',
    ),
    ({ agentId }) => agentId,
  )
  const rows = ask<{
    id: string
    name: string
    state: PresenceState | null
    since: number | null
    capacity: number | null
  }>(`SELECT g.id, g.name, p.effective AS state, p.since, r.capacity
    FROM agent g LEFT JOIN agent_presence p ON p.agentId = g.id LEFT JOIN agent_routing r ON r.agentId = g.id
    WHERE g.active = 1 ORDER BY g.name, g.id`)
  return rows.map(({ state, capacity, ...agent }) => {
    const teams = memberships.get(agent.id) ?? []
    return {
      ...agent,
      state: state ?? 'offline',
      capacity: capacity ?? defaultCapacity,
      teamIds: teams.map(({ teamId }) => teamId),
      lentTeamIds: teams.flatMap(({ teamId, lentAt }) => (lentAt === null ? [] : [teamId])),
    }
  })
}
