import type { CatalogSnapshot } from '../catalog/catalog.ts'
import type { TagView } from '../catalog/contract.ts'
import { foldName } from '../catalog/fold-name.ts'
import { compile, type ConditionNames } from '../conditions/conditions.ts'
import type { RuleDefinition } from './contract.ts'
import type { PlannableRule } from './round.ts'

export interface CompiledNames {
  catalog: CatalogSnapshot
  tiers: NonNullable<ConditionNames['tiers']>
}

/** Makes rules ready to be asked, as long as nobody changes the catalog. One whose conditions can't be made ready fails when it is asked. */
export function compileRules(
  rules: readonly (RuleDefinition & { id: string; position: number })[],
  { catalog, tiers }: CompiledNames,
): PlannableRule[] {
  const names = { ...catalog, tiers, tagByFold: tagsByFold(rules, catalog) }
  return rules.map(({ id, position, on, when, then: actions, stop }) => ({
    ...{ id, position, on, actions, stop },
    holds: when === null ? () => true : attempted(() => compile(when, names)),
  }))
}

function attempted(make: () => PlannableRule['holds']): PlannableRule['holds'] {
  try {
    return make()
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Tags that actions name and that don't exist yet stand by their folded names, for conditions as for the planner. */
export function tagsByFold(
  rules: readonly RuleDefinition[],
  { tagByFold }: CatalogSnapshot,
): CatalogSnapshot['tagByFold'] {
  const folds = rules
    .flatMap(({ then }) => then.flatMap((action) => (action.do === 'addTags' ? action.value : [])))
    .map(foldName)
    .filter((fold) => !tagByFold.has(fold))
  if (folds.length === 0) return tagByFold
  const toBe = (fold: string): TagView => ({
    id: fold,
    name: fold,
    color: '',
    public: false,
    archived: false,
  })
  return new Map([...tagByFold, ...folds.map((fold) => [fold, toBe(fold)] as const)])
}
