import type { Db } from '../store/store.ts'
import type { Names } from '../tickets/ticket-view.ts'
import type { Grouping } from './contract.ts'

type Known = ReadonlyMap<string, { name: string }>

/** What people call the groups with these ids; those that clients word, and those that are nowhere any more, have no name here. */
export async function rowNames(
  db: Db,
  groupBy: Grouping,
  ids: readonly string[],
  { catalog, people, tiers, book }: Names,
): Promise<Known> {
  switch (groupBy) {
    case 'agent':
      return people.agents
    case 'team':
      return people.teams
    case 'type':
      return catalog.types
    case 'category':
      return new Map([...catalog.categories].map(([id, { path }]) => [id, { name: path.join(' › ') }]))
    case 'tag':
      return catalog.tags
    case 'priority':
      return catalog.priorities
    case 'tier':
      return tiers
    case 'policy':
      return book.policyById
    case 'customer':
      return byId(await db.sql<Row[]>`SELECT id, name FROM customer WHERE id IN (${() => orNone(ids)})`)
    case 'organization':
      return byId(await db.sql<Row[]>`SELECT id, name FROM organization WHERE id IN (${() => orNone(ids)})`)
    case 'macro':
      return byId(await db.sql<Row[]>`SELECT id, name FROM macro WHERE id IN (${() => orNone(ids)})`)
    default:
      return new Map()
  }
}

interface Row {
  id: string
  name: string
}

const byId = (rows: readonly Row[]): Known => new Map(rows.map((row) => [row.id, row]))

/** A list for `IN` must not be empty. */
const orNone = (ids: readonly string[]) => (ids.length > 0 ? [...ids] : [''])
