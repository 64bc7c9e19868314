import type { Clock } from '../clock.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store, Tx } from '../store/store.ts'
import {
  insertAgent,
  lendTo,
  replaceTeams,
  takeBackFrom,
  requireAnAdmin,
  requireFreeEmail,
} from './agent-rows.ts'
import { loadAgentView, loadAgentViews } from './agent-views.ts'
import type { AgentView, CreateAgent, Lend, UpdateAgent, UpdateProfile } from './contract.ts'
import { AgentEntity, InvitationEntity, TeamEntity } from './entities.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { hashPassword } from './passwords.ts'
import type { People } from './people.ts'
import type { Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

export interface AgentsDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: People
  sessions: Sessions
  settings: Settings
}

/** Who works at this desk, and what they may do. */
export class Agents {
  readonly #deps: AgentsDeps

  constructor(deps: AgentsDeps) {
    this.#deps = deps
  }

  list(): Promise<AgentView[]> {
    return loadAgentViews(this.#deps.store.read)
  }

  /** @throws VALIDATION at the field that can't be taken */
  async create(viewer: Viewer, input: CreateAgent): Promise<AgentView> {
    const { company } = await this.#deps.settings.get()
    refuseWeakPassword(input.password, { ...input, company })
    const passwordHash = await hashPassword(input.password)
    return this.#change(viewer, 'agent.created', async (tx) => {
      const id = newId()
      await insertAgent(tx, input, { id, passwordHash, createdAt: this.#deps.clock.now() })
      const { name, email, role, teamIds } = input
      return { id, changes: { name, email, role, teamIds } }
    })
  }

  update(viewer: Viewer, { id, changes }: UpdateAgent): Promise<AgentView> {
    return this.#change(viewer, 'agent.updated', async (tx) => {
      const { teamIds, ...fields } = changes
      await requireAgent(tx, id)
      if (fields.email !== undefined) await requireFreeEmail(tx.db, fields.email, id)
      if (Object.keys(fields).length > 0) await tx.db.update(AgentEntity, { id }, fields)
      if (teamIds) await replaceTeams(tx, id, teamIds)
      await requireAnAdmin(tx.db)
      return { id, changes }
    })
  }

  /** What everybody may change of themselves. */
  updateProfile(viewer: Viewer, changes: UpdateProfile): Promise<AgentView> {
    return this.update(viewer, { id: viewer.agentId, changes })
  }

  /** Lets somebody help in another queue, until they are taken back. @throws VALIDATION `agents.team_unknown` at `teamId` */
  lend(viewer: Viewer, { agentId, teamId }: Lend): Promise<AgentView> {
    return this.#deps.store.write(async (tx) => {
      if (!(await tx.db.existsBy(AgentEntity, { id: agentId, active: true }))) throw notFound('agent')
      const team = await tx.db.findOneBy(TeamEntity, { id: teamId })
      if (team?.archivedAt !== null) throw invalid('teamId', 'agents.team_unknown')
      if (!(await lendTo(tx, agentId, teamId, this.#deps.clock.now()))) return loadAgentView(tx.db, agentId)
      return this.#moved(viewer, agentId, { lentTo: teamId })
    })
  }

  /** They go on in their own queues only. Whoever is not there any more stays as they are. @throws CONFLICT `teams.not_lent` */
  takeBack(viewer: Viewer, { agentId, teamId }: Lend): Promise<AgentView> {
    return this.#deps.store.write(async (tx) => {
      await requireAgent(tx, agentId)
      const outcome = await takeBackFrom(tx, agentId, teamId)
      if (outcome === 'own') throw new AppError('CONFLICT', 'teams.not_lent')
      if (outcome === 'none') return loadAgentView(tx.db, agentId)
      return this.#moved(viewer, agentId, { takenBackFrom: teamId })
    })
  }

  #moved(viewer: Viewer, id: string, how: Record<string, string>): Promise<AgentView> {
    return this.#change(viewer, 'agent.updated', async (tx) => {
      const { teamIds } = await loadAgentView(tx.db, id)
      return { id, changes: { teamIds, ...how } }
    })
  }

  /** Ends their access at once, on every screen. Their tickets and their words stay. */
  deactivate(viewer: Viewer, id: string): Promise<AgentView> {
    return this.#change(viewer, 'agent.deactivated', async (tx) => {
      await requireAgent(tx, id)
      await tx.db.update(AgentEntity, { id }, { active: false })
      await requireAnAdmin(tx.db)
      await this.#deps.sessions.endAll(tx, id, viewer.agentId)
      return { id, changes: { active: false } }
    })
  }

  reactivate(viewer: Viewer, id: string): Promise<AgentView> {
    return this.#change(viewer, 'agent.reactivated', async (tx) => {
      await requireAgent(tx, id)
      await tx.db.update(AgentEntity, { id }, { active: true })
      return { id, changes: { active: true } }
    })
  }

  /** For an agent who forgot theirs: an admin sets a new one, and whoever was logged in as them no longer is. */
  async resetPassword(viewer: Viewer, input: { id: string; password: string }): Promise<AgentView> {
    const { id, password } = input
    const { store, settings, sessions } = this.#deps
    const { company } = await settings.get()
    const { name, email } = await loadAgentView(store.read, id)
    refuseWeakPassword(password, { name, email, company })
    const passwordHash = await hashPassword(password)
    return this.#change(viewer, 'agent.password_reset', async (tx) => {
      await requireAgent(tx, id)
      await tx.db.update(AgentEntity, { id }, { passwordHash })
      await tx.db.delete(InvitationEntity, { agentId: id })
      await sessions.endAll(tx, id, viewer.agentId, id === viewer.agentId ? viewer.sessionId : null)
      return { id, changes: {} }
    })
  }

  /** What every change of an agent has in common: it is on record, and nobody goes on with what they knew before. */
  #change(
    viewer: Viewer,
    type: string,
    apply: (tx: Tx) => Promise<{ id: string; changes: Record<string, unknown> }>,
  ): Promise<AgentView> {
    const { store, events, people, sessions } = this.#deps
    return store.write(async (tx) => {
      const data = await apply(tx)
      people.changedIn(tx)
      sessions.agentChangedIn(tx, data.id)
      await events.record(tx, { type, actor: { type: 'agent', id: viewer.agentId }, audience: null, data })
      return loadAgentView(tx.db, data.id)
    })
  }
}

async function requireAgent(tx: Tx, id: string): Promise<void> {
  if (!(await tx.db.existsBy(AgentEntity, { id }))) throw notFound('agent')
}
