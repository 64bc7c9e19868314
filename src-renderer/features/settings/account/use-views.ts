import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { SavedView } from '../../../../server/views/contract.ts'
import { useApi } from '../../../api/provide.ts'
import type { CommandInput } from '../../../outbox/procedures.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { expectedViews } from './expected-views.ts'

const KEY = ['views']
type ViewWrite = 'views.create' | 'views.update' | 'views.delete' | 'views.reorder'

/** The saved views that this agent sees, with what is on its way laid over. */
export function useViews() {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const outbox = useOutboxStore()
  const query = useQuery<SavedView[]>({ key: KEY, query: () => trpc.views.list.query() })

  useFreshQuery(KEY, ({ type }) => type.startsWith('view.'))

  const views = computed(() => (query.data.value ? expectedViews(query.data.value, outbox.waiting) : null))

  async function write<Name extends ViewWrite>(procedure: Name, input: CommandInput<Name>): Promise<void> {
    const { answer } = await outbox.enqueue(procedure, input)
    // Keeps what was done until the next reading; a refusal stands in the outbox, for `RefusedWrites`.
    void answer
      .then(() =>
        cache.setQueryData<SavedView[]>(KEY, (old) => expectedViews(old ?? [], [{ procedure, input }])),
      )
      .catch(() => undefined)
  }

  return {
    views,
    error: query.error,
    refetch: query.refetch,
    rename: (id: string, name: string) => write('views.update', { id, changes: { name } }),
    share: (id: string, shared: boolean) => write('views.update', { id, changes: { shared } }),
    reorder: (ids: string[]) => write('views.reorder', { ids }),
    remove: (id: string) => write('views.delete', { id }),
    /** With its id and position a deleted view comes back as it was. */
    bringBack: (view: SavedView) => write('views.create', view),
  }
}
