import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { NewPolicy, PolicyPreset, PolicyView } from '../../../../../server/sla/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import type { CommandInput } from '../../../../outbox/procedures.ts'
import { useConnectionStore } from '../../../../stores/connection.ts'
import { useOutboxStore } from '../../../../stores/outbox.ts'
import { useFreshQuery } from '../../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../../stores/use-submit.ts'
import { withRow } from '../../../../stores/catalog-answers.ts'
import { expectedPolicies } from './expected-policies.ts'
import type { PolicyContent } from './policy-draft.ts'

const KEY = ['sla', 'policies']

/** The desk's promises with what is on its way laid over, and everything that can be done to them. */
export function usePolicies() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const connection = useConnectionStore()
  const submit = useSubmit()

  const query = useQuery<PolicyView[]>({ key: KEY, query: () => trpc.sla.policies.list.query() })
  useFreshQuery(KEY, ({ type }) => type.startsWith('policy.') || type === 'sla.recomputed')
  const presets = useQuery<PolicyPreset[]>({
    key: ['sla', 'presets'],
    query: () => trpc.sla.policies.presets.query(),
    staleTime: Infinity,
  })
  connection.onBack(() => {
    if (!presets.data.value) void presets.refetch()
  })

  const policies = computed(() =>
    query.data.value ? expectedPolicies(query.data.value, outbox.waiting) : null,
  )

  /** Keeps what the server answered until the next reading. Answers whether there was an answer. */
  function keep(answer: PolicyView | null): boolean {
    if (answer) cache.setQueryData<PolicyView[]>(KEY, (old) => withRow(old ?? [], answer))
    return answer !== null
  }

  /** Refusals of what follows stand in the outbox, and `RefusedWrites` shows them. */
  async function archive(id: string): Promise<PolicyView> {
    const { answer } = await outbox.enqueue('sla.policies.archive', { id })
    void answer.then(keep).catch(() => undefined)
    return answer
  }

  async function restore(id: string): Promise<void> {
    const { answer } = await outbox.enqueue('sla.policies.restore', { id })
    void answer.then(keep).catch(() => undefined)
  }

  async function reorder(input: CommandInput<'sla.policies.reorder'>): Promise<void> {
    const { id, answer } = await outbox.enqueue('sla.policies.reorder', input)
    void answer
      .then(() =>
        cache.setQueryData<PolicyView[]>(KEY, (old) =>
          expectedPolicies(old ?? [], [{ id, procedure: 'sla.policies.reorder', input }]),
        ),
      )
      .catch(() => undefined)
  }

  return {
    policies,
    presets: computed(() => presets.data.value ?? []),
    error: query.error,
    refetch: query.refetch,
    /** The policy as it is saved now, asked for afresh. */
    async read(id: string): Promise<PolicyView | null> {
      await query.refetch()
      return query.data.value?.find((policy) => policy.id === id) ?? null
    },
    archive,
    restore,
    reorder: (ids: string[]) => reorder({ ids }),
    /**
     * Answers false when the write waits for a network.
     * @throws what the server refuses, for the form to show
     */
    create: async (policy: NewPolicy | PolicyContent) => keep(await submit('sla.policies.create', policy)),
    /** As `create`; `version` is the one that the changes were made on. */
    update: async (id: string, version: number, changes: Partial<PolicyContent>) =>
      keep(await submit('sla.policies.update', { id, version, changes })),
  }
}
