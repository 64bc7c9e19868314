import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { CustomerView, UpdateCustomer } from '../../../server/customers/contract.ts'
import { useApi } from '../../api/provide.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useTiersStore } from '../../stores/tiers.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import {
  customerToBe,
  editConflicts,
  expectedCustomer,
  type CustomerChanges,
  type EditConflict,
} from './expected-customer.ts'
import { organizationName } from './organization-names.ts'

type Conflict = EditConflict<CustomerView, CustomerChanges>

/** One customer's record, kept fresh, with what is on its way laid over. */
export function useCustomer(id: MaybeRefOrGetter<string>) {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const tiers = useTiersStore()
  const submit = useSubmit()

  const key = () => ['customers', 'get', toValue(id)]
  const toBe = computed(() =>
    outbox.queue.find(
      ({ procedure, subject }) => procedure === 'customers.create' && subject === toValue(id),
    ),
  )
  const query = useQuery<CustomerView>({
    key,
    enabled: () => toBe.value === undefined,
    query: () => trpc.customers.get.query({ id: toValue(id) }),
  })

  useFreshQuery(key, ({ type, data }) => {
    const isOurs = type === 'customer.updated' && data.id === toValue(id)
    return isOurs || /^(organization|tier)\./.test(type)
  })

  const names = computed(() => ({ tiers: tiers.rows ?? [], organizationName }))
  const customer = computed<CustomerView | null>(() => {
    const known = query.data.value
    if (known?.id === toValue(id)) return expectedCustomer(known, outbox.waiting, names.value)
    return toBe.value
      ? expectedCustomer(customerToBe(toBe.value, names.value), outbox.waiting, names.value)
      : null
  })
  const conflicts = computed(() =>
    editConflicts<CustomerView, CustomerChanges>('customers.update', toValue(id), outbox.refused),
  )

  /** @throws what the server refuses, but for conflicts, which stand in `conflicts` until they are settled */
  async function save(changes: CustomerChanges): Promise<void> {
    if (!customer.value) return
    const input: UpdateCustomer = { id: toValue(id), version: customer.value.version, changes }
    let conflicting = false
    try {
      keepAnswer(await submit('customers.update', input, ({ code }) => (conflicting = code === 'CONFLICT')))
    } catch (error) {
      if (!conflicting) throw error
    }
  }

  function keepAnswer(answer: CustomerView | null): void {
    if (answer) cache.setQueryData<CustomerView>(key(), (old) => ({ ...old, ...answer }))
  }

  /** Lets one's own values win over what somebody else wrote meanwhile. */
  const insist = ({ commandId, current, changes }: Conflict) =>
    outbox.retry(commandId, { id: toValue(id), version: current.version, changes })

  async function giveWay({ commandId }: Conflict): Promise<void> {
    await outbox.discard(commandId)
    await cache.invalidateQueries({ key: key() }).catch(() => undefined)
  }

  return {
    customer,
    isPending: computed(() => toBe.value !== undefined),
    error: query.error,
    refetch: query.refetch,
    conflicts,
    save,
    insist,
    giveWay,
  }
}
