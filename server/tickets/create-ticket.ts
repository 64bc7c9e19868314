import { audienceOfTickets, maySeeTicket, type Viewer } from '../access/viewer.ts'
import { defaultPriority, defaultStatus, proposePriority } from '../catalog/catalog.ts'
import type { FieldValues, TagView } from '../catalog/contract.ts'
import { parseFieldValues } from '../catalog/field-values.ts'
import { AppError } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Fact } from '../sla/facts.ts'
import { isAnsweredAtCreation, phaseOfStatus } from '../sla/promises.ts'
import type { Tx } from '../store/store.ts'
import { indexTicket } from '../store/ticket-index.ts'
import type { CreateTicket, TicketView } from './contract.ts'
import type { TicketDeps } from './deps.ts'
import { liveIn } from './lifecycle.ts'
import { addMessage } from './messages.ts'
import { toMessageBody } from './message-body.ts'
import { nextNumber } from './numbering.ts'
import { References } from './references.ts'
import type { TicketRow } from './ticket.entity.ts'
import { findTicket, insertTicket, requesterName, saveTags } from './ticket-rows.ts'
import { readTicketView, type Names } from './ticket-view.ts'

/**
 * Opens a ticket with its first message. The same `id` again answers the ticket as it is now and makes nothing, so a client
 * that never got the answer may simply ask again. Without a viewer the desk itself opens it, and nobody has answered yet.
 */
export async function createTicket(
  deps: TicketDeps,
  viewer: Viewer | null,
  input: CreateTicket,
): Promise<TicketView> {
  const body = toMessageBody(input.body)
  return deps.store.write(async (tx) => {
    const names = await deps.names.current()
    const { timezone } = await deps.settings.get()
    const known = input.id === undefined ? undefined : await findTicket(tx.db, input.id)
    if (known) return existing(tx, viewer, known, names)

    const now = deps.clock.now()
    const actor: ActorRef = viewer ? { type: 'agent', id: viewer.agentId } : { type: 'system' }
    const requesterId = await deps.customers.resolve(tx, input.requester, actor)
    const tags = await deps.tags.ensureTags(tx, input.tags ?? [], actor)
    const draft = newTicketRow(input, names, viewer, now)
    const number = await nextNumber(tx, now, timezone)
    const written = { ...draft, number, requesterId }
    const promised = await deps.promises.plan(
      tx,
      { ...written, seq: null, tagIds: tagIdsOf(tags) },
      { facts: await firstFacts(deps, written, names, now), reconsider: true },
    )
    const row = { ...written, dueAt: promised.dueAt }
    const seq = await insertTicket(tx, row)
    await saveTags(tx, row.id, [], tagIdsOf(tags))
    await indexTicket(tx, {
      seq,
      number,
      subject: row.subject,
      requester: await requesterName(tx.db, requesterId),
      body: body.text,
    })

    const audience = audienceOfTickets(row)
    await deps.events.record(tx, {
      type: 'ticket.created',
      actor,
      ticketId: row.id,
      audience,
      data: createdData(row, tags),
    })
    await deps.promises.keep(tx, promised, { ...row, seq }, actor)
    const message = await addMessage(deps, tx, actor, {
      ticket: row,
      message: {
        id: newId(),
        kind: input.bodyKind,
        // What the office writes down of a call or a letter are the customer's words; a note is the office's own.
        author: input.bodyKind === 'public' ? { type: 'customer', id: requesterId } : actor,
        channel: input.channel,
        ...body,
      },
      ...(viewer && { attachments: { ids: input.attachments ?? [], uploadedBy: viewer } }),
      version: 1,
    })
    const attachments = input.attachments?.length ?? 0
    await deps.happenings.tell(tx, {
      ...{ ticketId: row.id, triggers: ['ticket.created'], actor, changes: {} },
      message: { ...message, attachments },
    })
    const after = (await findTicket(tx.db, row.id)) ?? { ...row, seq }
    return readTicketView(tx.db, after, names)
  })
}

