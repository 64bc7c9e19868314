import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { activeClasses } from '../../../server/tickets/filter.contract.ts'
import { useApi } from '../../api/provide.ts'
import { useTicketsStore } from '../../stores/tickets.ts'

const SHOWN = 8

/** A customer's tickets that still need somebody, the latest first: what a call is most likely about. */
export function useOpenTickets(customerId: Ref<string | null>) {
  const { trpc } = useApi()
  const store = useTicketsStore()
  const ids = shallowRef<readonly string[]>([])
  const isLoading = ref(false)

  async function load(id: string): Promise<void> {
    isLoading.value = true
    try {
      const { items } = await trpc.tickets.list.query({
        filter: { requesterIds: [id], statusClass: [...activeClasses] },
        sort: { by: 'updatedAt', dir: 'desc' },
        limit: SHOWN,
      })
      if (customerId.value !== id) return
      store.putItems(items)
      ids.value = items.map((ticket) => ticket.id)
    } catch {
      // Offline there is nothing to offer; a new ticket can be logged all the same.
      if (customerId.value === id) ids.value = []
    } finally {
      if (customerId.value === id) isLoading.value = false
    }
  }

  watch(
    customerId,
    (id) => {
      ids.value = []
      isLoading.value = false
      if (id) void load(id)
    },
    { immediate: true },
  )

  return {
    /** The store's own rows, so that they stay fresh while the call lasts. */
    tickets: computed(() => ids.value.flatMap((id) => store.item(id) ?? [])),
    isLoading,
  }
}
