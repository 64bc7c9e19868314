import type { PeopleSnapshot } from '../access/people.ts'
import { resolveRef, type CatalogSnapshot } from '../catalog/catalog.ts'
import { foldName } from '../catalog/fold-name.ts'
import { fitsField } from '../catalog/field-values.ts'
import type { Book } from '../sla/sla-book.ts'
import { checkTemplate } from '../templates/templates.ts'
import { deedOf, type MacroAction } from './contract.ts'
import type { MacroRow } from './entities.ts'

/** What is wrong with a ready answer, at which field of its input; `name` is what the reason speaks of. */
export interface MacroFault {
  field: string
  reason: string
  name?: string
  line?: number
}

export interface Known {
  catalog: CatalogSnapshot
  people: PeopleSnapshot
  book: Pick<Book, 'calendars'>
}

/** The same with every row by its id; those of presets may come by their key. */
export function withIds(actions: readonly MacroAction[], { catalog }: Pick<Known, 'catalog'>): MacroAction[] {
  const idIn = (row: { id: string } | undefined, ref: string) => row?.id ?? ref
  return actions.map((action) => {
    switch (action.do) {
      case 'setPriority':
        return {
          ...action,
          value: idIn(resolveRef(catalog.priorities, catalog.priorityByKey, action.value), action.value),
        }
      case 'setStatus':
        return {
          ...action,
          value: idIn(resolveRef(catalog.statuses, catalog.statusByKey, action.value), action.value),
        }
      case 'setType':
        return {
          ...action,
          value:
            action.value && idIn(resolveRef(catalog.types, catalog.typeByKey, action.value), action.value),
        }
      default:
        return action
    }
  })
}

/** Everything that is wrong with `next`; what it held `before` may have been retired since. */
export function macroFaults(
  next: MacroRow,
  before: MacroRow | null,
  others: readonly MacroRow[],
  known: Known,
): MacroFault[] {
  const held = new Set((before?.actions ?? []).map((action) => JSON.stringify(action)))
  const faults: MacroFault[] = []
  if (next.body === '' && next.actions.length === 0)
    faults.push({ field: 'body', reason: 'macro.does_nothing' })
  faults.push(...templateFaults('body', next.body))
  const heldTeams = new Set(before?.teamIds)
  for (const [index, id] of next.teamIds.entries()) {
    const team = known.people.teams.get(id)
    if (!team) faults.push({ field: `teamIds.${index}`, reason: 'macro.unknown_choice' })
    else if (team.archivedAt !== null && !heldTeams.has(id))
      faults.push({ field: `teamIds.${index}`, reason: 'macro.retired_choice' })
  }
  for (const [index, action] of next.actions.entries()) {
    const field = `actions.${index}`
    if (next.actions.findIndex((other) => deedOf(other) === deedOf(action)) < index)
      faults.push({ field, reason: 'macro.action_repeated' })
    if (action.do === 'addNote') faults.push(...templateFaults(`${field}.value`, action.value))
    else if (!held.has(JSON.stringify(action))) faults.push(...choiceFaults(`${field}.value`, action, known))
  }
  return [...faults, ...placeFaults(next, others)]
}

function templateFaults(field: string, source: string): MacroFault[] {
  return checkTemplate(source).map((problem) => ({ field, ...problem }))
}

/** Two that somebody could not tell apart: by their name in a folder, or by what is typed for them. */
function placeFaults(next: MacroRow, others: readonly MacroRow[]): MacroFault[] {
  if (next.archivedAt !== null) return []
  const rivals = others.filter(({ id, archivedAt }) => id !== next.id && archivedAt === null)
  const faults: MacroFault[] = []
  const place = ({ folder, name }: MacroRow) => `${foldName(folder)}/${foldName(name)}`
  if (rivals.some((other) => place(other) === place(next) && meet(other, next)))
    faults.push({ field: 'name', reason: 'macro.name_taken' })
  if (next.shortcut !== null) {
    const typed = foldName(next.shortcut)
    if (rivals.some((other) => other.shortcut && foldName(other.shortcut) === typed && meet(other, next)))
      faults.push({ field: 'shortcut', reason: 'macro.shortcut_taken' })
  }
  return faults
}

/** Whether somebody may have both. */
const meet = (a: MacroRow, b: MacroRow) =>
  a.teamIds.length === 0 || b.teamIds.length === 0 || a.teamIds.some((id) => b.teamIds.includes(id))

function choiceFaults(field: string, action: MacroAction, { catalog, people, book }: Known): MacroFault[] {
  const choice = (row: { archived: boolean } | undefined): MacroFault[] => {
    if (!row) return [{ field, reason: 'macro.unknown_choice' }]
    return row.archived ? [{ field, reason: 'macro.retired_choice' }] : []
  }
  if (action.value === null) return []
  switch (action.do) {
    case 'setPriority':
      return choice(resolveRef(catalog.priorities, catalog.priorityByKey, action.value))
    case 'setStatus':
      return choice(resolveRef(catalog.statuses, catalog.statusByKey, action.value))
    case 'setType':
      return choice(resolveRef(catalog.types, catalog.typeByKey, action.value))
    case 'setCategory':
      return choice(catalog.categories.get(action.value))
    case 'setTeam': {
      const team = people.teams.get(action.value)
      return choice(team && { archived: team.archivedAt !== null })
    }
    case 'setAgent': {
      const agent = people.agents.get(action.value)
      return choice(agent && { archived: !agent.active })
    }
    case 'setField': {
      const { key, value } = action.value
      const custom = catalog.fieldByKey.get(key)
      if (!custom || custom.archived) return choice(custom)
      if (!fitsField(action.value, catalog)) return [{ field, reason: 'fields.value_unfit' }]
      if (custom.kind !== 'select' && custom.kind !== 'multiselect') return []
      return [value].flat().flatMap((chosen) => choice(custom.options.find((each) => each.key === chosen)))
    }
    case 'setDue': {
      const { business, calendarId } = action.value.after
      if (!business) return []
      if (calendarId) return choice(book.calendars.get(calendarId))
      const isKnown = [...book.calendars.values()].some(({ archived }) => !archived)
      return isKnown ? [] : [{ field, reason: 'rule.calendar_missing' }]
    }
    case 'addTags':
      return action.value.flatMap((name) =>
        catalog.tagByFold.get(foldName(name))?.archived
          ? [{ field, reason: 'macro.retired_choice', name }]
          : [],
      )
    default:
      return []
  }
}
