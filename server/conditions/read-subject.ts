import type { ActorRef } from '../events/event-log.ts'
import { isOpen } from '../sla/clock.ts'
import { statusOf } from '../sla/clock-view.ts'
import type { Book } from '../sla/sla-book.ts'
import { findKeptByTicket } from '../sla/ticket-sla-rows.ts'
import type { Db } from '../store/store.ts'
import type { Channel } from '../tickets/filter.contract.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { ConditionField, SlaState } from './contract.ts'
import { languageOf } from '../text/language.ts'
import type { Subject } from './subject.ts'

/** A ticket's row, or as much of it as is certain before it is written; what is missing is not known. */
export type SubjectTicket = Pick<
  TicketRow,
  | 'id'
  | 'subject'
  | 'channel'
  | 'requesterId'
  | 'typeId'
  | 'categoryId'
  | 'statusId'
  | 'statusClass'
  | 'priorityId'
  | 'teamId'
  | 'agentId'
> &
  Partial<
    Pick<
      TicketRow,
      | 'urgency'
      | 'impact'
      | 'createdAt'
      | 'updatedAt'
      | 'dueAt'
      | 'waitingSince'
      | 'resolvedAt'
      | 'mergedIntoId'
    >
  > & {
    tagIds?: readonly string[]
  }

export interface SubjectCause {
  /** What conditions ask about; nothing else is looked up. */
  fields: ReadonlySet<string>
  /** Milliseconds UTC, for durations. */
  now: number
  /** What was written, when that is what happened. */
  message?: { id: string; channel: Channel; text: string; attachments: number } | undefined
  actor?: ActorRef | undefined
}

const MINUTE = 60_000

/** The ticket as conditions see it. Durations are minutes and not rounded, so that none is over before its time. */
export async function readSubject(
  db: Db,
  ticket: SubjectTicket,
  { fields, now, message, actor }: SubjectCause,
): Promise<Subject> {
  const { createdAt, dueAt, waitingSince } = ticket
  const since = (at: number | null | undefined) => (typeof at === 'number' ? (now - at) / MINUTE : at)
  const remaining = since(dueAt)
  const asks = (...names: ConditionField[]) => names.some((name) => fields.has(name))
  return {
    subject: ticket.subject,
    channel: ticket.channel,
    statusClass: ticket.statusClass,
    status: ticket.statusId,
    priority: ticket.priorityId,
    urgency: ticket.urgency,
    impact: ticket.impact,
    type: ticket.typeId,
    category: ticket.categoryId,
    team: ticket.teamId,
    agent: ticket.agentId,
    requester: ticket.requesterId,
    createdAt,
    updatedAt: ticket.updatedAt,
    dueAt,
    waitingSince,
    resolvedAt: ticket.mergedIntoId ? null : ticket.resolvedAt,
    age: since(createdAt),
    waiting: since(waitingSince),
    'sla.remaining': typeof remaining === 'number' ? -remaining : remaining,
    ...(message && {
      message: message.text,
      'message.channel': message.channel,
      'message.attachment': message.attachments > 0 ? 'yes' : 'no',
      ...(asks('message.language') && { 'message.language': await languageOf(message.text) }),
    }),
    ...(actor && { actor: actor.type === 'agent' || actor.type === 'customer' ? actor.type : 'system' }),
    ...(asks('tags') && { tags: ticket.tagIds ?? (await findTagIds(db, ticket.id)) }),
    ...(asks('customer.tier', 'customer.organization') && (await findCustomer(db, ticket.requesterId))),
    ...(asks('customer.openTickets') && { 'customer.openTickets': await countOpenTickets(db, ticket) }),
    ...(asks('customer.lastContactAt') && {
      'customer.lastContactAt': await findLastContact(db, ticket, message?.id ?? ''),
    }),
    ...(asks('sla.state') && { 'sla.state': await findSlaState(db, ticket.id, now) }),
  }
}

/** Whether a calendar is open, for conditions on `calendar`. */
export const hoursOf =
  ({ calendars }: Book) =>
  (calendarId: string, at: number): boolean =>
    calendars.get(calendarId)?.time.isOpen(at) ?? false

async function findCustomer(db: Db, id: string): Promise<Subject> {
  const [row] = await db.sql<{ tierId: string | null; organizationId: string | null }[]>`
    SELECT tierId, organizationId FROM customer WHERE id = ${id}`
  return { 'customer.tier': row?.tierId ?? null, 'customer.organization': row?.organizationId ?? null }
}

async function findTagIds(db: Db, ticketId: string): Promise<string[]> {
  const rows = await db.sql<{ tagId: string }[]>`SELECT tagId FROM ticket_tag WHERE ticketId = ${ticketId}`
  return rows.map(({ tagId }) => tagId)
}

async function countOpenTickets(db: Db, { id, requesterId }: SubjectTicket): Promise<number> {
  const [row] = await db.sql<{ count: number }[]>`
    SELECT count(*) AS count FROM ticket WHERE requesterId = ${requesterId} AND active = 1 AND id <> ${id}`
  return row?.count ?? 0
}

/** What the office wrote down of a call is the customer's message too. Older tickets than the last fifty are not looked through. */
async function findLastContact(
  db: Db,
  { requesterId }: SubjectTicket,
  causeId: string,
): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`
    SELECT max(m.createdAt) AS at FROM message m
    WHERE m.ticketId IN (SELECT id FROM ticket WHERE requesterId = ${requesterId} ORDER BY seq DESC LIMIT 50)
      AND m.authorType = 'customer' AND m.id <> ${causeId}`
  return row?.at ?? null
}

/** The worst of the promises that are still open. */
async function findSlaState(db: Db, ticketId: string, now: number): Promise<SlaState> {
  const kept = await findKeptByTicket(db, ticketId)
  const states = (kept?.clocks ?? []).filter(isOpen).map((clock) => statusOf(clock, now))
  if (states.includes('breached')) return 'missed'
  return states.find((state) => state === 'running') ?? (states.length > 0 ? 'paused' : 'none')
}
