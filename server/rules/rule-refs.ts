import { foldName } from '../catalog/fold-name.ts'
import type { Delay, RuleAction } from './action.contract.ts'
import { rowNamed } from '../conditions/row-names.ts'
import { withConditionIds, type ConditionRows } from '../conditions/condition-refs.ts'
import type { RuleDefinition } from './contract.ts'

/** What rules may speak of. */
export interface KnownRows extends ConditionRows {
  tiers: ReadonlyMap<string, { id: string; key: string | null; name: string }>
  calendars: ReadonlyMap<string, { name: string; archivedAt: number | null }>
  webhooks: ReadonlyMap<string, { name: string; archivedAt: number | null }>
}

/** What a reference in a rule names. */
export type RefKind =
  | 'priority'
  | 'status'
  | 'type'
  | 'category'
  | 'team'
  | 'agent'
  | 'tag'
  | 'field'
  | 'option'
  | 'webhook'
  | 'calendar'

export interface RuleRef {
  /** The way to it from the rule: `then.0.value.to.1`. */
  path: string
  kind: RefKind
  /** An id; of a tag, its name; of a custom field or an option of one, its key. */
  id: string
  /** The key of the option's field. */
  of?: string
}

type FieldToSet = Extract<RuleAction, { do: 'setField' }>['value']

const roles: ReadonlySet<string> = new Set(['agent', 'team', 'supervisors'])

/** The same with every row by its id: presets may come by key, tags in conditions by name. Repeated triggers and recipients count once. */
export function withIds<Given extends RuleDefinition>(given: Given, known: KnownRows): Given {
  return {
    ...given,
    on: [...new Set(given.on)],
    when: given.when && withConditionIds(given.when, known),
    then: given.then.map((action) => actionWithIds(action, known)),
  }
}

function actionWithIds(action: RuleAction, { catalog }: KnownRows): RuleAction {
  switch (action.do) {
    case 'setPriority':
      return { ...action, value: rowNamed('priority', action.value, catalog) }
    case 'setStatus':
      return { ...action, value: rowNamed('status', action.value, catalog) }
    case 'setType':
      return { ...action, value: action.value && rowNamed('type', action.value, catalog) }
    case 'notify':
      return { ...action, value: { ...action.value, to: [...new Set(action.value.to)] } }
    case 'raiseAlert':
      return { ...action, value: { ...action.value, to: [...new Set(action.value.to)] } }
    case 'remind':
      return { ...action, value: { ...action.value, to: [...new Set(action.value.to)] } }
    default:
      return action
  }
}

/** Everything outside of its conditions by which a rule names rows. */
export const refsIn = ({ then, after }: Pick<RuleDefinition, 'then' | 'after'>): RuleRef[] => [
  ...then.flatMap((action, index) => refsOfAction(action, `then.${index}.value`)),
  ...(after ? calendarOf(after, 'after') : []),
]

function refsOfAction(action: RuleAction, path: string): RuleRef[] {
  const one = (kind: RefKind, id: string | null | undefined, at = path): RuleRef[] =>
    id ? [{ path: at, kind, id }] : []
  switch (action.do) {
    case 'setPriority':
      return one('priority', action.value)
    case 'setStatus':
      return one('status', action.value)
    case 'setType':
      return one('type', action.value)
    case 'setCategory':
      return one('category', action.value)
    case 'setTeam':
      return one('team', action.value)
    case 'setAgent':
      return one('agent', action.value)
    case 'setField':
      return [...one('field', action.value.key, `${path}.key`), ...optionsOf(action.value, `${path}.value`)]
    case 'setDue':
      return action.value ? calendarOf(action.value.after, `${path}.after`) : []
    case 'addTags':
      return action.value.map((name, n) => ({ path: `${path}.${n}`, kind: 'tag', id: name }))
    case 'assign':
      return one('team', action.value.teamId, `${path}.teamId`)
    case 'webhook':
      return one('webhook', action.value)
    case 'notify':
    case 'raiseAlert':
      return recipientsOf(action.value.to, `${path}.to`)
    case 'remind':
      return [
        ...recipientsOf(action.value.to, `${path}.to`),
        ...calendarOf(action.value.after, `${path}.after`),
      ]
    case 'followUp':
      return calendarOf(action.value.after, `${path}.after`)
    default:
      return []
  }
}

/** Whatever may be an option's key; of fields that have no options {@link rowOf} finds nothing wrong with it. */
function optionsOf({ key: of, value }: FieldToSet, path: string): RuleRef[] {
  if (typeof value === 'string') return [{ path, kind: 'option', id: value, of }]
  return Array.isArray(value)
    ? value.map((id, n) => ({ path: `${path}.${n}`, kind: 'option' as const, id, of }))
    : []
}

const recipientsOf = (to: readonly string[], path: string): RuleRef[] =>
  to.flatMap((id, n) => (roles.has(id) ? [] : [{ path: `${path}.${n}`, kind: 'agent' as const, id }]))

const calendarOf = ({ calendarId }: Delay, path: string): RuleRef[] =>
  calendarId ? [{ path: `${path}.calendarId`, kind: 'calendar', id: calendarId }] : []

/** The row that a reference names, as far as choosing it matters; undefined when there is none. */
export function rowOf(
  { kind, id, of = '' }: Pick<RuleRef, 'kind' | 'id' | 'of'>,
  { catalog, people, calendars, webhooks }: KnownRows,
): { retired: boolean } | undefined {
  switch (kind) {
    case 'priority':
      return inCatalog(catalog.priorities.get(id))
    case 'status':
      return inCatalog(catalog.statuses.get(id))
    case 'type':
      return inCatalog(catalog.types.get(id))
    case 'category':
      return inCatalog(catalog.categories.get(id))
    case 'tag':
      // One that isn't there yet is made when it is needed.
      return inCatalog(catalog.tagByFold.get(foldName(id))) ?? { retired: false }
    case 'field':
      return inCatalog(catalog.fieldByKey.get(id))
    case 'option': {
      const field = catalog.fieldByKey.get(of)
      if (field?.kind !== 'select' && field?.kind !== 'multiselect') return { retired: false }
      return inCatalog(field.options.find(({ key }) => key === id))
    }
    case 'team':
      return retiredWhenArchived(people.teams.get(id))
    case 'agent': {
      const agent = people.agents.get(id)
      return agent && { retired: !agent.active }
    }
    case 'calendar':
      return retiredWhenArchived(calendars.get(id))
    case 'webhook':
      return retiredWhenArchived(webhooks.get(id))
  }
}

const inCatalog = (row: { archived: boolean } | undefined) => row && { retired: row.archived }
const retiredWhenArchived = (row: { archivedAt: number | null } | undefined) =>
  row && { retired: row.archivedAt !== null }
