import type { Locale } from '../settings/contract.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import {
  CategoryEntity,
  CustomFieldEntity,
  MatrixEntity,
  PriorityEntity,
  StatusEntity,
  TagEntity,
  TicketTypeEntity,
} from './catalog.entity.ts'
import type {
  CatalogView,
  CategoryView,
  CustomFieldView,
  Level,
  MatrixView,
  PriorityView,
  StatusClass,
  StatusView,
  TagView,
  TicketTypeView,
} from './contract.ts'
import { foldName } from './fold-name.ts'
import { matrixView } from './matrix.ts'
import { seedCatalog } from './presets.ts'
import { categoryView, fieldView, priorityView, statusView, tagView, typeView } from './views.ts'

/** The whole catalog in memory, archived rows included; every map runs in the order to show it in. Immutable. */
export interface CatalogSnapshot {
  types: ReadonlyMap<string, TicketTypeView>
  categories: ReadonlyMap<string, CategoryView>
  statuses: ReadonlyMap<string, StatusView>
  priorities: ReadonlyMap<string, PriorityView>
  tags: ReadonlyMap<string, TagView>
  fields: ReadonlyMap<string, CustomFieldView>
  typeByKey: ReadonlyMap<string, TicketTypeView>
  statusByKey: ReadonlyMap<string, StatusView>
  priorityByKey: ReadonlyMap<string, PriorityView>
  fieldByKey: ReadonlyMap<string, CustomFieldView>
  /** By the name without accents and case; see {@link foldName}. */
  tagByFold: ReadonlyMap<string, TagView>
  matrix: MatrixView
}

/** The office's own words for its work, as last committed. Changing them is for the services beside this. */
export class Catalog {
  readonly #snapshot: Snapshot<CatalogSnapshot>

  constructor(store: Store) {
    this.#snapshot = new Snapshot(() => loadCatalog(store.read))
  }

  current(): Promise<CatalogSnapshot> {
    return this.#snapshot.current()
  }

  /** To be called by every transaction that changes a table of the catalog. */
  changedIn(tx: Tx): void {
    this.#snapshot.changedIn(tx)
  }

  /** Fills the empty catalog of a new office with the presets, named in its language. */
  async seed(tx: Tx, locale: Locale): Promise<void> {
    await seedCatalog(tx, locale)
    this.changedIn(tx)
  }

  /** Everything at once, for clients. */
  async view(): Promise<CatalogView> {
    const { types, categories, statuses, priorities, tags, fields, matrix } = await this.current()
    return {
      types: [...types.values()],
      categories: [...categories.values()],
      statuses: [...statuses.values()],
      priorities: [...priorities.values()],
      tags: [...tags.values()],
      fields: [...fields.values()],
      matrix,
    }
  }
}

/** The status that a ticket gets when it comes into this class without a choice: the first one still in use. */
export function defaultStatus({ statuses }: CatalogSnapshot, statusClass: StatusClass): StatusView {
  for (const status of statuses.values()) if (status.class === statusClass && !status.archived) return status
  throw new Error(`No status of class ${statusClass} is left; the statuses service must not let that happen.`)
}

/** `normal` while it is in use, else the lightest level. */
export function defaultPriority({ priorities, priorityByKey }: CatalogSnapshot): PriorityView {
  const normal = priorityByKey.get('normal')
  if (normal && !normal.archived) return normal
  const [lightest] = [...priorities.values()]
    .filter(({ archived }) => !archived)
    .sort((a, b) => a.weight - b.weight)
  if (!lightest) throw new Error('No priority is left; the priorities service must not let that happen.')
  return lightest
}

/** What the matrix says; the default priority when urgency or impact is not known. */
export function proposePriority(
  snapshot: CatalogSnapshot,
  urgency: Level | null | undefined,
  impact: Level | null | undefined,
): PriorityView {
  const proposed = urgency && impact ? snapshot.priorities.get(snapshot.matrix[urgency][impact]) : undefined
  return proposed ?? defaultPriority(snapshot)
}

/** A row named by its `id` or by its preset `key`. */
export const resolveRef = <Row>(
  byId: ReadonlyMap<string, Row>,
  byKey: ReadonlyMap<string, Row>,
  idOrKey: string,
): Row | undefined => byId.get(idOrKey) ?? byKey.get(idOrKey)

async function loadCatalog(db: Db): Promise<CatalogSnapshot> {
  const inOrder = { order: { position: 'ASC', id: 'ASC' } } as const
  const types = (await db.find(TicketTypeEntity, inOrder)).map(typeView)
  const categoryRows = await db.find(CategoryEntity, inOrder)
  const statuses = (await db.find(StatusEntity, inOrder)).map(statusView)
  const priorities = (await db.find(PriorityEntity, inOrder)).map(priorityView)
  const tags = (await db.find(TagEntity, { order: { folded: 'ASC' } })).map(tagView)
  const fields = (await db.find(CustomFieldEntity, inOrder)).map(fieldView)
  return {
    types: byId(types),
    categories: byId(categoryRows.map((row) => categoryView(row, categoryRows))),
    statuses: byId(statuses),
    priorities: byId(priorities),
    tags: byId(tags),
    fields: byId(fields),
    typeByKey: byKey(types),
    statusByKey: byKey(statuses),
    priorityByKey: byKey(priorities),
    fieldByKey: byKey(fields),
    tagByFold: new Map(tags.map((tag) => [foldName(tag.name), tag])),
    matrix: matrixView(await db.find(MatrixEntity)),
  }
}

const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]))

const byKey = <Row extends { key: string | null }>(rows: Row[]) =>
  new Map(rows.flatMap((row) => (row.key === null ? [] : [[row.key, row] as const])))
