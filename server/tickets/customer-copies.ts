import type { CustomerTickets } from '../customers/customers.service.ts'
import type { Recompute } from '../sla/recompute.ts'
import type { TicketRow } from './ticket.entity.ts'
import { refreshIndex } from './ticket-rows.ts'

/** Keeps tickets findable by their requester's name, and promised what their requester is promised, as both are now. */
export const customerCopies = (recompute: Pick<Recompute, 'request'>): CustomerTickets => ({
  async onCustomerRenamed(tx, customerId) {
    const tickets = await tx.db.sql<TicketRow[]>`SELECT * FROM ticket WHERE requesterId = ${customerId}`
    for (const ticket of tickets) await refreshIndex(tx, ticket)
  },
  onCustomerRegrouped: (tx, customerId) => recompute.request(tx, { customerId }),
})
