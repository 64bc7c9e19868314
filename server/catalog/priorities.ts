import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { MatrixEntity, PriorityEntity, type PriorityRow } from './catalog.entity.ts'
import { keepOne, type Noun } from './catalog-list.ts'
import type { CatalogTickets } from './catalog-tickets.ts'
import type { NewPriority, PriorityChanges, PriorityView } from './contract.ts'
import { priorityView } from './views.ts'

export const prioritiesNoun = (
  tickets: CatalogTickets,
): Noun<PriorityRow, PriorityView, NewPriority, PriorityChanges> => ({
  one: 'priority',
  many: 'priorities',
  entity: PriorityEntity,
  create: (input, position) => ({ ...input, id: newId(), key: null, position, archivedAt: null }),
  change: (row, changes) => ({ ...row, ...changes }),
  view: priorityView,
  check(_next, before, after) {
    keepOne(before, after, () => true, 'priorities.last')
  },
  async beforeSave(tx, next, before) {
    if (!before) return
    if (next.weight !== before.weight) await tickets.onPriorityWeightChanged(tx, next.id, next.weight)
    const archiving = next.archivedAt !== null && before.archivedAt === null
    if (archiving && (await tx.db.existsBy(MatrixEntity, { priorityId: next.id })))
      throw new AppError('CONFLICT', 'priorities.in_matrix')
  },
})
