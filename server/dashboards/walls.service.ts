import type { z } from 'zod'
import { hashSecret, newSecret } from '../access/secrets.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { planEdit } from '../customers/versioned-edit.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import type { updateWallInput, WallEntry, WallInput } from './contract.ts'
import type { Dashboards } from './dashboards.service.ts'
import { findWall, findWallByHash, saveWall, wallRows, type WallRow } from './wall-rows.ts'
import type { WallScreens } from './wall-screens.ts'

/** Tells a wall's secret from a session's. */
const PREFIX = 'wall_'
const MAX_WALLS = 100

export const isWallSecret = (token: string): boolean => token.startsWith(PREFIX)

export interface WallsDeps {
  store: Store
  events: EventLog
  clock: Clock
  dashboards: Pick<Dashboards, 'list'>
  screens: WallScreens
}

type Update = z.infer<typeof updateWallInput>

/** Screens on the wall, which show dashboards to whoever passes by: each has a link with a secret, of which only the hash is kept. */
export class Walls {
  readonly #deps: WallsDeps

  constructor(deps: WallsDeps) {
    this.#deps = deps
  }

  async list(): Promise<WallEntry[]> {
    return (await wallRows(this.#deps.store.read)).map((row) => this.#entry(row))
  }

  /** @throws VALIDATION `walls.dashboard_unknown` at `dashboardIds`, LIMIT `walls.too_many` */
  create(viewer: Viewer, fields: WallInput): Promise<{ wall: WallEntry; secret: string }> {
    return this.#deps.store.write(async (tx) => {
      await this.#requireDashboards(viewer, fields.dashboardIds)
      if ((await wallRows(tx.db)).length >= MAX_WALLS)
        throw new AppError('LIMIT', 'walls.too_many', { details: { limit: MAX_WALLS } })
      const secret = PREFIX + newSecret()
      const row: WallRow = {
        ...{ id: newId(), hash: hashSecret(secret), fields, version: 1, fieldVersions: {} },
        ...{
          createdAt: this.#deps.clock.now(),
          createdBy: viewer.agentId,
          lastSeenAt: null,
          revokedAt: null,
        },
      }
      return { wall: await this.#save(tx, viewer, 'wall.created', row), secret }
    })
  }

  /** Edits of different fields merge; the screens open it again. @throws CONFLICT `walls.changed` with `current`, NOT_FOUND `walls.not_found` */
  update(viewer: Viewer, { id, version, changes }: Update): Promise<WallEntry> {
    return this.#deps.store.write(async (tx) => {
      const row = await findWall(tx.db, id)
      if (!row || row.revokedAt !== null) throw notFound('walls')
      const plan = planEdit<WallInput>(row, version, changes as Partial<WallInput>)
      if (plan.conflicts.length > 0)
        throw new AppError('CONFLICT', 'walls.changed', {
          details: { current: this.#entry(row), fields: plan.conflicts },
        })
      const changed = Object.keys(plan.changed)
      if (changed.length === 0) return this.#entry(row)
      const added = plan.changed.dashboardIds?.filter((each) => !row.fields.dashboardIds.includes(each)) ?? []
      await this.#requireDashboards(viewer, added)
      const next = row.version + 1
      const touched = Object.fromEntries(changed.map((field) => [field, next]))
      return this.#save(tx, viewer, 'wall.updated', {
        ...row,
        fields: { ...row.fields, ...plan.changed },
        ...{ version: next, fieldVersions: { ...row.fieldVersions, ...touched } },
      })
    })
  }

  /** For good, at once. Again it changes nothing. @throws NOT_FOUND `walls.not_found` */
  revoke(viewer: Viewer, id: string): Promise<WallEntry> {
    return this.#deps.store.write(async (tx) => {
      const row = await findWall(tx.db, id)
      if (!row) throw notFound('walls')
      if (row.revokedAt !== null) return this.#entry(row)
      return this.#save(tx, viewer, 'wall.revoked', { ...row, revokedAt: this.#deps.clock.now() })
    })
  }

  /** The wall of a secret. @throws UNAUTHENTICATED `wall.unknown`, `wall.revoked` */
  async open(secret: string): Promise<WallRow> {
    const row = await findWallByHash(this.#deps.store.read, hashSecret(secret))
    if (!row) throw new AppError('UNAUTHENTICATED', 'wall.unknown')
    if (row.revokedAt !== null) throw new AppError('UNAUTHENTICATED', 'wall.revoked')
    return row
  }

  async #save(tx: Tx, viewer: Viewer, type: string, row: WallRow): Promise<WallEntry> {
    await saveWall(tx, row)
    await this.#deps.events.record(tx, {
      type,
      actor: { type: 'agent', id: viewer.agentId },
      audience: { teams: [], agents: [] },
      data: { id: row.id, name: row.fields.name },
    })
    tx.afterCommit(() => this.#deps.screens.end(row.id))
    return this.#entry(row)
  }

  async #requireDashboards(viewer: Viewer, ids: readonly string[]): Promise<void> {
    const known = new Set((await this.#deps.dashboards.list(viewer)).map(({ id }) => id))
    if (!ids.every((id) => known.has(id))) throw invalid('dashboardIds', 'walls.dashboard_unknown')
  }

  #entry({ id, fields, version, createdAt, lastSeenAt }: WallRow): WallEntry {
    const watching = this.#deps.screens.watching(id)
    const seenAt = watching > 0 ? this.#deps.clock.now() : lastSeenAt
    return {
      ...{ id, ...fields, version, watching, createdAt: new Date(createdAt).toISOString() },
      lastSeenAt: seenAt === null ? null : new Date(seenAt).toISOString(),
    }
  }
}
