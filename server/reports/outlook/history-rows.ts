import type { Reader } from '../../store/reader.ts'

/** Reads of the past for forecasts. `teams` is a list of ids as JSON; null stands for all. Merged tickets are left out. */

/** Takes what {@link ofTeams} makes of the teams. */
const OF_TEAMS = '(? OR teamId IN (SELECT value FROM json_each(?)))'
const ofTeams = (teams: string | null): [isAll: number, ids: string] =>
  teams === null ? [1, '[]'] : [0, teams]

export interface HistoryReader {
  firstArrival(teams: string | null): number | null
  arrivals(teams: string | null, from: number): number[]
  resolutions(teams: string | null, from: number): number[]
  backlog(teams: string | null): { now: number; parked: number }
  /** Calls that were answered and are over. */
  handling(from: number): { seconds: number; calls: number }
  /** How presence changed, in order. */
  presence(from: number): { at: number; agentId: string; state: string }[]
}

export function historyReader(reader: Reader): HistoryReader {
  const first = reader.all<{ at: number }>(
    `SELECT createdAt AS at FROM ticket WHERE mergedIntoId IS NULL AND ${OF_TEAMS} ORDER BY createdAt LIMIT 1`,
  )
  const arrivals = reader.all<{ at: number }>(
    `SELECT createdAt AS at FROM ticket WHERE mergedIntoId IS NULL AND createdAt >= ? AND ${OF_TEAMS}`,
  )
  const resolutions = reader.all<{ at: number }>(
    `SELECT resolvedAt AS at FROM ticket
     WHERE mergedIntoId IS NULL AND resolvedAt IS NOT NULL AND resolvedAt >= ? AND ${OF_TEAMS}`,
  )
  const backlog = reader.all<{ now: number; parked: number | null }>(
    `SELECT count(*) AS now, sum(statusClass NOT IN ('new', 'open')) AS parked FROM ticket
     WHERE active = 1 AND mergedIntoId IS NULL AND ${OF_TEAMS}`,
  )
  const handling = reader.all<{ ms: number | null; calls: number }>(
    `SELECT avg(endedAt - answeredAt + coalesce(wrapUpMs, 0)) AS ms, count(*) AS calls FROM call
     WHERE startedAt >= ? AND answeredAt IS NOT NULL AND endedAt IS NOT NULL AND isEndAssumed = 0 AND isTest = 0
       AND agentId IS NOT NULL`,
  )
  const presence = reader.all<{ at: number; agentId: string; state: string }>(
    `SELECT at, data ->> '$.agentId' AS agentId, data ->> '$.state' AS state FROM event
     WHERE type = 'presence.changed' AND at >= ? ORDER BY at, seq`,
  )
  const instants = (rows: { at: number }[]) => rows.map(({ at }) => at)
  return {
    firstArrival: (teams) => first(...ofTeams(teams))[0]?.at ?? null,
    arrivals: (teams, from) => instants(arrivals(from, ...ofTeams(teams))),
    resolutions: (teams, from) => instants(resolutions(from, ...ofTeams(teams))),
    backlog(teams) {
      const [row] = backlog(...ofTeams(teams))
      return { now: row?.now ?? 0, parked: row?.parked ?? 0 }
    },
    handling(from) {
      const [row] = handling(from)
      return { seconds: Math.round((row?.ms ?? 0) / 1_000), calls: row?.calls ?? 0 }
    },
    presence: (from) => presence(from),
  }
}
