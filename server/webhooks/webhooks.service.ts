import { newSecret } from '../access/secrets.ts'
import type { Viewer } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import type { Trigger } from '../rules/contract.ts'
import type { Store, Tx } from '../store/store.ts'
import type { NamesSource } from '../tickets/names.ts'
import type { NewWebhook, WebhookChanges, WebhookSecret, WebhookView } from './contract.ts'
import { WebhookEntity, type WebhookRow } from './entities.ts'
import { ticketMessage, type RuleMessage } from './message.ts'
import { getWebhook, laneOf, readWebhook, readWebhooks, updateWebhook } from './webhook-rows.ts'
import type { DeliveryPayload } from './webhook-jobs.ts'

export interface WebhooksDeps {
  store: Store
  events: EventLog
  clock: Clock
  jobs: Jobs
  names: NamesSource
}

/** What a rule has to say: about which ticket, and what set it off. */
interface RuleNews {
  ticketId: string
  trigger: Trigger
  rule: { id: string; name: string }
}

/** Where the desk reports to. A webhook is retired, never deleted: rules name it, and what was sent stays explainable. */
export class Webhooks {
  readonly #deps: WebhooksDeps

  constructor(deps: WebhooksDeps) {
    this.#deps = deps
  }

  /** By name. Addresses are for those who manage the office. */
  async list(viewer: Viewer): Promise<WebhookView[]> {
    const views = await readWebhooks(this.#deps.store.read)
    const knowsAddresses = viewer.permissions.has('office.manage')
    return knowsAddresses ? views : views.map((view) => ({ ...view, url: null }))
  }

  /** @throws VALIDATION at `name` `webhooks.name_taken` */
  create(viewer: Viewer, { name, url }: NewWebhook): Promise<WebhookSecret> {
    return this.#deps.store.write(async (tx) => {
      const row: WebhookRow = {
        ...{ id: newId(), name, url, secret: newSecret(), version: 1, createdAt: this.#deps.clock.now() },
        ...{
          archivedAt: null,
          goneAt: null,
          lastAt: null,
          lastOk: null,
          lastStatus: null,
          lastProblem: null,
        },
      }
      await refuseSameName(tx, row)
      await tx.db.insert(WebhookEntity, row)
      await this.#record(tx, viewer, 'webhook.created', { id: row.id, changes: { name } })
      return { webhook: await readWebhook(tx.db, row), secret: row.secret }
    })
  }

  /** @throws CONFLICT `webhook.changed_meanwhile` with `current` when somebody else changed it since `version`. */
  update(viewer: Viewer, { id, version, changes }: WebhookChanges): Promise<WebhookView> {
    return this.#deps.store.write(async (tx) => {
      const before = await getWebhook(tx.db, id)
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'webhook.changed_meanwhile', {
          details: { current: await readWebhook(tx.db, before) },
        })
      const { name = before.name, url = before.url } = changes
      if (name === before.name && url === before.url) return readWebhook(tx.db, before)
      await refuseSameName(tx, { ...before, name })
      const isElsewhere = url !== before.url
      const after = await updateWebhook(tx, before, {
        ...{ name, url, version: before.version + 1 },
        ...(isElsewhere ? { goneAt: null } : {}),
      })
      if (isElsewhere) await this.#deps.jobs.hurry(tx, laneOf(id))
      // The address stays out of the log, for it may itself be a key.
      await this.#record(tx, viewer, 'webhook.updated', {
        id,
        changes: { name, movedElsewhere: isElsewhere },
      })
      return readWebhook(tx.db, after)
    })
  }

  /** Nothing goes there any more. @throws NOT_FOUND `webhook.not_found` */
  archive(viewer: Viewer, { id }: { id: string }): Promise<WebhookView> {
    return this.#setArchived(viewer, id, true)
  }

  /** @throws NOT_FOUND `webhook.not_found`, VALIDATION at `name` `webhooks.name_taken` */
  restore(viewer: Viewer, { id }: { id: string }): Promise<WebhookView> {
    return this.#setArchived(viewer, id, false)
  }

  /** What is sent from now on is signed with the new one, also what waits already. @throws NOT_FOUND `webhook.not_found` */
  rotateSecret(viewer: Viewer, { id }: { id: string }): Promise<WebhookSecret> {
    return this.#deps.store.write(async (tx) => {
      const before = await getWebhook(tx.db, id)
      const secret = newSecret()
      const after = await updateWebhook(tx, before, { secret, version: before.version + 1 })
      await this.#record(tx, viewer, 'webhook.updated', { id, changes: { secret: true } })
      return { webhook: await readWebhook(tx.db, after), secret }
    })
  }

  /**
   * Tells a webhook that a rule fired: written down in the transaction of the rule, delivered after it, once for each `key`.
   * @throws NOT_FOUND `webhook.not_found`, `ticket.not_found`
   */
  async send(
    tx: Tx,
    { webhookId, key, payload }: { webhookId: string; key: string; payload: RuleNews },
  ): Promise<void> {
    const { clock, jobs, names } = this.#deps
    await getWebhook(tx.db, webhookId)
    const { ticketId, trigger, rule } = payload
    const message: RuleMessage = {
      ...{ type: 'rule.fired', at: new Date(clock.now()).toISOString(), trigger },
      rule: { id: rule.id, name: rule.name },
      ticket: await ticketMessage(tx.db, ticketId, await names.current()),
    }
    const job: DeliveryPayload = { webhookId, message }
    await jobs.enqueue(tx, { kind: 'webhook', lane: laneOf(webhookId), key, payload: job })
  }

  #setArchived(viewer: Viewer, id: string, archived: boolean): Promise<WebhookView> {
    return this.#deps.store.write(async (tx) => {
      const before = await getWebhook(tx.db, id)
      if ((before.archivedAt !== null) === archived) return readWebhook(tx.db, before)
      const archivedAt = archived ? this.#deps.clock.now() : null
      const next = { ...before, archivedAt }
      await refuseSameName(tx, next)
      const after = await updateWebhook(tx, before, { archivedAt, version: before.version + 1 })
      await this.#record(tx, viewer, 'webhook.updated', { id, changes: { archived } })
      return readWebhook(tx.db, after)
    })
  }

  async #record(tx: Tx, viewer: Viewer, type: string, data: Record<string, unknown>): Promise<void> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    await this.#deps.events.record(tx, { type, actor, audience: { teams: [], agents: [] }, data })
  }
}

/** Two that read the same could not be told apart where a rule chooses one. */
async function refuseSameName(tx: Tx, { id, name, archivedAt }: WebhookRow): Promise<void> {
  if (archivedAt !== null) return
  const rows = await tx.db.find(WebhookEntity)
  const twin = rows.find(
    (row) => row.id !== id && row.archivedAt === null && foldName(row.name) === foldName(name),
  )
  if (twin) throw invalid('name', 'webhooks.name_taken')
}
