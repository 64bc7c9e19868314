import { audienceOfTickets, maySeeTicket, type Audience, type Viewer } from '../access/viewer.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import { headSeq } from '../events/feed.ts'
import { newId } from '../ids.ts'
import type { Notify } from '../rules/action.contract.ts'
import type { Tx } from '../store/store.ts'
import type { Happening, Reactor } from '../tickets/happenings.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { CreateReminder, ReminderKind, ReminderView } from './contract.ts'
import { DueReminders, isCalledOff, type DueReminderDeps } from './due-reminders.ts'
import type { ReminderRow } from './entities.ts'
import {
  deleteDoneBefore,
  findReminder,
  findReminderByKey,
  finishReminder,
  insertReminder,
  openOfAgent,
  openOfTicket,
  reopenReminder,
} from './reminder-rows.ts'
import { toReminderView } from './reminder-view.ts'

const MINUTE_MS = 60_000
/** So long it can be looked up what became of a reminder. */
const KEPT_MS = 180 * 24 * 60 * MINUTE_MS

export interface RemindersDeps extends DueReminderDeps {
  /** Told after the commit that set a time. */
  noticed(at: number): void
}

/** What the desk is asked to do later. */
export interface NewReminder {
  /** Asked for once under the same key. */
  key: string
  ticketId: string
  kind: ReminderKind
  dueAt: number
  to: readonly Notify[]
  /** Rendered: nothing is filled in later. */
  text: string
  by: ActorRef
}

/** What people and rules asked the desk to remember: to tell somebody, or to write to a customer who keeps silent. */
export class Reminders implements Reactor {
  readonly #deps: RemindersDeps
  /** What falls due of them, for the scheduler. */
  readonly due: DueReminders

  constructor(deps: RemindersDeps) {
    this.#deps = deps
    this.due = new DueReminders(deps)
  }

  /** Remembers it once; again under the same key changes nothing. */
  async remind(tx: Tx, reminder: NewReminder): Promise<void> {
    if (await findReminderByKey(tx.db, reminder.key)) return
    const ticket = await findTicket(tx.db, reminder.ticketId)
    if (ticket) await this.#add(tx, newId(), ticket, reminder)
  }

