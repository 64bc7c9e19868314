import type { FieldValue } from '../catalog/contract.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { PropertyAction } from '../rules/action.contract.ts'
import { wantedBy, withDueReason, type ActionNames } from '../rules/property-actions.ts'
import type { TicketChanges } from '../tickets/contract.ts'
import { planChanges, type FieldChanges, type TicketState } from '../tickets/ticket-state.ts'
import type { MacroAction, MacroEffect } from './contract.ts'

/** What actions come to on a ticket. */
export interface Outcome {
  changes: TicketChanges
  effects: MacroEffect[]
}

/** A ready answer, as far as it acts; its name is the reason of dates that it sets. */
export interface Acting {
  name: string
  actions: readonly MacroAction[]
}

/**
 * Goes through the actions as carrying them out would, without doing so. What can't be done any more is left out, and so is what
 * is so already.
 */
export function outcomeOf({ name, actions }: Acting, state: TicketState, names: ActionNames): Outcome {
  const effects: MacroEffect[] = []
  let now = state
  for (const action of actions) {
    if (action.do === 'addNote') {
      effects.push({ do: action.do, property: null, value: [action.value] })
      continue
    }
    const plan = planChanges(now, {}, withDueReason(wantedBy([action], now, names, 'leaveOut'), name), 1)
    if (plan.outcome !== 'changed') continue
    now = plan.state
    effects.push({ do: action.do, ...wordsFor(action, now, names) })
  }
  const whole = planChanges(state, {}, now, 1)
  return { changes: whole.outcome === 'changed' ? toChanges(whole.changes, actions, names) : {}, effects }
}

/** Without the notes. */
export const propertiesIn = (actions: readonly MacroAction[]): PropertyAction[] =>
  actions.filter((action) => action.do !== 'addNote')

function wordsFor(
  action: PropertyAction,
  now: TicketState,
  { catalog, people }: ActionNames,
): Omit<MacroEffect, 'do'> {
  const named = (rows: ReadonlyMap<string, { name: string }>, id: string | null) => {
    const name = id === null ? undefined : rows.get(id)?.name
    return name === undefined ? null : [name]
  }
  switch (action.do) {
    case 'setPriority':
      return { property: 'priorityId', value: named(catalog.priorities, now.priorityId) }
    case 'setStatus':
    case 'close':
      return { property: 'statusId', value: named(catalog.statuses, now.statusId) }
    case 'setTeam':
      return { property: 'teamId', value: named(people.teams, now.teamId) }
    case 'setAgent':
      return { property: 'agentId', value: named(people.agents, now.agentId) }
    case 'setType':
      return { property: 'typeId', value: named(catalog.types, now.typeId) }
    case 'setCategory':
      return { property: 'categoryId', value: named(catalog.categories, now.categoryId) }
    case 'setUrgency':
      return { property: 'urgency', value: now.urgency && [now.urgency] }
    case 'setImpact':
      return { property: 'impact', value: now.impact && [now.impact] }
    case 'setField': {
      const { key } = action.value
      return { property: 'fields', value: null, field: { key, value: now.fields[key] ?? null } }
    }
    case 'setDue':
      return { property: 'dueAt', value: now.dueAt === null ? null : [new Date(now.dueAt).toISOString()] }
    case 'addTags':
    case 'removeTags':
      return { property: 'tags', value: action.value }
  }
}

function toChanges(
  changes: FieldChanges,
  actions: readonly MacroAction[],
  { catalog }: ActionNames,
): TicketChanges {
  const { tagIds, dueAt, ...others } = changes
  const fields = Object.entries(others).filter(([name]) => name.startsWith('fields.'))
  const rest = Object.entries(others).filter(([name]) => !name.startsWith('fields.'))
  const plain: TicketChanges = {
    ...Object.fromEntries(rest.map(([name, { to }]) => [name, to])),
    ...(dueAt && { dueAt: typeof dueAt.to === 'number' ? new Date(dueAt.to).toISOString() : null }),
    ...(fields.length > 0 && {
      fields: Object.fromEntries(
        fields.map(([name, { to }]) => [name.slice('fields.'.length), to as FieldValue | null]),
      ),
    }),
  }
  if (!tagIds) return plain
  /** A tag that nobody has used yet stands by its folded name. */
  const wanted = actions.flatMap((action) => (action.do === 'addTags' ? action.value : []))
  const written = new Map(wanted.map((name) => [foldName(name), name]))
  const tags = (tagIds.to as string[]).map((id) => catalog.tags.get(id)?.name ?? written.get(id) ?? id)
  return { ...plain, tags }
}
