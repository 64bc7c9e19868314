import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { CustomerListItem } from '../../../server/customers/contract.ts'
import type { SearchHit } from '../../../server/tickets/contract.ts'
import { toFailure, type Failure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useConnectionStore } from '../../stores/connection.ts'
import { useTicketsStore } from '../../stores/tickets.ts'

const TYPING_PAUSE_MS = 160
const PAGE = 25
const CUSTOMERS = 6

/** Tickets and customers for what is typed: the first page as one types, more on request. */
export function useSearch(text: Ref<string>) {
  const { trpc } = useApi()
  const tickets = useTicketsStore()
  const connection = useConnectionStore()

  const found = shallowRef<readonly SearchHit[]>([])
  const customers = shallowRef<readonly CustomerListItem[]>([])
  const cursor = ref<string | null>(null)
  /** The text that the results answer; empty before the first. */
  const answered = ref('')
  const isSearching = ref(false)
  const isLoadingMore = ref(false)
  const failure = shallowRef<Failure | null>(null)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function search(wanted: string): Promise<void> {
    const { signal } = abort
    isSearching.value = true
    try {
      const [page, people] = await Promise.all([
        trpc.tickets.search.query({ text: wanted, limit: PAGE }, { signal }),
        trpc.customers.find.query({ text: wanted, limit: CUSTOMERS }, { signal }),
      ])
      if (signal.aborted) return
      take(page.items)
      found.value = page.items
      cursor.value = page.nextCursor
      customers.value = people
      answered.value = wanted
      failure.value = null
    } catch (error) {
      if (!signal.aborted) failure.value = toFailure(error)
    }
    if (!signal.aborted) isSearching.value = false
  }

  async function loadMore(): Promise<void> {
    const { signal } = abort
    if (!cursor.value || isLoadingMore.value) return
    isLoadingMore.value = true
    try {
      const input = { text: answered.value, limit: PAGE, cursor: cursor.value }
      const page = await trpc.tickets.search.query(input, { signal })
      if (signal.aborted) return
      take(page.items)
      found.value = [...found.value, ...page.items]
      cursor.value = page.nextCursor
    } catch (error) {
      if (!signal.aborted) failure.value = toFailure(error)
    } finally {
      isLoadingMore.value = false
    }
  }

  const take = (hits: readonly SearchHit[]) => tickets.putItems(hits.map(({ ticket }) => ticket))

  function stop(): void {
    clearTimeout(timer)
    abort.abort()
    abort = new AbortController()
  }

  function start(pauseMs: number): void {
    stop()
    const wanted = text.value.trim()
    if (wanted) timer = setTimeout(() => void search(wanted), pauseMs)
    else {
      found.value = []
      customers.value = []
      cursor.value = null
      answered.value = ''
      isSearching.value = false
      failure.value = null
    }
  }

  watch(text, (_text, before) => start(before === undefined ? 0 : TYPING_PAUSE_MS), { immediate: true })
  connection.onBack(() => failure.value && start(0))
  onScopeDispose(stop)

  return {
    /** Finds with the store's own copy of their ticket, which events keep fresh. */
    hits: computed(() =>
      found.value.flatMap(({ ticket, snippet }) => {
        const current = tickets.item(ticket.id)
        return current && !tickets.gone.has(ticket.id) ? { ticket: current, snippet } : []
      }),
    ),
    customers,
    hasMore: computed(() => cursor.value !== null),
    answered,
    isSearching,
    isLoadingMore,
    failure,
    loadMore,
    retry: () => start(0),
  }
}
