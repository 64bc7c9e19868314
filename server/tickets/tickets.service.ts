import type { Viewer } from '../access/viewer.ts'
import type { ActorRef } from '../events/event-log.ts'
import type { RunMacro } from '../macros/contract.ts'
import { runMacro } from '../macros/run-macro.ts'
import type { Db } from '../store/store.ts'
import type { CreateTicket, Reply, UpdateTicket } from './contract.ts'
import { createTicket } from './create-ticket.ts'
import type { TicketDeps } from './deps.ts'
import { receiveMessage, type Received } from './receive-message.ts'
import { replyToTicket } from './reply-to-ticket.ts'
import { TicketCounts } from './ticket-counts.ts'
import { TicketList } from './ticket-list.ts'
import { TicketReader } from './ticket-reader.ts'
import { TicketSearch } from './ticket-search.ts'
import { updateTicket } from './update-ticket.ts'

/** Everything that can be asked of tickets and done with them. */
export function createTickets(deps: TicketDeps, read: Db) {
  const list = new TicketList(read, deps.names, deps.clock)
  return {
    list,
    search: new TicketSearch(read, list, deps.customers),
    counts: new TicketCounts(read, deps.names, list),
    reader: new TicketReader(read, deps.names),
    /** A customer's tickets, newest first. */
    ofRequester: (viewer: Viewer, customerId: string) => list.ofRequester(viewer, customerId),
    create: (viewer: Viewer, input: CreateTicket) => createTicket(deps, viewer, input),
    /** A ticket in the desk's own name: of something that happened while nobody was there. */
    open: (input: CreateTicket) => createTicket(deps, null, input),
    reply: (viewer: Viewer, input: Reply) => replyToTicket(deps, viewer, input),
    /** Carries a ready answer that only acts out at once. */
    runMacro: (viewer: Viewer, input: RunMacro) => runMacro(deps, viewer, input),
    receive: (actor: ActorRef, input: Received) => receiveMessage(deps, actor, input),
    update: (viewer: Viewer, input: UpdateTicket) => updateTicket(deps, viewer, input),
  }
}
