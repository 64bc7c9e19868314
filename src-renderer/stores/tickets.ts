import { defineStore } from 'pinia'
import { onScopeDispose, shallowReactive } from 'vue'
import type { DeskEvent } from '../../server/events/contract.ts'
import type { MessageView, TicketDetail, TicketItem, TicketView } from '../../server/tickets/contract.ts'
import { toFailure, type Failure } from '../api/errors.ts'
import { useApi } from '../api/provide.ts'
import { useCatalogStore } from './catalog.ts'
import { useConnectionStore } from './connection.ts'
import { expectedTicket } from './expected.ts'
import { useOutboxStore } from './outbox.ts'
import { createPacer } from './pacer.ts'
import { newer, newerDetail, outdates, withAnswer, withEvent, withMessage } from './ticket-events.ts'
import { useWorkspaceStore } from './workspace.ts'

/** How many the server gives at once. */
const IDS_PER_CALL = 100
const REFRESH_EVERY_MS = 100
/** Whole conversations kept in memory, for going back and forth without a blink; more are on the disk. */
const DETAILS_KEPT = 60

/** Of the tickets met in a long day, those that may still be on a screen. */
const REFRESHED_ON_RESYNC = 300

const cacheKey = (id: string) => `ticket:${id}`

/** Every ticket this window knows, once: lists and pages show the same copy, and events freshen it. */
export const useTicketsStore = defineStore('tickets', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const workspace = useWorkspaceStore()
  const outbox = useOutboxStore()
  const catalog = useCatalogStore()

  const items = shallowReactive(new Map<string, TicketItem>())
  const details = shallowReactive(new Map<string, TicketDetail>())
  /** Tickets that were seen here and have since gone out of this agent's sight. */
  const gone = shallowReactive(new Set<string>())
  const staleItems = new Set<string>()
  const staleDetails = new Set<string>()
  /** How many screens show a ticket's page. */
  const watched = new Map<string, number>()
  const pacer = createPacer(REFRESH_EVERY_MS, refreshStale)

  /** A ticket as lists show it, with what is on its way laid over. */
  function item(id: string): TicketItem | null {
    const known = items.get(id)
    return known ? expectedTicket(known, outbox.queue, catalog.catalog) : null
  }

  /** A ticket with its conversation, if it was opened here before. */
  function detail(id: string): TicketDetail | null {
    const known = details.get(id)
    return known ? expectedTicket(known, outbox.queue, catalog.catalog) : null
  }

  function putItems(read: readonly TicketItem[]): void {
    for (const ticket of read) {
      gone.delete(ticket.id)
      items.set(ticket.id, newer(items.get(ticket.id), ticket))
    }
  }

  function putDetail(read: TicketDetail): void {
    gone.delete(read.id)
    const kept = newerDetail(details.get(read.id), read)
    // Reinserted, so that the map's order is that of use.
    details.delete(read.id)
    details.set(read.id, kept)
    // An answer of ours overtook this reading: there may be things in between that neither has.
    if (kept !== read) staleDetails.add(read.id)
    putItems([itemOf(kept)])
    forgetOldDetails()
  }

  /** Shows what is known of a ticket, then what is true. Answers why that can't be had, if so. */
  async function open(id: string): Promise<Failure | null> {
    const { cache } = await workspace.whenOpen()
    if (!details.has(id)) {
      const cached = await cache.get<TicketDetail>(cacheKey(id))
      if (cached && !details.has(id)) putDetail(cached)
    }
    await connection.whenFollowing()
    return readDetail(id)
  }

  async function readDetail(id: string): Promise<Failure | null> {
    try {
      const read = await trpc.tickets.get.query({ id })
      putDetail(read)
      if (staleDetails.has(id)) pacer.ask()
      await (await workspace.whenOpen()).cache.put(cacheKey(id), read)
      return null
    } catch (error) {
      const failure = toFailure(error)
      if (failure.code === 'NOT_FOUND') await forget(id)
      return failure
    }
  }

  async function forget(id: string): Promise<void> {
    if (items.has(id) || details.has(id)) gone.add(id)
    details.delete(id)
    await workspace.current?.cache.delete(cacheKey(id))
  }

  /** Keeps a ticket's page fresh until the function it returns is called. */
  function watch(id: string): () => void {
    watched.set(id, (watched.get(id) ?? 0) + 1)
    return () => {
      const left = (watched.get(id) ?? 1) - 1
      if (left > 0) watched.set(id, left)
      else watched.delete(id)
    }
  }

  function applyEvent(event: DeskEvent): void {
    const id = event.ticketId
    // The office's hours or promises changed, and with them the deadlines of any number of tickets.
    if (event.type === 'sla.recomputed') {
      markShown()
      pacer.ask()
    }
    if (!id) return
    const known = items.get(id)
    const open = details.get(id)
    if (open) details.set(id, withEvent(open, event))
    if (known && outdates(event, known)) staleItems.add(id)
    // A message's text is not in its event, and one's own answer has no attachments' names yet.
    if (watched.has(id) && (event.type === 'message.created' || !open || outdates(event, open)))
      staleDetails.add(id)
    if (staleItems.has(id) || staleDetails.has(id)) pacer.ask()
  }

  async function refreshStale(): Promise<void> {
    const ids = [...staleItems].slice(0, IDS_PER_CALL)
    const pages = [...staleDetails]
    for (const id of ids) staleItems.delete(id)
    for (const id of pages) staleDetails.delete(id)
    try {
      const reads = pages.map(async (id) => {
        const failure = await readDetail(id)
        if (failure && failure.code !== 'NOT_FOUND') staleDetails.add(id)
      })
      await Promise.all([ids.length > 0 ? refreshItems(ids) : null, ...reads])
    } catch (error) {
      // Taken up again when the link is back.
      for (const id of ids) staleItems.add(id)
      throw error
    }
    if (staleItems.size > 0) pacer.ask()
  }

  async function refreshItems(ids: string[]): Promise<void> {
    const { items: read } = await trpc.tickets.items.query({ ids })
    putItems(read)
    const seen = new Set(read.map(({ id }) => id))
    await Promise.all(ids.filter((id) => !seen.has(id)).map(forget))
  }

  function onAnswer(procedure: string, answer: unknown): void {
    if (answersTicket.has(procedure)) {
      const view = answer as TicketView
      putItems([itemOf(view)])
      const open = details.get(view.id)
      if (open) details.set(view.id, withAnswer(open, view))
    } else if (procedure === 'tickets.reply') {
      const message = answer as MessageView
      const open = details.get(message.ticketId)
      if (open) details.set(message.ticketId, withMessage(open, message))
      staleItems.add(message.ticketId)
      if (watched.has(message.ticketId)) staleDetails.add(message.ticketId)
      pacer.ask()
    }
  }

  /** Everything on screen may have changed in ways no event told. */
  async function refreshAll(): Promise<void> {
    markShown()
    await refreshStale()
  }

  function markShown(): void {
    for (const id of [...items.keys()].slice(-REFRESHED_ON_RESYNC)) staleItems.add(id)
    for (const id of watched.keys()) staleDetails.add(id)
  }

  function forgetOldDetails(): void {
    for (const id of details.keys()) {
      if (details.size <= DETAILS_KEPT) return
      if (!watched.has(id)) details.delete(id)
    }
  }

  /** Another agent's tickets are not this one's to see. */
  function clear(): void {
    items.clear()
    details.clear()
    gone.clear()
    staleItems.clear()
    staleDetails.clear()
  }

  connection.onEvent(applyEvent)
  connection.onResync(refreshAll)
  connection.onBack(() => {
    if (staleItems.size > 0 || staleDetails.size > 0) pacer.ask()
  })
  outbox.onAnswer((command, answer) => onAnswer(command.procedure, answer))
  workspace.onClose(clear)
  onScopeDispose(pacer.stop)

  return {
    items,
    details,
    gone,
    item,
    detail,
    open,
    watch,
    putItems,
    putDetail,
    applyEvent,
    refreshAll,
    clear,
  }
})

const answersTicket: ReadonlySet<string> = new Set(['tickets.create', 'tickets.update', 'macros.run'])

/** A list's row out of a whole reading, so that conversations are kept once. */
function itemOf(view: TicketView | TicketDetail): TicketItem {
  const { id, number, version, subject, channel, status, priority, type, category, team, agent, requester } =
    view
  const {
    tags,
    dueAt,
    sla,
    slaPolicy,
    waitingSince,
    createdAt,
    updatedAt,
    lastMessageAt,
    resolvedAt,
    closedAt,
  } = view
  return {
    ...{ id, number, version, subject, channel, status, priority, type, category, team, agent, requester },
    ...{
      tags,
      dueAt,
      sla,
      slaPolicy,
      waitingSince,
      createdAt,
      updatedAt,
      lastMessageAt,
      resolvedAt,
      closedAt,
    },
  }
}
