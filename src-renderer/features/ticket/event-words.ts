import type { DeskEvent } from '../../../server/events/contract.ts'
import { linkWords, type LinkSentence } from './link-event-words.ts'
import { routingWords, type RoutingSentence } from './routing-words.ts'

/** Gives the values of changes their names; null when nobody knows the id any more. */
export interface EventNames {
  status(id: string): string | null
  priority(id: string): string | null
  type(id: string): string | null
  category(id: string): string | null
  team(id: string): string | null
  agent(id: string): string | null
  customer(id: string): string | null
  tag(id: string): string | null
  level(level: string): string
  dateTime(at: number): string
  /** An instant, short: "14:30" today. */
  moment(at: string): string
  /** What was promised, such as "1ª resposta"; null for what this client has no word for. */
  promise(metric: string): string | null
  fieldName(key: string): string
  fieldValue(key: string, value: unknown): string
  /** What stands for a value whose name is lost. */
  unknown: string
}

/** What an event says, as the key of its sentence and what goes into it. */
export interface EventWords {
  sentence:
    | 'created'
    | 'changed'
    | 'set'
    | 'cleared'
    | 'assigned'
    | 'reassigned'
    | 'took'
    | 'unassigned'
    | 'tagged'
    | 'untagged'
    | 'fieldChanged'
    | 'fieldSet'
    | 'fieldCleared'
    | 'promiseWarned'
    | 'promiseMissed'
    | 'alertRaised'
    | 'alertEscalated'
    | 'alertAcknowledged'
    | 'ruleFailed'
    | 'ruleLoop'
    | 'ruleCapped'
    | LinkSentence
    | RoutingSentence
    | 'other'
  /** The key of the property's name, where the sentence names one. */
  property?: string
  from: string
  to: string
  /** The name of a custom field, or of a promise. */
  name: string
  /** Why somebody did it, in their own words. */
  reason?: string
  /** How long after its time the desk noticed, in milliseconds. */
  lateMs?: number
  /** Why the distribution chose somebody, or nobody, as the event has it. */
  because?: unknown
}

const words = (sentence: EventWords['sentence'], parts: Partial<EventWords> = {}): EventWords => ({
  sentence,
  from: '',
  to: '',
  name: '',
  ...parts,
})

type Changes = Record<string, { from: unknown; to: unknown }>

/** An event of a ticket's history in words, one sentence for each thing that changed. */
export function wordsOf(event: DeskEvent, names: EventNames): EventWords[] {
  if (event.type === 'ticket.created') return [words('created')]
  if (event.type.startsWith('sla.')) return [promiseWords(event, names)]
  if (event.type.startsWith('alert.')) return [alertWords(event, names)]
  if (event.type.startsWith('rule.')) return [ruleWords(event)]
  const linked = linkWords(event) ?? routingWords(event, names)
  if (linked) return [linked]
  if (event.type !== 'ticket.updated') return [words('other', { name: event.type })]
  const { dueReason, ...changes } = (event.data['changes'] ?? {}) as Changes
  // A date is told with its reason.
  const told = 'dueAt' in changes || !dueReason ? changes : { ...changes, dueReason }
  const reason = typeof dueReason?.to === 'string' && 'dueAt' in changes ? { reason: dueReason.to } : {}
  return Object.entries(told)
    .flatMap(([field, change]) => sentencesFor(field, change, event, names))
    .map((each) => (each.property === 'dueAt' ? { ...each, ...reason } : each))
}

function promiseWords({ type, data }: DeskEvent, names: EventNames): EventWords {
  const sentences: Record<string, EventWords['sentence']> = {
    'sla.warning': 'promiseWarned',
    'sla.breached': 'promiseMissed',
  }
  const { metric, dueAt, lateMs } = data
  const sentence = sentences[type]
  if (!sentence) return words('other', { name: type })
  return words(sentence, {
    name: names.promise(String(metric)) ?? '',
    to: typeof dueAt === 'string' ? names.moment(dueAt) : '',
    ...(typeof lateMs === 'number' && lateMs > 0 ? { lateMs } : {}),
  })
}

