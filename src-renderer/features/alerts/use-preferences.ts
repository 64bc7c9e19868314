import { useQuery, useQueryCache } from '@pinia/colada'
import { computed } from 'vue'
import type { AlertPreferences } from '../../../server/alerts/preferences.contract.ts'
import { useApi } from '../../api/provide.ts'
import { useOutboxStore } from '../../stores/outbox.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'

const KEY = ['alert-preferences']

/** What the reader wants to be told of: as the server has it, with what is on its way laid over. */
export function usePreferences() {
  const { trpc } = useApi()
  const outbox = useOutboxStore()
  const cache = useQueryCache()
  const query = useQuery({ key: KEY, query: () => trpc.alerts.preferences.query() })
  const retry = useFreshQuery(KEY, ({ type }) => type === 'alert.preferences_changed')

  const preferences = computed<AlertPreferences | null>(() => {
    const last = outbox.waiting.findLast(({ procedure }) => procedure === 'alerts.setPreferences')
    return last ? (last.input as AlertPreferences) : (query.data.value ?? null)
  })

  /** What the server has answered is so from then on. */
  const saved = (answer: AlertPreferences): void => cache.setQueryData(KEY, answer)

  async function set(wanted: AlertPreferences): Promise<void> {
    const { answer } = await outbox.enqueue('alerts.setPreferences', wanted)
    // A refusal stands in the outbox, where the screen shows it from.
    void answer.then(saved, () => undefined)
  }

  return { preferences, failure: query.error, retry, set, saved }
}
