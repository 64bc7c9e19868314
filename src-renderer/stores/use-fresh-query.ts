import { useQueryCache, type EntryKey } from '@pinia/colada'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { DeskEvent } from '../../server/events/contract.ts'
import { useConnectionStore } from './connection.ts'

/**
 * Asks again for what a screen reads with Pinia Colada when an event says that it is stale, when events were missed, and when the
 * network is back after a failure. Answers the function that asks again; a failure stands in the query itself.
 */
export function useFreshQuery(
  key: MaybeRefOrGetter<EntryKey>,
  isStale: (event: DeskEvent) => boolean,
): () => Promise<void> {
  const connection = useConnectionStore()
  const cache = useQueryCache()

  async function refetch(): Promise<void> {
    await cache.invalidateQueries({ key: toValue(key) }).catch(() => undefined)
  }

  connection.onEvent((event) => isStale(event) && void refetch())
  connection.onResync(refetch)
  connection.onBack(() => {
    const failed = cache.getEntries({ key: toValue(key) }).some(({ state }) => state.value.status === 'error')
    if (failed) void refetch()
  })
  return refetch
}
