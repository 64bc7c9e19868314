import type { People } from '../access/people.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { planEdit } from '../customers/versioned-edit.ts'
import { AppError, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Settings } from '../settings/settings.service.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { z } from 'zod'
import type { DashboardInput, DashboardView, updateDashboardInput } from './contract.ts'
import {
  dashboardRows,
  findDashboard,
  saveDashboard,
  type DashboardFields,
  type DashboardRow,
} from './dashboard-rows.ts'
import { standardDashboards } from './standard.ts'

/** More of one's own are not looked through any more. */
const MAX_DASHBOARDS = 50

export interface DashboardsDeps {
  store: Store
  events: EventLog
  clock: Clock
  settings: Pick<Settings, 'get'>
  people: Pick<People, 'current'>
}

type Update = z.infer<typeof updateDashboardInput>

/** Dashboards that people arrange: their own, and those that are shared with some or all. A colleague's own is as if it were not there. */
export class Dashboards {
  readonly #deps: DashboardsDeps

  constructor(deps: DashboardsDeps) {
    this.#deps = deps
  }

  /** The desk's own first, then the shared ones and the viewer's. */
  async list(viewer: Viewer): Promise<DashboardView[]> {
    const rows = (await dashboardRows(this.#deps.store.read)).filter((row) => isVisible(viewer, row))
    const [overseers, agents] = standardDashboards(await this.#localeOf(viewer))
    const standard = viewer.permissions.has('tickets.readAll') ? [overseers, agents] : [agents]
    return [...standard, ...rows.map((row) => toView(viewer, row))]
  }

  /** The same `id` again gives what is there. @throws LIMIT `dashboards.too_many`, CONFLICT `dashboards.id_taken` */
  create(viewer: Viewer, { id = newId(), ...fields }: DashboardInput): Promise<DashboardView> {
    assertMayHave(viewer, fields)
    return this.#deps.store.write(async (tx) => {
      const known = await findDashboard(tx.db, id)
      if (known && (known.removedAt !== null || !isVisible(viewer, known)))
        throw new AppError('CONFLICT', 'dashboards.id_taken')
      if (known) return toView(viewer, known)
      const own = (await dashboardRows(tx.db)).filter(({ ownerId }) => ownerId === viewer.agentId)
      if (own.length >= MAX_DASHBOARDS)
        throw new AppError('LIMIT', 'dashboards.too_many', { details: { limit: MAX_DASHBOARDS } })
      return this.#save(tx, viewer, 'dashboard.created', {
        ...{ id, fields, ownerId: viewer.agentId, version: 1, fieldVersions: {} },
        ...{ createdAt: this.#deps.clock.now(), removedAt: null },
      })
    })
  }

  /** Edits of different fields merge. @throws CONFLICT `dashboards.changed` with `current`, NOT_FOUND, FORBIDDEN */
  update(viewer: Viewer, { id, version, changes }: Update): Promise<DashboardView> {
    return this.#deps.store.write(async (tx) => {
      const row = await editable(tx.db, viewer, id)
      if (row.removedAt !== null) throw notFound('dashboards')
      const plan = planEdit<DashboardFields>(row, version, changes as Partial<DashboardFields>)
      if (plan.conflicts.length > 0)
        throw new AppError('CONFLICT', 'dashboards.changed', {
          details: { current: toView(viewer, row), fields: plan.conflicts },
        })
      const changed = Object.keys(plan.changed)
      if (changed.length === 0) return toView(viewer, row)
      const fields = { ...row.fields, ...plan.changed }
      assertMayHave(viewer, fields)
      const next = row.version + 1
      const touched = Object.fromEntries(changed.map((field) => [field, next]))
      const fieldVersions = { ...row.fieldVersions, ...touched }
      // Taken back from others it is still its owner's; whoever takes a colleague's away from all keeps it.
      const ownerId = fields.audience === 'personal' ? viewer.agentId : row.ownerId
      return this.#save(tx, viewer, 'dashboard.updated', {
        ...row,
        fields,
        fieldVersions,
        ownerId,
        version: next,
      })
    })
  }

  /** It can be brought back. Again it changes nothing. */
  remove(viewer: Viewer, id: string): Promise<DashboardView> {
    return this.#deps.store.write(async (tx) => {
      const row = await editable(tx.db, viewer, id)
      if (row.removedAt !== null) return toView(viewer, row)
      return this.#save(tx, viewer, 'dashboard.removed', { ...row, removedAt: this.#deps.clock.now() })
    })
  }

  restore(viewer: Viewer, id: string): Promise<DashboardView> {
    return this.#deps.store.write(async (tx) => {
      const row = await editable(tx.db, viewer, id)
      if (row.removedAt === null) return toView(viewer, row)
      return this.#save(tx, viewer, 'dashboard.restored', { ...row, removedAt: null })
    })
  }

  async #save(tx: Tx, viewer: Viewer, type: string, row: DashboardRow): Promise<DashboardView> {
    const before = await findDashboard(tx.db, row.id)
    await saveDashboard(tx, row)
    const isOwn = [row, before ?? row].every(({ fields }) => fields.audience === 'personal')
    await this.#deps.events.record(tx, {
      type,
      actor: { type: 'agent', id: viewer.agentId },
      // Once it was others', they hear that it no longer is.
      audience:
        isOwn && type === 'dashboard.created' ? { teams: [], agents: [row.ownerId], only: true } : null,
      // No name: everybody's log has the event of what is one person's now.
      data: { id: row.id, version: row.version },
    })
    return toView(viewer, row)
  }

  async #localeOf({ agentId }: Viewer) {
    const { agents } = await this.#deps.people.current()
    return agents.get(agentId)?.locale ?? (await this.#deps.settings.get()).locale
  }
}

/** One's own, those of one's role, those of everybody; whoever shares sees all that is shared. */
function isVisible({ agentId, permissions }: Viewer, { ownerId, fields }: DashboardRow): boolean {
  if (ownerId === agentId || fields.audience === 'everybody') return true
  if (fields.audience === 'personal') return false
  return fields.audience === 'agents' || permissions.has('views.share')
}

const mayEdit = ({ agentId, permissions }: Viewer, { ownerId, fields }: DashboardRow): boolean =>
  fields.audience === 'personal' ? ownerId === agentId : permissions.has('views.share')

const toView = (viewer: Viewer, row: DashboardRow): DashboardView => ({
  ...row.fields,
  ...{ id: row.id, ownerId: row.ownerId, version: row.version, editable: mayEdit(viewer, row) },
})

async function editable(db: Db, viewer: Viewer, id: string): Promise<DashboardRow> {
  const row = await findDashboard(db, id)
  if (!row || !isVisible(viewer, row)) throw notFound('dashboards')
  if (!mayEdit(viewer, row)) throw new AppError('FORBIDDEN', 'dashboards.share_forbidden')
  return row
}

function assertMayHave({ permissions }: Viewer, { audience }: DashboardFields): void {
  if (audience !== 'personal' && !permissions.has('views.share'))
    throw new AppError('FORBIDDEN', 'dashboards.share_forbidden')
}
