import { maySeeTicket, type Audience, type Viewer } from '../access/viewer.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { AppError, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import { headSeq } from '../events/feed.ts'
import type { RuleBook } from '../rules/rule-book.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import { AlertLadder } from './alert-ladder.ts'
import { alertIds } from './alert-list.ts'
import {
  alertsWithKeys,
  deleteAcknowledgedBefore,
  findAlert,
  findAlertByKey,
  overtakenBy,
  recipientsOf,
  saveRecipients,
  ticketOf,
  updateAlert,
} from './alert-rows.ts'
import { viewsOf } from './alert-view.ts'
import type { AlertPage, AlertView, ListAlerts, Snooze } from './contract.ts'
import { DueAlerts } from './due-alerts.ts'
import type { AlertRow, RecipientRow } from './entities.ts'
import { isPrivate } from './private-alerts.ts'
import { raiseAlert, type NewAlert, type Raised } from './raise-alert.ts'
import { canBeTold, overseers } from './recipients.ts'
import type { LadderSettings } from './ladder.contract.ts'
import type { TellDeps } from './tell.ts'
import { newRecipient, wakeAtOf } from './telling.ts'

const MINUTE_MS = 60_000
/** So long an acknowledged alert can be looked up; the ticket's history keeps its events. */
const KEPT_MS = 180 * 24 * 60 * MINUTE_MS

export interface AlertDeps extends TellDeps {
  store: Store
  clock: Clock
  catalog: Pick<Catalog, 'current'>
  rules: Pick<RuleBook, 'current'>
  ladder: { get(): Promise<LadderSettings> }
}

/** What somebody has to take care of: who is told, how far the word got, and who took it. */
export class Alerts {
  readonly #deps: AlertDeps
  /** What falls due of alerts, for the scheduler. */
  readonly due: DueAlerts
  /** The climb of urgent ones, for the scheduler too. */
  readonly ladder: AlertLadder

  constructor(deps: AlertDeps) {
    this.#deps = deps
    this.due = new DueAlerts(deps)
    this.ladder = new AlertLadder(deps)
  }

  /** See {@link raiseAlert}. */
  raise(tx: Tx, alert: NewAlert): Promise<Raised> {
    return raiseAlert(tx, this.#deps, alert)
  }

  /** Raises it unless there has been one under its key, taken care of or not. Returns whether it did. */
  async raiseOnce(tx: Tx, alert: NewAlert): Promise<boolean> {
    if (await findAlertByKey(tx.db, alert.key)) return false
    await this.raise(tx, alert)
    return true
  }

  /** Whether somebody has acknowledged what the alert with this key asks for. */
  async isTaken(tx: Tx, key: string): Promise<boolean> {
    const alert = await findAlertByKey(tx.db, key)
    return alert !== undefined && alert.acknowledgedAt !== null
  }

  /**
   * What the alerts with these keys asked for has been done: the open ones are acknowledged in the name of whoever did it. If the
   * matter comes up again, when a ticket that waited goes on, that is another alert.
   */
  async settle(tx: Tx, keys: readonly string[], actor: ActorRef): Promise<void> {
    for (const alert of await alertsWithKeys(tx.db, keys)) {
      if (alert.acknowledgedAt === null) await this.#acknowledge(tx, alert, actor, 'settled')
      await updateAlert(tx, alert, { key: `${alert.key}:${alert.id}` })
    }
  }

  /** @throws FORBIDDEN `auth.forbidden` when an agent asks for everybody's. */
  async list(viewer: Viewer, wanted: ListAlerts): Promise<AlertPage> {
    if (wanted.scope === 'all' && !viewer.permissions.has('tickets.readAll'))
      throw new AppError('FORBIDDEN', 'auth.forbidden')
    const { read } = this.#deps.store
    const seq = await headSeq(read)
    return { items: await this.#views(read, await alertIds(read, viewer, wanted)), seq }
  }

  /**
   * Once for all who were told; whoever has a missed deadline in hand has the warning of it in hand too. Again it changes nothing and
   * answers who was first. @throws NOT_FOUND `alert.not_found`
   */
  acknowledge(viewer: Viewer, id: string): Promise<AlertView> {
    return this.#deps.store.write(async (tx) => {
      const { alert } = await this.#visible(tx, viewer, id)
      if (alert.acknowledgedAt === null)
        for (const one of [alert, ...(await overtakenBy(tx.db, alert))])
          await this.#acknowledge(tx, one, { type: 'agent', id: viewer.agentId }, 'person')
      return this.#view(tx.db, id)
    })
  }

