import { audienceOfTickets } from '../access/viewer.ts'
import { defaultStatus } from '../catalog/catalog.ts'
import { AppError, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import { owedSince } from '../sla/facts.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf, type DecidedChanges } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { updatedIf } from '../tickets/happenings.ts'
import { survivorOf } from '../tickets/survivors.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { findTicket, tagIdsOf, updateTicketRow } from '../tickets/ticket-rows.ts'
import {
  planChanges,
  type FieldChanges,
  type FieldVersions,
  type TicketState,
} from '../tickets/ticket-state.ts'
import { readTicketView, type Names } from '../tickets/ticket-view.ts'
import { planMerge, type Merge, type MergeSide } from './merge-plan.ts'
import type { MergeMemory } from './merge-memory.ts'

export interface MergeRequest {
  sourceId: string
  targetId: string
  actor: ActorRef
  /** How many acts of the desk led to it. */
  depth?: number
  /** The version of the source that it was decided on; the newest unless given. */
  madeOn?: number
}

export interface Ticket {
  row: TicketRow
  tagIds: string[]
}

/**
 * Lets one ticket go on in another: nothing is moved, the source points to its survivor and ends.
 * @throws CONFLICT with the reason of a refusal of `planMerge`, or `ticket.changed_meanwhile`; NOT_FOUND `ticket.not_found`
 */
export async function mergeTickets(deps: TicketDeps, tx: Tx, request: MergeRequest): Promise<void> {
  const { actor, depth = 0 } = request
  const names = await deps.names.current()
  const [source, target] = [await read(tx, request.sourceId), await read(tx, request.targetId)]
  const survivor = await survivorOf(tx.db, target.row)
  const plan = planMerge(sideOf(source), sideOf(target), survivor.id)
  if (plan.refused) throw new AppError('CONFLICT', plan.refused, { details: { name: survivor.number } })

  const [sourceFacts, targetFacts] = [
    await deps.promises.factsOf(tx.db, source.row),
    await deps.promises.factsOf(tx.db, target.row),
  ]
  const owed = sourceFacts ? owedSince(sourceFacts) : source.row.waitingSince
  const ended = await endSource(deps, tx, {
    source,
    targetId: target.row.id,
    merge: plan.merge,
    names,
    request,
  })
  const grown = await growTarget(deps, tx, { target, merge: plan.merge, owed, names, actor })
  const memory: MergeMemory = {
    statusId: source.row.statusId,
    closed: plan.merge.closesSource,
    owedSince: owed,
    owedBefore: targetFacts?.unansweredSince ?? null,
    waiting: {
      source: source.row.waitingSince,
      target: target.row.waitingSince,
      together: plan.merge.waitingSince,
    },
    tagsAdded: plan.merge.tagsAdded,
    targetStatusId: plan.merge.reopensTarget ? target.row.statusId : null,
    targetVersion: grown.after.version,
  }
  await recordOnBoth(deps, tx, actor, 'ticket.merged', [source.row, target.row], { memory })
  for (const { ticketId, changes } of [
    { ticketId: source.row.id, changes: ended.changes },
    { ticketId: target.row.id, changes: grown.changes },
  ])
    await tellOf(deps, tx, { ticketId, actor, changes, depth })
}

interface SourceEnd {
  source: Ticket
  targetId: string
  merge: Merge
  names: Names
  request: MergeRequest
}

async function endSource(
  deps: TicketDeps,
  tx: Tx,
  { source, targetId, merge, names, request }: SourceEnd,
): Promise<{ changes: FieldChanges }> {
  const { row, tagIds } = source
  const statusId = merge.closesSource ? defaultStatus(names.catalog, 'closed').id : row.statusId
  const decided = decide(source, { statusId }, request.madeOn)
  if (!decided)
    throw new AppError('CONFLICT', 'ticket.changed_meanwhile', {
      details: { current: await readTicketView(tx.db, row, names), fields: ['statusId'] },
    })
  const fact = { type: 'merged', at: deps.clock.now() } as const
  const after = await applyChanges(deps, tx, request.actor, row, tagIds, { ...decided, fact }, names)
  await updateTicketRow(tx, after, { mergedIntoId: targetId })
  return decided
}

interface TargetGrowth {
  target: Ticket
  merge: Merge
  owed: number | null
  names: Names
  actor: ActorRef
}

async function growTarget(
  deps: TicketDeps,
  tx: Tx,
  { target, merge, owed, names, actor }: TargetGrowth,
): Promise<{ after: TicketRow; changes: FieldChanges }> {
  const { row, tagIds } = target
  const statusId = merge.reopensTarget ? defaultStatus(names.catalog, 'open').id : row.statusId
  const { state, changes } = decide(target, { statusId, tagIds: merge.tagIds }) ?? unchanged(target)
  const fact = { type: 'absorbed', at: deps.clock.now(), owedSince: owed } as const
  const after = await applyChanges(deps, tx, actor, row, tagIds, { state, changes, fact }, names)
  const { waitingSince, lastMessageAt } = merge
  return { after: await updateTicketRow(tx, after, { waitingSince, lastMessageAt }), changes }
}

/** The changes that bring a ticket there, perhaps none; null when others changed the same since `madeOn`. */
export function decide(
  { row, tagIds }: Ticket,
  wanted: Partial<TicketState>,
  madeOn = row.version,
): DecidedChanges | null {
  const state = stateOf(row, tagIds)
  const plan = planChanges(state, JSON.parse(row.fieldVersions) as FieldVersions, wanted, madeOn)
  if (plan.outcome === 'conflict') return null
  return plan.outcome === 'changed' ? plan : { state, changes: {} }
}

export const unchanged = ({ row, tagIds }: Ticket): DecidedChanges => ({
  state: stateOf(row, tagIds),
  changes: {},
})

/** @throws NOT_FOUND `ticket.not_found` */
export async function read(tx: Tx, id: string): Promise<Ticket> {
  const row = await findTicket(tx.db, id)
  if (!row) throw notFound('ticket')
  return { row, tagIds: await tagIdsOf(tx.db, id) }
}

const sideOf = ({ row, tagIds }: Ticket): MergeSide => ({
  id: row.id,
  mergedIntoId: row.mergedIntoId,
  active: row.active === 1,
  requesterId: row.requesterId,
  tagIds,
  waitingSince: row.waitingSince,
  lastMessageAt: row.lastMessageAt,
})

/** Each ticket's history tells of it, and whoever may see one of them hears of that one only. */
export async function recordOnBoth(
  { events }: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  type: 'ticket.merged' | 'ticket.unmerged',
  [source, target]: readonly [TicketRow, TicketRow],
  { memory }: { memory?: MergeMemory } = {},
): Promise<void> {
  const said = { sourceId: source.id, targetId: target.id, source: source.number, target: target.number }
  for (const ticket of [source, target])
    await events.record(tx, {
      ...{ type, actor, ticketId: ticket.id, audience: audienceOfTickets(ticket) },
      data: { ...said, ...(memory && ticket === source && { memory }) },
    })
}

/** Those who react are told when anything changed that they could react to. */
export async function tellOf(
  { happenings }: TicketDeps,
  tx: Tx,
  told: { ticketId: string; actor: ActorRef; changes: FieldChanges; depth: number },
): Promise<void> {
  const triggers = updatedIf(told.changes)
  if (triggers.length > 0) await happenings.tell(tx, { ...told, triggers })
}
