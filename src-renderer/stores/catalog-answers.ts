import type { MatrixView } from '../../server/catalog/contract.ts'
import type { DeskCatalog } from './catalog.ts'

const LISTS = ['types', 'categories', 'statuses', 'priorities', 'tags', 'fields', 'agents', 'teams'] as const
type ListName = (typeof LISTS)[number]

/**
 * The catalog with what the server answered to one of our own writes, so that the screen need not fall back to the old
 * state until the next reading.
 */
export function withCatalogAnswer(catalog: DeskCatalog, procedure: string, answer: unknown): DeskCatalog {
  if (procedure === 'matrix.update') return { ...catalog, matrix: answer as MatrixView }
  const [noun, verb] = procedure.split('.')
  const list = LISTS.find((each) => each === noun)
  if (!list) return catalog
  const rows: readonly Row[] = catalog[list]
  const next =
    verb === 'reorder' ? reordered(rows, (answer as { ids: string[] }).ids) : withRow(rows, answer as Row)
  return { ...catalog, [list as ListName]: next }
}

interface Row {
  id: string
  position?: number
}

/** The rows with `row` in place of its older self, or added. */
export function withRow<Each extends Row>(rows: readonly Each[], row: Each): Each[] {
  const known = rows.some(({ id }) => id === row.id)
  const next = known ? rows.map((each) => (each.id === row.id ? row : each)) : [...rows, row]
  return byPosition(next)
}

/** The rows with those named in the order of `ids`, in the places that they hold between them. */
export function reordered<Each extends Row>(rows: readonly Each[], ids: readonly string[]): Each[] {
  const named = ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
  const places = named.map(({ position = 0 }) => position).sort((a, b) => a - b)
  const placeOf = new Map(named.map(({ id }, index) => [id, places[index] ?? 0]))
  return byPosition(rows.map((row) => ({ ...row, position: placeOf.get(row.id) ?? row.position })))
}

/** Rows without a position, such as tags and agents, stay as they stand. */
const byPosition = <Each extends Row>(rows: readonly Each[]): Each[] =>
  [...rows].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
