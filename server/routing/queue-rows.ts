import type { Locale } from '../settings/contract.ts'
import type { Db, Tx } from '../store/store.ts'
import type { Channel } from '../tickets/filter.contract.ts'
import { assignSchema, type Assign } from './contract.ts'

/** A ticket that waits to be given out, with what choosing asks of it. */
export interface Waiting {
  ticketId: string
  request: Assign
  ruleId: string | null
  /** How many acts of the desk led to it. */
  depth: number
  /** Among whom; null is everybody. */
  teamId: string | null
  language: Locale | null
  lastAgentId: string | null
  priorityWeight: number
  queuedAt: number
  refusals: Refusals
  /** When a refusal lapses, so that it is worth looking again. */
  retryAt: number | null
  nobody: boolean
}

/** By agent: when last (milliseconds UTC) and how often. */
export type Refusals = Record<string, { at: number; times: number }>

/** As the ticket is now. */
export interface WaitingTicket extends Waiting {
  ticketTeamId: string | null
  channel: Channel
  tierId: string | null
}

interface QueueRow {
  ticketId: string
  request: string
  ruleId: string | null
  depth: number
  teamId: string | null
  language: Locale | null
  lastAgentId: string | null
  priorityWeight: number
  queuedAt: number
  refusals: string
  retryAt: number | null
  nobody: 0 | 1
}
interface TicketParts {
  ticketTeamId: string | null
  channel: Channel
  tierId: string | null
}

const toWaiting = <Row extends QueueRow>(row: Row) => ({
  ...row,
  request: assignSchema.parse(JSON.parse(row.request)),
  refusals: JSON.parse(row.refusals) as Refusals,
  nobody: row.nobody === 1,
})

export async function isAnyWaiting(db: Db): Promise<boolean> {
  return (await db.sql<unknown[]>`SELECT 1 FROM routing_queue LIMIT 1`).length > 0
}

export async function findWaiting(db: Db, ticketId: string): Promise<Waiting | undefined> {
  const [row] = await db.sql<QueueRow[]>`SELECT * FROM routing_queue WHERE ticketId = ${ticketId}`
  return row && toWaiting(row)
}

/** The most urgent first, then the oldest; without those that somebody is being asked about. */
export async function waitingInOrder(db: Db): Promise<WaitingTicket[]> {
  const rows = await db.sql<(QueueRow & TicketParts)[]>`
    SELECT q.*, t.teamId AS ticketTeamId, t.channel, c.tierId
    FROM routing_queue q JOIN ticket t ON t.id = q.ticketId JOIN customer c ON c.id = t.requesterId
    WHERE NOT EXISTS (SELECT 1 FROM routing_offer o WHERE o.ticketId = q.ticketId)
    ORDER BY q.priorityWeight DESC, q.queuedAt, t.seq`
  return rows.map(toWaiting)
}

/** With what a list shows of the ticket. */
export interface WaitingCard extends WaitingTicket {
  number: string
  subject: string
  priorityId: string
}

/** More are no list but a flood. */
const SHOWN = 200

/** All that still wait, in their order, those being offered included. */
export async function allWaiting(db: Db): Promise<WaitingCard[]> {
  const rows = await db.sql<
    (QueueRow & TicketParts & Pick<WaitingCard, 'number' | 'subject' | 'priorityId'>)[]
  >`
    SELECT q.*, t.teamId AS ticketTeamId, t.channel, c.tierId, t.number, t.subject, t.priorityId
    FROM routing_queue q JOIN ticket t ON t.id = q.ticketId JOIN customer c ON c.id = t.requesterId
    WHERE t.agentId IS NULL AND t.active = 1
    ORDER BY q.priorityWeight DESC, q.queuedAt, t.seq LIMIT ${SHOWN}`
  return rows.map(toWaiting)
}

/** Those that somebody has, or that are over, by now. */
export async function servedMeanwhile(db: Db): Promise<string[]> {
  const rows = await db.sql<{ ticketId: string }[]>`
    SELECT q.ticketId FROM routing_queue q JOIN ticket t ON t.id = q.ticketId WHERE t.agentId IS NOT NULL OR t.active = 0`
  return rows.map(({ ticketId }) => ticketId)
}

export async function saveWaiting(tx: Tx, waiting: Waiting): Promise<void> {
  const { ticketId, request, ruleId, depth, teamId, language, lastAgentId } = waiting
  const { priorityWeight, queuedAt, refusals, retryAt, nobody } = waiting
  await tx.db.sql`
    INSERT INTO routing_queue
      (ticketId, request, ruleId, depth, teamId, language, lastAgentId, priorityWeight, queuedAt, refusals, retryAt, nobody)
    VALUES (${ticketId}, ${JSON.stringify(request)}, ${ruleId}, ${depth}, ${teamId}, ${language}, ${lastAgentId},
      ${priorityWeight}, ${queuedAt}, ${JSON.stringify(refusals)}, ${retryAt}, ${nobody ? 1 : 0})
    ON CONFLICT (ticketId) DO UPDATE SET request = excluded.request, ruleId = excluded.ruleId, depth = excluded.depth,
      teamId = excluded.teamId, language = excluded.language, lastAgentId = excluded.lastAgentId,
      priorityWeight = excluded.priorityWeight, refusals = excluded.refusals, retryAt = excluded.retryAt,
      nobody = excluded.nobody`
}

export async function deleteWaiting(tx: Tx, ticketId: string): Promise<void> {
  await tx.db.sql`DELETE FROM routing_queue WHERE ticketId = ${ticketId}`
}

/** Teams, null for everybody, of whom nobody on duty can take what waits. */
export async function teamsWithNobody(db: Db): Promise<(string | null)[]> {
  const rows = await db.sql<{ teamId: string | null }[]>`
    SELECT DISTINCT teamId FROM routing_queue WHERE nobody = 1`
  return rows.map(({ teamId }) => teamId)
}

export async function nextRetry(db: Db): Promise<number | null> {
  const [row] = await db.sql<{ at: number | null }[]>`
    SELECT min(retryAt) AS at FROM routing_queue WHERE retryAt IS NOT NULL`
  return row?.at ?? null
}
