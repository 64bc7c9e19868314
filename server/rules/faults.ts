import { audienceOfTickets } from '../access/viewer.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { NewAlert } from '../alerts/raise-alert.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { RuleEntity } from './entities.ts'
import type { RuleBook } from './rule-book.ts'
import type { Rule } from './rule.ts'

export interface FaultDeps {
  events: EventLog
  clock: Clock
  rules: RuleBook
  ports: { alerts: Pick<Alerts, 'raiseOnce'> }
  /** To be told in the transaction that switches a rule on or off. */
  switched(tx: Tx, rule: Rule, enabled: boolean, backlog: 'act' | 'skip'): Promise<void>
  /** For whoever looks after the server; what the product foresees says itself what it is. */
  report(fault: unknown): void
}

/** Of what nobody foresaw: whoever looks after the server finds it in the log. */
const UNFORESEEN = 'rule.failed_unexpectedly'

const desk = { type: 'system' } as const

/** For those who look after the desk, at once. */
export const warningOf = (
  ticket: NewAlert['ticket'],
  data: Record<string, unknown>,
  now: number,
): Omit<NewAlert, 'key' | 'reason'> => ({
  ...{ ticket, data, lateMs: null, tellAt: now },
  severity: 'warning',
  notify: ['supervisors'],
})

/** Switches off a rule that has failed, and tells those who look after the desk. */
export async function switchOff(
  deps: FaultDeps,
  tx: Tx,
  rule: Rule,
  ticketId: string,
  fault: unknown,
): Promise<void> {
  const { events, clock, rules, ports } = deps
  const now = clock.now()
  const reason = fault instanceof AppError ? fault.reason : UNFORESEEN
  if (reason === UNFORESEEN) tx.afterCommit(() => deps.report(fault))
  await tx.db.update(
    RuleEntity,
    { id: rule.id },
    { enabled: false, faultReason: reason, faultAt: now, version: rule.version + 1 },
  )
  await deps.switched(tx, rule, false, 'skip')
  rules.changedIn(tx)
  const ticket = (await findTicket(tx.db, ticketId)) ?? null
  const data = { ruleId: rule.id, rule: rule.name, reason }
  await events.record(tx, {
    type: 'rule.failed',
    ...{ actor: desk, ticketId, data },
    audience: ticket && audienceOfTickets(ticket),
  })
  await events.record(tx, {
    ...{ type: 'rule.updated', actor: desk, audience: null },
    data: { id: rule.id, changes: { enabled: false } },
  })
  await ports.alerts.raiseOnce(tx, {
    key: `rule.failed:${rule.id}:${now}`,
    reason: 'rule.failed',
    ...warningOf(ticket, data, now),
  })
}

/** Tells, once a day for the same rules, that they would go on against each other. */
export async function reportLoop(
  { events, clock, ports }: FaultDeps,
  tx: Tx,
  rules: readonly Rule[],
  ticketId: string,
): Promise<void> {
  const ticket = (await findTicket(tx.db, ticketId)) ?? null
  const now = clock.now()
  const ids = rules.map(({ id }) => id)
  const data = { ruleIds: ids, rules: rules.map(({ name }) => name) }
  const day = new Date(now).toISOString().slice(0, 10)
  const isNews = await ports.alerts.raiseOnce(tx, {
    key: `rule.loop:${ids.toSorted().join(',')}:${day}`,
    reason: 'rule.loop',
    ...warningOf(ticket, data, now),
  })
  if (isNews)
    await events.record(tx, {
      ...{ type: 'rule.loop', actor: desk, ticketId, data },
      audience: ticket && audienceOfTickets(ticket),
    })
}
