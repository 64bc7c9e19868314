import type { CatalogTickets } from './catalog-tickets.ts'
import { categoriesNoun } from './categories.ts'
import { CatalogList, type CatalogListDeps } from './catalog-list.ts'
import { fieldsNoun } from './fields.ts'
import { Matrix } from './matrix.service.ts'
import { prioritiesNoun } from './priorities.ts'
import { statusesNoun } from './statuses.ts'
import type { Tags } from './tags.service.ts'
import { typesNoun } from './types.ts'

/** What changes the catalog, one per noun. `tags` is made before the tickets, which need it; these are made after. */
export const createCatalogServices = (deps: CatalogListDeps, tickets: CatalogTickets, tags: Tags) => ({
  types: new CatalogList(deps, typesNoun),
  categories: new CatalogList(deps, categoriesNoun),
  statuses: new CatalogList(deps, statusesNoun(tickets)),
  priorities: new CatalogList(deps, prioritiesNoun(tickets)),
  tags,
  fields: new CatalogList(deps, fieldsNoun),
  matrix: new Matrix(deps),
})
