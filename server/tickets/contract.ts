import { z } from 'zod'
import {
  fieldValuesSchema,
  levels,
  tagNameSchema,
  type FieldValues,
  type Level,
  type StatusClass,
} from '../catalog/contract.ts'
import type { Actor, DeskEvent } from '../events/contract.ts'
import type { FileView } from '../files/contract.ts'
import { idSchema } from '../ids.ts'
import { instantSchema } from '../sla/calendar.contract.ts'
import type { SlaClockView } from '../sla/contract.ts'
import { channels, sortSchema, ticketFilterSchema, type Channel } from './filter.contract.ts'

/** HTML as the composer makes it; sanitised by the server, kept beside a plain-text twin. 200,000 characters is a long e-mail. */
const body = z.string().max(200_000)
const subject = z.string().trim().min(1, 'ticket.subject_missing').max(300)
const ref = z.string().trim().min(1).max(60)
const dueAt = instantSchema
const dueReason = z.string().trim().max(300)
const tagNames = z.array(tagNameSchema).max(50)
const attachments = z.array(idSchema).max(20)

/** A known customer, or what is known of one; the desk looks for them by e-mail and phone before it makes a new customer. */
const requesterSchema = z.union([
  z.strictObject({ id: idSchema }),
  z
    .strictObject({
      name: z.string().trim().max(160).optional(),
      email: z.string().trim().max(254).optional(),
      phone: z.string().trim().max(40).optional(),
    })
    .refine(({ name, email, phone }) => Boolean(name || email || phone), 'ticket.requester_missing'),
])

/** Every `…Id` takes a row's id or, for preset rows, its key. */
export const createTicketSchema = z.strictObject({
  id: idSchema.optional(),
  subject,
  body,
  /** A call's notes and a staff-made ticket's text are the customer's words by default; `note` keeps them inside the office. */
  bodyKind: z.enum(['public', 'note']).default('public'),
  requester: requesterSchema,
  channel: z.enum(channels),
  typeId: ref.nullish(),
  categoryId: ref.nullish(),
  /** Wins over what urgency and impact propose. */
  priorityId: ref.optional(),
  urgency: z.enum(levels).nullish(),
  impact: z.enum(levels).nullish(),
  statusId: ref.optional(),
  teamId: ref.nullish(),
  agentId: ref.nullish(),
  dueAt: dueAt.nullish(),
  dueReason: dueReason.nullish(),
  tags: tagNames.optional(),
  fields: fieldValuesSchema.optional(),
  attachments: attachments.optional(),
})
export type CreateTicket = z.infer<typeof createTicketSchema>

export const replySchema = z.strictObject({
  ticketId: idSchema,
  id: idSchema.optional(),
  kind: z.enum(['public', 'note']),
  /** May be empty only when files are attached. */
  body,
  /** How it was said, when not as the ticket came: a note of a call is `phone`. */
  channel: z.enum(channels).optional(),
  attachments: attachments.optional(),
  /** Sets the status in the same step ("send and resolve"). */
  statusId: ref.optional(),
  /** Ready answers that went into it: what they do is done along with it. */
  macroIds: z.array(idSchema).max(10).optional(),
  /** Of their actions those that shall not be, by their deeds (`setPriority`, `setField:serial`). */
  macroLeftOut: z
    .array(z.strictObject({ macroId: idSchema, do: z.string().max(60) }))
    .max(100)
    .optional(),
})
export type Reply = z.infer<typeof replySchema>

const ticketChangesSchema = z
  .strictObject({
    subject: subject.optional(),
    requesterId: idSchema.optional(),
    typeId: ref.nullish(),
    categoryId: ref.nullish(),
    priorityId: ref.optional(),
    urgency: z.enum(levels).nullish(),
    impact: z.enum(levels).nullish(),
    statusId: ref.optional(),
    teamId: ref.nullish(),
    agentId: ref.nullish(),
    /** A date that a person sets: it stands in place of the promised end until it is cleared. */
    dueAt: dueAt.nullish(),
    dueReason: dueReason.nullish(),
    /** The whole set of names. */
    tags: tagNames.optional(),
    fields: fieldValuesSchema.optional(),
  })
  .refine(
    (changes) => Object.values(changes).some((value) => value !== undefined),
    'ticket.nothing_to_change',
  )
export type TicketChanges = z.infer<typeof ticketChangesSchema>

