import type { Grouping } from '../contract.ts'
import type { Source } from '../question.ts'
import { timeGroupings } from '../wall-clock.ts'

/** What tickets can be told apart by. */
export const ofTickets = [
  ...(['agent', 'team', 'channel', 'type', 'category', 'tag', 'priority'] as const),
  ...(['customer', 'organization', 'tier', 'policy'] as const),
] satisfies Grouping[]
export const everything: Grouping[] = [...ofTickets, ...timeGroupings]

/** Tickets by one of their instants. Those that go on in another count as that one. */
export const tickets = (at: string, rest: Pick<Source, 'adds'> & Partial<Source>): Source => ({
  from: 'ticket_fact f',
  ticket: 'CROSS JOIN ticket t ON t.seq = f.seq',
  seq: 'f.seq',
  at: `f.${at}`,
  where: 'f.merged = 0',
  agent: 't.agentId',
  ...rest,
})

export const byTicketId = (alias: string) => `CROSS JOIN ticket t ON t.id = ${alias}.ticketId`
export const notMerged = (alias: string) =>
  `${alias}.ticketId NOT IN (SELECT id FROM ticket WHERE mergedIntoId IS NOT NULL)`

/** What is still in work has no end yet. */
export const NO_END = Number.MAX_SAFE_INTEGER
/** The expression of its index, which so has all that is asked of a span. */
export const SPAN_END = `COALESCE(x.toAt, ${NO_END})`
