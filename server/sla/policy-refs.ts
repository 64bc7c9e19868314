import { foldName } from '../catalog/fold-name.ts'
import { withConditionIds, type ConditionRows } from '../conditions/condition-refs.ts'
import { rowNamed } from '../conditions/row-names.ts'
import type { LevelAction, NewLevel, NewPolicy } from './contract.ts'
import type { Policy } from './policy.ts'

/** What policies may speak of. */
export interface KnownRows extends ConditionRows {
  calendars: ReadonlyMap<string, { archivedAt: number | null }>
}

/** What of a policy names rows. */
type Naming = Pick<NewPolicy, 'when' | 'targets' | 'escalations'>

/** The same with every row by its id: priorities, statuses, types and tiers may come by key, tags by name. */
export function withIds<Given extends Naming>(given: Given, known: KnownRows): Given {
  const priorityId = (ref: string) => rowNamed('priority', ref, known.catalog)
  return {
    ...given,
    when: given.when && withConditionIds(given.when, known),
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
