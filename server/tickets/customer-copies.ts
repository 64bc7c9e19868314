import type { CustomerTickets } from '../customers/customers.service.ts'
import type { TicketRow } from './ticket.entity.ts'
import { refreshIndex } from './ticket-rows.ts'

/** Keeps tickets findable by their requester's name as it is now. */
export const customerCopies: CustomerTickets = {
  async onCustomerRenamed(tx, customerId) {
    const tickets = await tx.db.sql<TicketRow[]>`SELECT * FROM ticket WHERE requesterId = ${customerId}`
    for (const ticket of tickets) await refreshIndex(tx, ticket)
  },
}
