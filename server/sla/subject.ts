import type { Subject } from '../rules/conditions.ts'
import type { Db } from '../store/store.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'

/** What promises ask of a ticket. `seq` is null while it isn't written yet. */
export type PromisedTicket = Pick<
  TicketRow,
  | 'id'
  | 'subject'
  | 'channel'
  | 'requesterId'
  | 'typeId'
  | 'categoryId'
  | 'statusId'
  | 'statusClass'
  | 'priorityId'
  | 'teamId'
  | 'agentId'
  | 'manualDueAt'
> & { seq: number | null; tagIds?: readonly string[] }

/** The ticket as conditions see it; what none of them asks about is not looked up. */
export async function readSubject(
  db: Db,
  ticket: PromisedTicket,
  fields: ReadonlySet<string>,
): Promise<Subject> {
  const customer =
    fields.has('customer.tier') || fields.has('customer.organization')
      ? await findCustomer(db, ticket.requesterId)
      : undefined
  return {
    subject: ticket.subject,
    statusClass: ticket.statusClass,
    status: ticket.statusId,
    priority: ticket.priorityId,
    type: ticket.typeId,
    category: ticket.categoryId,
    team: ticket.teamId,
    agent: ticket.agentId,
    requester: ticket.requesterId,
    channel: ticket.channel,
    'customer.tier': customer?.tierId ?? null,
    'customer.organization': customer?.organizationId ?? null,
    tags: ticket.tagIds ?? (fields.has('tags') ? await findTagIds(db, ticket.id) : []),
  }
}

async function findCustomer(db: Db, id: string) {
  const [row] = await db.sql<{ tierId: string | null; organizationId: string | null }[]>`
    SELECT tierId, organizationId FROM customer WHERE id = ${id}`
  return row
}

async function findTagIds(db: Db, ticketId: string): Promise<string[]> {
  const rows = await db.sql<{ tagId: string }[]>`SELECT tagId FROM ticket_tag WHERE ticketId = ${ticketId}`
  return rows.map(({ tagId }) => tagId)
}
