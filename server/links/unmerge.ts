import { AppError } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges } from '../tickets/apply-changes.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { updateTicketRow } from '../tickets/ticket-rows.ts'
import type { FieldChanges, FieldVersions, TicketState } from '../tickets/ticket-state.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import type { Names } from '../tickets/ticket-view.ts'
import { decide, read, recordOnBoth, tellOf, unchanged, type Ticket } from './merge.ts'
import { lastMerge, type MergeMemory } from './merge-memory.ts'

/**
 * Takes a merge back: the source is what it was, with promises that stood still meanwhile. What was written since stays with the
 * survivor, and so does what others changed there since. @throws CONFLICT `merge.not_merged`; NOT_FOUND `ticket.not_found`
 */
export async function unmergeTicket(
  deps: TicketDeps,
  tx: Tx,
  { ticketId, actor }: { ticketId: string; actor: ActorRef },
): Promise<TicketRow> {
  const source = await read(tx, ticketId)
  const { mergedIntoId } = source.row
  const memory = await lastMerge(tx, ticketId)
  if (mergedIntoId === null || !memory) throw new AppError('CONFLICT', 'merge.not_merged')
  const target = await read(tx, mergedIntoId)
  const names = await deps.names.current()
  const restored = await restoreSource(deps, tx, { source, memory, names, actor })
  const changes = await relieveTarget(deps, tx, { target, memory, names, actor })
  await recordOnBoth(deps, tx, actor, 'ticket.unmerged', [source.row, target.row])
  await tellOf(deps, tx, { ticketId, actor, changes: restored.changes, depth: 0 })
  await tellOf(deps, tx, { ticketId: target.row.id, actor, changes, depth: 0 })
  return restored.after
}

interface Scene {
  memory: MergeMemory
  names: Names
  actor: ActorRef
}

async function restoreSource(
  deps: TicketDeps,
  tx: Tx,
  { source, memory, names, actor }: Scene & { source: Ticket },
): Promise<{ after: TicketRow; changes: FieldChanges }> {
  const { row, tagIds } = source
  const { state, changes } =
    decide(source, memory.closed ? { statusId: memory.statusId } : {}) ?? unchanged(source)
  const at = deps.clock.now()
  const fact = memory.closed ? { fact: { type: 'unmerged', at } as const } : {}
  const after = await applyChanges(deps, tx, actor, row, tagIds, { state, changes, ...fact }, names)
  const waitingSince = after.active === 1 ? memory.waiting.source : null
  return { after: await updateTicketRow(tx, after, { mergedIntoId: null, waitingSince }), changes }
}

async function relieveTarget(
  deps: TicketDeps,
  tx: Tx,
  { target, memory, names, actor }: Scene & { target: Ticket },
): Promise<FieldChanges> {
  const { row, tagIds } = target
  const wanted: Partial<TicketState> = {
    tagIds: tagIds.filter((id) => !memory.tagsAdded.includes(id)),
    ...(isUntouched(row, memory) && memory.targetStatusId !== null && { statusId: memory.targetStatusId }),
  }
  const { state, changes } = decide(target, wanted) ?? unchanged(target)
  const { owedSince, owedBefore, waiting } = memory
  const fact = { type: 'released', at: deps.clock.now(), owedSince, owedBefore } as const
  const after = await applyChanges(deps, tx, actor, row, tagIds, { state, changes, fact }, names)
  const isStillWaiting = after.active === 1 && row.waitingSince === waiting.together
  if (isStillWaiting) await updateTicketRow(tx, after, { waitingSince: waiting.target })
  return changes
}

/** Nobody has written to it or changed its status since the merge reopened it. */
function isUntouched({ version, fieldVersions, mergedIntoId }: TicketRow, memory: MergeMemory): boolean {
  const { statusId = 1 } = JSON.parse(fieldVersions) as FieldVersions
  return mergedIntoId === null && statusId === memory.targetVersion && version === memory.targetVersion
}
