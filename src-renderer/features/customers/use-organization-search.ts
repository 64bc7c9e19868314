import { useDebounceFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { OrganizationView } from '../../../server/customers/contract.ts'
import { toFailure, type Failure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useConnectionStore } from '../../stores/connection.ts'
import { createPacer } from '../../stores/pacer.ts'
import { rememberOrganizations } from './organization-names.ts'

const PAGE = 60
const TYPING_PAUSE_MS = 120
const REFRESH_EVERY_MS = 2_000

/** Organisations by name, those whose name has the text. */
export function useOrganizationSearch(text: Readonly<Ref<string>>) {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const items = shallowRef<OrganizationView[]>([])
  const state = ref<'loading' | 'ready'>('loading')
  const failure = shallowRef<Failure | null>(null)
  let cursor: string | null = null
  let generation = 0

  async function read(next: string | null): Promise<void> {
    const mine = next ? generation : ++generation
    const wanted = text.value.trim()
    try {
      const page = await trpc.organizations.list.query({
        limit: PAGE,
        ...(wanted ? { text: wanted } : {}),
        ...(next ? { cursor: next } : {}),
      })
      if (mine !== generation || (next && next !== cursor)) return
      rememberOrganizations(page.items)
      items.value = next ? [...items.value, ...page.items] : page.items
      cursor = page.nextCursor
      failure.value = null
    } catch (error) {
      if (mine === generation) failure.value = toFailure(error)
    } finally {
      if (mine === generation) state.value = 'ready'
    }
  }

  const search = () => read(null)
  const pacer = createPacer(REFRESH_EVERY_MS, async () => {
    if (items.value.length <= PAGE) await search()
  })
  connection.onEvent(({ type }) => type.startsWith('organization.') && pacer.ask())
  connection.onResync(search)
  connection.onBack(() => failure.value && pacer.ask())
  onScopeDispose(pacer.stop)

  const searchSoon = useDebounceFn(search, TYPING_PAUSE_MS)
  watch(text, () => void searchSoon())
  void search()

  return { items, state, failure, search, loadMore: async () => void (cursor && (await read(cursor))) }
}
