import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { FieldChanges } from '../tickets/ticket-state.ts'
import type { RuleFieldChanges } from './contract.ts'

/**
 * What a rule changes as it is told: tags by their names, for some are only to be made, and instants as everywhere. The reason of a date
 * is the rule's own name, and goes without saying.
 */
export function namedChanges(
  changes: FieldChanges,
  { tags }: Pick<CatalogSnapshot, 'tags'>,
): RuleFieldChanges {
  const nameOf = (id: unknown) => (typeof id === 'string' ? (tags.get(id)?.name ?? id) : '')
  const named = (ids: unknown) => (Array.isArray(ids) ? ids.map(nameOf).sort() : [])
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, { from, to }]) => {
      if (field === 'dueReason') return []
      if (field === 'tagIds') return [['tags', { from: named(from), to: named(to) }] as const]
      if (field === 'dueAt') return [[field, { from: instant(from), to: instant(to) }] as const]
      return [[field, { from, to }] as const]
    }),
  )
}

const instant = (at: unknown) => (typeof at === 'number' ? new Date(at).toISOString() : null)
