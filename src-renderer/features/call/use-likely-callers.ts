import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { CustomerListItem } from '../../../server/customers/contract.ts'
import { useApi } from '../../api/provide.ts'
import type { NewCaller } from './call-form.ts'

const TYPING_PAUSE_MS = 300
const SHOWN = 3

/** Customers the desk already has who may be this new one: by e-mail, phone (through the ninth digit) or name. */
export function useLikelyCallers(caller: Ref<NewCaller>) {
  const { trpc } = useApi()
  const likely = shallowRef<readonly CustomerListItem[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = ''

  async function look({ name, phone, email }: NewCaller, key: string): Promise<void> {
    const phones = phone.replaceAll(/\D/g, '').length >= 10 ? [phone] : []
    const emails = email.includes('@') ? [email.trim()] : []
    const words = name.trim().length > 2 ? { name: name.trim() } : {}
    const isNothing = phones.length + emails.length === 0 && !words.name
    // Without an answer the server still recognises a known phone or e-mail when the ticket is made.
    const rows = isNothing
      ? []
      : await trpc.customers.duplicates.query({ phones, emails, ...words }).catch(() => [])
    if (asked === key) likely.value = rows.slice(0, SHOWN).map(({ customer }) => customer)
  }

  watch(
    caller,
    (value) => {
      clearTimeout(timer)
      asked = JSON.stringify(value)
      const key = asked
      timer = setTimeout(() => void look(value, key), TYPING_PAUSE_MS)
    },
    { deep: true, immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { likely }
}
