import { EntitySchema } from 'typeorm'
import type { TryProblem } from '../jobs/contract.ts'

/** Instants are UTC milliseconds. */
export interface WebhookRow {
  id: string
  name: string
  url: string
  /** As it is, for signatures are made with it. Never leaves the server but once, when it is made. */
  secret: string
  version: number
  createdAt: number
  archivedAt: number | null
  /** When the other side said that there is nobody any more. */
  goneAt: number | null
  /** Of the last try. */
  lastAt: number | null
  lastOk: 0 | 1 | null
  lastStatus: number | null
  lastProblem: TryProblem | null
}

export const WebhookEntity = new EntitySchema<WebhookRow>({
  name: 'webhook',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    url: { type: 'text' },
    secret: { type: 'text' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
    goneAt: { type: 'integer', nullable: true },
    lastAt: { type: 'integer', nullable: true },
    lastOk: { type: 'integer', nullable: true },
    lastStatus: { type: 'integer', nullable: true },
    lastProblem: { type: 'text', nullable: true },
  },
})

export const webhookEntities = [WebhookEntity]
