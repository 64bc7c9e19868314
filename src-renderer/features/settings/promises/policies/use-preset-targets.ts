import type { PolicyPreset, Target } from '../../../../../server/sla/contract.ts'
import { useCatalogStore } from '../../../../stores/catalog.ts'

/** A preset names priorities by their keys; a summary knows them by their ids. */
export function usePresetTargets(): (preset: PolicyPreset) => Target[] {
  const catalog = useCatalogStore()
  return ({ policy }) =>
    policy.targets.map((target) => {
      const row = catalog.catalog?.priorities.find(
        ({ id, key }) => key === target.priority || id === target.priority,
      )
      return { ...target, priority: row?.id ?? target.priority }
    })
}