  /** A follow-up waits for nobody once the customer has written or the ticket is closed. */
  async happened(tx: Tx, { ticketId }: Happening): Promise<void> {
    const open = await openOfTicket(tx.db, ticketId)
    if (open.length === 0) return
    const ticket = await findTicket(tx.db, ticketId)
    for (const reminder of open)
      if (ticket && (await isCalledOff(tx.db, reminder, ticket))) {
        await finishReminder(tx, reminder.id, 'calledOff', this.#deps.clock.now())
        await this.#record(tx, 'reminder.calledOff', reminder, ticket, { type: 'system' })
      }
  }

  /**
   * For the viewer alone. The same `id` again answers what is there.
   * @throws VALIDATION `reminder.in_the_past` at `at`, NOT_FOUND `ticket.not_found`
   */
  create(viewer: Viewer, { id = newId(), ticketId, at, afterMinutes, text }: CreateReminder) {
    return this.#deps.store.write(async (tx) => {
      const now = this.#deps.clock.now()
      const ticket = await visibleTicket(tx, viewer, ticketId)
      const key = `agent:${viewer.agentId}:${id}`
      const known = await findReminder(tx.db, id)
      if (known && known.key !== key) throw new AppError('CONFLICT', 'reminder.id_taken')
      const dueAt = at === undefined ? now + (afterMinutes ?? 0) * MINUTE_MS : Date.parse(at)
      if (!known && dueAt <= now) throw invalid('at', 'reminder.in_the_past')
      const by = { type: 'agent', id: viewer.agentId } as const
      const asked = { key, ticketId, kind: 'remind', dueAt, to: [viewer.agentId], text, by } as const
      return this.#view(known ?? (await this.#add(tx, id, ticket, asked)), ticket, viewer)
    })
  }

  /** What is still to come: the viewer's own, or all of a ticket that concern more than one colleague. */
  async list(viewer: Viewer, { ticketId }: { ticketId?: string | undefined }): Promise<ReminderView[]> {
    const { read } = this.#deps.store
    const rows =
      ticketId === undefined ? await openOfAgent(read, viewer.agentId) : await openOfTicket(read, ticketId)
    const views: ReminderView[] = []
    for (const row of rows) {
      const ticket = await findTicket(read, row.ticketId)
      if (ticket && maySeeTicket(viewer, ticket) && isVisible(viewer, row))
        views.push(await this.#view(row, ticket, viewer))
    }
    return views
  }

  /** One's own, or what a rule asked for. Again it changes nothing. @throws NOT_FOUND `reminder.not_found` */
  cancel(viewer: Viewer, { id }: { id: string }): Promise<ReminderView> {
    return this.#deps.store.write(async (tx) => {
      const { row, ticket } = await visible(tx, viewer, id)
      if (row.doneAt === null) {
        await finishReminder(tx, id, 'cancelled', this.#deps.clock.now())
        await this.#record(tx, 'reminder.cancelled', row, ticket, { type: 'agent', id: viewer.agentId })
      }
      return this.#view(row, ticket, viewer)
    })
  }

  /** Takes a cancellation back. @throws NOT_FOUND `reminder.not_found`, CONFLICT `reminder.done` when it is over. */
  restore(viewer: Viewer, { id }: { id: string }): Promise<ReminderView> {
    return this.#deps.store.write(async (tx) => {
      const { row, ticket } = await visible(tx, viewer, id)
      if (row.doneAt !== null && row.outcome !== 'cancelled') throw new AppError('CONFLICT', 'reminder.done')
      if (row.doneAt !== null) {
        await reopenReminder(tx, row)
        await this.#record(tx, 'reminder.restored', row, ticket, { type: 'agent', id: viewer.agentId })
        tx.afterCommit(() => this.#deps.noticed(row.dueAt))
      }
      return this.#view(row, ticket, viewer)
    })
  }

  /** Clears away what was done long ago. */
  async sweepDone(now: number): Promise<void> {
    await this.#deps.store.write((tx) => deleteDoneBefore(tx, now - KEPT_MS))
  }

  async #add(tx: Tx, id: string, ticket: TicketRow, reminder: NewReminder): Promise<ReminderRow> {
    const { key, ticketId, kind, dueAt, to, text, by } = reminder
    const row: ReminderRow = {
      ...{ id, key, ticketId, kind, dueAt, text },
      recipients: JSON.stringify(to),
      createdByType: by.type,
      createdById: by.type === 'system' ? null : by.id,
      createdAt: this.#deps.clock.now(),
      afterSeq: await headSeq(tx.db),
      wakeAt: dueAt,
      doneAt: null,
      outcome: null,
    }
    await insertReminder(tx, row)
    await this.#record(tx, 'reminder.created', row, ticket, by)
    tx.afterCommit(() => this.#deps.noticed(dueAt))
    return row
  }

  async #view(row: ReminderRow, ticket: TicketRow, viewer: Viewer): Promise<ReminderView> {
    const { agents } = await this.#deps.people.current()
    return toReminderView(row, ticket, viewer, (agentId) => agents.get(agentId)?.name ?? null)
  }

  /** The ticket's history tells of messages and alerts; reminders themselves only freshen screens. */
  async #record(tx: Tx, type: string, row: ReminderRow, ticket: TicketRow, actor: ActorRef): Promise<void> {
    const { id: reminderId, ticketId, kind, dueAt } = row
    await this.#deps.events.record(tx, {
      type,
      actor,
      audience: audienceOf(row, ticket),
      data: { reminderId, ticketId, kind, dueAt: new Date(dueAt).toISOString() },
    })
  }
}

const isPersonal = ({ createdByType }: ReminderRow) => createdByType === 'agent'

/** What somebody wrote for themselves is nobody else's. */
const isVisible = (viewer: Viewer, row: ReminderRow) => !isPersonal(row) || row.createdById === viewer.agentId

const audienceOf = (row: ReminderRow, ticket: TicketRow): Audience =>
  isPersonal(row) ? { teams: [], agents: [row.createdById ?? ''] } : audienceOfTickets(ticket)

async function visibleTicket(tx: Tx, viewer: Viewer, id: string): Promise<TicketRow> {
  const ticket = await findTicket(tx.db, id)
  if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
  return ticket
}

async function visible(tx: Tx, viewer: Viewer, id: string) {
  const row = await findReminder(tx.db, id)
  if (!row || !isVisible(viewer, row)) throw notFound('reminder')
  return { row, ticket: await visibleTicket(tx, viewer, row.ticketId) }
}
