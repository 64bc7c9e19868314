import { onScopeDispose, ref, shallowRef } from 'vue'
import { useApi } from '../api/provide.ts'
import type { Option } from '../ui/options.ts'
import { formatPhone } from '../features/customers/phones.ts'

const TYPING_PAUSE_MS = 150
const LIMIT = 20

/** Customers or organisations found by what is typed, for conditions on rows that are too many to list. */
export function useRemoteOptions(field: 'requester' | 'customer.organization') {
  const { trpc } = useApi()
  const options = shallowRef<readonly Option[]>([])
  const loading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = ''

  async function find(text: string): Promise<Option[]> {
    if (field === 'requester') {
      const { items } = await trpc.customers.list.query({ text, limit: LIMIT })
      return items.map(({ id, name, email, phone }) => ({
        value: id,
        label: name,
        hint: email ?? (phone ? formatPhone(phone) : ''),
      }))
    }
    const { items } = await trpc.organizations.list.query({ text, limit: LIMIT })
    return items.map(({ id, name }) => ({ value: id, label: name }))
  }

  function search(text: string): void {
    latest = text
    clearTimeout(timer)
    timer = setTimeout(async () => {
      loading.value = true
      const found = await find(text).catch(() => [])
      if (text !== latest) return
      options.value = found
      loading.value = false
    }, TYPING_PAUSE_MS)
  }

  /** Gives ids that were chosen before their names. */
  async function name(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !options.value.some(({ value }) => value === id))
    const read = (id: string) =>
      field === 'requester' ? trpc.customers.get.query({ id }) : trpc.organizations.get.query({ id })
    const named = await Promise.all(missing.map((id) => read(id).catch(() => ({ id, name: id }))))
    options.value = [...options.value, ...named.map(({ id, name: label }) => ({ value: id, label }))]
  }

  onScopeDispose(() => clearTimeout(timer))
  return { options, loading, search, name }
}
