import { audienceOfTickets } from '../access/viewer.ts'
import type { StatusView } from '../catalog/contract.ts'
import type { Clock } from '../clock.ts'
import type { ActorRef, EventLog } from '../events/event-log.ts'
import type { Fact, MergeFact } from '../sla/facts.ts'
import { phaseOfStatus, type Promises } from '../sla/promises.ts'
import type { Tx } from '../store/store.ts'
import { liveIn } from './lifecycle.ts'
import type { TicketRow } from './ticket.entity.ts'
import { refreshIndex, saveTags, updateTicketRow } from './ticket-rows.ts'
import { touch, type FieldChanges, type FieldVersions, type TicketState } from './ticket-state.ts'
import type { Names } from './ticket-view.ts'

export interface DecidedChanges {
  state: TicketState
  changes: FieldChanges
  /** What it means to promises besides, or instead of, a new status: a merge calls them off, a plain status keeps them. */
  fact?: MergeFact
}

/** The state that people change, out of the row and its tags. */
export function stateOf(row: TicketRow, tagIds: readonly string[]): TicketState {
  const {
    subject,
    requesterId,
    typeId,
    categoryId,
    statusId,
    priorityId,
    urgency,
    impact,
    teamId,
    agentId,
    manualDueAt: dueAt,
    dueReason,
  } = row
  const fields = JSON.parse(row.fields) as TicketState['fields']
  return {
    ...{
      subject,
      requesterId,
      typeId,
      categoryId,
      statusId,
      priorityId,
      urgency,
      impact,
      teamId,
      agentId,
      dueAt,
      dueReason,
    },
    tagIds,
    fields,
  }
}

/** Writes decided changes, with their event, and returns the row as it now is. Both old and new viewers are told. */
export async function applyChanges(
  { events, clock, promises }: { events: EventLog; clock: Clock; promises: Promises },
  tx: Tx,
  actor: ActorRef,
  before: TicketRow,
  beforeTagIds: readonly string[],
  { state, changes, fact }: DecidedChanges,
  { catalog }: Names,
): Promise<TicketRow> {
  const now = clock.now()
  const version = before.version + 1
  const { tagIds, fields, dueAt: manualDueAt, ...columns } = state
  const status = catalog.statuses.get(state.statusId) as StatusView
  const written = {
    ...columns,
    manualDueAt,
    ...('statusId' in changes ? liveIn(status, before, now) : {}),
    priorityWeight: catalog.priorities.get(state.priorityId)?.weight ?? before.priorityWeight,
    fields: JSON.stringify(fields),
    fieldVersions: JSON.stringify(touch(JSON.parse(before.fieldVersions) as FieldVersions, changes, version)),
    version,
    updatedAt: now,
  }
  const facts = [...(isOwnPhase(fact) ? [] : factsIn(changes, status, now)), ...(fact ? [fact] : [])]
  // While it was done, policies may have come and gone without it.
  const isReopened = before.active === 0 && 'statusId' in changes
  const reconsider = isReopened || Object.keys(changes).some((field) => !asksNoPolicy.has(field))
  const promised = await promises.plan(tx, { ...before, ...written, tagIds }, { facts, reconsider })
  const after = await updateTicketRow(tx, before, { ...written, dueAt: promised.dueAt })
  if ('tagIds' in changes) await saveTags(tx, before.id, beforeTagIds, tagIds)
  if ('subject' in changes || 'requesterId' in changes) await refreshIndex(tx, after)
  await events.record(tx, {
    type: 'ticket.updated',
    actor,
    ticketId: before.id,
    audience: audienceOfTickets(before, after),
    data: { version, statusClass: after.statusClass, changes, ...(fact && { fact }) },
  })
  await promises.keep(tx, promised, after, actor)
  return after
}

/** Changes of these move clocks, or nothing; which policy applies is another question. */
const asksNoPolicy: ReadonlySet<string> = new Set(['statusId', 'dueAt', 'dueReason', 'urgency', 'impact'])

const isOwnPhase = (fact: DecidedChanges['fact']) => fact?.type === 'merged' || fact?.type === 'unmerged'

function factsIn({ statusId, dueAt }: FieldChanges, status: StatusView, at: number): Fact[] {
  return [
    ...(dueAt ? [{ type: 'dueSet', at, dueAt: dueAt.to as number | null } as const] : []),
    ...(statusId
      ? [{ type: 'phaseChanged', at, phase: phaseOfStatus(status.key, status.class) } as const]
      : []),
  ]
}
