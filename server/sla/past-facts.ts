import type { EventRow } from '../events/event.entity.ts'
import type { Db } from '../store/store.ts'
import { foldFact, type Fact, type Facts, type MergeFact, type Phase } from './facts.ts'

/** What the log's events can't say by themselves. */
export interface Reading {
  /** The phase that a ticket is in with this status. */
  phaseOf(statusId: string, statusClass: string): Phase
  /** Whether a ticket that was logged on this channel was answered as it was logged. */
  answeredAtCreation(channel: string): boolean
}

/**
 * What promises go by, read from a ticket's whole history: for tickets that were never promised anything, when a policy first
 * applies to them. Undefined when the log knows no such ticket.
 */
export async function pastFacts(db: Db, ticketId: string, reading: Reading): Promise<Facts | undefined> {
  const events = await db.sql<EventRow[]>`
    SELECT * FROM event WHERE ticketId = ${ticketId}
    AND type IN ('ticket.created', 'ticket.updated', 'message.created') ORDER BY seq`
  const facts = events.flatMap((event) => factsOfEvent(event, JSON.parse(event.data) as Said, reading))
  if (facts[0]?.type !== 'created') return undefined
  return facts.reduce<Facts | null>((known, fact) => foldFact(known, fact), null) ?? undefined
}

/** What one event of a ticket means to its promises; `said` is its data. */
export function factsOfEvent(
  { at, type, actorType }: Pick<EventRow, 'at' | 'type' | 'actorType'>,
  said: Said,
  { phaseOf, answeredAtCreation }: Reading,
): Fact[] {
  if (type === 'ticket.created') {
    const phase = phaseOf(said.statusId, said.statusClass)
    // What the desk itself wrote down was answered by nobody.
    const answered = actorType !== 'system' && answeredAtCreation(said.channel)
    const created = { type: 'created', at, phase, answered } as const
    return said.dueAt ? [created, { type: 'dueSet', at, dueAt: said.dueAt }] : [created]
  }
  if (type === 'message.created') {
    // The first message came with the ticket.
    if (said.kind !== 'public' || said.version === 1) return []
    if (said.authorType === 'customer') return [{ type: 'customerWrote', at }]
    return said.authorType === 'agent' ? [{ type: 'agentAnswered', at }] : []
  }
  if (type !== 'ticket.updated') return []
  const { fact } = said
  if (fact?.type === 'merged' || fact?.type === 'unmerged') return [fact]
  const { statusId, dueAt } = said.changes
  return [
    ...(statusId
      ? [{ type: 'phaseChanged', at, phase: phaseOf(statusId.to, said.statusClass) } as const]
      : []),
    ...(dueAt ? [{ type: 'dueSet', at, dueAt: dueAt.to } as const] : []),
    ...(fact ? [fact] : []),
  ]
}

/** The part of an event's data that promises are told by. */
export interface Said {
  statusId: string
  statusClass: string
  channel: string
  dueAt?: number
  kind: string
  authorType: string
  version: number
  fact?: MergeFact
  changes: { statusId?: { to: string }; dueAt?: { to: number | null } }
}
