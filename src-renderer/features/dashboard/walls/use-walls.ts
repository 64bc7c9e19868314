import { useQuery } from '@pinia/colada'
import { ref } from 'vue'
import type { WallEntry, WallInput } from '../../../../server/dashboards/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { useSessionStore } from '../../../stores/session.ts'
import { useSubmit } from '../../../stores/use-submit.ts'
import { wallLink } from './wall-link.ts'

const KEY = ['walls']

/** The screens on the wall, and what is done about them. A link's secret never enters the outbox, and is shown once. */
export function useWalls() {
  const { trpc } = useApi()
  const session = useSessionStore()
  const submit = useSubmit()
  const query = useQuery({ key: KEY, query: () => trpc.walls.list.query() })
  const refetch = useFreshQuery(KEY, ({ type }) => type.startsWith('wall.'))
  const made = ref<{ name: string; link: string } | null>(null)

  async function create(input: WallInput): Promise<void> {
    const { wall, secret, addresses } = await trpc.walls.create.mutate(input)
    made.value = { name: wall.name, link: wallLink(secret, session.serverUrl ?? location.origin, addresses) }
    await refetch()
  }

  async function update({ id, version }: WallEntry, changes: WallInput): Promise<void> {
    await submit('walls.update', { id, version, changes })
    await refetch()
  }

  async function revoke({ id }: WallEntry): Promise<void> {
    await submit('walls.revoke', { id })
    await refetch()
  }

  return { walls: query.data, error: query.error, refetch, made, create, update, revoke }
}
