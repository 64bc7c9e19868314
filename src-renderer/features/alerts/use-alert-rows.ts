import { shallowRef, watch, type Ref } from 'vue'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { nextCards, settled } from './card-queue.ts'

/**
 * The rows to show of `list`. While the pointer is over them (`held`) none moves: what is settled stays in its place, quiet, and
 * what comes goes below.
 */
export function useAlertRows(
  list: Readonly<Ref<readonly AlertView[]>>,
  latest: (id: string) => AlertView | undefined,
  held: Readonly<Ref<boolean>>,
): Readonly<Ref<readonly AlertView[]>> {
  const rows = shallowRef<readonly AlertView[]>([])

  watch(
    [list, held],
    () => {
      const { ids } = nextCards(
        rows.value.map(({ id }) => id),
        list.value.map(({ id }) => id),
        { held: held.value, limit: Infinity },
      )
      const before = new Map(rows.value.map((alert) => [alert.id, alert]))
      rows.value = ids.flatMap(
        (id) =>
          list.value.find((alert) => alert.id === id) ?? latest(id) ?? settled(before.get(id), Date.now()),
      )
    },
    { immediate: true },
  )
  return rows
}
