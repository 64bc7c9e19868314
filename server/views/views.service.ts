import { IsNull } from 'typeorm'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { CreateView, SavedView, UpdateView } from './contract.ts'
import { SavedViewEntity, type SavedViewRow } from './saved-view.entity.ts'

export const viewEntities = [SavedViewEntity]

/** More are not looked through any more; shared ones and each agent's own count apart. */
const MAX_VIEWS = 100

export interface SavedViewsDeps {
  store: Store
  events: EventLog
  clock: Clock
}

/** Filters with a name: an agent's own, and those that the office shares. A colleague's own view is as if it were not there. */
export class SavedViews {
  readonly #deps: SavedViewsDeps

  constructor(deps: SavedViewsDeps) {
    this.#deps = deps
  }

  /** The shared ones first, then the viewer's own. */
  async list(viewer: Viewer): Promise<SavedView[]> {
    const { read } = this.#deps.store
    return [...(await viewsOf(read, null)), ...(await viewsOf(read, viewer.agentId))].map(toView)
  }

  /** The same `id` again gives what is there. @throws LIMIT `views.too_many`, CONFLICT `views.id_taken` */
  async create(viewer: Viewer, { id, name, shared, filter, sort, position }: CreateView): Promise<SavedView> {
    if (shared) assertMayShare(viewer)
    return this.#deps.store.write(async (tx) => {
      const known = id === undefined ? null : await tx.db.findOneBy(SavedViewEntity, { id })
      if (known && !isVisible(viewer, known)) throw new AppError('CONFLICT', 'views.id_taken')
      if (known) return toView(known)
      const ownerId = shared ? null : viewer.agentId
      const row: SavedViewRow = {
        id: id ?? newId(),
        name,
        ownerId,
        filter,
        sort,
        position: await this.#makeRoom(tx, ownerId, position),
        createdAt: this.#deps.clock.now(),
      }
      await tx.db.insert(SavedViewEntity, row)
      await this.#record(tx, viewer, 'view.created', ownerId, { id: row.id })
      return toView(row)
    })
  }

  update(viewer: Viewer, { id, changes }: UpdateView): Promise<SavedView> {
    return this.#deps.store.write(async (tx) => {
      const before = await editable(tx, viewer, id)
      const { shared = before.ownerId === null, ...rest } = changes
      if (shared) assertMayShare(viewer)
      const ownerId = shared ? null : viewer.agentId
      const moved = ownerId !== before.ownerId
      const next: SavedViewRow = {
        ...before,
        ...rest,
        ownerId,
        position: moved ? await this.#makeRoom(tx, ownerId, undefined) : before.position,
      }
      await tx.db.update(SavedViewEntity, { id }, next)
      await this.#record(tx, viewer, 'view.updated', before.ownerId === null ? null : ownerId, { id })
      return toView(next)
    })
  }

  /** Answers the view as it was, with which `create` brings it back. */
  delete(viewer: Viewer, { id }: { id: string }): Promise<SavedView> {
    return this.#deps.store.write(async (tx) => {
      const row = await editable(tx, viewer, id)
      await tx.db.delete(SavedViewEntity, { id })
      await this.#record(tx, viewer, 'view.deleted', row.ownerId, { id })
      return toView(row)
    })
  }

  /** @throws VALIDATION `views.order_incomplete` unless all of one group are named, each once. */
  reorder(viewer: Viewer, { ids }: { ids: string[] }): Promise<{ ids: string[] }> {
    return this.#deps.store.write(async (tx) => {
      const [firstId = ''] = ids
      const { ownerId } = await editable(tx, viewer, firstId)
      const group = new Set((await viewsOf(tx.db, ownerId)).map((row) => row.id))
      if (ids.length !== group.size || new Set(ids).size !== group.size || !ids.every((id) => group.has(id)))
        throw invalid('ids', 'views.order_incomplete')
      for (const [position, id] of ids.entries()) await tx.db.update(SavedViewEntity, { id }, { position })
      await this.#record(tx, viewer, 'view.reordered', ownerId, { ids })
      return { ids }
    })
  }

  /** The place for one more view of this owner: the wished one, from which the others move up, or the last. */
  async #makeRoom(tx: Tx, ownerId: string | null, wished: number | undefined): Promise<number> {
    const group = await viewsOf(tx.db, ownerId)
    if (group.length >= MAX_VIEWS)
      throw new AppError('LIMIT', 'views.too_many', { details: { limit: MAX_VIEWS } })
    const end = (group.at(-1)?.position ?? -1) + 1
    if (wished === undefined || wished >= end) return end
    if (group.some(({ position }) => position === wished))
      for (const { id, position } of group)
        if (position >= wished) await tx.db.update(SavedViewEntity, { id }, { position: position + 1 })
    return wished
  }

  /** Tells those who see the view. The log is read by supervisors too, so it has no names: an own view's is its owner's affair. */
  async #record(
    tx: Tx,
    viewer: Viewer,
    type: string,
    ownerId: string | null,
    data: Record<string, unknown>,
  ): Promise<void> {
    await this.#deps.events.record(tx, {
      type,
      actor: { type: 'agent', id: viewer.agentId },
      audience: ownerId === null ? null : { teams: [], agents: [ownerId] },
      data,
    })
  }
}

const isVisible = (viewer: Viewer, { ownerId }: SavedViewRow) =>
  ownerId === null || ownerId === viewer.agentId

/** @throws NOT_FOUND `views.not_found`, FORBIDDEN `views.share_forbidden` */
async function editable(tx: Tx, viewer: Viewer, id: string): Promise<SavedViewRow> {
  const row = await tx.db.findOneBy(SavedViewEntity, { id })
  if (!row || !isVisible(viewer, row)) throw notFound('views')
  if (row.ownerId === null) assertMayShare(viewer)
  return row
}

function assertMayShare(viewer: Viewer): void {
  if (!viewer.permissions.has('views.share')) throw new AppError('FORBIDDEN', 'views.share_forbidden')
}

const viewsOf = (db: Db, ownerId: string | null): Promise<SavedViewRow[]> =>
  db.find(SavedViewEntity, { where: { ownerId: ownerId ?? IsNull() }, order: { position: 'ASC', id: 'ASC' } })

const toView = ({ id, name, ownerId, filter, sort, position }: SavedViewRow): SavedView => ({
  id,
  name,
  shared: ownerId === null,
  filter,
  sort,
  position,
})
