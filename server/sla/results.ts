import { newId } from '../ids.ts'
import { insertRow } from '../store/rows.ts'
import type { Tx } from '../store/store.ts'
import type { Clock } from './clock.ts'
import { ResultEntity } from './entities.ts'
import type { ClockChange } from './changes.ts'
import type { PromisedTicket } from './subject.ts'

interface Moment {
  now: number
  /** The office's, for the month that a result belongs to. */
  timezone: string
}

/** Writes down what became of promises in the moment that it is certain, so that reports only add up. */
export async function recordResults(
  tx: Tx,
  ticket: PromisedTicket,
  changes: readonly ClockChange[],
  { now, timezone }: Moment,
): Promise<void> {
  for (const { clock, before, isBreach } of changes) {
    const isStopped = clock.outcome !== null
    if (before && before.outcome !== null && !isStopped) await reopen(tx, ticket, clock, now)
    if (isBreach && !(await isWritten(tx, ticket, clock)))
      await insertResult(tx, ticket, clock, 'breached', timezone)
    else if (isStopped && clock.breachedAt !== null) await finish(tx, ticket, clock)
    else if (isStopped && clock.outcome === 'met') await insertResult(tx, ticket, clock, 'met', timezone)
  }
}

async function insertResult(
  tx: Tx,
  ticket: PromisedTicket,
  clock: Clock,
  outcome: 'met' | 'breached',
  timezone: string,
) {
  const { metric, cycle, policyId, stoppedAt, breachedAt, usedMs, manualDueAt } = clock
  // How late a person's date was met says nothing about how late the policy's target was.
  const targetMs = manualDueAt === null ? clock.targetMs : null
  const { id: ticketId, priorityId, teamId, agentId } = ticket
  const decidedAt = outcome === 'breached' ? breachedAt : stoppedAt
  if (decidedAt === null) throw new Error('A promise without an end has no result.')
  await insertRow(tx.db, ResultEntity, {
    id: newId(),
    ...{ ticketId, metric, cycle, policyId, priorityId, teamId, agentId, outcome, decidedAt, targetMs },
    month: monthAt(decidedAt, timezone),
    usedMs: stoppedAt === null ? null : usedMs,
    stoppedAt,
    reopenedAt: null,
  })
}

/** Promises that had to be told by the log again may have been missed long ago. */
async function isWritten(tx: Tx, { id }: PromisedTicket, { metric, cycle }: Clock): Promise<boolean> {
  const rows = await tx.db.sql<unknown[]>`
    SELECT 1 FROM sla_result
    WHERE ticketId = ${id} AND metric = ${metric} AND cycle = ${cycle} AND outcome = 'breached'`
  return rows.length > 0
}

/** How late a breached promise was kept in the end. */
async function finish(
  tx: Tx,
  { id }: PromisedTicket,
  { metric, cycle, usedMs, stoppedAt }: Clock,
): Promise<void> {
  await tx.db.sql`
    UPDATE sla_result SET usedMs = ${usedMs}, stoppedAt = ${stoppedAt}
    WHERE ticketId = ${id} AND metric = ${metric} AND cycle = ${cycle} AND outcome = 'breached'`
}

/** What was kept has to be kept again; what was missed stays missed, and ends later. */
async function reopen(tx: Tx, { id }: PromisedTicket, { metric, cycle }: Clock, now: number): Promise<void> {
  await tx.db.sql`
    UPDATE sla_result SET reopenedAt = ${now}
    WHERE ticketId = ${id} AND metric = ${metric} AND cycle = ${cycle} AND outcome = 'met' AND reopenedAt IS NULL`
  await tx.db.sql`
    UPDATE sla_result SET usedMs = NULL, stoppedAt = NULL
    WHERE ticketId = ${id} AND metric = ${metric} AND cycle = ${cycle} AND outcome = 'breached'`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `YYYY-MM` as the office's wall calendar shows it. */
export function monthAt(at: number, timezone: string): string {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' })
  formats.set(timezone, format)
  return format.format(at)
}
