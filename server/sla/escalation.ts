import { audienceOfTickets } from '../access/viewer.ts'
import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { DueWork } from '../schedule/scheduler.ts'
import type { Tx } from '../store/store.ts'
import { carryOutProperties } from '../rules/carry-out.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { updatedIf } from '../tickets/happenings.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket, updateTicketRow } from '../tickets/ticket-rows.ts'
import { joinChanges, type FieldChanges } from '../tickets/ticket-state.ts'
import { alertKey, latenessOf, toEventData } from './changes.ts'
import { isOpen, type Clock } from './clock.ts'
import type { DueLevel } from './due-levels.ts'
import { rungsLeft } from './levels.ts'
import { levelsOf, timeOf, type SlaBook } from './sla-book.ts'
import { findKeptByTicket } from './ticket-sla-rows.ts'

export interface EscalationDeps extends TicketDeps {
  people: People
  book: SlaBook
  alerts: Pick<Alerts, 'raise' | 'isTaken'>
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
      // Nothing can be done before its time: when the clock is set back meanwhile, the rest waits for it again.
      const until = Math.min(now, this.#deps.clock.now())
      const due = await store.read.sql<{ seq: number; ticketId: string }[]>`
        SELECT seq, ticketId FROM ticket_sla WHERE wakeAt <= ${until} ORDER BY wakeAt, seq LIMIT ${BATCH}`
      if (due.length === 0) return
      const turns = due.map(({ seq, ticketId }) =>
        store
          .write((tx) => this.#wake(tx, ticketId, report))
          .catch(async (fault: unknown) => {
            report(fault)
            await store.write(async (tx) => {
              await tx.db.sql`UPDATE ticket_sla SET wakeAt = ${now + RETRY_MS} WHERE seq = ${seq}`
            })
          }),
      )
      // All end before a failure is told of: a run that goes on behind the scheduler's back could overlap the next.
      const failure = (await Promise.allSettled(turns)).find((turn) => turn.status === 'rejected')
      if (failure) throw failure.reason
    }
  }

  /** One ticket's turn. Its row says only that it is time to look; what has to be done follows from the promises themselves. */
  async #wake(tx: Tx, ticketId: string, report: (fault: unknown) => void): Promise<void> {
    const { promises } = this.#deps
    const ticket = await findTicket(tx.db, ticketId)
    if (!ticket) return
    const plan = await promises.plan(tx, ticket, { facts: [], reconsider: false, climb: true })
    if (plan.before?.facts === null)
      report(
        new Error(
          `The promises kept of ticket ${ticket.number} can't be read; its history tells them again.`,
        ),
      )
    const after =
      plan.dueAt === ticket.dueAt ? ticket : await updateTicketRow(tx, ticket, { dueAt: plan.dueAt })
    const isMissed = await promises.keep(tx, plan, after, desk)
    let changes: FieldChanges = {}
    for (const due of plan.levels) changes = joinChanges(changes, await this.#climb(tx, ticketId, due))
    const isWarned = plan.levels.some(({ stage }) => stage === 'warning')
    const triggers = [
      ...(isMissed ? ['sla.breached' as const] : []),
      ...(isWarned ? ['sla.warning' as const] : []),
      ...updatedIf(changes),
    ]
    if (triggers.length > 0)
      await this.#deps.happenings.tell(tx, { ticketId, triggers, actor: desk, changes })
  }

  /** Returns what became of the ticket's properties. */
  async #climb(tx: Tx, ticketId: string, due: DueLevel): Promise<FieldChanges> {
    const before = await findTicket(tx.db, ticketId)
    if (!before) return {}
    const { events, alerts, clock: time } = this.#deps
    const { level, stage, clock, at } = due
    const now = time.now()
    const lateMs = latenessOf(at, clock, now)
    const said = { ...toEventData(clock), level: level.id }
    if (stage === 'warning')
      await events.record(tx, {
        type: 'sla.warning',
        actor: desk,
        ticketId,
        audience: audienceOfTickets(before),
        data: { ...said, lateMs },
      })
    const key = alertKey(ticketId, clock, stage)
    // Somebody has taken it in hand: the ladder ends there.
    if (await alerts.isTaken(tx, key)) return {}
    // The alert has to go out all the same when a team was archived or an agent has left.
    const actions = level.actions ?? []
    const changes = await carryOutProperties(this.#deps, tx, desk, ticketId, actions, {
      whenGone: 'leaveOut',
    })
    // Those in whose queue and hands the ticket is now are told, not those whom the level took it from.
    const ticket = level.actions ? await this.#stillOwing(tx, ticketId, clock) : before
    if (!ticket || level.notify.length === 0) return changes
    const { tellAt, policy, ladder } = await this.#telling(clock, ticket.teamId, now)
    await alerts.raise(tx, {
      ...{ key, ticket, lateMs, tellAt, notify: level.notify, ladder },
      severity: stage === 'warning' ? 'warning' : 'urgent',
      reason: stage === 'warning' ? 'sla.warning' : 'sla.breached',
      data: { ...said, policy },
    })
    return changes
  }

  /** The ticket, unless what the level did has called the promise off. */
  async #stillOwing(tx: Tx, ticketId: string, { metric, cycle }: Clock): Promise<TicketRow | undefined> {
    const kept = await findKeptByTicket(tx.db, ticketId)
    const isOwed = kept?.clocks.some(
      (clock) => clock.metric === metric && clock.cycle === cycle && isOpen(clock),
    )
    return isOwed ? findTicket(tx.db, ticketId) : undefined
  }

  /** When to tell of it, under which policy's name, and whom the policy itself never tells of a missed deadline. */
  async #telling({ policyId, metric }: Clock, teamId: string | null, now: number) {
    const { book, people } = this.#deps
    const current = await book.current()
    const policy = policyId === null ? undefined : current.policyById.get(policyId)
    const team = teamId === null ? undefined : (await people.current()).teams.get(teamId)
    // Where it counts round the clock somebody is always there; else those off shift hear of it when they come.
    const isAroundTheClock = policy?.calendarId === null
    const calendarId = isAroundTheClock ? null : (team?.calendarId ?? policy?.calendarId ?? null)
    const shift = timeOf(current, { calendarId })
    return {
      tellAt: shift.nextOpen(now) ?? now,
      policy: policy?.name ?? null,
      ladder: rungsLeft(levelsOf(current, policyId), metric),
    }
  }
}
