import type { Clock } from '../clock.ts'
import { newId } from '../ids.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { Role, SessionView } from './contract.ts'
import { AgentTeamEntity, SessionEntity, type SessionRow } from './entities.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { permissionsOf, type Viewer } from './viewer.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** A session ends after so long without use. */
const LIFETIME_MS = 30 * DAY_MS
/** Use is written down no more often than this: a write per request would cost a flush to disk each. */
const TOUCH_MS = 5 * 60 * 1_000

/** Where a call comes from, as its owner will recognise it in the list of sessions. */
export interface Caller {
  address: string
  device: string
}

/** Who has to know when people come and go. Told in the transaction that opens or ends a session, after it did. */
export interface SessionWatcher {
  loggedIn(tx: Tx, agentId: string): Promise<void>
  loggedOut(tx: Tx, agentId: string): Promise<void>
}

interface Live {
  viewer: Viewer
  lastSeenAt: number
  expiresAt: number
  end: AbortController
}

/**
 * Who is logged in. The store keeps hashes of the tokens; sessions in use are also in memory, so that knowing the viewer
 * of a request costs one hash. Whatever changes what a session may do goes through here and forgets it in memory.
 */
export class Sessions {
  readonly #store: Store
  readonly #events: EventLog
  readonly #clock: Clock
  readonly #live = new Map<string, Live>()
  readonly #endOf = new WeakMap<Viewer, AbortSignal>()
  /** Counts what was forgotten, so that a read which a change overtook is not remembered. */
  #generation = 0
  #watcher: SessionWatcher | undefined

  constructor(deps: { store: Store; events: EventLog; clock: Clock }) {
    this.#store = deps.store
    this.#events = deps.events
    this.#clock = deps.clock
  }

  watch(watcher: SessionWatcher): void {
    this.#watcher = watcher
  }

  /** Who bears this token at `now` (milliseconds UTC), or null. Also what keeps the session from running out. */
  async authenticate(token: string, now: number): Promise<Viewer | null> {
    const tokenHash = hashSecret(token)
    const live = this.#live.get(tokenHash) ?? (await this.#remember(tokenHash))
    if (!live) return null
    if (live.expiresAt <= now) {
      this.#forget((viewer) => viewer === live.viewer)
      return null
    }
    if (now - live.lastSeenAt >= TOUCH_MS) this.#touch(live, now)
    return live.viewer
  }

  /**
   * Aborts when what this viewer may do has changed: logged out or revoked, deactivated, another role or other teams.
   * For what outlives a request, such as a live subscription; its client comes back and is seen as it now is.
   */
  endSignal(viewer: Viewer): AbortSignal {
    return this.#endOf.get(viewer) ?? AbortSignal.abort()
  }

  /** Opens a session and clears away the agent's outdated ones. The token is valid once the transaction is on disk. */
  async open(tx: Tx, agentId: string, { address, device }: Caller): Promise<string> {
    const now = this.#clock.now()
    const token = newSecret()
    const id = newId()
    await tx.db.sql`DELETE FROM session WHERE agentId = ${agentId} AND expiresAt <= ${now}`
    await tx.db.insert(SessionEntity, {
      id,
      tokenHash: hashSecret(token),
      agentId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + LIFETIME_MS,
      address: address.slice(0, 100),
      device: device.slice(0, 300),
    })
    await this.#record(tx, 'session.opened', agentId, agentId, { id })
    await this.#watcher?.loggedIn(tx, agentId)
    return token
  }