async function existing(tx: Tx, viewer: Viewer | null, row: TicketRow, names: Names): Promise<TicketView> {
  // An id that somebody else's ticket has says nothing about that ticket.
  if (viewer && !maySeeTicket(viewer, row) && row.createdBy !== viewer.agentId)
    throw new AppError('CONFLICT', 'ticket.id_taken')
  return readTicketView(tx.db, row, names)
}

function newTicketRow(
  input: CreateTicket,
  names: Names,
  viewer: Viewer | null,
  now: number,
): Omit<TicketRow, 'seq' | 'number' | 'requesterId'> {
  const { catalog } = names
  const find = new References(catalog, names.people)
  const status = input.statusId ? find.status(input.statusId) : defaultStatus(catalog, 'new')
  const { urgency = null, impact = null } = input
  const proposed = urgency && impact ? proposePriority(catalog, urgency, impact) : defaultPriority(catalog)
  const priority = input.priorityId ? find.priority(input.priorityId) : proposed
  const waitingSince = input.bodyKind === 'public' ? now : null
  return {
    id: input.id ?? newId(),
    subject: input.subject,
    channel: input.channel,
    typeId: find.typeId(input.typeId ?? null),
    categoryId: find.categoryId(input.categoryId ?? null),
    ...liveIn(
      status,
      { statusClass: status.class, active: 1, resolvedAt: null, closedAt: null, waitingSince },
      now,
    ),
    priorityId: priority.id,
    priorityWeight: priority.weight,
    urgency,
    impact,
    teamId: find.teamId(input.teamId ?? null),
    agentId: find.agentId(input.agentId ?? null),
    fields: JSON.stringify(givenFields(names, input)),
    dueAt: null,
    manualDueAt: input.dueAt ? Date.parse(input.dueAt) : null,
    dueReason: (input.dueAt && input.dueReason) || null,
    version: 1,
    fieldVersions: '{}',
    createdBy: viewer?.agentId ?? null,
    createdAt: now,
    updatedAt: now,
    lastMessageAt: now,
    mergedIntoId: null,
  }
}

async function firstFacts(
  { slaOptions }: TicketDeps,
  { channel, statusId, statusClass, manualDueAt, createdBy }: Omit<TicketRow, 'seq'>,
  { catalog }: Names,
  at: number,
): Promise<Fact[]> {
  const { phoneFirstResponse } = await slaOptions.get()
  // A call that a person writes down was answered by that person; one that the desk writes down by nobody.
  const answered = createdBy !== null && isAnsweredAtCreation(channel, phoneFirstResponse)
  const phase = phaseOfStatus(catalog.statuses.get(statusId)?.key ?? null, statusClass)
  return [{ type: 'created', at, phase, answered }, ...dueFact(at, manualDueAt)]
}

const dueFact = (at: number, dueAt: number | null): Fact[] =>
  dueAt === null ? [] : [{ type: 'dueSet', at, dueAt }]

function givenFields({ catalog }: Names, { fields = {} }: CreateTicket): FieldValues {
  const parsed = Object.entries(parseFieldValues(catalog, fields))
  return Object.fromEntries(parsed.flatMap(([key, value]) => (value === null ? [] : [[key, value]])))
}

const tagIdsOf = (tags: TagView[]) => tags.map(({ id }) => id).sort()

const createdData = (row: Omit<TicketRow, 'seq'>, tags: TagView[]) => ({
  version: 1,
  number: row.number,
  subject: row.subject,
  requesterId: row.requesterId,
  channel: row.channel,
  typeId: row.typeId,
  categoryId: row.categoryId,
  statusId: row.statusId,
  statusClass: row.statusClass,
  priorityId: row.priorityId,
  teamId: row.teamId,
  agentId: row.agentId,
  ...(row.manualDueAt !== null && { dueAt: row.manualDueAt, dueReason: row.dueReason }),
  tagIds: tagIdsOf(tags),
})
