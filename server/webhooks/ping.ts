import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import type { Alarm } from '../schedule/alarm.ts'
import type { Store } from '../store/store.ts'
import type { TestResult } from './contract.ts'
import { post } from './post.ts'
import { findWebhook, getWebhook, laneOf, updateWebhook } from './webhook-rows.ts'

/** Each keeps a request waiting for as long as the other side likes, up to the time-out. */
const AT_ONCE = 4

/** Sends a `ping` while somebody waits for what comes of it. */
export class WebhookPing {
  readonly #deps: { store: Store; clock: Clock; alarm: Alarm; jobs: Jobs; shutdown: AbortController }
  #running = 0

  constructor(deps: { store: Store; clock: Clock; alarm: Alarm; jobs: Jobs; shutdown: AbortController }) {
    this.#deps = deps
  }

  /** When it works, what waits after a failure goes out at once. @throws NOT_FOUND `webhook.not_found`, LIMIT `webhooks.busy` */
  async send({ id }: { id: string }): Promise<TestResult> {
    const { store, clock, shutdown } = this.#deps
    const { name, url, secret } = await getWebhook(store.read, id)
    if (this.#running >= AT_ONCE) throw new AppError('LIMIT', 'webhooks.busy')
    this.#running += 1
    try {
      const startedAt = clock.now()
      const deliveryId = newId()
      const at = new Date(startedAt).toISOString()
      const body = JSON.stringify({ id: deliveryId, type: 'ping', at, webhook: { id, name } })
      const outcome = await post(
        { url, secret, deliveryId, event: 'ping', body },
        { ...this.#deps, signal: shutdown.signal },
      )
      const { ok, status, problem, message } = outcome
      if (ok) await this.#answers(id)
      return { ok, status, ms: Math.max(0, clock.now() - startedAt), problem, message }
    } finally {
      this.#running -= 1
    }
  }

  #answers(id: string): Promise<void> {
    const { store, jobs } = this.#deps
    return store.write(async (tx) => {
      const webhook = await findWebhook(tx.db, id)
      if (webhook && webhook.goneAt !== null) await updateWebhook(tx, webhook, { goneAt: null })
      await jobs.hurry(tx, laneOf(id))
    })
  }
}
