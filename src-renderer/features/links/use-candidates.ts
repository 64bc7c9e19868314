import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { TicketDetail, TicketItem } from '../../../server/tickets/contract.ts'
import { useApi } from '../../api/provide.ts'
import { candidates } from './link-choice.ts'

const TYPING_PAUSE_MS = 160
const SHOWN = 12

/** Tickets to bring together with this one: the customer's latest until something is typed, then what the search finds. */
export function useCandidates(ticket: Ref<TicketDetail>, text: Ref<string>, isOpen: Ref<boolean>) {
  const { trpc } = useApi()
  const found = shallowRef<readonly TicketItem[]>([])
  const isSearching = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++asked
    isSearching.value = true
    try {
      const items = await ask(text.value.trim())
      if (mine === asked) found.value = items
    } catch {
      // Without the server nothing can be offered; the dialog says that nothing was found.
      if (mine === asked) found.value = []
    }
    if (mine === asked) isSearching.value = false
  }

  async function ask(wanted: string): Promise<TicketItem[]> {
    if (wanted === '') {
      const filter = { requesterIds: [ticket.value.requester.id] }
      const sort = { by: 'updatedAt', dir: 'desc' } as const
      return (await trpc.tickets.list.query({ filter, sort, limit: SHOWN + 1 })).items
    }
    const { items } = await trpc.tickets.search.query({ text: wanted, limit: SHOWN + 1 })
    return items.map((hit) => hit.ticket)
  }

  function later(pauseMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), pauseMs)
  }

  watch(text, () => later(TYPING_PAUSE_MS))
  watch(isOpen, (open) => open && later(0), { immediate: true })
  onScopeDispose(() => clearTimeout(timer))

  return {
    items: computed(() => {
      const merged = (ticket.value.merges?.from ?? []).map(({ id }) => id)
      return candidates(found.value, ticket.value.id, merged).slice(0, SHOWN)
    }),
    isSearching,
  }
}
