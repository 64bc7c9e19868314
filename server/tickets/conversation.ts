import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { filesOfMessages } from '../files/message-files.ts'
import type { Db } from '../store/store.ts'
import type { Merges, Ref, TicketDetail } from './contract.ts'
import { mergedInto, survivorOf } from './survivors.ts'
import type { TicketRow } from './ticket.entity.ts'
import { messagesAmong } from './ticket-rows.ts'
import { toMessageView, type Names } from './ticket-view.ts'

/**
 * What was said in a ticket and in all that were merged into it, in the order it was said. Merging shows nobody more than they may
 * see: messages of a ticket that stays out of the viewer's sight are left out, and counted.
 */
export async function conversationOf(
  db: Db,
  viewer: Viewer,
  ticket: TicketRow,
  names: Names,
): Promise<Pick<TicketDetail, 'messages' | 'merges'>> {
  const merged = await mergedInto(db, ticket.id)
  const seen = merged.filter((each) => maySeeTicket(viewer, each))
  const tickets = new Map([ticket, ...seen].map((each) => [each.id, each]))
  const rows = await messagesAmong(db, [...tickets.keys()])
  const authors = rows.flatMap(({ authorType, authorId }) => (authorType === 'customer' && authorId) || [])
  const customers = await customersNamed(db, [
    ...new Set([...authors, ...[...tickets.values()].map(({ requesterId }) => requesterId)]),
  ])
  const files = await filesOfMessages(
    db,
    rows.map(({ id }) => id),
  )
  const messages = rows.map((row) => {
    const author = customers.get(row.authorId ?? '') ?? { id: ticket.requesterId, name: '' }
    const view = toMessageView(row, files.get(row.id) ?? [], author, names)
    const origin = tickets.get(row.ticketId)
    return !origin || origin === ticket
      ? view
      : { ...view, origin: { ticketId: origin.id, number: origin.number } }
  })
  const into = await goesOnIn(db, viewer, ticket)
  if (into === null && merged.length === 0) return { messages }
  const from = seen.map(({ id, number, subject, requesterId }) => ({
    ...{ id, number, subject },
    requester: customers.get(requesterId) ?? { id: requesterId, name: '' },
  }))
  return { messages, merges: { into, from, hidden: merged.length - seen.length } }
}

async function goesOnIn(db: Db, viewer: Viewer, ticket: TicketRow): Promise<Merges['into']> {
  if (ticket.mergedIntoId === null) return null
  const survivor = await survivorOf(db, ticket)
  if (!maySeeTicket(viewer, survivor)) return 'hidden'
  const { id, number, subject, requesterId } = survivor
  const requester = (await customersNamed(db, [requesterId])).get(requesterId)
  return { id, number, subject, requester: requester ?? { id: requesterId, name: '' } }
}

async function customersNamed(db: Db, ids: readonly string[]): Promise<Map<string, Ref>> {
  const rows = await db.sql<Ref[]>`SELECT id, name FROM customer WHERE id IN (${() => [...ids]})`
  return new Map(rows.map((row) => [row.id, row]))
}
