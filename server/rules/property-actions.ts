import { defaultStatus, type CatalogSnapshot } from '../catalog/catalog.ts'
import { mergedFields, parseFieldValues } from '../catalog/field-values.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { PeopleSnapshot } from '../access/people.ts'
import { AppError, invalid } from '../errors.ts'
import { proposedPriority } from '../tickets/proposed-priority.ts'
import { References } from '../tickets/references.ts'
import type { TicketState } from '../tickets/ticket-state.ts'
import type { Delay, PropertyAction, RuleAction } from './action.contract.ts'

/** What property actions read and write of a ticket. */
export type Properties = Pick<
  TicketState,
  | 'typeId'
  | 'categoryId'
  | 'statusId'
  | 'priorityId'
  | 'urgency'
  | 'impact'
  | 'teamId'
  | 'agentId'
  | 'dueAt'
  | 'tagIds'
  | 'fields'
>

export interface ActionNames {
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  /** When a delay that begins with the act is over (milliseconds UTC), for the ticket in this team. */
  endOf(delay: Delay, teamId: string | null): number
}

/** `fail` throws at what no longer can be done (the team was archived, the agent has left); `leaveOut` does the rest. */
export type WhenGone = 'fail' | 'leaveOut'

const kinds: ReadonlySet<string> = new Set<PropertyAction['do']>([
  'setPriority',
  'setStatus',
  'setTeam',
  'setAgent',
  'setType',
  'setCategory',
  'setUrgency',
  'setImpact',
  'setField',
  'setDue',
  'addTags',
  'removeTags',
  'close',
])

export const isPropertyAction = (action: RuleAction): action is PropertyAction => kinds.has(action.do)

/** What a rule does beside setting properties; texts are templates. */
export type EffectAction = Exclude<RuleAction, PropertyAction | { do: 'stop' }>

export const isEffect = (action: RuleAction): action is EffectAction =>
  action.do !== 'stop' && !isPropertyAction(action)

/**
 * What a ticket's properties become by these actions, in their order; only those that are spoken of. A tag that doesn't exist yet
 * stands by its folded name. @throws VALIDATION `ticket.unknown_choice`, `ticket.retired_choice`, `tags.archived`, `fields.…` unless that
 * is left out.
 */
export function wantedBy(
  actions: readonly PropertyAction[],
  current: Properties,
  names: ActionNames,
  whenGone: WhenGone,
): Partial<Properties> {
  const { catalog, people } = names
  const find = new References(catalog, people)
  const wanted: Partial<Properties> = {}
  for (const action of actions)
    try {
      Object.assign(wanted, wantedByOne(action, { ...current, ...wanted }, find, names))
    } catch (error) {
      if (whenGone === 'fail' || !(error instanceof AppError)) throw error
    }
  if (wanted.priorityId !== undefined) return wanted
  const priorityId = proposedPriority(current, wanted, catalog)
  return priorityId === undefined ? wanted : { ...wanted, priorityId }
}

function wantedByOne(
  action: PropertyAction,
  now: Properties,
  find: References,
  { catalog, endOf }: ActionNames,
): Partial<Properties> {
  switch (action.do) {
    case 'setPriority':
      return { priorityId: keepOr(now.priorityId, action.value, (ref) => find.priority(ref).id) }
    case 'setStatus':
      return { statusId: keepOr(now.statusId, action.value, (ref) => find.status(ref).id) }
    case 'close':
      return isClosed(now.statusId, catalog) ? {} : { statusId: defaultStatus(catalog, 'closed').id }
    case 'setType':
      return { typeId: keepOr(now.typeId, action.value, (ref) => find.typeId(ref)) }
    case 'setCategory':
      return { categoryId: keepOr(now.categoryId, action.value, (ref) => find.categoryId(ref)) }
    case 'setTeam':
      return { teamId: keepOr(now.teamId, action.value, (ref) => find.teamId(ref)) }
    case 'setAgent':
      return { agentId: keepOr(now.agentId, action.value, (ref) => find.agentId(ref)) }
    case 'setUrgency':
      return { urgency: action.value }
    case 'setImpact':
      return { impact: action.value }
    case 'setField':
      return { fields: withField(action.value, now.fields, catalog) }
    case 'setDue':
      return { dueAt: action.value && endOf(action.value.after, now.teamId) }
    case 'addTags':
      return {
        tagIds: sorted([...now.tagIds, ...action.value.map((name) => toTag(name, now.tagIds, catalog))]),
      }
    case 'removeTags': {
      const gone = new Set(action.value.map((name) => nameOrId(name, catalog)))
      return { tagIds: now.tagIds.filter((id) => !gone.has(id)) }
    }
  }
}

/** What a ticket already has may stay although it is no longer offered. */
const keepOr = <Value extends string | null>(
  current: Value,
  wanted: Value,
  resolve: (ref: Value) => Value,
): Value => (current === wanted ? current : resolve(wanted))

function withField(
  { key, value }: Extract<PropertyAction, { do: 'setField' }>['value'],
  held: Properties['fields'],
  catalog: CatalogSnapshot,
): Properties['fields'] {
  const isSo = Object.hasOwn(held, key) && JSON.stringify(held[key]) === JSON.stringify(value)
  return isSo ? held : mergedFields(held, parseFieldValues(catalog, { [key]: value }, held))
}

/** A date with what is told as its reason, and without a date no reason. */
export const withDueReason = (
  wanted: Partial<Properties>,
  reason: string | null,
): Partial<Properties & Pick<TicketState, 'dueReason'>> =>
  wanted.dueAt === undefined ? wanted : { ...wanted, dueReason: wanted.dueAt === null ? null : reason }

const isClosed = (statusId: string, { statuses }: CatalogSnapshot) =>
  statuses.get(statusId)?.class === 'closed'

function toTag(name: string, held: readonly string[], catalog: CatalogSnapshot): string {
  const tag = catalog.tagByFold.get(foldName(name))
  if (tag?.archived && !held.includes(tag.id)) throw invalid('tags', 'tags.archived')
  return nameOrId(name, catalog)
}

const nameOrId = (name: string, { tagByFold }: CatalogSnapshot) =>
  tagByFold.get(foldName(name))?.id ?? foldName(name)

const sorted = (ids: readonly string[]) => [...new Set(ids)].sort()
