import type { PeopleSnapshot } from '../access/people.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import { idSchema } from '../ids.ts'
import { specOf, type ConditionField, type ConditionTree, type ConditionUse } from './contract.ts'
import { neverMatches } from './contradictions.ts'
import { readPattern } from './patterns.ts'
import { rowNamed } from './row-names.ts'
import { conditionsIn, mapValues } from './trees.ts'

/** What conditions may speak of. */
export interface ConditionRows {
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  tiers: ReadonlyMap<string, { id: string; key: string | null }>
  calendars: ReadonlyMap<string, unknown>
  /** Those organizations and customers that the conditions name and that exist; see {@link customersNamedIn}. */
  customersAndOrganizations: ReadonlySet<string>
}

/** What is wrong with a tree, by the way to it from whoever has it as its `when`: `when.all.0.value`. */
export interface ConditionFault {
  field: string
  reason: string
}

/** Nobody is looking when the desk acts by itself. */
const viewerWords: ReadonlySet<string> = new Set(['me', 'mine', 'myTeams'])

/** The same tree with every row by its id: presets may come by key, tags by name. */
export const withConditionIds = (tree: ConditionTree, { catalog, tiers }: ConditionRows): ConditionTree =>
  mapValues(tree, (field, value) => rowNamed(field, value, { ...catalog, tiers }))

/** Ids of organizations and customers that conditions name: too many to have them all at hand. */
export const customersNamedIn = (when: ConditionTree | null): string[] =>
  (when ? conditionsIn(when) : []).flatMap(({ condition: { field, value = [] } }) =>
    field === 'requester' || field === 'customer.organization' ? value : [],
  )

/** Everything that keeps a tree from being kept, rows by id; empty when it can be. Its shape was the schema's to check. */
export function conditionFaults(
  tree: ConditionTree,
  known: ConditionRows,
  use: Exclude<ConditionUse, 'view'>,
): ConditionFault[] {
  const faults = conditionsIn(tree).flatMap(({ condition, path }) => {
    const at = (part: string) => ['when', ...path, part].join('.')
    const { field, op, value = [] } = condition
    const unfit = use === 'policy' ? 'sla.condition_unfit' : 'filter.field_unfit'
    if (!specOf(field).in.includes(use)) return [{ field: at('field'), reason: unfit }]
    const values = Array.isArray(value) ? value : [value]
    if ((field === 'agent' || field === 'team') && values.some((each) => viewerWords.has(each)))
      return [{ field: at('value'), reason: use === 'policy' ? unfit : 'filter.value_personal' }]
    if (!values.every((each) => isKnown(field, each, known)))
      return [{ field: at('value'), reason: 'filter.value_unknown' }]
    const pattern = op === 'matches' ? readPattern(values[0] ?? '') : undefined
    return pattern && 'fault' in pattern ? [{ field: at('value'), reason: pattern.fault }] : []
  })
  if (faults.length > 0 || !neverMatches(tree, known.catalog)) return faults
  return [{ field: 'when', reason: 'filter.matches_nothing' }]
}

/** Whether a condition's value names something. A tag may come later: the first ticket that names it makes it. */
function isKnown(field: ConditionField, value: string, known: ConditionRows): boolean {
  const { catalog, people, tiers, calendars, customersAndOrganizations } = known
  const { kind, options } = specOf(field)
  if (value === 'none' && kind === 'row' && field !== 'calendar') return true
  switch (field) {
    case 'status':
      return catalog.statuses.has(value)
    case 'priority':
      return catalog.priorities.has(value)
    case 'type':
      return catalog.types.has(value)
    case 'category':
      return catalog.categories.has(value)
    case 'team':
      return people.teams.has(value)
    case 'agent':
      return people.agents.has(value)
    case 'customer.tier':
      return tiers.has(value)
    case 'calendar':
      return calendars.has(value)
    case 'requester':
    case 'customer.organization':
      return customersAndOrganizations.has(value)
    case 'tags':
      return catalog.tags.has(value) || !idSchema.safeParse(value).success
    default:
      return options?.includes(value) ?? true
  }
}
