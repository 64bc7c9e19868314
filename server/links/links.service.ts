import type { Viewer } from '../access/viewer.ts'
import { AppError } from '../errors.ts'
import type { Db, Tx } from '../store/store.ts'
import type { TicketDeps } from '../tickets/deps.ts'
import { survivorOf } from '../tickets/survivors.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import type { LinkInput, MergeAnswer, MergeInput, ResolveChildren, UnmergeAnswer } from './contract.ts'
import { linkTickets, readLinks, seenTicket, unlinkTickets } from './links.ts'
import { mergeTickets, type MergeRequest } from './merge.ts'
import { oldestOpenOfRequester, oldestOpenSameSubject } from './merge-targets.ts'
import { resolveChildren } from './resolve-children.ts'
import { unmergeTicket } from './unmerge.ts'

/** Tickets that belong together: one goes on in another, or is part of its matter. */
export class Links {
  readonly #deps: TicketDeps
  readonly #list: TicketList

  constructor(deps: TicketDeps, list: TicketList) {
    this.#deps = deps
    this.#list = list
  }

  /** Only of tickets that the viewer sees both of. */
  merge(viewer: Viewer, { sourceId, targetId, version }: MergeInput): Promise<MergeAnswer> {
    return this.#deps.store.write(async (tx) => {
      await seenTicket(tx.db, viewer, sourceId)
      const target = await seenTicket(tx.db, viewer, targetId)
      const madeOn = version === undefined ? {} : { madeOn: version }
      await mergeTickets(this.#deps, tx, { sourceId, targetId, actor: actorOf(viewer), ...madeOn })
      const source = await seenTicket(tx.db, viewer, sourceId)
      const { id, number } = await survivorOf(tx.db, target)
      return { sourceId, sourceVersion: source.version, survivor: { id, number } }
    })
  }

  unmerge(viewer: Viewer, { ticketId }: { ticketId: string }): Promise<UnmergeAnswer> {
    return this.#deps.store.write(async (tx) => {
      const { mergedIntoId } = await seenTicket(tx.db, viewer, ticketId)
      if (mergedIntoId !== null) await seenTicket(tx.db, viewer, mergedIntoId)
      const { version } = await unmergeTicket(this.#deps, tx, { ticketId, actor: actorOf(viewer) })
      return { ticketId, version }
    })
  }

  link(viewer: Viewer, input: LinkInput): Promise<LinkInput> {
    return this.#deps.store.write(async (tx) => {
      await linkTickets(this.#deps, tx, await this.#both(tx, viewer, input))
      return input
    })
  }

  unlink(viewer: Viewer, input: LinkInput): Promise<LinkInput> {
    return this.#deps.store.write(async (tx) => {
      await unlinkTickets(this.#deps, tx, await this.#both(tx, viewer, input))
      return input
    })
  }

  of(viewer: Viewer, { ticketId }: { ticketId: string }) {
    return readLinks(this.#deps.store.read, this.#list, viewer, ticketId)
  }

  resolveChildren(viewer: Viewer, input: ResolveChildren) {
    return resolveChildren(this.#deps, viewer, input)
  }

  /** For rules: what may not be merged (any more) is left alone. */
  async mergeIfPossible(tx: Tx, request: Omit<MergeRequest, 'madeOn'>): Promise<void> {
    const source = await findTicket(tx.db, request.sourceId)
    if (!source || source.mergedIntoId !== null) return
    try {
      await mergeTickets(this.#deps, tx, request)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }

  /** Where a rule merges a ticket into; null when there is no such ticket. */
  target(db: Db, ticketId: string, which: 'oldestOpenOfRequester' | 'oldestOpenSameSubject') {
    const find = { oldestOpenOfRequester, oldestOpenSameSubject }[which]
    return find(db, ticketId)
  }

  async #both(tx: Tx, viewer: Viewer, { parentId, childId }: LinkInput) {
    const parent = await seenTicket(tx.db, viewer, parentId)
    const child = await seenTicket(tx.db, viewer, childId)
    return { parent, child, actor: actorOf(viewer) }
  }
}

const actorOf = ({ agentId }: Viewer) => ({ type: 'agent', id: agentId }) as const
