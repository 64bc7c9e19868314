import type { Role } from '../access/contract.ts'
import type { Locale } from '../settings/contract.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Channel } from '../tickets/filter.contract.ts'
import type { Skill } from './contract.ts'

/** What an agent takes, as it is set. */
export interface Profile {
  agentId: string
  version: number
  receives: boolean
  capacity: number | null
  channelCapacity: Partial<Record<Channel, number>>
  skills: Skill[]
  languages: Locale[]
  tierIds: string[]
}

interface ProfileRow {
  agentId: string
  version: number
  receives: 0 | 1
  capacity: number | null
  channelCapacity: string
  skills: string
  languages: string
  tierIds: string
}

/** By agent; of whom nothing was set isn't in it. */
export async function profilesByAgent(db: Db): Promise<Map<string, Profile>> {
  const rows = await db.sql<ProfileRow[]>`SELECT * FROM agent_routing`
  return new Map(
    rows.map((row) => [
      row.agentId,
      {
        ...row,
        receives: row.receives === 1,
        channelCapacity: JSON.parse(row.channelCapacity) as Profile['channelCapacity'],
        skills: JSON.parse(row.skills) as Skill[],
        languages: JSON.parse(row.languages) as Locale[],
        tierIds: JSON.parse(row.tierIds) as string[],
      },
    ]),
  )
}

/** Whoever works in a team, or was made an agent for nothing else, takes tickets; an administrator of the desk doesn't. */
export const defaultProfile = (agent: { id: string; role: Role; teamIds: readonly string[] }): Profile => ({
  agentId: agent.id,
  version: 0,
  receives: agent.role === 'agent' || agent.teamIds.length > 0,
  capacity: null,
  channelCapacity: {},
  skills: [],
  languages: [],
  tierIds: [],
})

export async function saveProfile(tx: Tx, profile: Profile): Promise<void> {
  const { agentId, receives, capacity, channelCapacity, skills, languages, tierIds, version } = profile
  await tx.db.sql`
    INSERT INTO agent_routing (agentId, receives, capacity, channelCapacity, skills, languages, tierIds, version)
    VALUES (${agentId}, ${receives ? 1 : 0}, ${capacity}, ${JSON.stringify(channelCapacity)}, ${JSON.stringify(skills)},
      ${JSON.stringify(languages)}, ${JSON.stringify(tierIds)}, ${version})
    ON CONFLICT (agentId) DO UPDATE SET receives = excluded.receives, capacity = excluded.capacity,
      channelCapacity = excluded.channelCapacity, skills = excluded.skills, languages = excluded.languages,
      tierIds = excluded.tierIds, version = excluded.version`
}
