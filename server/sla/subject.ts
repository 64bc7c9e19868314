import type { SubjectTicket } from '../conditions/read-subject.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'

/** What promises ask of a ticket. `seq` is null while it isn't written yet. */
export type PromisedTicket = SubjectTicket & Pick<TicketRow, 'manualDueAt'> & { seq: number | null }
