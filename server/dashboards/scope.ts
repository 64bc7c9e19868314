/** Whose work a snapshot shows. Pure. */
import type { Viewer } from '../access/viewer.ts'
import type { LiveScope } from './contract.ts'

/** Null among the teams is the common triage. */
type TeamId = string | null

export interface Scope {
  /** The same for all who see the same. */
  readonly key: string
  /** Null is the whole desk. */
  readonly teamIds: readonly TeamId[] | null
}

export const wholeDesk: Scope = { key: '*', teamIds: null }

export function scopeOfTeams(teamIds: Iterable<TeamId>): Scope {
  const sorted = [...new Set(teamIds)].sort((a, b) => (a ?? '').localeCompare(b ?? ''))
  return { key: JSON.stringify(sorted), teamIds: sorted }
}

/** What is asked for, as far as it may be seen: an overseer sees the desk, an agent their teams' queues and the triage. */
export function scopeFor(
  { teamIds, permissions }: Pick<Viewer, 'teamIds' | 'permissions'>,
  asked: LiveScope,
): Scope {
  return narrowed(permissions.has('tickets.readAll') ? wholeDesk : scopeOfTeams([...teamIds, null]), asked)
}

/** Of a scope only the teams that are asked for; all of it when none are. */
export function narrowed(scope: Scope, { teamIds }: LiveScope): Scope {
  if (teamIds === undefined) return scope
  const visible = scope.teamIds
  return scopeOfTeams(visible === null ? teamIds : teamIds.filter((id) => visible.includes(id)))
}

export const isIn = ({ teamIds }: Scope, teamId: TeamId): boolean =>
  teamIds === null || teamIds.includes(teamId)

/** More choices of teams at once than any office looks at; one that asks for ever others must not fill the memory. */
const MAX_SCOPES = 200

/** Lets the oldest go when it is full. */
export function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > MAX_SCOPES && oldest !== undefined) map.delete(oldest)
}
