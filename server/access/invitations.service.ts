import type { Clock } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import { insertAgent } from './agent-rows.ts'
import { loadAgentView } from './agent-views.ts'
import type { AgentView, Invitation, InvitationView, NewAgent, SignedIn } from './contract.ts'
import { AgentEntity, InvitationEntity } from './entities.ts'
import { refuseWeakPassword } from './password-policy.ts'
import { hashPassword } from './passwords.ts'
import type { People } from './people.ts'
import { hashSecret, newSecret } from './secrets.ts'
import type { Caller, Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1_000

export interface InvitationsDeps {
  store: Store
  events: EventLog
  clock: Clock
  people: People
  sessions: Sessions
  settings: Settings
}

/**
 * An invited agent exists at once (tickets can be given to them) and chooses the password through a one-time link that
 * an admin hands over. One link per agent: a new one takes the place of the one before.
 */
export class Invitations {
  readonly #deps: InvitationsDeps

  constructor(deps: InvitationsDeps) {
    this.#deps = deps
  }

  /** @throws VALIDATION at the field that can't be taken */
  invite(viewer: Viewer, input: NewAgent): Promise<{ agent: AgentView; invitation: Invitation }> {
    return this.#deps.store.write(async (tx) => {
      const id = newId()
      await insertAgent(tx, input, { id, passwordHash: '', createdAt: this.#deps.clock.now() })
      this.#deps.people.changedIn(tx)
      const { name, email, role, teamIds } = input
      const invitation = await this.#issue(tx, id)
      await this.#record(tx, 'agent.invited', viewer.agentId, id, { name, email, role, teamIds })
      return { agent: await loadAgentView(tx.db, id), invitation }
    })
  }

  /** A fresh link for somebody who has not come yet. @throws CONFLICT `invitation.accepted` when they have */
  renew(viewer: Viewer, agentId: string): Promise<{ agent: AgentView; invitation: Invitation }> {
    return this.#deps.store.write(async (tx) => {
      const agent = await tx.db.findOneBy(AgentEntity, { id: agentId })
      if (!agent) throw notFound('agent')
      if (agent.passwordHash !== '') throw new AppError('CONFLICT', 'invitation.accepted')
      const invitation = await this.#issue(tx, agentId)
      await this.#record(tx, 'agent.invited', viewer.agentId, agentId, {})
      return { agent: await loadAgentView(tx.db, agentId), invitation }
    })
  }

  /** What the page behind the link greets with. @throws NOT_FOUND `invitation.not_found` */
  async preview(token: string): Promise<InvitationView> {
    const { name, email } = await this.#invited(this.#deps.store.read, token)
    const { company } = await this.#deps.settings.get()
    return { name, email, company }
  }

  /** Sets the password, uses the link up and logs in. @throws NOT_FOUND `invitation.not_found`, VALIDATION */
  async accept(input: { token: string; password: string }, caller: Caller): Promise<SignedIn> {
    const { store, sessions, people } = this.#deps
    refuseWeakPassword(input.password, await this.preview(input.token))
    const passwordHash = await hashPassword(input.password)
    return store.write(async (tx) => {
      const { id } = await this.#invited(tx.db, input.token)
      await tx.db.update(AgentEntity, { id }, { passwordHash })
      await tx.db.delete(InvitationEntity, { agentId: id })
      people.changedIn(tx)
      const token = await sessions.open(tx, id, caller)
      await this.#record(tx, 'agent.joined', id, id, {})
      return { token, agent: await loadAgentView(tx.db, id) }
    })
  }

  async #issue(tx: Tx, agentId: string): Promise<Invitation> {
    const token = newSecret()
    const createdAt = this.#deps.clock.now()
    const expiresAt = createdAt + LIFETIME_MS
    await tx.db.delete(InvitationEntity, { agentId })
    await tx.db.insert(InvitationEntity, { agentId, tokenHash: hashSecret(token), createdAt, expiresAt })
    return { token, expiresAt: new Date(expiresAt).toISOString() }
  }

  /** A used, replaced, outdated or invented link all look the same. */
  async #invited(db: Db, token: string): Promise<{ id: string; name: string; email: string }> {
    const invitation = await db.findOneBy(InvitationEntity, { tokenHash: hashSecret(token) })
    const isValid = invitation && invitation.expiresAt > this.#deps.clock.now()
    const agent = isValid ? await db.findOneBy(AgentEntity, { id: invitation.agentId, active: true }) : null
    if (!agent) throw notFound('invitation')
    return agent
  }

  async #record(tx: Tx, type: string, actorId: string, id: string, changes: Record<string, unknown>) {
    const actor = { type: 'agent', id: actorId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data: { id, changes } })
  }
}
