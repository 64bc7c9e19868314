import type { FieldValue, Level } from '../catalog/contract.ts'
import { mergedFields } from '../catalog/field-values.ts'
import { differences, joinChanges, type FieldChanges } from '../tickets/ticket-state.ts'
import type { RuleAction } from './action.contract.ts'
import type { ConditionField } from '../conditions/contract.ts'
import type { Asked, Subject } from '../conditions/conditions.ts'
import { isPropertyAction, wantedBy, type ActionNames, type Properties } from './property-actions.ts'

/** A ticket as rules leave it while they are asked, before anything is written: what conditions see, and what actions change. */

export type Changes = Asked['changes']

/** What a property is called by conditions. */
const conditionField = {
  typeId: 'type',
  categoryId: 'category',
  statusId: 'status',
  priorityId: 'priority',
  urgency: 'urgency',
  impact: 'impact',
  teamId: 'team',
  agentId: 'agent',
  tagIds: 'tags',
} as const satisfies Record<keyof Omit<Properties, keyof Beside>, ConditionField>

/** What actions change and a ticket's conditions say nothing of, or something else: `dueAt` is what somebody set by hand. */
export type Beside = Pick<Properties, 'fields' | 'dueAt'>

/** What people change beside that, and rules hear of. */
const heardFields: Readonly<Record<string, ConditionField>> = {
  ...conditionField,
  subject: 'subject',
  requesterId: 'requester',
  dueAt: 'dueAt',
}

/** What the property actions among these would change of the ticket as it is in this draft; only what differs. */
export function changesBy(
  actions: readonly RuleAction[],
  { draft, beside }: { draft: Subject; beside: Beside },
  names: ActionNames,
): FieldChanges {
  const current = propertiesOf(draft, beside)
  return differences(current, wantedBy(actions.filter(isPropertyAction), current, names, 'fail'))
}

/** The draft with these changes in it, and what has changed since it all began. */
export function foldInto(
  round: { draft: Subject; changes: Changes; beside: Beside },
  changes: FieldChanges,
  names: Pick<ActionNames, 'catalog'>,
): void {
  round.beside = besideAfter(round.beside, changes)
  const further = toConditionChanges(changes, names)
  if (Object.keys(further).length === 0) return
  // When a ticket is due only its promises can say, once the date is theirs.
  const tos = Object.entries(further).flatMap(([field, { to }]) => (field === 'dueAt' ? [] : [[field, to]]))
  round.draft = { ...round.draft, ...Object.fromEntries(tos) } as Subject
  round.changes = joinChanges(round.changes, further)
}

/** A ticket's changes by the names that conditions use; a status brings its class along. */
export function toConditionChanges(
  changes: FieldChanges,
  { catalog: { statuses } }: Pick<ActionNames, 'catalog'>,
): Record<string, { from: unknown; to: unknown }> {
  const classOf = (id: unknown) => (typeof id === 'string' ? (statuses.get(id)?.class ?? null) : null)
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, change]) => {
      const named = Object.hasOwn(heardFields, field) ? heardFields[field] : undefined
      if (!named) return []
      const { from, to } = change
      const [classBefore, classAfter] = [classOf(from), classOf(to)]
      return [
        [named, change] as const,
        ...(named === 'status' && classBefore !== classAfter
          ? [['statusClass', { from: classBefore, to: classAfter }] as const]
          : []),
      ]
    }),
  )
}

function besideAfter({ fields, dueAt }: Beside, changes: FieldChanges): Beside {
  const given = Object.entries(changes).flatMap(([field, { to }]) =>
    field.startsWith('fields.') ? [[field.slice('fields.'.length), to as FieldValue | null] as const] : [],
  )
  return {
    fields: given.length === 0 ? fields : mergedFields(fields, Object.fromEntries(given)),
    dueAt: changes['dueAt'] ? (changes['dueAt'].to as number | null) : dueAt,
  }
}

const propertiesOf = (draft: Subject, beside: Beside): Properties => ({
  ...beside,
  typeId: draft.type ?? null,
  categoryId: draft.category ?? null,
  statusId: draft.status ?? '',
  priorityId: draft.priority ?? '',
  urgency: (draft.urgency ?? null) as Level | null,
  impact: (draft.impact ?? null) as Level | null,
  teamId: draft.team ?? null,
  agentId: draft.agent ?? null,
  tagIds: draft.tags ?? [],
})
