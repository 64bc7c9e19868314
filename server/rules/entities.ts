import { EntitySchema } from 'typeorm'

/** Instants are UTC milliseconds; `triggers`, `conditions`, `actions` and `after` are JSON. */
export interface RuleRow {
  id: string
  name: string
  position: number
  enabled: boolean
  triggers: string
  /** Null is always. */
  conditions: string | null
  actions: string
  after: string | null
  stop: boolean
  version: number
  createdAt: number
  archivedAt: number | null
  /** Why the desk itself switched it off, and when. */
  faultReason: string | null
  faultAt: number | null
}

export const RuleEntity = new EntitySchema<RuleRow>({
  name: 'rule',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    position: { type: 'integer' },
    enabled: { type: 'boolean' },
    triggers: { type: 'text' },
    conditions: { type: 'text', nullable: true },
    actions: { type: 'text' },
    after: { type: 'text', nullable: true },
    stop: { type: 'boolean' },
    version: { type: 'integer' },
    createdAt: { type: 'integer' },
    archivedAt: { type: 'integer', nullable: true },
    faultReason: { type: 'text', nullable: true },
    faultAt: { type: 'integer', nullable: true },
  },
})

/** One look of the rules at one ticket, because of one event; JSON as in `trace.ts`. */
export interface RuleRunRow {
  seq: number
  ticketId: string
  eventSeq: number
  at: number
  trigger: string
  actorType: 'agent' | 'customer' | 'rule' | 'system'
  actorId: string | null
  setId: string
  facts: string
  verdicts: string
}

export const RuleRunEntity = new EntitySchema<RuleRunRow>({
  name: 'rule_run',
  columns: {
    seq: { type: 'integer', primary: true, generated: 'increment' },
    ticketId: { type: 'text' },
    eventSeq: { type: 'integer' },
    at: { type: 'integer' },
    trigger: { type: 'text' },
    actorType: { type: 'text' },
    actorId: { type: 'text', nullable: true },
    setId: { type: 'text' },
    facts: { type: 'text' },
    verdicts: { type: 'text' },
  },
})

export const ruleEntities = [RuleEntity, RuleRunEntity]
