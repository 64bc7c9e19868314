import { EntitySchema } from 'typeorm'
import type { ActorRef } from '../events/event-log.ts'
import type { ReminderKind, ReminderOutcome } from './contract.ts'

/** Instants are UTC milliseconds; `recipients` is JSON. */
export interface ReminderRow {
  id: string
  /** Whoever asks again under the same key asks for nothing new. */
  key: string
  ticketId: string
  kind: ReminderKind
  dueAt: number
  recipients: string
  text: string
  createdByType: ActorRef['type']
  createdById: string | null
  createdAt: number
  /** The last event before it was made. */
  afterSeq: number
  /** When to look at it next; null once it is done. */
  wakeAt: number | null
  doneAt: number | null
  outcome: ReminderOutcome | null
}

const ReminderEntity = new EntitySchema<ReminderRow>({
  name: 'reminder',
  columns: {
    id: { type: 'text', primary: true },
    key: { type: 'text', unique: true },
    ticketId: { type: 'text' },
    kind: { type: 'text' },
    dueAt: { type: 'integer' },
    recipients: { type: 'text' },
    text: { type: 'text' },
    createdByType: { type: 'text' },
    createdById: { type: 'text', nullable: true },
    createdAt: { type: 'integer' },
    afterSeq: { type: 'integer' },
    wakeAt: { type: 'integer', nullable: true },
    doneAt: { type: 'integer', nullable: true },
    outcome: { type: 'text', nullable: true },
  },
})

export const reminderEntities = [ReminderEntity]