function alertWords({ type, data }: DeskEvent, names: EventNames): EventWords {
  const recipients = Array.isArray(data['recipients']) ? (data['recipients'] as string[]) : []
  const to = recipients.map((id) => names.agent(id) ?? names.unknown).join(', ')
  if (type === 'alert.raised' && to) return words('alertRaised', { to })
  if (type === 'alert.escalated' && to) return words('alertEscalated', { to })
  if (type === 'alert.acknowledged') return words('alertAcknowledged')
  return words('other', { name: type })
}

function ruleWords({ type, data }: DeskEvent): EventWords {
  const sentences: Record<string, EventWords['sentence']> = {
    'rule.failed': 'ruleFailed',
    'rule.loop': 'ruleLoop',
    'rule.replies_capped': 'ruleCapped',
  }
  const { rule, rules } = data
  const named = Array.isArray(rules) ? rules.join(', ') : typeof rule === 'string' ? rule : ''
  return words(sentences[type] ?? 'other', { name: sentences[type] ? named : type })
}

function sentencesFor(
  field: string,
  { from, to }: Changes[string],
  event: DeskEvent,
  names: EventNames,
): EventWords[] {
  if (field === 'agentId') return [assignment(from, to, event, names)]
  if (field === 'tagIds') return tagging(from, to, names)
  if (field.startsWith('fields.')) {
    const key = field.slice('fields.'.length)
    const show = (value: unknown) => (isMissing(value) ? '' : names.fieldValue(key, value))
    const sentence = isMissing(to) ? 'fieldCleared' : isMissing(from) ? 'fieldSet' : 'fieldChanged'
    return [words(sentence, { name: names.fieldName(key), from: show(from), to: show(to) })]
  }
  const show = (value: unknown) => (isMissing(value) ? '' : (shownAs(field, value, names) ?? names.unknown))
  const sentence = isMissing(to) ? 'cleared' : isMissing(from) ? 'set' : 'changed'
  return [words(sentence, { property: field, from: show(from), to: show(to) })]
}

const isMissing = (value: unknown) => value === null || value === undefined || value === ''

function assignment(from: unknown, to: unknown, { actor }: DeskEvent, names: EventNames): EventWords {
  const nameOf = (id: unknown) => (typeof id === 'string' ? (names.agent(id) ?? names.unknown) : '')
  if (isMissing(to)) return words('unassigned', { from: nameOf(from) })
  if (actor.type === 'agent' && actor.id === to) return words('took')
  return isMissing(from)
    ? words('assigned', { to: nameOf(to) })
    : words('reassigned', { from: nameOf(from), to: nameOf(to) })
}

function tagging(from: unknown, to: unknown, names: EventNames): EventWords[] {
  const [before, after] = [from, to].map((value) => (Array.isArray(value) ? (value as string[]) : []))
  const listed = (ids: string[]) => ids.map((id) => names.tag(id) ?? names.unknown).join(', ')
  const added = (after ?? []).filter((id) => !before?.includes(id))
  const removed = (before ?? []).filter((id) => !after?.includes(id))
  return [
    ...(added.length > 0 ? [words('tagged', { to: listed(added) })] : []),
    ...(removed.length > 0 ? [words('untagged', { from: listed(removed) })] : []),
  ]
}

function shownAs(field: string, value: unknown, names: EventNames): string | null {
  if (field === 'dueAt') return typeof value === 'number' ? names.dateTime(value) : String(value)
  const text = String(value)
  switch (field) {
    case 'statusId':
      return names.status(text)
    case 'priorityId':
      return names.priority(text)
    case 'typeId':
      return names.type(text)
    case 'categoryId':
      return names.category(text)
    case 'teamId':
      return names.team(text)
    case 'requesterId':
      return names.customer(text)
    case 'urgency':
    case 'impact':
      return names.level(text)
    default:
      return text
  }
}
