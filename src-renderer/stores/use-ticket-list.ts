import { computed, onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { TicketItem, TicketPage } from '../../server/tickets/contract.ts'
import type { TicketFilter, TicketSort } from '../../server/tickets/filter.contract.ts'
import { toFailure, type Failure } from '../api/errors.ts'
import { useApi } from '../api/provide.ts'
import { useConnectionStore } from './connection.ts'
import { createPacer } from './pacer.ts'
import { useSessionStore } from './session.ts'
import { adopted, compared, emptyList, extended, type ListState } from './ticket-list.ts'
import { tellsOnly } from './ticket-events.ts'
import { useTicketsStore } from './tickets.ts'
import { useWorkspaceStore } from './workspace.ts'

export interface TicketQuery {
  filter?: TicketFilter
  sort?: TicketSort
}

const PAGE = 50
/** The most that the server gives at once; what lies deeper in a list is freshened row by row only. */
const WINDOW = 200
const COMPARE_EVERY_MS = 1_000
/** How long a row counts as just changed: the time of its glow. */
const GLOW_MS = 2_000

/** A list of tickets that shows its last known rows at once, pages, and follows events without moving under the hand. */
export function useTicketList(query: MaybeRefOrGetter<TicketQuery>) {
  const { trpc } = useApi()
  const tickets = useTicketsStore()
  const connection = useConnectionStore()
  const session = useSessionStore()
  const workspace = useWorkspaceStore()

  const list = shallowRef<ListState>(emptyList)
  /** `loading`: nothing to show yet. `stale`: rows from the last time, being freshened. `fresh`: true and followed. */
  const state = ref<'loading' | 'stale' | 'fresh'>('loading')
  const failure = shallowRef<Failure | null>(null)
  const isLoadingMore = ref(false)
  const changed = ref<ReadonlySet<string>>(new Set())
  const touched = new Set<string>()
  const own = new Set<string>()
  const glows = new Map<string, ReturnType<typeof setTimeout>>()
  /** Grows with every new query, so that answers to an older one are dropped. */
  let generation = 0

  const key = computed(() => JSON.stringify(toValue(query)))
  const cacheKey = computed(() => `list:${key.value}`)
  const input = () => JSON.parse(key.value) as TicketQuery

  const items = computed(() => list.value.ids.flatMap((id) => tickets.item(id) ?? []))

  function page(limit: number, cursor: string | null = null): Promise<TicketPage> {
    return trpc.tickets.list.query({ ...input(), limit, cursor })
  }

  async function show(): Promise<void> {
    const mine = ++generation
    state.value = 'loading'
    list.value = emptyList
    const { cache } = await workspace.whenOpen()
    const cached = await cache.get<TicketItem[]>(cacheKey.value)
    if (mine !== generation) return
    if (cached) {
      tickets.putItems(cached)
      list.value = { ...emptyList, ids: cached.map(({ id }) => id) }
      state.value = 'stale'
    }
    await connection.whenFollowing()
    if (mine === generation) await refresh()
  }

  /** Lets everything new in and everything gone out: the list as the server has it now. */
  async function refresh(): Promise<void> {
    const mine = generation
    touched.clear()
    own.clear()
    try {
      const read = await page(Math.min(WINDOW, Math.max(PAGE, list.value.ids.length)))
      if (mine !== generation) return
      take(read)
      list.value = adopted({ ids: read.items.map(({ id }) => id), nextCursor: read.nextCursor })
      state.value = 'fresh'
      const { cache } = await workspace.whenOpen()
      await cache.put(cacheKey.value, read.items.slice(0, PAGE))
    } catch (error) {
      if (mine === generation) failure.value = toFailure(error)
    }
  }

  async function loadMore(): Promise<void> {
    const { nextCursor } = list.value
    if (!nextCursor || isLoadingMore.value) return
    const mine = generation
    isLoadingMore.value = true
    try {
      const read = await page(PAGE, nextCursor)
      // A refresh in between has begun a new list, which this page does not continue.
      if (mine !== generation || list.value.nextCursor !== nextCursor) return
      take(read)
      list.value = extended(list.value, { ids: read.items.map(({ id }) => id), nextCursor: read.nextCursor })
    } catch (error) {
      if (mine === generation) failure.value = toFailure(error)
    } finally {
      isLoadingMore.value = false
    }
  }

  async function compare(): Promise<void> {
    if (state.value !== 'fresh') return
    const mine = generation
    const before = list.value
    const limit = Math.min(WINDOW, Math.max(PAGE, before.ids.length))
    const read = await page(limit)
    if (mine !== generation || list.value !== before) return pacer.ask()
    take(read)
    list.value = compared(before, { window: read.items.map(({ id }) => id), limit, touched, own })
  }

  function take(read: TicketPage): void {
    failure.value = null
    tickets.putItems(read.items)
  }

  function glow(id: string): void {
    clearTimeout(glows.get(id))
    changed.value = new Set([...changed.value, id])
    const timer = setTimeout(() => {
      glows.delete(id)
      changed.value = new Set([...changed.value].filter((each) => each !== id))
    }, GLOW_MS)
    glows.set(id, timer)
  }

  const pacer = createPacer(COMPARE_EVERY_MS, compare, 200)

  connection.onEvent((event) => {
    const { type, ticketId, actor } = event
    if (type === 'sla.recomputed') pacer.ask()
    if (!ticketId || tellsOnly(event)) return
    const isOwn = actor.type === 'agent' && actor.id === session.agent?.id
    touched.add(ticketId)
    if (isOwn) own.add(ticketId)
    else if (list.value.ids.includes(ticketId)) glow(ticketId)
    pacer.ask()
  })
  connection.onResync(refresh)
  connection.onBack(() => {
    if (state.value !== 'fresh' || failure.value) void refresh()
    else if (touched.size > 0) pacer.ask()
  })
  watch(key, () => void show(), { immediate: true })
  onScopeDispose(() => {
    generation += 1
    pacer.stop()
    glows.forEach((timer) => clearTimeout(timer))
  })

  return {
    /** The rows, in places that stay. */
    items,
    state,
    /** Why the last attempt to read failed; the rows are then the last known ones. */
    failure,
    hasMore: computed(() => list.value.nextCursor !== null),
    isLoadingMore,
    loadMore,
    /** "3 novos": how many tickets wait to be let in with `refresh`. */
    newCount: computed(() => list.value.arrivals.length),
    /** Rows that have left the list or moved elsewhere; they stay, to be shown dimmed, until `refresh`. */
    departed: computed<ReadonlySet<string>>(
      () => new Set([...list.value.departed, ...list.value.ids.filter((id) => tickets.gone.has(id))]),
    ),
    /** Rows that somebody else changed just now, to glow once. */
    changed,
    refresh,
  }
}
