import { EntitySchema } from 'typeorm'
import type { Level, StatusClass } from '../catalog/contract.ts'
import type { Channel } from './filter.contract.ts'

/** Instants are UTC milliseconds; `fields` and `fieldVersions` are JSON objects. */
export interface TicketRow {
  seq: number
  id: string
  number: string
  subject: string
  requesterId: string
  channel: Channel
  typeId: string | null
  categoryId: string | null
  statusId: string
  /** Copied from the status, with `active`, so that a queue is one index range. */
  statusClass: StatusClass
  active: 0 | 1
  priorityId: string
  /** Copied from the priority, to sort by. */
  priorityWeight: number
  urgency: Level | null
  impact: Level | null
  teamId: string | null
  agentId: string | null
  fields: string
  /** The nearest deadline still open, kept by the promises; what lists sort by. */
  dueAt: number | null
  /** What a person set, and why. */
  manualDueAt: number | null
  dueReason: string | null
  version: number
  /** The version at which each field last changed; absent means since creation. */
  fieldVersions: string
  createdBy: string | null
  createdAt: number
  updatedAt: number
  lastMessageAt: number
  waitingSince: number | null
  resolvedAt: number | null
  closedAt: number | null
  /** The ticket that this one went on in. */
  mergedIntoId: string | null
}

export const TicketEntity = new EntitySchema<TicketRow>({
  name: 'ticket',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    number: { type: 'text', unique: true },
    subject: { type: 'text' },
    requesterId: { type: 'text' },
    channel: { type: 'text' },
    typeId: { type: 'text', nullable: true },
    categoryId: { type: 'text', nullable: true },
    statusId: { type: 'text' },
    statusClass: { type: 'text' },
    active: { type: 'integer' },
    priorityId: { type: 'text' },
    priorityWeight: { type: 'integer' },
    urgency: { type: 'text', nullable: true },
    impact: { type: 'text', nullable: true },
    teamId: { type: 'text', nullable: true },
    agentId: { type: 'text', nullable: true },
    fields: { type: 'text' },
    dueAt: { type: 'integer', nullable: true },
    manualDueAt: { type: 'integer', nullable: true },
    dueReason: { type: 'text', nullable: true },
    version: { type: 'integer' },
    fieldVersions: { type: 'text' },
    createdBy: { type: 'text', nullable: true },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
    lastMessageAt: { type: 'integer' },
    waitingSince: { type: 'integer', nullable: true },
    resolvedAt: { type: 'integer', nullable: true },
    closedAt: { type: 'integer', nullable: true },
    mergedIntoId: { type: 'text', nullable: true },
  },
})

export interface MessageRow {
  seq: number
  id: string
  ticketId: string
  kind: 'public' | 'note'
  authorType: 'agent' | 'customer' | 'rule' | 'system'
  authorId: string | null
  channel: Channel
  html: string
  text: string
  createdAt: number
}

export const MessageEntity = new EntitySchema<MessageRow>({
  name: 'message',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    ticketId: { type: 'text' },
    kind: { type: 'text' },
    authorType: { type: 'text' },
    authorId: { type: 'text', nullable: true },
    channel: { type: 'text' },
    html: { type: 'text' },
    text: { type: 'text' },
    createdAt: { type: 'integer' },
  },
})
