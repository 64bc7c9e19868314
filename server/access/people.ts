import type { Locale } from '../settings/contract.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Role } from './contract.ts'
import { AgentEntity, AgentTeamEntity, TeamEntity } from './entities.ts'

interface Agent {
  id: string
  name: string
  email: string
  role: Role
  active: boolean
  teamIds: readonly string[]
  locale: Locale | null
}

interface Team {
  id: string
  name: string
  position: number
  /** The hours of its shift; null goes by each policy's. */
  calendarId: string | null
  archivedAt: number | null
}

export interface PeopleSnapshot {
  agents: ReadonlyMap<string, Agent>
  teams: ReadonlyMap<string, Team>
}

/** Who works here, at hand without a query: agents and teams as last committed. */
export class People {
  readonly #snapshot: Snapshot<PeopleSnapshot>

  constructor(read: Db) {
    this.#snapshot = new Snapshot(() => loadPeople(read))
  }

  current(): Promise<PeopleSnapshot> {
    return this.#snapshot.current()
  }

  /** The name to show for an agent, or null when nobody has that id. Call {@link current} once before. */
  agentName(agentId: string): string | null {
    return this.#snapshot.latest?.agents.get(agentId)?.name ?? null
  }

  /** To be called by every transaction that changes agents, teams or who belongs where. */
  changedIn(tx: Tx): void {
    this.#snapshot.changedIn(tx)
    // Read again at once: names are asked for by callers that can't wait. A failed read is met by the next caller.
    tx.afterCommit(() => void this.#snapshot.current().catch(() => undefined))
  }
}

async function loadPeople(db: Db): Promise<PeopleSnapshot> {
  const agents = await db.find(AgentEntity, { order: { name: 'ASC', id: 'ASC' } })
  const teams = await db.find(TeamEntity, { order: { position: 'ASC', id: 'ASC' } })
  const memberships = await db.find(AgentTeamEntity)
  const teamIds = Map.groupBy(memberships, ({ agentId }) => agentId)
  return {
    agents: new Map(
      agents.map(({ id, name, email, role, active, locale }) => [
        id,
        {
          id,
          name,
          email,
          role,
          active,
          locale,
          teamIds: (teamIds.get(id) ?? []).map(({ teamId }) => teamId),
        },
      ]),
    ),
    teams: new Map(teams.map((team) => [team.id, team])),
  }
}
