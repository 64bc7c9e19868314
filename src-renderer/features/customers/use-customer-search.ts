import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { CustomerListItem, ListCustomers } from '../../../server/customers/contract.ts'
import { toFailure, type Failure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useConnectionStore } from '../../stores/connection.ts'
import { createPacer } from '../../stores/pacer.ts'
import { useWorkspaceStore } from '../../stores/workspace.ts'

const PAGE = 60
/** The most that `customers.find` ranks. */
const RANKED = 50
const TYPING_PAUSE_MS = 120
const REFRESH_EVERY_MS = 2_000
const CACHE_KEY = 'customers'

export interface CustomerQuery {
  text: string
  organizationId?: string
}

/**
 * Customers by name, or found as somebody types: the best matches first, and behind them, as one scrolls, all others that match.
 */
export function useCustomerSearch(query: MaybeRefOrGetter<CustomerQuery>) {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const workspace = useWorkspaceStore()

  const items = shallowRef<CustomerListItem[]>([])
  const state = ref<'loading' | 'ready'>('loading')
  const failure = shallowRef<Failure | null>(null)
  /** `undefined` begins the pages, `null` ends them. */
  let cursor: string | null | undefined
  let generation = 0
  let paging = false

  const listInput = (): Pick<ListCustomers, 'text' | 'organizationId'> => {
    const { text, organizationId } = toValue(query)
    return { ...(text.trim() ? { text: text.trim() } : {}), ...(organizationId ? { organizationId } : {}) }
  }

  async function search(): Promise<void> {
    const mine = ++generation
    const { text, organizationId } = listInput()
    try {
      if (!text && !organizationId) await showKept(mine)
      const ranked = text && !organizationId ? await trpc.customers.find.query({ text, limit: RANKED }) : null
      const page = ranked ? null : await trpc.customers.list.query({ ...listInput(), limit: PAGE })
      if (mine !== generation) return
      items.value = ranked ?? page?.items ?? []
      cursor = ranked ? (ranked.length < RANKED ? null : undefined) : (page?.nextCursor ?? null)
      failure.value = null
      if (page && !text && !organizationId) await workspace.current?.cache.put(CACHE_KEY, page.items)
    } catch (error) {
      if (mine === generation) failure.value = toFailure(error)
    } finally {
      if (mine === generation) state.value = 'ready'
    }
  }

  /** Something to look at while the server is asked, or can't be. */
  async function showKept(mine: number): Promise<void> {
    if (items.value.length > 0) return
    const kept = await (await workspace.whenOpen()).cache.get<CustomerListItem[]>(CACHE_KEY)
    if (mine === generation && kept) {
      items.value = kept
      state.value = 'ready'
    }
  }

  async function loadMore(): Promise<void> {
    if (cursor === null || paging || state.value === 'loading') return
    const mine = generation
    paging = true
    try {
      const page = await trpc.customers.list.query({
        ...listInput(),
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      })
      if (mine !== generation) return
      const known = new Set(items.value.map(({ id }) => id))
      items.value = [...items.value, ...page.items.filter(({ id }) => !known.has(id))]
      cursor = page.nextCursor
    } catch (error) {
      if (mine === generation) failure.value = toFailure(error)
    } finally {
      paging = false
    }
  }

  // Somebody deep in a list keeps their place; what changed is there when they search or come again.
  const pacer = createPacer(REFRESH_EVERY_MS, async () => {
    if (items.value.length <= PAGE) await search()
  })
  connection.onEvent(({ type }) => /^(customer|organization|tier)\./.test(type) && pacer.ask())
  connection.onResync(search)
  connection.onBack(() => failure.value && pacer.ask())
  onScopeDispose(pacer.stop)

  const searchSoon = useDebounceFn(search, TYPING_PAUSE_MS)
  watch(
    () => JSON.stringify(listInput()),
    () => void searchSoon(),
  )
  void search()

  return { items, state, failure, search, loadMore }
}
