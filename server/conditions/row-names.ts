import { foldName } from '../catalog/fold-name.ts'
import type { ConditionField } from './contract.ts'
import type { ConditionNames } from './subject.ts'

/** The id of the row that a condition's value names: a preset by its key, a tag by its name, everything else by id. */
export function rowNamed(field: ConditionField, value: string, names: ConditionNames): string {
  switch (field) {
    case 'status':
      return names.statusByKey.get(value)?.id ?? value
    case 'priority':
      return names.priorityByKey.get(value)?.id ?? value
    case 'type':
      return names.typeByKey.get(value)?.id ?? value
    case 'tags':
      return names.tagByFold.get(foldName(value))?.id ?? value
    case 'customer.tier':
      return tierNamed(value, names.tiers)
    default:
      return value
  }
}

function tierNamed(value: string, tiers: ConditionNames['tiers']): string {
  for (const { id, key } of tiers?.values() ?? []) if (key === value) return id
  return value
}

/** The category and those above it; a condition that names one of them takes in all below it. */
export function lineage(id: string, categories: ReadonlyMap<string, { parentId: string | null }>): string[] {
  const ids: string[] = []
  let each: string | null = id
  while (each !== null && !ids.includes(each)) {
    ids.push(each)
    each = categories.get(each)?.parentId ?? null
  }
  return ids
}

/** The category and all below it. */
export function withDescendants(id: string, categories: ConditionNames['categories']): string[] {
  const found = new Set([id])
  // A set grows while it is walked, and what is in it is not walked twice.
  for (const each of found)
    for (const category of categories.values()) if (category.parentId === each) found.add(category.id)
  return [...found]
}
