import { EntitySchema } from 'typeorm'
import type { CatalogRow } from '../catalog/catalog.entity.ts'
import type { CallDirection, CallState } from './contract.ts'

/** Instants are UTC milliseconds. What the exchange told is in `facts`; state, phone and times are read from them at each event. */
export interface CallRow {
  seq: number
  id: string
  /** Who tells of it: `key:…` an exchange, `agent:…` somebody's own computer, `test:…`. With `externalId` it names one call. */
  source: string
  externalId: string
  direction: CallDirection
  /** As the exchange gave it; empty when withheld. */
  number: string
  /** The same for every way of writing one number; empty when withheld. */
  numberKey: string
  e164: string | null
  state: CallState
  extension: string | null
  agentId: string | null
  isUnclaimed: 0 | 1
  customerId: string | null
  ticketId: string | null
  startedAt: number
  answeredAt: number | null
  endedAt: number | null
  isEndAssumed: 0 | 1
  recordingUrl: string | null
  wrapUpCodeId: string | null
  wrapUpNote: string | null
  wrapUpMs: number | null
  wrapUpAt: number | null
  isTest: 0 | 1
  /** JSON of `CallFacts`. */
  facts: string
  /** When it is taken to be over if nothing more is heard; null when it is over. */
  checkAt: number | null
  /** When the desk does what the office wants of missed calls; null when there is nothing to do. */
  settleAt: number | null
  /** The first of the missed calls that were put together. */
  missedOf: string | null
}

export const CallEntity = new EntitySchema<CallRow>({
  name: 'call',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    id: { type: 'text', unique: true },
    source: { type: 'text' },
    externalId: { type: 'text' },
    direction: { type: 'text' },
    number: { type: 'text' },
    numberKey: { type: 'text' },
    e164: { type: 'text', nullable: true },
    state: { type: 'text' },
    extension: { type: 'text', nullable: true },
    agentId: { type: 'text', nullable: true },
    isUnclaimed: { type: 'integer' },
    customerId: { type: 'text', nullable: true },
    ticketId: { type: 'text', nullable: true },
    startedAt: { type: 'integer' },
    answeredAt: { type: 'integer', nullable: true },
    endedAt: { type: 'integer', nullable: true },
    isEndAssumed: { type: 'integer' },
    recordingUrl: { type: 'text', nullable: true },
    wrapUpCodeId: { type: 'text', nullable: true },
    wrapUpNote: { type: 'text', nullable: true },
    wrapUpMs: { type: 'integer', nullable: true },
    wrapUpAt: { type: 'integer', nullable: true },
    isTest: { type: 'integer' },
    facts: { type: 'text' },
    checkAt: { type: 'integer', nullable: true },
    settleAt: { type: 'integer', nullable: true },
    missedOf: { type: 'text', nullable: true },
  },
})

export interface WrapUpCodeRow extends CatalogRow {
  key: string | null
  position: number
}

export const WrapUpCodeEntity = new EntitySchema<WrapUpCodeRow>({
  name: 'wrap_up_code',
  columns: {
    id: { type: 'text', primary: true },
    key: { type: 'text', nullable: true },
    name: { type: 'text' },
    position: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
  },
})

export const phoneEntities = [CallEntity, WrapUpCodeEntity]
