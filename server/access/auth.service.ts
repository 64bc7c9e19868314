import { AppError, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Store } from '../store/store.ts'
import { loadAgentView } from './agent-views.ts'
import type { Login, MeView, SessionView, SignedIn } from './contract.ts'
import { AgentEntity } from './entities.ts'
import type { LoginThrottle } from './login-throttle.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import type { Caller, Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

export interface AuthDeps {
  store: Store
  events: EventLog
  sessions: Sessions
  settings: Settings
  throttle: LoginThrottle
}

/** Proving who one is, and looking after one's own sessions. */
export class AuthService {
  readonly #deps: AuthDeps

  constructor(deps: AuthDeps) {
    this.#deps = deps
  }

  /**
   * @throws LIMIT `auth.slow_down`, UNAUTHENTICATED `auth.invalid_credentials` (also when nobody has that e-mail),
   * FORBIDDEN `auth.deactivated` (only to who knows the password)
   */
  async login({ email, password }: Login, caller: Caller): Promise<SignedIn> {
    const { store, sessions, throttle } = this.#deps
    const attempt = throttle.begin(email, caller.address)
    const agent = await store.read.findOneBy(AgentEntity, { email })
    const isRight = await verifyPassword(agent?.passwordHash ?? null, password)
    if (!agent || !isRight) throw new AppError('UNAUTHENTICATED', 'auth.invalid_credentials')
    attempt.succeeded()
    return store.write(async (tx) => {
      // Read again: checking the password took a while.
      const now = await tx.db.findOneBy(AgentEntity, { id: agent.id })
      if (now?.passwordHash !== agent.passwordHash)
        throw new AppError('UNAUTHENTICATED', 'auth.invalid_credentials')
      if (!now.active) throw new AppError('FORBIDDEN', 'auth.deactivated')
      const token = await sessions.open(tx, agent.id, caller)
      return { token, agent: await loadAgentView(tx.db, agent.id) }
    })
  }

  async me(viewer: Viewer): Promise<MeView> {
    return {
      agent: await loadAgentView(this.#deps.store.read, viewer.agentId),
      permissions: [...viewer.permissions],
      office: await this.#deps.settings.get(),
      sessionId: viewer.sessionId,
    }
  }

  /** @throws NOT_FOUND `session.not_found`, also for a session of somebody else */
  endSession(viewer: Viewer, sessionId: string): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      if (!(await this.#deps.sessions.end(tx, viewer.agentId, sessionId))) throw notFound('session')
    })
  }

  endOtherSessions(viewer: Viewer): Promise<void> {
    return this.#deps.store.write((tx) =>
      this.#deps.sessions.endAll(tx, viewer.agentId, viewer.agentId, viewer.sessionId),
    )
  }

  sessions(viewer: Viewer): Promise<SessionView[]> {
    return this.#deps.sessions.list(viewer)
  }

  /** Whoever else is logged in as this agent no longer is. @throws LIMIT, VALIDATION at `current` or `password` */
  async changePassword(
    viewer: Viewer,
    input: { current: string; password: string },
    caller: Caller,
  ): Promise<void> {
    const { store, sessions, settings, events, throttle } = this.#deps
    const attempt = throttle.begin(viewer.email, caller.address)
    const agent = await store.read.findOneBy(AgentEntity, { id: viewer.agentId })
    if (!agent || !(await verifyPassword(agent.passwordHash, input.current)))
      throw new AppError('VALIDATION', 'auth.wrong_password', {
        details: { fieldErrors: { current: ['auth.wrong_password'] } },
      })
    attempt.succeeded()
    const { company } = await settings.get()
    refuseWeakPassword(input.password, { name: agent.name, email: agent.email, company })
    const passwordHash = await hashPassword(input.password)
    await store.write(async (tx) => {
      await tx.db.update(AgentEntity, { id: agent.id }, { passwordHash })
      await sessions.endAll(tx, agent.id, agent.id, viewer.sessionId)
      const actor = { type: 'agent', id: agent.id } as const
      const audience = { teams: [], agents: [agent.id] }
      await events.record(tx, { type: 'agent.password_changed', actor, audience, data: { id: agent.id } })
    })
  }
}
