import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import type { TagView } from '../catalog/contract.ts'
import { mergedFields, parseFieldValues } from '../catalog/field-values.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from './apply-changes.ts'
import type { TicketChanges, TicketView, UpdateTicket } from './contract.ts'
import type { TicketDeps } from './deps.ts'
import { proposedPriority } from './proposed-priority.ts'
import { References } from './references.ts'
import { findTicket, tagIdsOf } from './ticket-rows.ts'
import { planChanges, type FieldVersions, type TicketState } from './ticket-state.ts'
import { readTicketView, type Names } from './ticket-view.ts'

/**
 * Changes a ticket's properties. The edit carries the version it was made on: fields that others changed meanwhile and that
 * this edit changes too are refused, with the ticket as it is now; all others merge.
 * @throws CONFLICT `ticket.changed_meanwhile` with `current` and the colliding `fields`; `ticket.merged` for the status of a ticket
 * that goes on in another.
 */
export async function updateTicket(
  deps: TicketDeps,
  viewer: Viewer,
  input: UpdateTicket,
): Promise<TicketView> {
  return deps.store.write(async (tx) => {
    const names = await deps.names.current()
    const before = await findTicket(tx.db, input.ticketId)
    if (!before || !maySeeTicket(viewer, before)) throw notFound('ticket')
    if (input.version > before.version) throw invalid('version', 'ticket.version_unknown')
    const tagIds = await tagIdsOf(tx.db, before.id)
    const current = stateOf(before, tagIds)
    const actor = { type: 'agent', id: viewer.agentId } as const
    const tags = input.changes.tags && (await deps.tags.ensureTags(tx, input.changes.tags, actor, tagIds))
    const wanted = await resolveChanges(tx, input.changes, current, names, tags)
    if (before.mergedIntoId !== null && wanted.statusId && wanted.statusId !== before.statusId)
      throw new AppError('CONFLICT', 'ticket.merged')
    const plan = planChanges(
      current,
      JSON.parse(before.fieldVersions) as FieldVersions,
      wanted,
      input.version,
    )

    if (plan.outcome === 'conflict')
      throw new AppError('CONFLICT', 'ticket.changed_meanwhile', {
        details: { current: await readTicketView(tx.db, before, names), fields: plan.fields },
      })
    if (plan.outcome === 'changed') {
      await applyChanges(deps, tx, actor, before, tagIds, plan, names)
      await deps.happenings.tell(tx, {
        ...{ ticketId: before.id, triggers: ['ticket.updated'], actor, changes: plan.changes },
      })
    }
    const after = (await findTicket(tx.db, before.id)) ?? before
    return readTicketView(tx.db, after, names)
  })
}

/** The changes with every name resolved to a row; only what the request really speaks of. */
async function resolveChanges(
  tx: Tx,
  changes: TicketChanges,
  current: TicketState,
  names: Names,
  tags: TagView[] | undefined,
): Promise<Partial<TicketState>> {
  const { catalog, people } = names
  const find = new References(catalog, people)
  const wanted: Partial<TicketState> = {}
  if (changes.subject !== undefined) wanted.subject = changes.subject
  if (changes.requesterId !== undefined) wanted.requesterId = await existingCustomer(tx, changes.requesterId)
  if (changes.typeId !== undefined)
    wanted.typeId = keepOr(current.typeId, changes.typeId, (ref) => find.typeId(ref))
  if (changes.categoryId !== undefined)
    wanted.categoryId = keepOr(current.categoryId, changes.categoryId, (ref) => find.categoryId(ref))
  if (changes.statusId !== undefined)
    wanted.statusId = keepOr(current.statusId, changes.statusId, (ref) => find.status(ref).id)
  if (changes.urgency !== undefined) wanted.urgency = changes.urgency
  if (changes.impact !== undefined) wanted.impact = changes.impact
  if (changes.teamId !== undefined)
    wanted.teamId = keepOr(current.teamId, changes.teamId, (ref) => find.teamId(ref))
  if (changes.agentId !== undefined)
    wanted.agentId = keepOr(current.agentId, changes.agentId, (ref) => find.agentId(ref))
  if (changes.dueAt !== undefined) {
    wanted.dueAt = changes.dueAt === null ? null : Date.parse(changes.dueAt)
    // A reason belongs to its date, and goes with it.
    wanted.dueReason = (changes.dueAt && changes.dueReason) || null
  } else if (changes.dueReason !== undefined && current.dueAt !== null)
    wanted.dueReason = changes.dueReason || null
  if (tags) wanted.tagIds = tags.map(({ id }) => id).sort()
  if (changes.fields)
    wanted.fields = mergedFields(
      current.fields,
      parseFieldValues(catalog, changes.fields, { ...current.fields }),
    )
  const priorityId = changes.priorityId
    ? keepOr(current.priorityId, changes.priorityId, (ref) => find.priority(ref).id)
    : proposedPriority(current, wanted, catalog)
  if (priorityId !== undefined) wanted.priorityId = priorityId
  return wanted
}

/** What a ticket already has may stay although it is no longer offered. */
const keepOr = <Value extends string | null>(
  current: Value,
  wanted: Value,
  resolve: (ref: Value) => Value,
): Value => (current === wanted ? current : resolve(wanted))

async function existingCustomer(tx: Tx, id: string): Promise<string> {
  const [row] = await tx.db.sql<{ id: string }[]>`SELECT id FROM customer WHERE id = ${id}`
  if (!row) throw invalid('requesterId', 'customer.not_found')
  return row.id
}
