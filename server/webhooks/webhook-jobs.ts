import type { People } from '../access/people.ts'
import type { Alerts } from '../alerts/alerts.service.ts'
import type { Clock } from '../clock.ts'
import type { JobRow } from '../jobs/entities.ts'
import type { JobHandler, Outcome, Settled } from '../jobs/handler.ts'
import type { Alarm } from '../schedule/alarm.ts'
import type { Store, Tx } from '../store/store.ts'
import { post } from './post.ts'
import { findWebhook, updateWebhook } from './webhook-rows.ts'
import type { WebhookRow } from './entities.ts'

/** What a delivery's job holds. */
export interface DeliveryPayload {
  webhookId: string
  message: { type: string }
}

export const readPayload = <Payload extends DeliveryPayload>({ payload }: JobRow): Payload =>
  JSON.parse(payload) as Payload

export interface WebhookJobsDeps {
  store: Store
  clock: Clock
  alarm: Alarm
  alerts: Pick<Alerts, 'raiseOnce' | 'settle'>
  people: Pick<People, 'current'>
}

/** Delivers what is meant for webhooks, and says when one has been out of reach for too long. */
export class WebhookJobs implements JobHandler {
  readonly #deps: WebhookJobsDeps

  constructor(deps: WebhookJobsDeps) {
    this.#deps = deps
  }

  async run(job: JobRow, signal: AbortSignal): Promise<Outcome> {
    const { webhookId, message } = readPayload(job)
    const webhook = await findWebhook(this.#deps.store.read, webhookId)
    if (!webhook || webhook.archivedAt !== null) return unsent('archived')
    if (webhook.goneAt !== null) return unsent('gone')
    const { url, secret } = webhook
    const body = JSON.stringify({ id: job.id, ...message })
    return post({ url, secret, deliveryId: job.id, event: message.type, body }, { ...this.#deps, signal })
  }

  async settled(tx: Tx, { job, outcome }: Settled): Promise<void> {
    const webhook = await findWebhook(tx.db, readPayload(job).webhookId)
    if (!webhook) return
    const { ok, status, problem } = outcome
    const now = this.#deps.clock.now()
    if (problem !== 'archived')
      await updateWebhook(tx, webhook, {
        ...{ lastAt: now, lastOk: ok ? 1 : 0, lastStatus: status, lastProblem: problem },
        ...(problem === 'gone' && webhook.goneAt === null ? { goneAt: now } : {}),
      })
    if (ok) await this.#deps.alerts.settle(tx, [alertKey(webhook)], { type: 'system' })
    else if (job.state === 'dead' && problem !== 'archived') await this.#raise(tx, webhook, job)
  }

  /** Once for an outage, however much it took along: the alert stands until something arrives again. */
  async #raise(tx: Tx, webhook: WebhookRow, job: JobRow): Promise<void> {
    const { alerts, people, clock } = this.#deps
    const { agents } = await people.current()
    const admins = [...agents.values()].filter(({ role, active }) => role === 'admin' && active)
    await alerts.raiseOnce(tx, {
      key: alertKey(webhook),
      ticket: null,
      severity: 'warning',
      reason: 'job.dead',
      data: { kind: job.kind, name: webhook.name, id: webhook.id },
      lateMs: null,
      notify: admins.map(({ id }) => id),
      tellAt: clock.now(),
    })
  }
}

const unsent = (problem: 'archived' | 'gone'): Outcome => ({
  ...{ ok: false, status: null, problem, message: null, isFinal: true },
})

const alertKey = ({ id }: WebhookRow) => `job.dead:webhook:${id}`
