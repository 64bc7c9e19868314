import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { defaultStatus } from '../catalog/catalog.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { ActorRef } from '../events/event-log.ts'
import { filesOfMessages } from '../files/message-files.ts'
import { newId } from '../ids.ts'
import { useMacros } from '../macros/use-macros.ts'
import type { Tx } from '../store/store.ts'
import { applyChanges, stateOf } from './apply-changes.ts'
import type { MessageView, Reply } from './contract.ts'
import type { TicketDeps } from './deps.ts'
import { updatedIf } from './happenings.ts'
import { addMessage } from './messages.ts'
import { toMessageBody } from './message-body.ts'
import { References } from './references.ts'
import { survivorOf } from './survivors.ts'
import type { MessageRow, TicketRow } from './ticket.entity.ts'
import {
  findMessage,
  findTicket,
  refreshIndex,
  requesterName,
  tagIdsOf,
  updateTicketRow,
} from './ticket-rows.ts'
import { combineChanges, planChanges, type FieldChanges } from './ticket-state.ts'
import { toMessageView, type Names } from './ticket-view.ts'

/**
 * Adds a public reply or an internal note, and sets a status along with it. The same `id` again answers the message that it
 * made and adds nothing. What is said on a merged ticket is said where it goes on. @throws CONFLICT `ticket.merged` when its author
 * may not look there.
 */
export async function replyToTicket(deps: TicketDeps, viewer: Viewer, input: Reply): Promise<MessageView> {
  const body = toMessageBody(input.body)
  if (body.text === '' && !input.attachments?.length) throw invalid('body', 'message.empty')
  return deps.store.write(async (tx) => {
    const names = await deps.names.current()
    const written = await findTicket(tx.db, input.ticketId)
    if (!written || !maySeeTicket(viewer, written)) throw notFound('ticket')
    const ticket = await survivorOf(tx.db, written)
    const known = input.id === undefined ? undefined : await findMessage(tx.db, input.id)
    if (known) return existing(tx, [written, ticket], known, names)
    if (!maySeeTicket(viewer, ticket)) throw new AppError('CONFLICT', 'ticket.merged')

    const version = ticket.version + 1
    const actor = { type: 'agent', id: viewer.agentId } as const
    const message = await addMessage(deps, tx, actor, {
      ticket,
      message: {
        id: input.id ?? newId(),
        kind: input.kind,
        author: actor,
        // A note is written at the desk, whichever way the customer came.
        channel: input.channel ?? (input.kind === 'note' ? 'manual' : ticket.channel),
        ...body,
      },
      attachments: { ids: input.attachments ?? [], uploadedBy: viewer },
      version,
    })
    const now = deps.clock.now()
    // Only an answer that the customer can read answers the customer.
    const isAnswer = input.kind === 'public'
    const promised = isAnswer
      ? await deps.promises.plan(tx, ticket, {
          facts: [{ type: 'agentAnswered', at: now }],
          reconsider: false,
        })
      : undefined
    const after = await updateTicketRow(tx, ticket, {
      version,
      updatedAt: now,
      lastMessageAt: now,
      waitingSince: isAnswer ? null : ticket.waitingSince,
      ...(promised && { dueAt: promised.dueAt }),
    })
    if (promised) await deps.promises.keep(tx, promised, after, actor)
    // What was meant to end a ticket that others have merged must not end the one it goes on in.
    const meant = ticket === written ? input : { kind: input.kind }
    const byMacros = ticket === written ? await useMacros(deps, tx, viewer, ticket.id, input) : {}
    const acted = (await findTicket(tx.db, ticket.id)) ?? after
    const moved = await moveStatus(deps, tx, actor, acted, statusAfter(meant, acted, names), names)
    const changes = combineChanges(byMacros, moved)
    await refreshIndex(tx, acted)
    await deps.happenings.tell(tx, {
      ...{ ticketId: ticket.id, actor, changes },
      triggers: [isAnswer ? 'message.sent' : 'note.added', ...updatedIf(changes)],
      message: { ...message, attachments: input.attachments?.length ?? 0 },
    })
    return view(tx, ticket, message, names)
  })
}

/** The status asked for; else the first answer opens a new ticket. */
function statusAfter(
  input: Pick<Reply, 'statusId' | 'kind'>,
  ticket: TicketRow,
  { catalog, people }: Names,
): string | undefined {
  if (input.statusId) return new References(catalog, people).status(input.statusId).id
  return ticket.statusClass === 'new' && input.kind === 'public'
    ? defaultStatus(catalog, 'open').id
    : undefined
}

async function moveStatus(
  deps: TicketDeps,
  tx: Tx,
  actor: ActorRef,
  ticket: TicketRow,
  statusId: string | undefined,
  names: Names,
): Promise<FieldChanges> {
  if (statusId === undefined) return {}
  const tagIds = await tagIdsOf(tx.db, ticket.id)
  const plan = planChanges(stateOf(ticket, tagIds), {}, { statusId }, ticket.version)
  if (plan.outcome !== 'changed') return {}
  await applyChanges(deps, tx, actor, ticket, tagIds, plan, names)
  return plan.changes
}

async function existing(
  tx: Tx,
  tickets: readonly TicketRow[],
  message: MessageRow,
  names: Names,
): Promise<MessageView> {
  const ticket = tickets.find(({ id }) => id === message.ticketId)
  if (!ticket) throw new AppError('CONFLICT', 'message.id_taken')
  return view(tx, ticket, message, names)
}

async function view(
  tx: Tx,
  ticket: TicketRow,
  message: Omit<MessageRow, 'seq'>,
  names: Names,
): Promise<MessageView> {
  const files = await filesOfMessages(tx.db, [message.id])
  const requester = { id: ticket.requesterId, name: await requesterName(tx.db, ticket.requesterId) }
  return toMessageView(message, files.get(message.id) ?? [], requester, names)
}
