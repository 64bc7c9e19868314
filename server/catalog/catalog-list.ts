import type { EntitySchema, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm'
import type { Viewer } from '../access/viewer.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Catalog } from './catalog.ts'
import type { CatalogRow } from './catalog.entity.ts'
import { foldName } from './fold-name.ts'

/** What is special about one kind of row; all but `beforeSave` is pure. */
export interface Noun<Row extends CatalogRow, View, New, Changes> {
  /** In the names of events: `status.updated`. */
  one: string
  /** In the reasons of refusals: `statuses.not_found`. */
  many: string
  entity: EntitySchema<Row>
  /** A new row; `position` is the place after all others. */
  create(input: New, position: number, rows: readonly Row[]): Row
  change(row: Row, changes: Changes, rows: readonly Row[]): Row
  view(row: Row, rows: readonly Row[]): View
  /** Rows that must differ in name: by default all that are in use. */
  siblings?(row: Row, other: Row): boolean
  /** Refuses a change that would leave rows (`after`, with `next` in place of `before`) that the desk can't work with. */
  check?(next: Row, before: Row | null, after: readonly Row[]): void
  /** What else depends on the row, in other tables. */
  beforeSave?(tx: Tx, next: Row, before: Row | null): Promise<void>
}

export interface CatalogListDeps {
  store: Store
  events: EventLog
  clock: Clock
  catalog: Catalog
}

/** The rows of one noun of the catalog: named, archivable, and (but for tags) in an order of the office's choosing. */
export class CatalogList<Row extends CatalogRow & ObjectLiteral, View extends object, New, Changes> {
  readonly #deps: CatalogListDeps
  readonly #noun: Noun<Row, View, New, Changes>

  constructor(deps: CatalogListDeps, noun: Noun<Row, View, New, Changes>) {
    this.#deps = deps
    this.#noun = noun
  }

  create(viewer: Viewer, input: New): Promise<View> {
    return this.#deps.store.write(async (tx) => {
      const rows = await tx.db.find(this.#noun.entity)
      const next = this.#noun.create(input, rows.length, rows)
      return this.#save(tx, viewer, next, null, rows)
    })
  }

  update(viewer: Viewer, { id, changes }: { id: string; changes: Changes }): Promise<View> {
    return this.#edit(viewer, id, (row, rows) => this.#noun.change(row, changes, rows))
  }

  archive(viewer: Viewer, { id }: { id: string }): Promise<View> {
    return this.#edit(viewer, id, (row) => ({ ...row, archivedAt: row.archivedAt ?? this.#deps.clock.now() }))
  }

  restore(viewer: Viewer, { id }: { id: string }): Promise<View> {
    return this.#edit(viewer, id, (row) => ({ ...row, archivedAt: null }))
  }

  /** Puts the named rows into this order, in the places that they hold between them. */
  reorder(viewer: Viewer, { ids }: { ids: string[] }): Promise<{ ids: string[] }> {
    const { many, one, entity } = this.#noun
    return this.#deps.store.write(async (tx) => {
      if (new Set(ids).size !== ids.length) throw invalid('ids', `${many}.order_repeats`)
      const rows = await tx.db.find(entity)
      const named = ids.map((id) => found(rows, id, many))
      const places = named.map(positionOf).sort((a, b) => a - b)
      for (const [index, row] of named.entries())
        await tx.db.update(entity, byId<Row>(row.id), {
          position: places[index],
        } as unknown as QueryDeepPartialEntity<Row>)
      await this.#record(tx, viewer, `${one}.reordered`, { ids })
      return { ids }
    })
  }

  #edit(viewer: Viewer, id: string, edit: (row: Row, rows: readonly Row[]) => Row): Promise<View> {
    return this.#deps.store.write(async (tx) => {
      const rows = await tx.db.find(this.#noun.entity)
      const before = found(rows, id, this.#noun.many)
      return this.#save(tx, viewer, edit(before, rows), before, rows)
    })
  }

  async #save(tx: Tx, viewer: Viewer, next: Row, before: Row | null, rows: readonly Row[]): Promise<View> {
    const noun = this.#noun
    const after = [...rows.filter(({ id }) => id !== next.id), next]
    const view = noun.view(next, after)
    const changes = before ? differences(noun.view(before, rows), view) : { name: next.name }
    if (Object.keys(changes).length === 0) return view
    this.#refuseSameName(next, after)
    noun.check?.(next, before, after)
    await noun.beforeSave?.(tx, next, before)
    const values = next as unknown as QueryDeepPartialEntity<Row>
    if (before) await tx.db.update(noun.entity, byId<Row>(next.id), values)
    else await tx.db.insert(noun.entity, values)
    await this.#record(tx, viewer, `${noun.one}.${before ? 'updated' : 'created'}`, { id: next.id, changes })
    return view
  }

  /** Two rows that read the same could not be told apart where one is chosen. */
  #refuseSameName(next: Row, after: readonly Row[]): void {
    const { many, siblings = () => true } = this.#noun
    if (next.archivedAt !== null) return
    const twin = after.find(
      (row) =>
        row.id !== next.id &&
        row.archivedAt === null &&
        foldName(row.name) === foldName(next.name) &&
        siblings(next, row),
    )
    if (twin) throw invalid('name', `${many}.name_taken`)
  }

  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const { events, catalog } = this.#deps
    catalog.changedIn(tx)
    await events.record(tx, { type, actor: { type: 'agent', id: viewer.agentId }, audience: null, data })
  }
}

/** Refuses with `reason` when the change would leave no row in use among those that `counts`. */
export function keepOne<Row extends CatalogRow>(
  before: Row | null,
  after: readonly Row[],
  counts: (row: Row) => boolean,
  reason: string,
): void {
  const inUse = (row: Row) => row.archivedAt === null && counts(row)
  if (before && inUse(before) && !after.some(inUse)) throw new AppError('CONFLICT', reason)
}

function found<Row extends CatalogRow>(rows: readonly Row[], id: string, many: string): Row {
  const row = rows.find((each) => each.id === id)
  if (!row) throw notFound(many)
  return row
}

/** Rows without an order of their own all stand at the same place. */
const positionOf = (row: object): number =>
  'position' in row && typeof row.position === 'number' ? row.position : 0

const byId = <Row extends CatalogRow>(id: string) => ({ id }) as FindOptionsWhere<Row>

function differences(before: object, after: object): Record<string, unknown> {
  const old = new Map(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old.get(key))),
  )
}
