import { AppError, invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { CategoryEntity, type CategoryRow } from './catalog.entity.ts'
import type { Noun } from './catalog-list.ts'
import type { CategoryChanges, CategoryView, NewCategory } from './contract.ts'
import { categoryLineage, categoryView } from './views.ts'

/** Deeper trees are not chosen from, they are got lost in. */
const MAX_DEPTH = 5

export const categoriesNoun: Noun<CategoryRow, CategoryView, NewCategory, CategoryChanges> = {
  one: 'category',
  many: 'categories',
  entity: CategoryEntity,
  create: ({ name, parentId }, position) => ({ id: newId(), parentId, name, position, archivedAt: null }),
  change: (row, changes) => ({ ...row, ...changes }),
  view: categoryView,
  siblings: (row, other) => row.parentId === other.parentId,
  check(next, before, after) {
    if (next.archivedAt === null) checkPlace(next, after)
    else if (
      before?.archivedAt === null &&
      after.some((row) => row.parentId === next.id && row.archivedAt === null)
    )
      throw new AppError('CONFLICT', 'categories.has_children')
  },
}

/** The parent must be there and in use, the branch neither turn back on itself nor grow too deep. */
function checkPlace(row: CategoryRow, rows: readonly CategoryRow[]): void {
  if (row.parentId === null) return
  const parent = rows.find(({ id }) => id === row.parentId)
  if (!parent) throw invalid('parentId', 'categories.parent_unknown')
  if (categoryLineage(parent, rows).includes(row)) throw invalid('parentId', 'categories.cycle')
  if (parent.archivedAt !== null) throw invalid('parentId', 'categories.parent_archived')
  const depths = rows.map((each) => categoryLineage(each, rows)).filter((lineage) => lineage.includes(row))
  if (depths.some(({ length }) => length > MAX_DEPTH)) throw invalid('parentId', 'categories.too_deep')
}
