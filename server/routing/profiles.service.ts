import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Tiers } from '../customers/tiers.service.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Store, Tx } from '../store/store.ts'
import type { ProfileView, UpdateProfile } from './contract.ts'
import { loadByAgent } from './loads.ts'
import { defaultProfile, profilesByAgent, saveProfile, type Profile } from './profile-rows.ts'

export interface ProfileDeps {
  store: Store
  events: EventLog
  people: Pick<People, 'current'>
  tiers: Pick<Tiers, 'list'>
}

/** How much each agent can take, of what, and what they are good at. */
export class Profiles {
  readonly #deps: ProfileDeps

  constructor(deps: ProfileDeps) {
    this.#deps = deps
  }

  /** Of everybody who works here, by name. */
  async list(): Promise<ProfileView[]> {
    const { read } = this.#deps.store
    const { agents } = await this.#deps.people.current()
    const [profiles, loads] = [await profilesByAgent(read), await loadByAgent(read)]
    return [...agents.values()]
      .filter(({ active }) => active)
      .map((agent) => ({
        ...(profiles.get(agent.id) ?? defaultProfile(agent)),
        load: loads.get(agent.id) ?? 0,
      }))
  }

  /**
   * @throws NOT_FOUND `agent.not_found`, VALIDATION `routing.skill_twice` or `tier.not_found`, CONFLICT
   * `routing.changed_meanwhile` with `current`
   */
  update(viewer: Viewer, { agentId, version, ...given }: UpdateProfile): Promise<ProfileView> {
    return this.#deps.store.write(async (tx) => {
      const { agents } = await this.#deps.people.current()
      const agent = agents.get(agentId)
      if (!agent) throw notFound('agent')
      const before = (await profilesByAgent(tx.db)).get(agentId) ?? defaultProfile(agent)
      if (before.version !== version)
        throw new AppError('CONFLICT', 'routing.changed_meanwhile', {
          details: { current: await viewOf(tx, before) },
        })
      await this.#check(given)
      const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      const after: Profile = { ...before, ...changes, version: version + 1 }
      await saveProfile(tx, after)
      await this.#deps.events.record(tx, {
        type: 'routing.profile_updated',
        actor: { type: 'agent', id: viewer.agentId },
        audience: null,
        data: { agentId, changes },
      })
      return viewOf(tx, after)
    })
  }

  async #check({ skills, tierIds }: Pick<UpdateProfile, 'skills' | 'tierIds'>): Promise<void> {
    const names = (skills ?? []).map(({ name }) => foldName(name))
    if (new Set(names).size < names.length) throw invalid('skills', 'routing.skill_twice')
    const tiers = tierIds?.length ? await this.#deps.tiers.list() : []
    if (tierIds?.some((id) => !tiers.some((tier) => tier.id === id)))
      throw invalid('tierIds', 'tier.not_found')
  }
}

const viewOf = async (tx: Tx, profile: Profile): Promise<ProfileView> => ({
  ...profile,
  load: (await loadByAgent(tx.db)).get(profile.agentId) ?? 0,
})
