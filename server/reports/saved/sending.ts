import type { Jobs } from '../../jobs/jobs.service.ts'
import type { Tx } from '../../store/store.ts'
import type { SavedReportRow } from './entities.ts'
import { insertSending } from './saved-rows.ts'

interface Start {
  saved: SavedReportRow
  sendingId: string
  /** One sending under each. */
  key: string
  dueAt: number
  now: number
  byAgentId: string | null
}

/** Takes a sending in hand: written down in this transaction, reckoned and sent after it. */
export async function startSending(
  jobs: Jobs,
  tx: Tx,
  { saved, sendingId, key, dueAt, now, byAgentId }: Start,
): Promise<void> {
  const isNew = await insertSending(tx, {
    ...{ id: sendingId, savedId: saved.id, key, dueAt, at: now, byAgentId },
    ...{ state: 'waiting', mails: 0, sent: 0, failed: 0, problem: null },
  })
  if (isNew)
    await jobs.enqueue(tx, { kind: 'report', lane: `report:${saved.id}`, key, payload: { sendingId } })
}
