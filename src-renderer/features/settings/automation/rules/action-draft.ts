import type { Notify, RuleAction } from '../../../../../server/rules/action.contract.ts'
import { blankDue, blankField, isComplete } from '../../../../actions/property-actions.ts'
import { newDelay, openDelay, readDelay, type DelayDraft, type OpenMinutes } from './delay-draft.ts'

/** Later steps are typed with a delay of their own; everything else is edited as it is saved, empty until it is chosen. */
type EditedAction =
  | Exclude<RuleAction, { do: 'remind' | 'followUp' | 'stop' }>
  | { do: 'remind'; value: { after: DelayDraft; to: Notify[]; text: string } }
  | { do: 'followUp'; value: { after: DelayDraft; text: string } }

export type ActionDraft = EditedAction & {
  /** Known by it while the list is put in another order. */
  key: string
}
export type ActionKind = ActionDraft['do']

/** What a rule may do, as it is offered. */
export const actionGroups = {
  ticket: [
    'setPriority',
    'setTeam',
    'setAgent',
    'setStatus',
    'setType',
    'setCategory',
    'setUrgency',
    'setImpact',
    'setField',
    'setDue',
    'addTags',
    'removeTags',
    'close',
  ],
  people: ['assign', 'raiseAlert', 'notify', 'reply', 'addNote'],
  later: ['remind', 'followUp'],
  more: ['webhook', 'mergeInto', 'applySuggestion'],
} as const satisfies Record<string, readonly ActionKind[]>
export type ActionGroup = keyof typeof actionGroups

/** Whether an action is one that macros and escalation levels have too: those share their names and value fields. */
export const isProperty = (kind: ActionKind): boolean => actionGroups.ticket.some((each) => each === kind)

/** The i18n key of what an action is called. */
export const nameKey = (kind: ActionKind): string =>
  isProperty(kind) || kind === 'addNote' ? `actions.do.${kind}` : `rules.do.${kind}`

/** Setting the same property twice makes no sense; telling several people several things, or filling several fields, does. */
export const isSingle = (kind: ActionKind): boolean =>
  (kind.startsWith('set') && kind !== 'setField') ||
  ['addTags', 'removeTags', 'close', 'assign', 'mergeInto'].includes(kind)

export function newAction(kind: ActionKind, key: string): ActionDraft {
  switch (kind) {
    case 'addTags':
    case 'removeTags':
      return { do: kind, key, value: [] }
    case 'close':
      return { do: kind, key, value: null }
    case 'setUrgency':
    case 'setImpact':
      return { do: kind, key, value: 'high' }
    case 'setField':
      return { do: kind, key, value: blankField() }
    case 'setDue':
      return { do: kind, key, value: blankDue() }
    case 'assign':
      return {
        do: kind,
        key,
        value: {
          strategy: 'leastLoaded',
          teamId: null,
          skills: [],
          language: false,
          tier: false,
          lastAgent: false,
          mode: 'assign',
          offerSeconds: 45,
        },
      }
    case 'notify':
      return { do: kind, key, value: { to: ['agent'], text: '' } }
    case 'raiseAlert':
      return { do: kind, key, value: { severity: 'urgent', to: ['team'], text: '' } }
    case 'remind':
      return { do: kind, key, value: { after: newDelay('1'), to: ['agent'], text: '' } }
    case 'followUp':
      return { do: kind, key, value: { after: newDelay('3'), text: '' } }
    case 'mergeInto':
      return { do: kind, key, value: 'oldestOpenSameSubject' }
    case 'applySuggestion':
      return { do: kind, key, value: { field: 'category', minConfidence: 0.8 } }
    default:
      return { do: kind, key, value: '' }
  }
}

/** What a rule is opened with: lengths of working days, and the rows that presets name by their key. */
export interface Opening {
  openMinutes: OpenMinutes
  /** The id behind an id or key. */
  idOf: (what: 'priority' | 'status' | 'type', ref: string) => string
}

export function openAction(
  action: Exclude<RuleAction, { do: 'stop' }>,
  key: string,
  { openMinutes, idOf }: Opening,
): ActionDraft {
  switch (action.do) {
    case 'remind':
      return { ...action, key, value: { ...action.value, after: openDelay(action.value.after, openMinutes) } }
    case 'followUp':
      return { ...action, key, value: { ...action.value, after: openDelay(action.value.after, openMinutes) } }
    case 'setPriority':
      return { ...action, key, value: idOf('priority', action.value) }
    case 'setStatus':
      return { ...action, key, value: idOf('status', action.value) }
    case 'setType':
      return { ...action, key, value: action.value === null ? null : idOf('type', action.value) }
    default:
      return { ...action, key }
  }
}

/** Null while its delay can't be read. */
export function buildAction(draft: ActionDraft, open: OpenMinutes): RuleAction | null {
  const { do: kind, value } = draft
  const action = { do: kind, value } as EditedAction
  if (action.do === 'setDue') return isComplete(action) ? action : null
  if (action.do !== 'remind' && action.do !== 'followUp') return action
  const after = readDelay(action.value.after, open)
  if (!after) return null
  return action.do === 'remind'
    ? { do: 'remind', value: { ...action.value, after } }
    : { do: 'followUp', value: { ...action.value, after } }
}

/** The part of an action that still has to be chosen or written; null when nothing is missing. */
export function missingPart(action: ActionDraft): 'value' | 'text' | 'to' | null {
  if (action.do === 'setField') return isComplete(action) ? null : 'value'
  const { value } = action
  if (value === '' || (Array.isArray(value) && value.length === 0))
    return action.do === 'reply' || action.do === 'addNote' ? 'text' : 'value'
  if (action.do === 'reply' || action.do === 'addNote') return action.value.trim() ? null : 'text'
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  if ('to' in value && value.to.length === 0) return 'to'
  return 'text' in value && !value.text.trim() ? 'text' : null
}
