import { notFound } from '../errors.ts'
import type { Trigger } from '../rules/contract.ts'
import type { Db } from '../store/store.ts'
import { findTicket, tagIdsOf } from '../tickets/ticket-rows.ts'
import { surroundingsOf, toTicketItem, type Names } from '../tickets/ticket-view.ts'

/** What is told of a rule that fired, as its receiver gets it but for the delivery's `id`. */
export interface RuleMessage {
  type: 'rule.fired'
  at: string
  trigger: Trigger
  rule: { id: string; name: string }
  ticket: TicketMessage
}

interface Named {
  id: string
  name: string
}

interface TicketMessage {
  id: string
  number: string
  subject: string
  status: Named & { key: string | null; class: string }
  priority: Named & { key: string | null }
  team: Named | null
  agent: Named | null
  requester: Named
  tags: string[]
}

/** The ticket as the transaction sees it now, tags that it has just made included. @throws NOT_FOUND `ticket.not_found` */
export async function ticketMessage(db: Db, ticketId: string, names: Names): Promise<TicketMessage> {
  const row = await findTicket(db, ticketId)
  if (!row) throw notFound('ticket')
  const item = toTicketItem(row, await surroundingsOf(db, row), names)
  const { id, number, subject, status, priority, team, agent, requester } = item
  return {
    ...{ id, number, subject },
    status: { id: status.id, key: status.key, name: status.name, class: status.class },
    priority: { id: priority.id, key: priority.key, name: priority.name },
    ...{ team, agent },
    requester: { id: requester.id, name: requester.name },
    tags: await tagNames(db, ticketId),
  }
}

async function tagNames(db: Db, ticketId: string): Promise<string[]> {
  const ids = await tagIdsOf(db, ticketId)
  if (ids.length === 0) return []
  const rows = await db.sql<Named[]>`SELECT id, name FROM tag WHERE id IN (${() => ids})`
  return rows.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))
}
