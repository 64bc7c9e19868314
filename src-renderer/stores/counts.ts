import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef } from 'vue'
import type { QueueCounts } from '../../server/tickets/contract.ts'
import type { TicketFilter } from '../../server/tickets/filter.contract.ts'
import { useApi } from '../api/provide.ts'
import { useConnectionStore } from './connection.ts'
import { createPacer } from './pacer.ts'
import { useWorkspaceStore } from './workspace.ts'

const CACHE_KEY = 'counts'
const AT_MOST_EVERY_MS = 1_000

/** How many tickets stand in each queue, kept true by events. */
export const useCountsStore = defineStore('counts', () => {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const workspace = useWorkspaceStore()

  const counts = shallowRef<QueueCounts | null>(null)
  const filters = shallowRef<readonly TicketFilter[]>([])
  const pacer = createPacer(AT_MOST_EVERY_MS, refresh)

  async function refresh(): Promise<void> {
    const { cache } = await workspace.whenOpen()
    counts.value ??= await cache.get<QueueCounts>(CACHE_KEY)
    await connection.whenFollowing()
    const asked = filters.value
    const answer = await trpc.tickets.counts.query({ filters: [...asked] })
    // Numbers of other filters than those on screen would stand beside the wrong names.
    if (asked !== filters.value) return
    counts.value = answer
    await cache.put(CACHE_KEY, { ...answer, filters: [] })
  }

  /** Counts these filters too (saved views on screen), in their order, as `counts.filters`. */
  function countFilters(wanted: readonly TicketFilter[]): void {
    filters.value = wanted
    if (counts.value) counts.value = { ...counts.value, filters: [] }
    pacer.ask()
  }

  connection.onEvent(({ ticketId }) => ticketId && pacer.ask())
  connection.onResync(refresh)
  connection.onBack(pacer.ask)
  workspace.onOpen(pacer.ask)
  workspace.onClose(() => (counts.value = null))
  onScopeDispose(pacer.stop)

  return { counts, refresh, countFilters }
})
