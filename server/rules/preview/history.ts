import type { Level } from '../../catalog/contract.ts'
import type { ActorRef } from '../../events/event-log.ts'
import type { EventRow } from '../../events/event.entity.ts'
import type { Channel } from '../../tickets/filter.contract.ts'
import type { FieldChanges, TicketState } from '../../tickets/ticket-state.ts'
import type { Trigger } from '../contract.ts'

/** What rules ask about, and change, of a ticket. */
export type PastState = Told & CustomFields

/** By the names that changes have for them. */
type CustomFields = Record<`fields.${string}`, unknown>
type Told = Omit<TicketState, 'fields' | 'dueReason'>

/** One thing that happened to a ticket, as the log tells it. */
export interface PastMoment {
  at: number
  triggers: Trigger[]
  actor: ActorRef
  changes: FieldChanges
  message?: { id: string; kind: 'public' | 'note'; channel: Channel; isCustomers: boolean; isAgents: boolean }
}

export interface PastTicket {
  id: string
  channel: Channel
  createdAt: number
  /** As it came. */
  first: PastState
  moments: PastMoment[]
}

/** The part of an event that its story is told by. */
export type PastEvent = Pick<EventRow, 'at' | 'type' | 'actorType' | 'actorId' | 'data'>

/** The types of events that tell it to a rule that listens to these. */
export const toldTypes = (on: readonly Trigger[]): string[] => [
  'ticket.created',
  'ticket.updated',
  'message.created',
  ...on.filter((trigger) => trigger.startsWith('sla.')),
]

const tracked = [
  'subject',
  'requesterId',
  'typeId',
  'categoryId',
  'statusId',
  'priorityId',
  'urgency',
  'impact',
  'teamId',
  'agentId',
  'dueAt',
  'tagIds',
] as const satisfies readonly (keyof Told)[]

/**
 * A ticket's story out of its events, in their order. What its beginning does not say is as it was before its first change, or
 * as it is `now`. Undefined when its beginning is not in the log.
 */
export function pastOf(
  ticket: { id: string; channel: Channel; createdAt: number },
  now: PastState,
  events: readonly PastEvent[],
): PastTicket | undefined {
  const [created, ...later] = events.map(read)
  if (created?.type !== 'ticket.created') return undefined
  const moments: PastMoment[] = []
  const came: PastMoment = { ...momentOf(created, ['ticket.created']), changes: {} }
  moments.push(came)
  for (const event of later) tell(moments, came, event)
  return { ...ticket, first: firstState(created.said, later, now), moments }
}

function tell(moments: PastMoment[], came: PastMoment, event: Read): void {
  const { type, said, at } = event
  if (type === 'sla.warning' || type === 'sla.breached') {
    const last = moments.at(-1)
    // Whoever touched the ticket found it missed: that is one act with theirs.
    if (type === 'sla.breached' && last?.at === at && last.actor.type !== 'system') last.triggers.push(type)
    else moments.push(momentOf(event, [type]))
  } else if (type === 'message.created') {
    const message = messageIn(said)
    // The first message came with the ticket.
    if (said.version === 1) came.message = message
    else moments.push({ ...momentOf(event, [triggerOf(message)]), ...byCustomer(message, event), message })
  } else if (type === 'ticket.updated') {
    const last = moments.at(-1)
    const changes = said.changes ?? {}
    // A status that was set along with an answer, or by a customer's words, is one act with them.
    if (
      last?.message &&
      last !== came &&
      last.at === at &&
      isStatusAlone(changes) &&
      !last.triggers.includes('ticket.updated')
    ) {
      last.triggers.push('ticket.updated')
      last.changes = changes
    } else moments.push({ ...momentOf(event, ['ticket.updated']), changes })
  }
}

const isStatusAlone = (changes: FieldChanges) => Object.keys(changes).join() === 'statusId'

function firstState(created: Said, later: readonly Read[], now: PastState): PastState {
  const updates = later.filter(({ type }) => type === 'ticket.updated')
  const values = tracked.map((field) => {
    if (field in created) return [field, created[field]] as const
    const first = updates.find(({ said }) => said.changes?.[field])
    return [field, first ? first.said.changes?.[field]?.from : field === 'dueAt' ? null : now[field]] as const
  })
  const fieldKeys = [now, ...updates.map(({ said }) => said.changes ?? {})].flatMap((each) =>
    Object.keys(each).filter((field) => field.startsWith('fields.')),
  )
  const fields = [...new Set(fieldKeys)].map((field) => {
    const first = updates.find(({ said }) => said.changes?.[field])
    return [field, first ? first.said.changes?.[field]?.from : now[field as `fields.${string}`]] as const
  })
  return Object.fromEntries([...values, ...fields]) as unknown as PastState
}

const triggerOf = ({ kind, isCustomers }: NonNullable<PastMoment['message']>): Trigger => {
  if (kind === 'note') return 'note.added'
  return isCustomers ? 'message.received' : 'message.sent'
}

/** Whoever brought in a customer's words, it was the customer who wrote. */
const byCustomer = ({ isCustomers }: NonNullable<PastMoment['message']>, { actor }: Read) => ({
  actor: isCustomers ? ({ type: 'customer', id: '' } as const) : actor,
})

const messageIn = (said: Said): NonNullable<PastMoment['message']> => ({
  id: said.messageId ?? '',
  kind: said.kind ?? 'public',
  channel: said.channel ?? 'manual',
  isCustomers: said.authorType === 'customer',
  isAgents: said.authorType === 'agent',
})

const momentOf = ({ at, actor }: Read, triggers: Trigger[]): PastMoment => ({
  at,
  actor,
  triggers,
  changes: {},
})

interface Read {
  at: number
  type: string
  actor: ActorRef
  said: Said
}

function read({ at, type, actorType, actorId, data }: PastEvent): Read {
  const actor: ActorRef =
    actorType === 'system' || actorId === null ? { type: 'system' } : { type: actorType, id: actorId }
  return { at, type, actor, said: JSON.parse(data) as Said }
}

interface Said extends Partial<Omit<Told, 'urgency' | 'impact'>> {
  urgency?: Level | null
  impact?: Level | null
  version?: number
  messageId?: string
  kind?: 'public' | 'note'
  channel?: Channel
  authorType?: string
  changes?: FieldChanges
}