  /** An agent's own, the latest used first. */
  async list(viewer: Viewer): Promise<SessionView[]> {
    const rows = await this.#store.read.find(SessionEntity, {
      where: { agentId: viewer.agentId },
      order: { lastSeenAt: 'DESC', id: 'DESC' },
    })
    const now = this.#clock.now()
    return rows.filter(({ expiresAt }) => expiresAt > now).map((row) => toSessionView(row, viewer))
  }

  /** Ends one of the agent's sessions; false when there is none with that id. */
  async end(tx: Tx, agentId: string, sessionId: string): Promise<boolean> {
    const row = await tx.db.findOneBy(SessionEntity, { id: sessionId, agentId })
    if (!row) return false
    await tx.db.delete(SessionEntity, { id: sessionId })
    tx.afterCommit(() => this.#forget((viewer) => viewer.sessionId === sessionId))
    await this.#record(tx, 'session.ended', agentId, agentId, { id: sessionId })
    await this.#watcher?.loggedOut(tx, agentId)
    return true
  }

  /** Ends all of an agent's sessions, but for the one with the id `except`. `actorId` is the agent who wants it. */
  async endAll(tx: Tx, agentId: string, actorId: string, except: string | null = null): Promise<void> {
    await tx.db.sql`DELETE FROM session WHERE agentId = ${agentId} AND id <> ${except ?? ''}`
    tx.afterCommit(() => this.#forget((viewer) => viewer.agentId === agentId && viewer.sessionId !== except))
    await this.#record(tx, 'session.ended_all', actorId, agentId, { except })
    await this.#watcher?.loggedOut(tx, agentId)
  }

  /** To be called by every transaction that changes an agent's name, e-mail, role or teams. */
  agentChangedIn(tx: Tx, agentId: string): void {
    tx.afterCommit(() => this.#forget((viewer) => viewer.agentId === agentId))
  }

  async #remember(tokenHash: string): Promise<Live | null> {
    for (;;) {
      const generation = this.#generation
      const live = await loadLive(this.#store.read, tokenHash)
      // Overtaken by a change while reading: what was read may no longer be true.
      if (generation !== this.#generation) continue
      // Another request of the same client may have been quicker; both must hold the same viewer.
      const known = this.#live.get(tokenHash)
      if (known || !live) return known ?? null
      this.#live.set(tokenHash, live)
      this.#endOf.set(live.viewer, live.end.signal)
      return live
    }
  }

  #forget(concerns: (viewer: Viewer) => boolean): void {
    this.#generation += 1
    for (const [tokenHash, live] of this.#live) {
      if (!concerns(live.viewer)) continue
      this.#live.delete(tokenHash)
      live.end.abort()
    }
  }

  #touch(live: Live, now: number): void {
    live.lastSeenAt = now
    live.expiresAt = now + LIFETIME_MS
    const { sessionId } = live.viewer
    this.#store
      .write(async (tx) => {
        await tx.db.update(
          SessionEntity,
          { id: sessionId },
          { lastSeenAt: now, expiresAt: now + LIFETIME_MS },
        )
      })
      // Nothing is lost that the next request does not make up for.
      .catch(() => (live.lastSeenAt = 0))
  }

  /** Sessions concern their owner; those who may see everything hear of them too. */
  async #record(tx: Tx, type: string, actorId: string, agentId: string, data: Record<string, unknown>) {
    await this.#events.record(tx, {
      type,
      actor: { type: 'agent', id: actorId },
      audience: { teams: [], agents: [agentId] },
      data: { agentId, ...data },
    })
  }
}

async function loadLive(db: Db, tokenHash: string): Promise<Live | null> {
  const [row] = await db.sql<
    {
      sessionId: string
      lastSeenAt: number
      expiresAt: number
      agentId: string
      name: string
      email: string
      role: Role
    }[]
  >`
    SELECT session.id AS sessionId, session.lastSeenAt, session.expiresAt, agent.id AS agentId, agent.name, agent.email, agent.role
    FROM session JOIN agent ON agent.id = session.agentId
    WHERE session.tokenHash = ${tokenHash} AND agent.active = 1`
  if (!row) return null
  const memberships = await db.findBy(AgentTeamEntity, { agentId: row.agentId })
  const { sessionId, agentId, name, email, role, lastSeenAt, expiresAt } = row
  const teamIds = memberships.map(({ teamId }) => teamId)
  const viewer: Viewer = { agentId, name, email, role, teamIds, permissions: permissionsOf[role], sessionId }
  return { viewer, lastSeenAt, expiresAt, end: new AbortController() }
}

const toSessionView = (row: SessionRow, viewer: Viewer): SessionView => ({
  id: row.id,
  device: row.device,
  address: row.address,
  createdAt: new Date(row.createdAt).toISOString(),
  lastSeenAt: new Date(row.lastSeenAt).toISOString(),
  expiresAt: new Date(row.expiresAt).toISOString(),
  current: row.id === viewer.sessionId,
})
