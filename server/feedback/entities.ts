import { EntitySchema } from 'typeorm'
import type { FeedbackKind, FeedbackSource } from './contract.ts'

/** Instants are UTC milliseconds. */
export interface FeedbackRow {
  seq: number
  id: string
  ticketId: string
  kind: FeedbackKind
  score: number
  comment: string | null
  /** When the customer first answered. */
  at: number
  /** When the answer was last changed. */
  changedAt: number | null
  source: FeedbackSource
  /** Who wrote it down, where an agent did. */
  recordedBy: string | null
  /** Whose ticket it was when the customer answered. */
  teamId: string | null
  agentId: string | null
}

export const FeedbackEntity = new EntitySchema<FeedbackRow>({
  name: 'feedback',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    ticketId: { type: 'text' },
    kind: { type: 'text' },
    score: { type: 'integer' },
    comment: { type: 'text', nullable: true },
    at: { type: 'integer' },
    changedAt: { type: 'integer', nullable: true },
    source: { type: 'text' },
    recordedBy: { type: 'text', nullable: true },
    teamId: { type: 'text', nullable: true },
    agentId: { type: 'text', nullable: true },
  },
})

export const feedbackEntities = [FeedbackEntity]
