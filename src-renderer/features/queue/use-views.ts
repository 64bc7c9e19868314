import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useApi } from '../../api/provide.ts'
import { newId } from '../../outbox/new-id.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'
import type { ListPlan } from './queues.ts'

/** The saved views, the office's and one's own, kept fresh by events. */
export function useViews() {
  const { trpc } = useApi()
  const submit = useSubmit()
  const { data, isPending } = useQuery({ key: ['views'], query: () => trpc.views.list.query() })

  const refetch = useFreshQuery(['views'], ({ type }) => type.startsWith('view.'))

  /** Saves a list under a name. Answers its id once the server has it; null when it still waits for the network. */
  async function create({ filter, sort }: ListPlan, name: string, shared: boolean): Promise<string | null> {
    const created = await submit('views.create', { id: newId(), name, shared, filter, sort })
    await refetch()
    return created?.id ?? null
  }

  /** Gives a view another content. */
  async function update(id: string, { filter, sort }: ListPlan): Promise<void> {
    await submit('views.update', { id, changes: { filter, sort } })
    await refetch()
  }

  return { views: computed(() => data.value ?? []), isPending, create, update }
}
