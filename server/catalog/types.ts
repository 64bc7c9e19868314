import { newId } from '../ids.ts'
import { TicketTypeEntity, type TicketTypeRow } from './catalog.entity.ts'
import type { Noun } from './catalog-list.ts'
import type { NewType, TicketTypeView, TypeChanges } from './contract.ts'
import { typeView } from './views.ts'

export const typesNoun: Noun<TicketTypeRow, TicketTypeView, NewType, TypeChanges> = {
  one: 'type',
  many: 'types',
  entity: TicketTypeEntity,
  create: ({ name, icon }, position) => ({ id: newId(), key: null, name, icon, position, archivedAt: null }),
  change: (row, changes) => ({ ...row, ...changes }),
  view: typeView,
}
