import { audienceOfTickets, type Viewer } from '../access/viewer.ts'
import type { StatusView } from '../catalog/contract.ts'
import type { Clock } from '../clock.ts'
import type { EventLog } from '../events/event-log.ts'
import type { Tx } from '../store/store.ts'
import { liveIn } from './lifecycle.ts'
import type { TicketRow } from './ticket.entity.ts'
import { refreshIndex, saveTags, updateTicketRow } from './ticket-rows.ts'
import { touch, type FieldChanges, type FieldVersions, type TicketState } from './ticket-state.ts'
import type { Names } from './ticket-view.ts'

export interface DecidedChanges {
  state: TicketState
  changes: FieldChanges
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
    dueAt,
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
    },
    tagIds,
    fields,
  }
}

/** Writes decided changes, with their event, and returns the row as it now is. Both old and new viewers are told. */
export async function applyChanges(
  { events, clock }: { events: EventLog; clock: Clock },
  tx: Tx,
  viewer: Viewer,
  before: TicketRow,
  beforeTagIds: readonly string[],
  { state, changes }: DecidedChanges,
  { catalog }: Names,
): Promise<TicketRow> {
  const now = clock.now()
  const version = before.version + 1
  const { tagIds, fields, ...columns } = state
  const status = catalog.statuses.get(state.statusId) as StatusView
  const after = await updateTicketRow(tx, before, {
    ...columns,
    ...('statusId' in changes ? liveIn(status, before, now) : {}),
    priorityWeight: catalog.priorities.get(state.priorityId)?.weight ?? before.priorityWeight,
    fields: JSON.stringify(fields),
    fieldVersions: JSON.stringify(touch(JSON.parse(before.fieldVersions) as FieldVersions, changes, version)),
    version,
    updatedAt: now,
  })
  if ('tagIds' in changes) await saveTags(tx, before.id, beforeTagIds, tagIds)
  if ('subject' in changes || 'requesterId' in changes) await refreshIndex(tx, after)
  await events.record(tx, {
    type: 'ticket.updated',
    actor: { type: 'agent', id: viewer.agentId },
    ticketId: before.id,
    audience: audienceOfTickets(before, after),
    data: { version, statusClass: after.statusClass, changes },
  })
  return after
}
