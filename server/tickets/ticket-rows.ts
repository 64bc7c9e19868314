import type { Db, Tx } from '../store/store.ts'
import { insertRow, updateRow } from '../store/rows.ts'
import { reindexTicket } from '../store/ticket-index.ts'
import { MessageEntity, TicketEntity, type MessageRow, type TicketRow } from './ticket.entity.ts'

/** Reads and writes of tickets' own tables, named by the question they answer. */

export async function findTicket(db: Db, id: string): Promise<TicketRow | undefined> {
  const [row] = await db.sql<TicketRow[]>`SELECT * FROM ticket WHERE id = ${id}`
  return row
}

export async function findTicketByNumber(db: Db, number: string): Promise<TicketRow | undefined> {
  const [row] = await db.sql<TicketRow[]>`SELECT * FROM ticket WHERE number = ${number}`
  return row
}

/** Returns the new ticket's `seq`. */
export async function insertTicket(tx: Tx, row: Omit<TicketRow, 'seq'>): Promise<number> {
  const seq = await insertRow(tx.db, TicketEntity, row)
  if (seq === undefined) throw new Error('A ticket was inserted without a number of its own.')
  await tally(tx, row, 1)
  return seq
}

/** Saves what changed between the two states of a ticket, keeping the exact counts of the queues in step. */
export async function updateTicketRow(
  tx: Tx,
  before: TicketRow,
  changes: Partial<TicketRow>,
): Promise<TicketRow> {
  const after = { ...before, ...changes }
  await updateRow(tx.db, TicketEntity, before.seq, really(before, changes))
  if (!sameQueue(before, after)) {
    await tally(tx, before, -1)
    await tally(tx, after, 1)
  }
  return after
}

/** Without what stays as it is, so that its indexes stay too. */
function really(before: TicketRow, changes: Partial<TicketRow>): Partial<TicketRow> {
  const differing = Object.entries(changes).filter(
    ([name, value]) => before[name as keyof TicketRow] !== value,
  )
  return Object.fromEntries(differing)
}

type InQueue = Pick<TicketRow, 'teamId' | 'agentId' | 'statusId'>

const sameQueue = (a: InQueue, b: InQueue) =>
  a.teamId === b.teamId && a.agentId === b.agentId && a.statusId === b.statusId

async function tally(tx: Tx, { teamId, agentId, statusId }: InQueue, difference: 1 | -1): Promise<void> {
  await tx.db.sql`
    INSERT INTO ticket_tally (teamId, agentId, statusId, count)
    VALUES (${teamId ?? ''}, ${agentId ?? ''}, ${statusId}, ${difference})
    ON CONFLICT (teamId, agentId, statusId) DO UPDATE SET count = ticket_tally.count + ${difference}`
}

export async function insertMessage(tx: Tx, row: Omit<MessageRow, 'seq'>): Promise<void> {
  await insertRow(tx.db, MessageEntity, row)
}

export async function findMessage(db: Db, id: string): Promise<MessageRow | undefined> {
  const [row] = await db.sql<MessageRow[]>`SELECT * FROM message WHERE id = ${id}`
  return row
}

/** The messages of several tickets, in the order they were written. */
export const messagesAmong = (db: Db, ticketIds: readonly string[]) =>
  db.sql<MessageRow[]>`SELECT * FROM message WHERE ticketId IN (${() => [...ticketIds]}) ORDER BY seq`

export async function tagIdsOf(db: Db, ticketId: string): Promise<string[]> {
  const rows = await db.sql<
    { tagId: string }[]
  >`SELECT tagId FROM ticket_tag WHERE ticketId = ${ticketId} ORDER BY tagId`
  return rows.map(({ tagId }) => tagId)
}

export async function saveTags(
  tx: Tx,
  ticketId: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  for (const tagId of before.filter((id) => !after.includes(id)))
    await tx.db.sql`DELETE FROM ticket_tag WHERE ticketId = ${ticketId} AND tagId = ${tagId}`
  for (const tagId of after.filter((id) => !before.includes(id)))
    await tx.db.sql`INSERT INTO ticket_tag (ticketId, tagId) VALUES (${ticketId}, ${tagId})`
}

/** Writes the ticket's search document anew from what the store holds now. */
export async function refreshIndex(
  tx: Tx,
  ticket: Pick<TicketRow, 'id' | 'seq' | 'number' | 'subject' | 'requesterId'>,
): Promise<void> {
  const texts = await tx.db.sql<
    { text: string }[]
  >`SELECT text FROM message WHERE ticketId = ${ticket.id} ORDER BY seq`
  const { seq, number, subject } = ticket
  const requester = await requesterName(tx.db, ticket.requesterId)
  await reindexTicket(tx, { seq, number, subject, requester, body: texts.map(({ text }) => text).join('\n') })
}

export async function requesterName(db: Db, customerId: string): Promise<string> {
  const [row] = await db.sql<{ name: string }[]>`SELECT name FROM customer WHERE id = ${customerId}`
  return row?.name ?? ''
}