export const updateTicketSchema = z.strictObject({
  ticketId: idSchema,
  /** The version that the change was made on. */
  version: z.int().min(1),
  changes: ticketChangesSchema,
})
export type UpdateTicket = z.infer<typeof updateTicketSchema>

export const listTicketsSchema = z.strictObject({
  filter: ticketFilterSchema.optional(),
  sort: sortSchema.optional(),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).nullish(),
})
export type ListTickets = z.infer<typeof listTicketsSchema>

export const getTicketSchema = z.union([
  z.strictObject({ id: idSchema }),
  z.strictObject({ number: z.string().trim().min(1).max(20) }),
])
export type GetTicket = z.infer<typeof getTicketSchema>

export const searchTicketsSchema = z.strictObject({
  text: z.string().trim().min(1).max(200),
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(40).nullish(),
})
export type SearchTickets = z.infer<typeof searchTicketsSchema>

export const countTicketsSchema = z.strictObject({
  /** Filters whose tickets to count besides the queues, such as the saved views on screen. */
  filters: z.array(ticketFilterSchema).max(30).default([]),
})

export interface Ref {
  id: string
  name: string
}

/** A ticket as lists show it. */
export interface TicketItem {
  id: string
  number: string
  version: number
  subject: string
  channel: Channel
  status: Ref & { key: string | null; class: StatusClass }
  priority: Ref & { key: string | null; weight: number; color: string }
  type: Ref | null
  category: Ref | null
  team: Ref | null
  agent: Ref | null
  requester: Ref & { tier: Ref | null }
  tags: (Ref & { color: string; public: boolean })[]
  /** The nearest deadline still open, whatever promised it; null when none runs. */
  dueAt: string | null
  /** The promises that hold for this ticket, each in its current round; in lists those still open. */
  sla: SlaClockView[]
  /** Null: no policy matches, nothing is promised. */
  slaPolicy: Ref | null
  /** Since when a customer's message waits for an answer. */
  waitingSince: string | null
  createdAt: string
  updatedAt: string
  lastMessageAt: string
  resolvedAt: string | null
  closedAt: string | null
}

export interface MessageView {
  id: string
  ticketId: string
  /** `public` is between customer and desk, `note` stays in the office. */
  kind: 'public' | 'note'
  author: Actor
  channel: Channel
  /** Sanitised; safe to show inside a sandbox of the client's. */
  html: string
  text: string
  attachments: FileView[]
  createdAt: string
  /** Where it was said, when that was in another ticket that has been merged into this one. */
  origin?: { ticketId: string; number: string }
}

/** A ticket as tickets.create, .update and .reply answer it, and conflicts carry it. */
export interface TicketView extends TicketItem {
  urgency: Level | null
  impact: Level | null
  /** What a person set, and why. */
  manualDueAt: string | null
  dueReason: string | null
  fields: FieldValues
  createdBy: Actor
}

export interface TicketDetail extends TicketView {
  messages: MessageView[]
  /** The merges that this ticket is part of; absent when there are none. */
  merges?: Merges
  /** The ticket's whole history, oldest first. */
  timeline: DeskEvent[]
  /** The log's newest `seq` when this was read: follow events from here to miss none. */
  seq: number
}

export interface Merges {
  /** Where this ticket goes on, at the end of all merges; `hidden` in a queue that the viewer doesn't see. */
  into: { id: string; number: string; subject: string; requester: Ref } | 'hidden' | null
  /** The tickets that go on in this one, as far as the viewer sees them. */
  from: { id: string; number: string; subject: string; requester: Ref }[]
  /** How many more of those there are, whose messages are not shown either. */
  hidden: number
}

export interface TicketPage {
  items: TicketItem[]
  nextCursor: string | null
}

export interface SearchHit {
  ticket: TicketItem
  /** Plain text around the find; matches stand between U+E000 and U+E001, so that no markup has to be trusted. */
  snippet: string
}

export interface SearchPage {
  items: SearchHit[]
  nextCursor: string | null
}

export interface QueueCounts {
  /** Active tickets of the viewer. */
  mine: number
  /** Active tickets that nobody has, in the queues the viewer sees. */
  unassigned: number
  /** All active tickets the viewer sees. */
  active: number
  byTeam: { teamId: string | null; active: number; unassigned: number }[]
  byAgent: { agentId: string; active: number }[]
  byStatus: { statusId: string; count: number }[]
  /** One number per filter asked for, in its order; stops counting at 1,000. */
  filters: number[]
  /** The log's `seq` that these numbers are true for. */
  seq: number
}
