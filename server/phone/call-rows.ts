import { phoneTwins } from '../customers/phones.ts'
import { insertRow, updateRow } from '../store/rows.ts'
import type { Db, Tx } from '../store/store.ts'
import type { CallCustomer, CallState } from './contract.ts'
import { CallEntity, type CallRow } from './entities.ts'

/** Reads and writes of calls, named by the question they answer. */

export interface LineRow {
  callSeq: number
  /** An extension, or `agent:…` for an agent without one. */
  line: string
  agentId: string | null
}

export async function findCall(db: Db, id: string): Promise<CallRow | undefined> {
  const [row] = await db.sql<CallRow[]>`SELECT * FROM call WHERE id = ${id}`
  return row
}

export async function findCallNamed(
  db: Db,
  source: string,
  externalId: string,
): Promise<CallRow | undefined> {
  const [row] = await db.sql<CallRow[]>`
    SELECT * FROM call WHERE source = ${source} AND externalId = ${externalId}`
  return row
}

/** Calls of this source that go on, or ended after `since`; the newest first. */
export const recentOfSource = (db: Db, source: string, since: number) =>
  db.sql<CallRow[]>`
    SELECT * FROM call WHERE source = ${source} AND (checkAt IS NOT NULL OR endedAt >= ${since})
      AND startedAt >= ${since - LONGEST_MS} ORDER BY seq DESC LIMIT 200`
const LONGEST_MS = 24 * 60 * 60_000

export async function insertCall(tx: Tx, row: Omit<CallRow, 'seq'>): Promise<CallRow> {
  const seq = await insertRow(tx.db, CallEntity, row)
  if (seq === undefined) throw new Error('A call was inserted without a number of its own.')
  return { ...row, seq }
}

/** Writes what differs. */
export async function updateCall(tx: Tx, before: CallRow, changes: Partial<CallRow>): Promise<CallRow> {
  const differing = Object.entries(changes).filter(([name, value]) => before[name as keyof CallRow] !== value)
  await updateRow(tx.db, CallEntity, before.seq, Object.fromEntries(differing))
  return { ...before, ...changes }
}

export async function linesOf(db: Db, seqs: readonly number[]): Promise<LineRow[]> {
  if (seqs.length === 0) return []
  return db.sql<
    LineRow[]
  >`SELECT * FROM call_line WHERE callSeq IN (${() => [...seqs]}) ORDER BY callSeq, line`
}

/** The first word holds: who sat at a phone when it rang is not changed by who sits there later. */
export async function addLine(tx: Tx, { callSeq, line, agentId }: LineRow): Promise<void> {
  await tx.db.sql`
    INSERT INTO call_line (callSeq, line, agentId) VALUES (${callSeq}, ${line}, ${agentId}) ON CONFLICT DO NOTHING`
}

/** Puts an agent at the phones of a call that are nobody's. */
export async function takeLines(tx: Tx, callSeq: number, agentId: string): Promise<void> {
  await tx.db.sql`UPDATE call_line SET agentId = ${agentId} WHERE callSeq = ${callSeq} AND agentId IS NULL`
}

export async function nextCallAt(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ checkAt: number | null; settleAt: number | null }[]>`
    SELECT (SELECT min(checkAt) FROM call WHERE checkAt IS NOT NULL) AS checkAt,
      (SELECT min(settleAt) FROM call WHERE settleAt IS NOT NULL) AS settleAt`
  const times = [row?.checkAt, row?.settleAt].filter((at) => typeof at === 'number')
  return times.length > 0 ? Math.min(...times) : null
}

