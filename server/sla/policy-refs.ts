import type { PeopleSnapshot } from '../access/people.ts'
import type { CatalogSnapshot } from '../catalog/catalog.ts'
import { foldName } from '../catalog/fold-name.ts'
import { idSchema } from '../ids.ts'
import { rowNamed } from '../rules/conditions.ts'
import { conditionsIn, mapValues } from '../rules/trees.ts'
import { channels, filterFields, type FilterField, type FilterTree } from '../tickets/filter.contract.ts'
import type { LevelAction, NewLevel, NewPolicy } from './contract.ts'
import type { Policy } from './policy.ts'

/** What policies may speak of. */
export interface KnownRows {
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  tiers: ReadonlyMap<string, { id: string; key: string | null }>
  calendars: ReadonlyMap<string, { archivedAt: number | null }>
  /** Those organizations and customers that the conditions name and that exist. */
  customersAndOrganizations: ReadonlySet<string>
}

/** What of a policy names rows. */
type Naming = Pick<NewPolicy, 'when' | 'targets' | 'escalations'>

/** The same with every row by its id: priorities, statuses, types and tiers may come by key, tags by name. */
export function withIds<Given extends Naming>(given: Given, { catalog, tiers }: KnownRows): Given {
  const priorityId = (ref: string) => rowNamed('priority', ref, catalog)
  const tierId = (ref: string) => [...tiers.values()].find(({ key }) => key === ref)?.id ?? ref
  return {
    ...given,
    when:
      given.when &&
      mapValues(given.when, (field, value) =>
        field === 'customer.tier' ? tierId(value) : rowNamed(field, value, catalog),
      ),
    targets: given.targets.map((target) => ({ ...target, priority: priorityId(target.priority) })),
    escalations: given.escalations.map((level: NewLevel) => ({
      ...level,
      notify: [...new Set(level.notify)],
      ...(level.actions && {
        actions: level.actions.map((action) =>
          action.do === 'setPriority' ? { ...action, value: priorityId(action.value) } : action,
        ),
      }),
    })),
  }
}

/** Ids of organizations and customers that conditions name: too many to have them all at hand. */
export const customersNamedIn = (when: FilterTree | null): string[] =>
  (when ? conditionsIn(when) : []).flatMap(({ condition: { field, value = [] } }) =>
    field === 'requester' || field === 'customer.organization' ? value : [],
  )

/** Whether a condition's value names something. A tag may come later: the first ticket that names it makes it. */
export function isKnown(field: FilterField, value: string, known: KnownRows): boolean {
  const { catalog, people, tiers, customersAndOrganizations } = known
  if (value === 'none' && filterFields[field] === 'row') return true
  switch (field) {
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
    case 'requester':
    case 'customer.organization':
      return customersAndOrganizations.has(value)
    case 'channel':
      return (channels as readonly string[]).includes(value)
    case 'tags':
      return catalog.tags.has(value) || !idSchema.safeParse(value).success
    default:
      return true
  }
}

/** A row that may be chosen, or might have been before it was retired. */
export interface Choosable {
  retired: boolean
}

export const choosable = {
  calendar: (id: string, { calendars }: KnownRows) => retiredWhenArchived(calendars.get(id)),
  priority: (id: string, { catalog }: KnownRows) => inCatalog(catalog.priorities.get(id)),
  team: (id: string, { people }: KnownRows) => retiredWhenArchived(people.teams.get(id)),
  agent(id: string, { people }: KnownRows): Choosable | undefined {
    const agent = people.agents.get(id)
    return agent && { retired: !agent.active }
  },
}

/** What an action names; a tag that is not there yet is made when it is needed. */
export function actionRefs(
  action: LevelAction,
  known: KnownRows,
): { id: string; row: Choosable | undefined }[] {
  switch (action.do) {
    case 'setPriority':
      return [{ id: action.value, row: choosable.priority(action.value, known) }]
    case 'setTeam':
      return [{ id: action.value, row: choosable.team(action.value, known) }]
    case 'setAgent':
      return [{ id: action.value, row: choosable.agent(action.value, known) }]
    case 'addTags':
      return action.value.map((name) => ({
        id: name,
        row: inCatalog(known.catalog.tagByFold.get(foldName(name))) ?? { retired: false },
      }))
    case 'addNote':
      return []
  }
}

const inCatalog = (row: { archived: boolean } | undefined) => row && { retired: row.archived }
const retiredWhenArchived = (row: { archivedAt: number | null } | undefined) =>
  row && { retired: row.archivedAt !== null }

/** Ids of all rows that a policy names outside its conditions, and names of tags. */
export const namedBy = ({ calendarId, targets, escalations }: Policy): Set<string> =>
  new Set([
    ...(calendarId === null ? [] : [calendarId]),
    ...targets.map(({ priority }) => priority),
    ...escalations.flatMap(({ notify, actions = [] }) => [
      ...notify,
      ...actions.flatMap(({ value }) => value),
    ]),
  ])