  /** Quiet for this viewer alone; they are told again when it ends. @throws NOT_FOUND `alert.not_found` */
  snooze(viewer: Viewer, { id, minutes }: Snooze): Promise<AlertView> {
    const { store, clock, events, noticed } = this.#deps
    return store.write(async (tx) => {
      const { alert, recipients } = await this.#visible(tx, viewer, id)
      const own = ownRow(recipients, viewer)
      if (!own) throw notFound('alert')
      if (alert.acknowledgedAt !== null) return this.#view(tx.db, id)
      const snoozedUntil = clock.now() + minutes * MINUTE_MS
      const rows = recipients.map((row) => (row === own ? { ...row, snoozedUntil } : row))
      await saveRecipients(tx, id, rows)
      await updateAlert(tx, alert, { wakeAt: wakeAtOf(rows) })
      tx.afterCommit(() => noticed(snoozedUntil))
      await events.record(tx, {
        type: 'alert.snoozed',
        actor: { type: 'agent', id: viewer.agentId },
        audience: { teams: [], agents: [viewer.agentId], ...(isPrivate(alert) && { only: true }) },
        data: { alertId: id, until: new Date(snoozedUntil).toISOString() },
      })
      return this.#view(tx.db, id)
    })
  }

  /** The word has reached the viewer's screen. The first time counts; what isn't theirs is passed over. */
  delivered(viewer: Viewer, ids: readonly string[]): Promise<void> {
    return this.#mark(viewer, ids, 'deliveredAt')
  }

  /** The viewer has looked at it, and so it was delivered too. */
  seen(viewer: Viewer, ids: readonly string[]): Promise<void> {
    return this.#mark(viewer, ids, 'seenAt')
  }

  /** Whether this alert is one that the viewer was told of and may still know. */
  async heardBy(tx: Tx, viewer: Viewer, id: string): Promise<boolean> {
    const found = await this.#find(tx, viewer, id)
    return found !== undefined && ownRow(found.recipients, viewer) !== undefined
  }

  /** An alert could not be shown to one who was told. When it is urgent and open: whom else that concerns; else null. */
  async unreached(tx: Tx, id: string): Promise<Audience> {
    const alert = await findAlert(tx.db, id)
    if (!alert || alert.severity !== 'urgent' || alert.acknowledgedAt !== null) return null
    await this.ladder.hurry(tx, alert)
    return audienceOf(alert, await recipientsOf(tx.db, id))
  }

  /** Clears away what was taken care of long ago. */
  async sweepAcknowledged(now: number): Promise<void> {
    await this.#deps.store.write((tx) => deleteAcknowledgedBefore(tx, now - KEPT_MS))
  }