export const dueCalls = (db: Db, now: number, limit: number) =>
  db.sql<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, checkAt AS at FROM call WHERE checkAt IS NOT NULL AND checkAt <= ${now}
      UNION ALL SELECT id, settleAt FROM call WHERE settleAt IS NOT NULL AND settleAt <= ${now}
    ) ORDER BY at LIMIT ${limit}`

/** Goes on, and is this agent's matter or nobody's; whether the latter is shown to the agent is for the caller to say. */
export const openFor = (db: Db, agentId: string) =>
  db.sql<CallRow[]>`
    SELECT call.* FROM call WHERE checkAt IS NOT NULL AND (isUnclaimed = 1 OR agentId = ${agentId}
      OR EXISTS (SELECT 1 FROM call_line WHERE callSeq = call.seq AND call_line.agentId = ${agentId}))
    ORDER BY startedAt, seq LIMIT 100`

export const toWrapUp = (db: Db, agentId: string, since: number) =>
  db.sql<CallRow[]>`
    SELECT * FROM call WHERE agentId = ${agentId} AND wrapUpAt IS NULL AND answeredAt IS NOT NULL
      AND endedAt >= ${since} AND isTest = 0 AND checkAt IS NULL
    ORDER BY startedAt, seq LIMIT 20`

/** Whether somebody spoke with this number since, or does now; and whether it rings. */
export async function spokenWith(
  db: Db,
  numberKey: string,
  since: number,
): Promise<{ isAnswered: boolean; rings: boolean }> {
  const rows = await db.sql<{ state: CallState; answeredAt: number | null }[]>`
    SELECT state, answeredAt FROM call WHERE numberKey = ${numberKey} AND isTest = 0
      AND (startedAt >= ${since} OR answeredAt >= ${since})`
  return {
    isAnswered: rows.some(({ answeredAt }) => answeredAt !== null && answeredAt >= since),
    rings: rows.some(({ state }) => state === 'ringing'),
  }
}

/** The latest missed call of this number that something was done about, when it ended after `since`. */
export async function missedBefore(db: Db, call: CallRow, since: number): Promise<CallRow | undefined> {
  const [row] = await db.sql<CallRow[]>`
    SELECT * FROM call WHERE numberKey = ${call.numberKey} AND startedAt >= ${since - LONGEST_MS} AND endedAt >= ${since}
      AND missedOf IS NOT NULL AND id <> ${call.id} ORDER BY startedAt DESC LIMIT 1`
  return row
}

export async function timesMissed(db: Db, firstId: string): Promise<number> {
  const [row] = await db.sql<
    { times: number }[]
  >`SELECT count(*) AS times FROM call WHERE missedOf = ${firstId}`
  return row?.times ?? 0
}

interface CustomerOfCall {
  id: string
  name: string
  tierId: string | null
  tierKey: string | null
  tierName: string
  tierWeight: number
}

const toCustomer = ({ id, name, tierId, tierKey, tierName, tierWeight }: CustomerOfCall): CallCustomer => ({
  ...{ id, name },
  tier: tierId === null ? null : { id: tierId, key: tierKey, name: tierName, weight: tierWeight },
})

/** Those who have this number, with its ninth digit or without; whoever has it as it is first. */
export async function customersWith(db: Db, e164: string): Promise<CallCustomer[]> {
  const rows = await db.sql<CustomerOfCall[]>`
    SELECT customer.id, customer.name, tier.id AS tierId, tier.key AS tierKey, tier.name AS tierName, tier.weight AS tierWeight
    FROM customer LEFT JOIN customer_tier AS tier ON tier.id = customer.tierId
      JOIN (SELECT customerId, max(e164 = ${e164}) AS isVery FROM customer_phone
        WHERE e164 IN (${() => phoneTwins(e164)}) GROUP BY customerId) AS phone ON phone.customerId = customer.id
    ORDER BY phone.isVery DESC, tier.weight DESC, customer.seq LIMIT 20`
  return rows.map(toCustomer)
}

export async function customersNamed(db: Db, ids: readonly string[]): Promise<Map<string, CallCustomer>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql<CustomerOfCall[]>`
    SELECT customer.id, customer.name, tier.id AS tierId, tier.key AS tierKey, tier.name AS tierName, tier.weight AS tierWeight
    FROM customer LEFT JOIN customer_tier AS tier ON tier.id = customer.tierId WHERE customer.id IN (${() => [...ids]})`
  return new Map(rows.map((row) => [row.id, toCustomer(row)]))
}

/** Forgets calls of before `instant`, and tests of before `testsBefore`. */
export async function deleteCallsBefore(tx: Tx, instant: number, testsBefore: number): Promise<void> {
  await tx.db.sql`
    DELETE FROM call_line WHERE callSeq IN (
      SELECT seq FROM call WHERE checkAt IS NULL AND (startedAt < ${instant} OR (isTest = 1 AND startedAt < ${testsBefore})))`
  await tx.db.sql`
    DELETE FROM call WHERE checkAt IS NULL AND (startedAt < ${instant} OR (isTest = 1 AND startedAt < ${testsBefore}))`
}
