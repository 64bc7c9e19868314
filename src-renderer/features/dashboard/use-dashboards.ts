import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import {
  STANDARD,
  STANDARD_AGENTS,
  type DashboardInput,
  type DashboardView,
} from '../../../server/dashboards/contract.ts'
import { useApi } from '../../api/provide.ts'
import { newId } from '../../outbox/new-id.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { useSubmit } from '../../stores/use-submit.ts'

const KEY = ['dashboards']

export const isStandard = ({ id }: Pick<DashboardView, 'id'>): boolean =>
  id === STANDARD || id === STANDARD_AGENTS

const rankOf = ({ id }: Pick<DashboardView, 'id'>): number =>
  id === STANDARD ? 0 : id === STANDARD_AGENTS ? 1 : 2

/** The dashboards that the reader may look at, kept fresh by events, and what is done to them. */
export function useDashboards() {
  const { trpc } = useApi()
  const submit = useSubmit()
  const query = useQuery({ key: KEY, query: () => trpc.dashboards.list.query() })
  const refetch = useFreshQuery(KEY, ({ type }) => type.startsWith('dashboard.'))

  /** Standard ones first, then by name. */
  const dashboards = computed<DashboardView[] | null>(
    () => query.data.value?.toSorted((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name)) ?? null,
  )

  /** Answers the new dashboard's id. */
  async function create(input: Omit<DashboardInput, 'id'>): Promise<string> {
    const id = newId()
    await submit('dashboards.create', { ...input, id })
    await refetch()
    return id
  }

  async function update(
    id: string,
    version: number,
    changes: Partial<Omit<DashboardInput, 'id'>>,
  ): Promise<void> {
    await submit('dashboards.update', { id, version, changes })
    await refetch()
  }

  async function remove(id: string): Promise<void> {
    await submit('dashboards.remove', { id })
    await refetch()
  }

  async function restore(id: string): Promise<void> {
    await submit('dashboards.restore', { id })
    await refetch()
  }

  return { dashboards, error: query.error, refetch: query.refetch, create, update, remove, restore }
}
