import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Locale } from '../settings/contract.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store, Tx } from '../store/store.ts'
import { insertAgent } from './agent-rows.ts'
import { loadAgentView } from './agent-views.ts'
import type { Setup, SetupStatus, SignedIn } from './contract.ts'
import { AgentEntity, TeamEntity } from './entities.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { hashPassword } from './passwords.ts'
import type { People } from './people.ts'
import { newSecret, sameSecret } from './secrets.ts'
import type { Caller, Sessions } from './sessions.ts'

const teamNames: Record<Locale, string> = { 'pt-BR': 'Atendimento', en: 'Support', es: 'Atención' }

export interface SetupDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: People
  sessions: Sessions
  settings: Settings
  /** Fills what a new office starts with: types, statuses, priorities, tiers, named in its language. */
  seed: (tx: Tx, locale: Locale) => Promise<void>
}

/** A caller of the first run; `isLocal` when it sits at this very machine, by address and by the name it asked for. */
export interface SetupCaller extends Caller {
  isLocal: boolean
}

/** The first run: the office, its first team and its first admin, made once and together. */
export class SetupService {
  /** To be printed at the start while {@link isNeeded}: the proof that a caller from elsewhere can see this machine. */
  readonly token = newSecret()
  readonly #deps: SetupDeps
  #isDone = false

  constructor(deps: SetupDeps) {
    this.#deps = deps
  }

  /** Whether nobody has set this desk up yet. */
  async isNeeded(): Promise<boolean> {
    if (!this.#isDone) this.#isDone = (await this.#deps.store.read.count(AgentEntity)) > 0
    return !this.#isDone
  }

  async status({ isLocal }: { isLocal: boolean }): Promise<SetupStatus> {
    const needed = await this.isNeeded()
    return { needed, tokenRequired: needed && !isLocal }
  }

  /** @throws CONFLICT `setup.done`, FORBIDDEN `setup.token_required` or `setup.token_wrong`, VALIDATION `auth.password_…` */
  async create(input: Setup, caller: SetupCaller): Promise<SignedIn> {
    if (!(await this.isNeeded())) throw new AppError('CONFLICT', 'setup.done')
    this.#requireProof(input, caller)
    const { company, timezone, locale, admin } = input
    refuseWeakPassword(admin.password, { ...admin, company }, 'admin.password')
    const passwordHash = await hashPassword(admin.password)
    return this.#deps.store.write(async (tx) => {
      // Asked again inside: of two who set up at the same moment, one finds it done.
      if ((await tx.db.count(AgentEntity)) > 0) throw new AppError('CONFLICT', 'setup.done')
      const { events, clock, people, sessions, settings, seed } = this.#deps
      const adminId = newId()
      const teamId = newId()
      const actor = { type: 'agent', id: adminId } as const
      const { name, email } = admin
      const team = { name: teamNames[locale], position: 0 }
      await tx.db.insert(TeamEntity, { id: teamId, ...team, archivedAt: null })
      await insertAgent(
        tx,
        { name, email, role: 'admin', teamIds: [teamId] },
        { id: adminId, passwordHash, createdAt: clock.now() },
      )
      await settings.save(tx, { company, timezone, locale }, actor)
      await seed(tx, locale)
      people.changedIn(tx)
      const created = { name, email, role: 'admin', teamIds: [teamId] }
      await events.record(tx, {
        type: 'agent.created',
        actor,
        audience: null,
        data: { id: adminId, changes: created },
      })
      await events.record(tx, {
        type: 'team.created',
        actor,
        audience: null,
        data: { id: teamId, changes: team },
      })
      const token = await sessions.open(tx, adminId, caller)
      return { token, agent: await loadAgentView(tx.db, adminId) }
    })
  }

  /** Whoever is first owns the desk, so a stranger on the network must not be. */
  #requireProof({ token }: Setup, { isLocal }: SetupCaller): void {
    if (isLocal) return
    if (token === undefined || token === '') throw new AppError('FORBIDDEN', 'setup.token_required')
    if (!sameSecret(token.trim(), this.token)) throw new AppError('FORBIDDEN', 'setup.token_wrong')
  }
}
