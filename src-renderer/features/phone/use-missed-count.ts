import { useQuery } from '@pinia/colada'
import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useApi } from '../../api/provide.ts'
import { setRailCount } from '../../shell/rail-counts.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'

/** Keeps the rail's number of the reader's missed calls that nobody has taken care of. */
export function useMissedCount(): void {
  const { t } = useI18n()
  const { trpc } = useApi()
  const { data } = useQuery({ key: ['calls', 'count'], query: () => trpc.calls.missed.query() })
  useFreshQuery(['calls', 'count'], ({ type }) => type.startsWith('call.'))

  watch(
    () => data.value?.mine ?? 0,
    (count) => {
      if (count === 0) return setRailCount('calls', undefined)
      setRailCount('calls', count, { tone: 'warning', words: t('phone.badge', { count }, count) })
    },
    { immediate: true },
  )
  onScopeDispose(() => setRailCount('calls', undefined))
}
