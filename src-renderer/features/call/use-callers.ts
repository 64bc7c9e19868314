import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { CustomerListItem } from '../../../server/customers/contract.ts'
import { useApi } from '../../api/provide.ts'
import { toFailure } from '../../api/errors.ts'

const TYPING_PAUSE_MS = 120
const SHOWN = 6

/** The customers that what is typed may mean, best first, as one types. */
export function useCallers(text: Ref<string>) {
  const { trpc } = useApi()
  const found = shallowRef<readonly CustomerListItem[]>([])
  /** The text that `found` answers. */
  const foundFor = ref('')
  const searching = ref(false)
  /** No server to ask: the call is logged all the same, and the server recognises the customer later. */
  const offline = ref(false)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function find(wanted: string): Promise<void> {
    const { signal } = abort
    try {
      const rows = await trpc.customers.find.query({ text: wanted, limit: SHOWN }, { signal })
      if (signal.aborted) return
      found.value = rows
      foundFor.value = wanted
      offline.value = false
    } catch (error) {
      if (signal.aborted) return
      found.value = []
      foundFor.value = wanted
      offline.value = toFailure(error).kind === 'offline'
    }
    searching.value = false
  }

  function stop(): void {
    clearTimeout(timer)
    abort.abort()
  }

  watch(
    text,
    (value) => {
      stop()
      abort = new AbortController()
      const wanted = value.trim()
      searching.value = wanted.length > 1
      if (searching.value) timer = setTimeout(() => void find(wanted), TYPING_PAUSE_MS)
      else {
        found.value = []
        foundFor.value = wanted
      }
    },
    { immediate: true },
  )
  onScopeDispose(stop)

  return { found, foundFor, searching, offline }
}
