import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Notify } from '../rules/action.contract.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Db, Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { ReminderOutcome } from './contract.ts'
import type { ReminderRow } from './entities.ts'
import { sendFollowUp } from './follow-up.ts'
import {
  dueReminders,
  findReminder,
  finishReminder,
  hasCustomerWritten,
  nextReminderAt,
  putOffReminder,
} from './reminder-rows.ts'

export interface DueReminderDeps extends TicketDeps {
  people: Pick<People, 'current'>
  alerts: Pick<Alerts, 'raise'>
}

/** Reminders looked at together; each is a write of its own. */
const BATCH = 50
/** A reminder that failed is tried again after this, while the others go on. */
const RETRY_MS = 60_000
/** Later than this and people ought to know that it was the desk's doing: the server was off, or asleep. */
const LATE_MS = 60_000

/** Does what was asked for at its time, each once. */
export class DueReminders implements DueWork {
  readonly name = 'reminders'
  readonly #deps: DueReminderDeps

  constructor(deps: DueReminderDeps) {
    this.#deps = deps
  }

  nextAt(): Promise<number | null> {
    return nextReminderAt(this.#deps.store.read)
  }

  async runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void> {
    const { store, clock } = this.#deps
    while (!signal.aborted) {
      const due = await dueReminders(store.read, Math.min(now, clock.now()), BATCH)
      if (due.length === 0) return
      const turns = due.map(({ id }) =>
        store
          .write((tx) => this.#wake(tx, id))
          .catch(async (fault: unknown) => {
            report(fault)
            await store.write((tx) => putOffReminder(tx, id, now + RETRY_MS))
          }),
      )
      const failure = (await Promise.allSettled(turns)).find((turn) => turn.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  async #wake(tx: Tx, id: string): Promise<void> {
    const reminder = await findReminder(tx.db, id)
    if (!reminder || reminder.doneAt !== null) return
    const now = this.#deps.clock.now()
    const ticket = await findTicket(tx.db, reminder.ticketId)
    const outcome = ticket ? await this.#carryOut(tx, reminder, ticket, now) : 'calledOff'
    await finishReminder(tx, id, outcome, now)
  }

  async #carryOut(tx: Tx, reminder: ReminderRow, ticket: TicketRow, now: number): Promise<ReminderOutcome> {
    if (await isCalledOff(tx.db, reminder, ticket)) return 'calledOff'
    if (reminder.kind === 'followUp') {
      const isSent = await sendFollowUp(this.#deps, tx, ticket, reminder.text, makerOf(reminder))
      return isSent ? 'sent' : 'calledOff'
    }
    const late = now - reminder.dueAt
    const isLate = late >= LATE_MS
    await this.#deps.alerts.raise(tx, {
      key: `reminder:${reminder.id}`,
      ticket,
      severity: isLate ? 'warning' : 'info',
      reason: 'reminder.due',
      data: {
        reminderId: reminder.id,
        text: reminder.text,
        dueAt: new Date(reminder.dueAt).toISOString(),
        by: { type: reminder.createdByType, id: reminder.createdById },
      },
      lateMs: isLate ? late : null,
      notify: JSON.parse(reminder.recipients) as Notify[],
      tellAt: now,
    })
    return 'told'
  }
}

/** A follow-up to a customer who wrote meanwhile, or on a ticket that was closed, would only confuse; people are reminded all the same. */
export async function isCalledOff(
  db: Db,
  { kind, ticketId, afterSeq }: ReminderRow,
  ticket: Pick<TicketRow, 'statusClass'>,
): Promise<boolean> {
  if (kind !== 'followUp') return false
  return ticket.statusClass === 'closed' || hasCustomerWritten(db, ticketId, afterSeq)
}

function makerOf({ createdByType, createdById }: ReminderRow): ActorRef {
  return createdByType === 'system' || createdById === null
    ? { type: 'system' }
    : { type: createdByType, id: createdById }
}
