import { audienceOfTickets } from '../access/viewer.ts'
import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { findTicket, updateTicketRow } from '../tickets/ticket-rows.ts'
import { carryOut } from './level-actions.ts'
import { alertKey, latenessOf, toEventData } from './changes.ts'
import type { DueLevel } from './promises.ts'
import { timeOf, type SlaBook } from './sla-book.ts'

export interface EscalationDeps extends TicketDeps {
  people: People
  book: SlaBook
  alerts: Pick<Alerts, 'raise'>
}

/** Tickets asked for at once. Each is a write of its own, so those who work at the desk wait for a few of them at most. */
const BATCH = 50
/** When a ticket's turn failed, the others' go on; this one is tried again after a while. */
const RETRY_MS = 60_000

const desk = { type: 'system' } as const

/** Does what falls due to promises while nobody touches their tickets: warnings, breaches, the climb of an escalation. */
export class Escalation implements DueWork {
  readonly name = 'promises'
  readonly #deps: EscalationDeps

  constructor(deps: EscalationDeps) {
    this.#deps = deps
  }

  async nextAt(): Promise<number | null> {
    const [row] = await this.#deps.store.read.sql<{ wakeAt: number | null }[]>`
      SELECT min(wakeAt) AS wakeAt FROM ticket_sla WHERE wakeAt IS NOT NULL`
    return row?.wakeAt ?? null
  }

  async runDue(now: number, signal: AbortSignal, report: (fault: unknown) => void): Promise<void> {
    const { store } = this.#deps
    while (!signal.aborted) {
      const due = await store.read.sql<{ seq: number; ticketId: string }[]>`
        SELECT seq, ticketId FROM ticket_sla WHERE wakeAt <= ${now} ORDER BY wakeAt, seq LIMIT ${BATCH}`
      if (due.length === 0) return
      const turns = due.map(({ seq, ticketId }) =>
        store
          .write((tx) => this.#wake(tx, ticketId))
          .catch(async (fault: unknown) => {
            report(fault)
            await store.write(async (tx) => {
              await tx.db.sql`UPDATE ticket_sla SET wakeAt = ${now + RETRY_MS} WHERE seq = ${seq}`
            })
          }),
      )
      await Promise.all(turns)
    }
  }

  /** One ticket's turn. Its row says only that it is time to look; what has to be done follows from the promises themselves. */
  async #wake(tx: Tx, ticketId: string): Promise<void> {
    const { promises } = this.#deps
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket) return
    const plan = await promises.plan(tx, ticket, { facts: [], reconsider: false, climb: true })
    const after =
      plan.dueAt === ticket.dueAt ? ticket : await updateTicketRow(tx, ticket, { dueAt: plan.dueAt })
    await promises.keep(tx, plan, after, desk)
    for (const due of plan.levels) await this.#climb(tx, ticketId, due)
  }

  async #climb(tx: Tx, ticketId: string, due: DueLevel): Promise<void> {
    // An earlier level may just have given it to somebody else.
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket) return
    const { events, alerts, book, people, clock: time } = this.#deps
    const { level, stage, clock, at } = due
    const now = time.now()
    const lateMs = latenessOf(at, clock, now)
    const said = { ...toEventData(clock), level: level.id }
    if (stage === 'warning')
      await events.record(tx, {
        type: 'sla.warning',
        actor: desk,
        ticketId: ticket.id,
        audience: audienceOfTickets(ticket),
        data: { ...said, lateMs },
      })
    const current = await book.current()
    const policy = clock.policyId === null ? undefined : current.policyById.get(clock.policyId)
    const team = ticket.teamId === null ? undefined : (await people.current()).teams.get(ticket.teamId)
    // Where it counts round the clock somebody is always there; else those off shift hear of it when they come.
    const calendarId = policy?.calendarId ? (team?.calendarId ?? policy.calendarId) : null
    const shift = timeOf(current, { calendarId })
    const outcome =
      level.notify.length === 0
        ? 'raised'
        : await alerts.raise(tx, {
            key: alertKey(ticket.id, clock, stage),
            ticket,
            severity: stage === 'warning' ? 'warning' : 'urgent',
            reason: stage === 'warning' ? 'sla.warning' : 'sla.breached',
            data: { ...said, policy: policy?.name ?? null },
            lateMs,
            notify: level.notify,
            tellAt: shift.nextOpen(now) ?? now,
          })
    // Somebody has taken it in hand: the ladder ends there.
    if (outcome !== 'acknowledged' && level.actions) await carryOut(this.#deps, tx, ticket.id, level.actions)
  }
}
