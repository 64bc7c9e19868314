import type { CustomFieldView, FieldValue } from '../../server/catalog/contract.ts'
import type { Delay, PropertyAction } from '../../server/rules/action.contract.ts'

/** What rules, ready answers and escalation levels do to a ticket alike: its properties, and a note. */
export type DeskAction = PropertyAction | { do: 'addNote'; value: string }
export type Deed = DeskAction['do']

/** In the order in which they are offered. */
export const deeds = [
  'setStatus',
  'setPriority',
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
  'addNote',
  'close',
] as const satisfies readonly Deed[]

/** An action whose value has yet to be chosen: an empty text, or no tags. */
export function blankAction(deed: Deed): DeskAction {
  switch (deed) {
    case 'addTags':
    case 'removeTags':
      return { do: deed, value: [] }
    case 'close':
      return { do: deed, value: null }
    case 'setField':
      return { do: deed, value: blankField() }
    case 'setDue':
      return { do: deed, value: blankDue() }
    case 'setUrgency':
    case 'setImpact':
      return { do: deed, value: 'medium' }
    default:
      return { do: deed, value: '' }
  }
}

/** Whether something was chosen; "nobody" is a choice too. */
export function isComplete(action: DeskAction): boolean {
  if (action.do === 'setField') return action.value.key !== '' && isSaid(action.value.value)
  if (action.do === 'setDue') return action.value === null || action.value.after.minutes > 0
  return isSaid(action.value)
}

const isSaid = (value: FieldValue | null): boolean =>
  typeof value === 'string' ? value.trim() !== '' : !Array.isArray(value) || value.length > 0

/** A custom field and what becomes of it; null clears it. */
export type FieldToSet = Extract<DeskAction, { do: 'setField' }>['value']
export const blankField = (): FieldToSet => ({ key: '', value: '' })

/** What a field is filled with before anything is chosen; nothing yet, but where every value is one. */
export function blankValue(kind: CustomFieldView['kind'] | undefined): FieldValue {
  if (kind === 'boolean') return true
  return kind === 'multiselect' ? [] : ''
}

/** A date so long after the act; null leaves the ticket to its promises. No minutes are a time that can't be read yet. */
export type DueToSet = { after: Delay } | null
export const blankDue = (): NonNullable<DueToSet> => ({ after: { minutes: 24 * 60, business: false } })

/** Those that no action fills yet. */
export const unsetFields = (
  fields: readonly CustomFieldView[],
  actions: readonly { do: string; value: unknown }[],
): CustomFieldView[] => {
  const set = actions.flatMap(({ do: deed, value }) =>
    deed === 'setField' ? [(value as FieldToSet).key] : [],
  )
  // One that is about to be chosen is none that is left.
  const open = set.filter((key) => key === '').length
  return fields.filter(({ key }) => !set.includes(key)).slice(open)
}
