import type { Viewer } from '../access/viewer.ts'
import { AppError, notFound } from '../errors.ts'
import type { TryView } from '../jobs/contract.ts'
import type { JobRow, JobTryRow } from '../jobs/entities.ts'
import { findJob, jobsOfLane, triesOf } from '../jobs/job-rows.ts'
import type { Jobs } from '../jobs/jobs.service.ts'
import type { Db, Store, Tx } from '../store/store.ts'
import type { DeliveryPage, DeliveryView, ListDeliveries } from './contract.ts'
import type { RuleMessage } from './message.ts'
import { getWebhook, laneOf, updateWebhook } from './webhook-rows.ts'
import { readPayload, type DeliveryPayload } from './webhook-jobs.ts'

/** What was and is to be delivered to a webhook, for those who look after it. */
export class Deliveries {
  readonly #store: Store
  readonly #jobs: Jobs

  constructor({ store, jobs }: { store: Store; jobs: Jobs }) {
    this.#store = store
    this.#jobs = jobs
  }

  /** The newest first. @throws NOT_FOUND `webhook.not_found` */
  async list({ id, cursor, limit }: ListDeliveries): Promise<DeliveryPage> {
    const { read } = this.#store
    await getWebhook(read, id)
    const jobs = await jobsOfLane(read, laneOf(id), cursor ?? Number.MAX_SAFE_INTEGER, limit)
    const last = jobs.length === limit ? jobs.at(-1) : undefined
    return { items: await viewsOf(read, jobs), nextCursor: last?.seq ?? null }
  }

  /** Sends once more what was given up. @throws NOT_FOUND `delivery.not_found`, CONFLICT `webhooks.archived`, `job.not_dead` */
  retry(viewer: Viewer, { id }: { id: string }): Promise<DeliveryView> {
    return this.#store.write(async (tx) => {
      const job = await findJob(tx.db, id)
      if (job?.kind !== 'webhook') throw notFound('delivery')
      await this.#open(tx, readPayload(job).webhookId)
      const revived = await this.#jobs.revive(tx, job, { type: 'agent', id: viewer.agentId })
      const [view] = await viewsOf(tx.db, [revived])
      if (!view) throw notFound('delivery')
      return view
    })
  }

  /** The same for all that were given up. @throws NOT_FOUND `webhook.not_found`, CONFLICT `webhooks.archived` */
  retryAll(viewer: Viewer, { id }: { id: string }): Promise<{ count: number }> {
    return this.#store.write(async (tx) => {
      await this.#open(tx, id)
      const actor = { type: 'agent', id: viewer.agentId } as const
      return { count: await this.#jobs.reviveAll(tx, laneOf(id), actor) }
    })
  }

  /** Somebody believes that there is an answer again. */
  async #open(tx: Tx, webhookId: string): Promise<void> {
    const webhook = await getWebhook(tx.db, webhookId)
    if (webhook.archivedAt !== null) throw new AppError('CONFLICT', 'webhooks.archived')
    if (webhook.goneAt !== null) await updateWebhook(tx, webhook, { goneAt: null })
  }
}

async function viewsOf(db: Db, jobs: readonly JobRow[]): Promise<DeliveryView[]> {
  const ids = jobs.map(({ id }) => id)
  const tries = Map.groupBy(await triesOf(db, ids), ({ jobId }) => jobId)
  return jobs.map((job) => toView(job, tries.get(job.id) ?? []))
}

function toView(job: JobRow, tries: readonly JobTryRow[]): DeliveryView {
  const { message } = readPayload<DeliveryPayload & { message: RuleMessage }>(job)
  const { id, state, attempts } = job
  return {
    ...{ id, state, attempts, type: message.type, trigger: message.trigger, rule: message.rule },
    ticket: { id: message.ticket.id, number: message.ticket.number },
    createdAt: new Date(job.createdAt).toISOString(),
    nextAt: job.finishedAt === null ? new Date(job.runAt).toISOString() : null,
    tries: tries.map(toTryView),
  }
}

const toTryView = ({ at, ms, ok, status, problem, message }: JobTryRow): TryView => ({
  at: new Date(at).toISOString(),
  ...{ ms, ok: ok === 1, status, problem, message },
})
