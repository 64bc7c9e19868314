import { EntitySchema } from 'typeorm'
import type { SendingProblem, SendingState } from '../saved.contract.ts'

/** Instants are UTC milliseconds; the question, schedule, recipients and formats are JSON. */
export interface SavedReportRow {
  id: string
  name: string
  ownerId: string
  shared: 0 | 1
  question: string
  schedule: string | null
  recipients: string
  formats: string
  version: number
  createdAt: number
  archivedAt: number | null
  /** When it is due next; for the scheduler. */
  nextAt: number | null
}

const SavedReportEntity = new EntitySchema<SavedReportRow>({
  name: 'saved_report',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    ownerId: { type: 'text' },
    shared: { type: 'integer' },
    question: { type: 'text' },
    schedule: { type: 'text', nullable: true },
    recipients: { type: 'text' },
    formats: { type: 'text' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
    nextAt: { type: 'integer', nullable: true },
  },
})

export interface SendingRow {
  seq: number
  id: string
  savedId: string
  /** Once for each due moment, and for each wish. */
  key: string
  dueAt: number
  at: number
  byAgentId: string | null
  state: SendingState
  mails: number
  sent: number
  failed: number
  problem: SendingProblem | null
}

const SendingEntity = new EntitySchema<SendingRow>({
  name: 'report_sending',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    savedId: { type: 'text' },
    key: { type: 'text', unique: true },
    dueAt: { type: 'integer' },
    at: { type: 'integer' },
    byAgentId: { type: 'text', nullable: true },
    state: { type: 'text' },
    mails: { type: 'integer' },
    sent: { type: 'integer' },
    failed: { type: 'integer' },
    problem: { type: 'text', nullable: true },
  },
})

export const savedReportEntities = [SavedReportEntity, SendingEntity]
export { SavedReportEntity, SendingEntity }
