import type { Tx } from '../store/store.ts'

/** What a merge changed, kept in its event so that it can be taken back. */
export interface MergeMemory {
  /** The source's status before. */
  statusId: string
  /** Whether the merge closed it. */
  closed: boolean
  /** Since when the source owed an answer, and the target before it owed that too; milliseconds UTC. */
  owedSince: number | null
  owedBefore: number | null
  /** Since when a customer waited in each of them before, and in the target afterwards. */
  waiting: Record<'source' | 'target' | 'together', number | null>
  /** Ids of tags that came to the target with it. */
  tagsAdded: string[]
  /** The target's status before, when the merge reopened it. */
  targetStatusId: string | null
  /** The target's version with the merge. */
  targetVersion: number
}

/** What the latest merge of this ticket changed. */
export async function lastMerge(tx: Tx, sourceId: string): Promise<MergeMemory | undefined> {
  const [row] = await tx.db.sql<{ data: string }[]>`
    SELECT data FROM event WHERE ticketId = ${sourceId} AND type = 'ticket.merged'
    AND json_extract(data, '$.sourceId') = ${sourceId} ORDER BY seq DESC LIMIT 1`
  return row && (JSON.parse(row.data) as { memory?: MergeMemory }).memory
}
