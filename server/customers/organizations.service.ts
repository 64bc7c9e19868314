import { z } from 'zod'
import type { Viewer } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Clock } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type {
  CreateOrganization,
  ListOrganizations,
  OrganizationView,
  Page,
  UpdateOrganization,
} from './contract.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { normalizeDocument } from './customer-input.ts'
import { formatDocument } from './documents.ts'
import { CustomerEntity, OrganizationEntity, type OrganizationRow } from './entities.ts'
import { planEdit, type FieldVersions } from './versioned-edit.ts'

const position = z.tuple([z.string(), z.string()])

/** The firms that customers belong to. */
export class Organizations {
  readonly #deps: { store: Store; events: EventLog; clock: Clock }

  constructor(deps: { store: Store; events: EventLog; clock: Clock }) {
    this.#deps = deps
  }

  /** By name; `text` may stand anywhere in it, accents and capitals aside. */
  async list({ text = '', limit, cursor }: ListOrganizations): Promise<Page<OrganizationView>> {
    const [name, id] = cursor ? decodeCursor(cursor, position) : ['', '']
    const pattern = `%${foldName(text).replace(/[\\%_]/g, '\\$&')}%`
    const rows = await this.#deps.store.read.sql<OrganizationRow[]>`
      SELECT * FROM organization WHERE (sortName, id) > (${name}, ${id}) AND sortName LIKE ${pattern} ESCAPE '\\'
      ORDER BY sortName, id LIMIT ${limit + 1}`
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    return {
      items: shown.map(toOrganizationView),
      nextCursor: last ? encodeCursor([last.sortName, last.id]) : null,
    }
  }

  /** @throws NOT_FOUND `organization.not_found` */
  async get(id: string): Promise<OrganizationView> {
    return toOrganizationView(await requireOrganization(this.#deps.store.read, id))
  }

  /** The same `id` twice is the same organisation. @throws VALIDATION at `document` */
  create(
    viewer: Viewer,
    { id = newId(), name, document, notes = '' }: CreateOrganization,
  ): Promise<OrganizationView> {
    const now = this.#deps.clock.now()
    return this.#deps.store.write(async (tx) => {
      const known = await tx.db.findOneBy(OrganizationEntity, { id })
      if (known) return toOrganizationView(known)
      await tx.db.insert(OrganizationEntity, {
        id,
        name,
        sortName: foldName(name),
        document: document ? normalizeDocument(document) : null,
        notes,
        version: 1,
        fieldVersions: '{}',
        createdAt: now,
        updatedAt: now,
      })
      await this.#record(tx, viewer, 'organization.created', { id, version: 1 })
      return toOrganizationView(await requireOrganization(tx.db, id))
    })
  }

  /** Edits of different fields merge. @throws CONFLICT `organization.changed` with `current`; NOT_FOUND; VALIDATION */
  update(viewer: Viewer, { id, version, changes }: UpdateOrganization): Promise<OrganizationView> {
    const now = this.#deps.clock.now()
    return this.#deps.store.write(async (tx) => {
      const row = await requireOrganization(tx.db, id)
      const { name, document, notes } = row
      const fieldVersions = JSON.parse(row.fieldVersions) as FieldVersions
      const wanted = { ...changes, document: changes.document && normalizeDocument(changes.document) }
      const plan = planEdit(
        { fields: { name, document, notes }, version: row.version, fieldVersions },
        version,
        wanted,
      )
      if (plan.conflicts.length > 0)
        throw new AppError('CONFLICT', 'organization.changed', {
          details: { current: toOrganizationView(row), fields: plan.conflicts },
        })
      const changed = Object.keys(plan.changed)
      if (changed.length === 0) return toOrganizationView(row)
      const next = row.version + 1
      for (const field of changed) fieldVersions[field] = next
      const after = { name, document, notes, ...plan.changed }
      const columns = {
        ...after,
        sortName: foldName(after.name),
        fieldVersions: JSON.stringify(fieldVersions),
      }
      await tx.db.update(OrganizationEntity, { id }, { ...columns, version: next, updatedAt: now })
      await this.#record(tx, viewer, 'organization.updated', { id, version: next, changed })
      return toOrganizationView(await requireOrganization(tx.db, id))
    })
  }

  /** @throws CONFLICT `organization.in_use` while customers belong to it */
  remove(viewer: Viewer, id: string): Promise<void> {
    return this.#deps.store.write(async (tx) => {
      await requireOrganization(tx.db, id)
      if (await tx.db.existsBy(CustomerEntity, { organizationId: id }))
        throw new AppError('CONFLICT', 'organization.in_use')
      await tx.db.delete(OrganizationEntity, { id })
      await this.#record(tx, viewer, 'organization.removed', { id })
    })
  }

  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: null, data })
  }
}

async function requireOrganization(db: Db, id: string): Promise<OrganizationRow> {
  const row = await db.findOneBy(OrganizationEntity, { id })
  if (!row) throw notFound('organization')
  return row
}

const toOrganizationView = (row: OrganizationRow): OrganizationView => ({
  id: row.id,
  name: row.name,
  document: row.document && formatDocument(row.document),
  notes: row.notes,
  version: row.version,
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
})
