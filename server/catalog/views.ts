import type {
  CategoryRow,
  CustomFieldRow,
  PriorityRow,
  StatusRow,
  TagRow,
  TicketTypeRow,
} from './catalog.entity.ts'
import type {
  CategoryView,
  CustomFieldView,
  PriorityView,
  StatusView,
  TagView,
  TicketTypeView,
} from './contract.ts'

/** Rows as the wire shows them. */

const archived = ({ archivedAt }: { archivedAt: number | null }) => archivedAt !== null

export const typeView = (row: TicketTypeRow): TicketTypeView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  icon: row.icon,
  position: row.position,
  archived: archived(row),
})

export const categoryView = (row: CategoryRow, rows: readonly CategoryRow[]): CategoryView => ({
  id: row.id,
  parentId: row.parentId,
  name: row.name,
  path: categoryLineage(row, rows).map(({ name }) => name),
  position: row.position,
  archived: archived(row),
})

/** The category and those above it, the root first. Ends where a chain would come back to itself. */
export function categoryLineage(row: CategoryRow, rows: readonly CategoryRow[]): CategoryRow[] {
  const byId = new Map(rows.map((each) => [each.id, each]))
  const lineage = [row]
  for (let above = parentOf(row); above && !lineage.includes(above); above = parentOf(above))
    lineage.unshift(above)
  return lineage

  function parentOf({ parentId }: CategoryRow) {
    return parentId === null ? undefined : byId.get(parentId)
  }
}

export const statusView = (row: StatusRow): StatusView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  class: row.class,
  position: row.position,
  archived: archived(row),
})

export const priorityView = (row: PriorityRow): PriorityView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  weight: row.weight,
  color: row.color,
  criteria: row.criteria,
  procedure: row.procedure,
  position: row.position,
  archived: archived(row),
})

export const tagView = (row: TagRow): TagView => ({
  id: row.id,
  name: row.name,
  color: row.color,
  public: row.public,
  archived: archived(row),
})

export const fieldView = (row: CustomFieldRow): CustomFieldView => ({
  id: row.id,
  key: row.key,
  name: row.name,
  kind: row.kind,
  options: row.options,
  position: row.position,
  archived: archived(row),
})
