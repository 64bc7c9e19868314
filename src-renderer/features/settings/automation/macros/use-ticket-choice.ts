import { onScopeDispose, ref, shallowRef } from 'vue'
import type { TicketItem } from '../../../../../server/tickets/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import type { Option } from '../../../../ui/options.ts'

const LIMIT = 15
const TYPING_PAUSE_MS = 150

/** A real ticket to try something on: the latest at first, others by number or words. */
export function useTicketChoice() {
  const { trpc } = useApi()
  const options = shallowRef<readonly Option[]>([])
  const chosen = ref<string | null>(null)
  const loading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = ''

  const toOption = ({ id, number, subject, requester }: TicketItem): Option => ({
    value: id,
    label: `${number}  ${subject}`,
    hint: requester.name,
  })

  async function find(text: string): Promise<TicketItem[]> {
    if (text.trim() === '')
      return (await trpc.tickets.list.query({ sort: { by: 'updatedAt', dir: 'desc' }, limit: LIMIT })).items
    const { items } = await trpc.tickets.search.query({ text: text.slice(0, 200), limit: LIMIT })
    return items.map(({ ticket }) => ticket)
  }

  async function look(text: string): Promise<void> {
    loading.value = true
    const found = await find(text).catch(() => null)
    if (text !== latest) return
    loading.value = false
    if (!found) return
    const kept = options.value.filter(({ value }) => value === chosen.value)
    const others = found.map(toOption).filter(({ value }) => value !== chosen.value)
    options.value = [...kept, ...others]
    chosen.value ??= options.value[0]?.value ?? null
  }

  function search(text: string): void {
    latest = text
    clearTimeout(timer)
    timer = setTimeout(() => void look(text), TYPING_PAUSE_MS)
  }

  void look('')
  onScopeDispose(() => clearTimeout(timer))
  return { options, chosen, loading, search }
}
