import type { People } from '../access/people.ts'
import { permissionsOf } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Db } from '../store/store.ts'
import type { Channel } from '../tickets/filter.contract.ts'
import type { Candidate } from './choose-agent.ts'
import { channelLoads, loadByAgent, turnByAgent } from './loads.ts'
import { readOptions } from './options.ts'
import { presenceRows } from './presence-rows.ts'
import { defaultProfile, profilesByAgent, type Profile } from './profile-rows.ts'

export interface CandidateDeps {
  people: Pick<People, 'current'>
  settings: Pick<Settings, 'get'>
}

type Colleague = Omit<Candidate, 'channel'> & Pick<Profile, 'channelCapacity'>

/** Everybody who works here, ready to be chosen from for tickets of any channel, as `db` sees them now. */
export class Pool {
  readonly #db: Db
  readonly #agents: readonly Colleague[]
  readonly #byChannel = new Map<Channel, Candidate[]>()

  private constructor(db: Db, agents: readonly Colleague[]) {
    this.#db = db
    this.#agents = agents
  }

  static async read(db: Db, { people, settings }: CandidateDeps): Promise<Pool> {
    const { agents } = await people.current()
    const { locale } = await settings.get()
    const { defaultCapacity } = await readOptions(db)
    const [profiles, loads, turns] = [await profilesByAgent(db), await loadByAgent(db), await turnByAgent(db)]
    const states = new Map((await presenceRows(db)).map((row) => [row.agentId, row.effective]))
    const working = [...agents.values()].filter(({ active }) => active)
    return new Pool(
      db,
      working.map((agent) => {
        const { id, teamIds, role } = agent
        const profile = profiles.get(id) ?? defaultProfile(agent)
        return {
          ...{ id, teamIds, receives: profile.receives, channelCapacity: profile.channelCapacity },
          state: states.get(id) ?? 'offline',
          seesAll: permissionsOf[role].has('tickets.readAll'),
          capacity: profile.capacity ?? defaultCapacity,
          load: loads.get(id) ?? 0,
          skills: new Map(profile.skills.map(({ name, level }) => [foldName(name), level])),
          languages: profile.languages.length > 0 ? profile.languages : [locale],
          tierIds: profile.tierIds,
          turn: turns.get(id) ?? 0,
        }
      }),
    )
  }

  /** The same people, with what each has in hand of this channel where they have a limit there. */
  async of(channel: Channel): Promise<readonly Candidate[]> {
    const known = this.#byChannel.get(channel)
    if (known) return known
    const limited = this.#agents.filter(({ channelCapacity }) => channelCapacity[channel] !== undefined)
    const loads = await channelLoads(
      this.#db,
      channel,
      limited.map(({ id }) => id),
    )
    const candidates = this.#agents.map(({ channelCapacity, ...agent }) => {
      const capacity = channelCapacity[channel]
      return {
        ...agent,
        channel: capacity === undefined ? null : { capacity, load: loads.get(agent.id) ?? 0 },
      }
    })
    this.#byChannel.set(channel, candidates)
    return candidates
  }
}
