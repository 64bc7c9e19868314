import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { OrganizationView, UpdateOrganization } from '../../../server/customers/contract.ts'
import { useApi } from '../../api/provide.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import { editConflicts, type EditConflict } from './expected-customer.ts'

export type OrganizationChanges = UpdateOrganization['changes']
type Conflict = EditConflict<OrganizationView, OrganizationChanges>

/** One organisation's record, kept fresh, with what is on its way laid over. */
export function useOrganization(id: MaybeRefOrGetter<string>) {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const submit = useSubmit()

  const key = () => ['organizations', 'get', toValue(id)]
  const query = useQuery<OrganizationView>({
    key,
    query: () => trpc.organizations.get.query({ id: toValue(id) }),
  })
  useFreshQuery(key, ({ type, data }) => type.startsWith('organization.') && data.id === toValue(id))

  const organization = computed<OrganizationView | null>(() => {
    const known = query.data.value
    if (!known || known.id !== toValue(id)) return null
    return outbox.waiting
      .filter(({ procedure, subject }) => procedure === 'organizations.update' && subject === known.id)
      .reduce(
        (expected, { input }) => ({ ...expected, ...definedOnly((input as UpdateOrganization).changes) }),
        known,
      )
  })
  const conflicts = computed(() =>
    editConflicts<OrganizationView, OrganizationChanges>('organizations.update', toValue(id), outbox.refused),
  )

  /** @throws what the server refuses, but for conflicts, which stand in `conflicts` until they are settled */
  async function save(changes: OrganizationChanges): Promise<void> {
    if (!organization.value) return
    const input: UpdateOrganization = { id: toValue(id), version: organization.value.version, changes }
    let conflicting = false
    try {
      const answer = await submit(
        'organizations.update',
        input,
        ({ code }) => (conflicting = code === 'CONFLICT'),
      )
      if (answer) cache.setQueryData<OrganizationView>(key(), answer)
    } catch (error) {
      if (!conflicting) throw error
    }
  }

  /** Lets one's own values win over what somebody else wrote meanwhile. */
  const insist = ({ commandId, current, changes }: Conflict) =>
    outbox.retry(commandId, { id: toValue(id), version: current.version, changes })

  async function giveWay({ commandId }: Conflict): Promise<void> {
    await outbox.discard(commandId)
    await cache.invalidateQueries({ key: key() }).catch(() => undefined)
  }

  return {
    organization,
    error: query.error,
    refetch: query.refetch,
    conflicts,
    save,
    insist,
    giveWay,
    /** @throws CONFLICT while customers belong to it */
    remove: () => submit('organizations.remove', { id: toValue(id) }),
  }
}

const definedOnly = (changes: OrganizationChanges): Partial<OrganizationView> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
