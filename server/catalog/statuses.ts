import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { StatusEntity, type StatusRow } from './catalog.entity.ts'
import { keepOne, type Noun } from './catalog-list.ts'
import type { CatalogTickets } from './catalog-tickets.ts'
import type { NewStatus, StatusChanges, StatusView } from './contract.ts'
import { statusView } from './views.ts'

export const statusesNoun = (
  tickets: CatalogTickets,
): Noun<StatusRow, StatusView, NewStatus, StatusChanges> => ({
  one: 'status',
  many: 'statuses',
  entity: StatusEntity,
  create: ({ name, class: statusClass }, position) => ({
    id: newId(),
    key: null,
    name,
    class: statusClass,
    position,
    archivedAt: null,
  }),
  change: (row, changes) => ({ ...row, ...changes }),
  view: statusView,
  check(_next, before, after) {
    // A ticket must be able to come into every class: the desk itself moves it there.
    keepOne(before, after, (row) => row.class === before?.class, 'statuses.last_of_class')
  },
  async beforeSave(tx, next, before) {
    // A preset's key is its class's name to rules and scripts; tickets carry the class of their status with them.
    if (!before || next.class === before.class) return
    if (before.key !== null || (await tickets.statusInUse(tx, before.id)))
      throw new AppError('CONFLICT', 'statuses.class_fixed')
  },
})