  #mark(viewer: Viewer, ids: readonly string[], mark: 'deliveredAt' | 'seenAt'): Promise<void> {
    const { store, clock, events } = this.#deps
    return store.write(async (tx) => {
      const now = clock.now()
      for (const id of new Set(ids)) {
        const found = await this.#find(tx, viewer, id)
        const own = found && ownRow(found.recipients, viewer)
        if (!own || own[mark] !== null) continue
        await saveRecipients(tx, id, [{ ...own, deliveredAt: own.deliveredAt ?? now, [mark]: now }])
        const isFirst = found.recipients.every((row) => row[mark] === null && row.seenAt === null)
        if (!isFirst || found.alert.acknowledgedAt !== null) continue
        await events.record(tx, {
          type: mark === 'seenAt' ? 'alert.seen' : 'alert.delivered',
          actor: { type: 'agent', id: viewer.agentId },
          audience: audienceOf(found.alert, found.recipients),
          data: { alertId: id },
        })
      }
    })
  }

  async #acknowledge(tx: Tx, alert: AlertRow, actor: ActorRef, via: 'person' | 'settled'): Promise<void> {
    const { clock, events } = this.#deps
    const actorId = actor.type === 'system' ? null : actor.id
    await updateAlert(tx, alert, {
      wakeAt: null,
      climbAt: null,
      acknowledgedAt: clock.now(),
      acknowledgedByType: actor.type,
      acknowledgedById: actorId,
    })
    await events.record(tx, {
      type: 'alert.acknowledged',
      actor,
      ...(alert.ticketId === null || isPrivate(alert) ? {} : { ticketId: alert.ticketId }),
      audience: audienceOf(alert, await recipientsOf(tx.db, alert.id)),
      data: { alertId: alert.id, by: { type: actor.type, id: actorId }, via },
    })
  }

  async #visible(tx: Tx, viewer: Viewer, id: string): Promise<Found> {
    const found = await this.#find(tx, viewer, id)
    if (!found) throw notFound('alert')
    return found
  }

  /** An alert that this viewer was told of and may still know, or any for those who oversee the desk. */
  async #find(tx: Tx, viewer: Viewer, id: string): Promise<Found | undefined> {
    const alert = await findAlert(tx.db, id)
    if (!alert) return undefined
    const ticket = await ticketOf(tx.db, alert)
    const recipients = await recipientsOf(tx.db, id)
    if (viewer.permissions.has('tickets.readAll') && !isPrivate(alert))
      return { alert, recipients: await this.#adopted(tx, alert, recipients, ticket) }
    const maySee = ticket === null || maySeeTicket(viewer, ticket)
    return maySee && ownRow(recipients, viewer) ? { alert, recipients } : undefined
  }

  /** With all overseers among the recipients, when none of those who were told is left: whoever of them acts has a row to act on. */
  async #adopted(
    tx: Tx,
    alert: AlertRow,
    recipients: RecipientRow[],
    ticket: Awaited<ReturnType<typeof ticketOf>>,
  ): Promise<RecipientRow[]> {
    const { people, clock } = this.#deps
    const { agents } = await people.current()
    const isOrphaned =
      alert.acknowledgedAt === null &&
      recipients.some(({ toldAt }) => toldAt !== null) &&
      !recipients.some(({ agentId }) => canBeTold(agentId, ticket, agents))
    if (!isOrphaned) return recipients
    const now = clock.now()
    const added = overseers(agents)
      .filter((id) => !recipients.some(({ agentId }) => agentId === id))
      .map((agentId) => ({
        ...newRecipient({ alertId: alert.id, level: alert.level }, agentId, now),
        toldAt: now,
      }))
    await saveRecipients(tx, alert.id, added)
    return [...recipients, ...added]
  }

  async #view(db: Db, id: string): Promise<AlertView> {
    const [view] = await this.#views(db, [id])
    if (!view) throw notFound('alert')
    return view
  }

  async #views(db: Db, ids: readonly string[]): Promise<AlertView[]> {
    const { people, catalog, rules } = this.#deps
    return viewsOf(db, ids, {
      people: await people.current(),
      catalog: await catalog.current(),
      rules: (await rules.current()).names,
    })
  }
}

interface Found {
  alert: AlertRow
  recipients: RecipientRow[]
}

const ownRow = (recipients: readonly RecipientRow[], { agentId }: Viewer) =>
  recipients.find((row) => row.agentId === agentId && row.toldAt !== null)

/** Those who know of the alert. */
const audienceOf = (alert: AlertRow, recipients: readonly RecipientRow[]) => ({
  teams: [],
  agents: recipients.filter(({ toldAt }) => toldAt !== null).map(({ agentId }) => agentId),
  ...(isPrivate(alert) && { only: true as const }),
})
