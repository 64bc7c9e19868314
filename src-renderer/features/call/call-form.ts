import type { Level, MatrixView, PriorityView, StatusView } from '../../../server/catalog/contract.ts'
import type { CustomerListItem } from '../../../server/customers/contract.ts'
import type { CreateTicket, Reply } from '../../../server/tickets/contract.ts'
import type { CallStart } from '../../shell/call-capture.ts'
import { parsePhone } from '../customers/phones.ts'

/** What is said of somebody whom the desk does not know yet. */
export interface NewCaller {
  name: string
  phone: string
  email: string
}

/** A customer as the panel shows them. */
export type Caller = Pick<CustomerListItem, 'id' | 'name' | 'phone' | 'email' | 'tier' | 'organization'>

/** Everything on the panel: plain data, kept as a draft. */
export interface CallForm {
  channel: 'phone' | 'manual'
  /** What is typed while looking for the customer. */
  who: string
  caller: Caller | null
  newCaller: NewCaller | null
  /** The customer's open ticket that the call is about; null for a new ticket. */
  ticketId: string | null
  subject: string
  notes: string
  typeId: string | null
  categoryId: string | null
  teamId: string | null
  /** `auto` leaves it to {@link agentOf}. */
  agentId: string | null
  urgency: Level | null
  impact: Level | null
  /** Null follows what urgency and impact propose. */
  priorityId: string | null
  resolved: boolean
}

/** Stands for "whoever logs it, unless it goes to another team". */
const AUTO = 'auto'

export function blankForm(start: CallStart): CallForm {
  return {
    channel: start.channel ?? 'phone',
    who: start.customerId ? '' : (start.phone ?? ''),
    caller: null,
    newCaller: null,
    ticketId: null,
    subject: start.subject ?? '',
    notes: start.notes ?? '',
    typeId: start.typeId ?? null,
    categoryId: start.categoryId ?? null,
    teamId: start.teamId ?? null,
    agentId: AUTO,
    urgency: null,
    impact: null,
    priorityId: null,
    resolved: false,
  }
}

/** Each start has a draft of its own, so that a call that rings in does not overwrite the one half written. */
export function draftKey({
  channel = 'phone',
  phone = '',
  customerId = '',
  subject = '',
}: CallStart): string {
  const about = [phone.replaceAll(/\D/g, ''), customerId, subject].filter(Boolean).join(' ')
  return `call:${channel}${about ? ` ${about}` : ''}`
}

const PHONE_IN_TEXT = /\+?[\d(][\d\s().-]{6,}\d/
const EMAIL_IN_TEXT = /[^\s,;]+@[^\s,;]+/

/** Sorts what was typed into one field, such as "Maria 11 98765-4321", into name, phone and e-mail. */
export function newCallerFrom(text: string): NewCaller {
  const email = EMAIL_IN_TEXT.exec(text)?.[0] ?? ''
  const withoutEmail = text.replace(email, ' ')
  const phone = PHONE_IN_TEXT.exec(withoutEmail)?.[0] ?? ''
  const rest = withoutEmail.replace(phone, ' ').replaceAll(/\s+/g, ' ')
  return { name: rest.replaceAll(/^[\s,;-]+|[\s,;-]+$/g, ''), phone: phone.trim(), email }
}

/** Whether the text is a whole number to call, and so tells one customer from all others. */
export const isPhone = (text: string): boolean => !/\p{L}/u.test(text) && parsePhone(text) !== null

export type CallField = 'who' | 'phone' | 'email' | 'subject' | 'notes'

/** What is missing or cannot be right, as i18n keys; early hints, the server has the last word. */
export function problemsOf(form: CallForm): Partial<Record<CallField, string>> {
  const problems: Partial<Record<CallField, string>> = {}
  const { caller, newCaller } = form
  if (form.ticketId) {
    if (!form.notes.trim() && !form.resolved) problems.notes = 'call.problem.notes'
    return problems
  }
  if (!form.subject.trim()) problems.subject = 'call.problem.subject'
  if (caller) return problems
  if (!newCaller || !(newCaller.name.trim() || newCaller.phone.trim() || newCaller.email.trim()))
    problems.who = 'call.problem.who'
  else {
    if (newCaller.phone.trim() && !parsePhone(newCaller.phone)) problems.phone = 'call.problem.phone'
    if (newCaller.email.trim() && !/^\S+@\S+\.\S+$/.test(newCaller.email.trim()))
      problems.email = 'call.problem.email'
  }
  return problems
}

/** The priority that the form stands for: the agent's choice, else the matrix's, else the office's normal one. */
export function priorityOf(
  { priorityId, urgency, impact }: Pick<CallForm, 'priorityId' | 'urgency' | 'impact'>,
  priorities: readonly PriorityView[],
  matrix: MatrixView | null,
): { id: string; proposed: boolean } | null {
  if (priorityId) return { id: priorityId, proposed: false }
  const proposal = urgency && impact ? matrix?.[urgency][impact] : undefined
  if (proposal) return { id: proposal, proposed: true }
  const lightest = [...priorities].sort((a, b) => a.weight - b.weight)[0]
  const usual = priorities.find(({ key }) => key === 'normal') ?? lightest
  return usual ? { id: usual.id, proposed: false } : null
}

interface Me {
  id: string
  teamIds: readonly string[]
}

/** Who gets the ticket: whom the form names, else whoever logs it, unless it goes to a team they are not in. */
export function agentOf(
  { agentId, teamId, resolved }: Pick<CallForm, 'agentId' | 'teamId' | 'resolved'>,
  me: Me,
) {
  if (agentId !== AUTO) return agentId
  return resolved || teamId === null || me.teamIds.includes(teamId) ? me.id : null
}

interface CallContext {
  /** The id that the new ticket, or the note, will have. */
  id: string
  me: Me
  statuses: readonly StatusView[]
}

export type CallWrite =
  | { procedure: 'tickets.create'; input: CreateTicket & { id: string } }
  | { procedure: 'tickets.reply'; input: Reply }

/** The form as the write that the outbox carries. */
export function writeOf(form: CallForm, { id, me, statuses }: CallContext): CallWrite {
  const solved = form.resolved ? statuses.find((status) => status.class === 'resolved') : undefined
  const status = solved ? { statusId: solved.id } : {}
  if (form.ticketId) {
    const { ticketId, channel, notes } = form
    const body = toHtml(notes.trim() || form.subject)
    return { procedure: 'tickets.reply', input: { ticketId, id, kind: 'note', channel, body, ...status } }
  }
  const { channel, typeId, categoryId, teamId, urgency, impact, priorityId } = form
  return {
    procedure: 'tickets.create',
    input: {
      id,
      subject: form.subject.trim(),
      // A ticket without a first message would say nothing in its conversation.
      body: toHtml(form.notes.trim() || form.subject.trim()),
      bodyKind: 'public',
      requester: form.caller ? { id: form.caller.id } : requesterOf(form.newCaller),
      ...{ channel, typeId, categoryId, teamId, urgency, impact },
      ...(priorityId ? { priorityId } : {}),
      ...status,
      agentId: agentOf(form, me),
    },
  }
}

function requesterOf(caller: NewCaller | null): { name?: string; phone?: string; email?: string } {
  const given = Object.entries(caller ?? {}).map(([field, value]) => [field, value.trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value))
}

/** Typed text as a message's HTML: nothing in it is markup. */
export function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
}
