import { notFound } from '../errors.ts'
import type { JobRow } from '../jobs/entities.ts'
import { countLanes, headsOfLanes, type LaneCounts } from '../jobs/job-rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { WebhookState, WebhookView } from './contract.ts'
import { WebhookEntity, type WebhookRow } from './entities.ts'

/** Everything for one webhook goes out in order, one after another. */
export const laneOf = (webhookId: string) => `webhook:${webhookId}`

export const findWebhook = (db: Db, id: string) => db.findOneBy(WebhookEntity, { id })

/** @throws NOT_FOUND `webhook.not_found` */
export async function getWebhook(db: Db, id: string): Promise<WebhookRow> {
  const row = await findWebhook(db, id)
  if (!row) throw notFound('webhook')
  return row
}

export async function updateWebhook(
  tx: Tx,
  row: WebhookRow,
  changes: Partial<WebhookRow>,
): Promise<WebhookRow> {
  await tx.db.update(WebhookEntity, { id: row.id }, changes)
  return { ...row, ...changes }
}

/** By name, with what is on its way to each. */
export async function readWebhooks(db: Db): Promise<WebhookView[]> {
  const rows = await db.find(WebhookEntity)
  return viewsOf(db, rows)
}

export async function readWebhook(db: Db, row: WebhookRow): Promise<WebhookView> {
  const [view] = await viewsOf(db, [row])
  if (!view) throw notFound('webhook')
  return view
}

async function viewsOf(db: Db, rows: readonly WebhookRow[]): Promise<WebhookView[]> {
  const counts = new Map((await countLanes(db)).map((lane) => [lane.lane, lane]))
  const heads = new Map((await headsOfLanes(db)).map((job) => [job.lane, job]))
  return rows
    .map((row) => toView(row, counts.get(laneOf(row.id)), heads.get(laneOf(row.id))))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** @param head what is tried next */
function toView(row: WebhookRow, counts: LaneCounts | undefined, head: JobRow | undefined): WebhookView {
  const { id, name, url, version, lastStatus, lastProblem } = row
  return {
    ...{ id, name, url, version, lastStatus, lastProblem },
    archived: row.archivedAt !== null,
    createdAt: new Date(row.createdAt).toISOString(),
    state: stateOf(row, head),
    lastAt: toIso(row.lastAt),
    waiting: counts?.open ?? 0,
    nextAt: toIso(head?.runAt ?? null),
    dead: counts?.dead ?? 0,
  }
}

function stateOf(row: WebhookRow, head: JobRow | undefined): WebhookState {
  if (row.goneAt !== null) return 'gone'
  if (row.lastOk === null) return 'idle'
  if (row.lastOk === 1) return 'ok'
  return head && head.fails > 0 ? 'failing' : 'dead'
}

const toIso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
