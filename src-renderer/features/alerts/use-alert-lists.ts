import { useQuery } from '@pinia/colada'
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import type { AlertView, ListAlerts } from '../../../server/alerts/contract.ts'
import { useApi } from '../../api/provide.ts'
import { useAlertsStore } from '../../stores/alerts.ts'
import { byUrgency, withoutOvertaken } from '../../../server/alerts/standing.contract.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'

const RECENT = 20
const EVERYBODYS = 200
/** The desk tells who was first to get or see an alert; of the others it is asked. */
const PROGRESS_EVERY_MS = 15_000

/** What the page of alerts lists: the reader's own, or everybody's for those who oversee the desk. */
export function useAlertLists(scope: Readonly<Ref<ListAlerts['scope']>>) {
  const { trpc } = useApi()
  const alerts = useAlertsStore()
  const isEverybodys = computed(() => scope.value === 'all')

  const all = useQuery({
    key: ['alerts', 'open', 'all'],
    query: () => trpc.alerts.list.query({ scope: 'all', state: 'open', limit: EVERYBODYS }),
    enabled: isEverybodys,
  })
  const ended = useQuery({
    key: () => ['alerts', 'recent', scope.value],
    query: () => trpc.alerts.list.query({ scope: scope.value, state: 'recent', limit: RECENT }),
  })
  const retry = useFreshQuery(['alerts'], ({ type }) => /^(alert|agent|team)\./.test(type))
  const page = useDocumentVisibility()
  useIntervalFn(() => {
    if (isEverybodys.value && page.value === 'visible') void all.refetch()
  }, PROGRESS_EVERY_MS)

  const everybodys = computed(() => withoutOvertaken(alerts.expected(all.data.value?.items ?? [])))
  const open = computed(() => {
    if (!isEverybodys.value) return alerts.open
    return everybodys.value.filter(({ acknowledgedAt }) => acknowledgedAt === null).sort(byUrgency)
  })
  const latest = (id: string): AlertView | undefined =>
    (isEverybodys.value ? everybodys.value : alerts.latest).find((alert) => alert.id === id)

  return {
    open,
    latest,
    recent: computed(() => ended.data.value?.items ?? []),
    isLoading: computed(() => (isEverybodys.value ? !all.data.value : !alerts.isKnown)),
    /** Why everybody's could not be read. */
    failure: computed(() => (isEverybodys.value ? all.error.value : null)),
    retry,
  }
}
