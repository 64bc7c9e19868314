import { useQuery } from '@pinia/colada'
import { computed, watch } from 'vue'
import type { Metric } from '../../../../server/sla/contract.ts'
import type { DeskEvent } from '../../../../server/events/contract.ts'
import { toFailure } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { useNow } from '../../../ui/use-now.ts'

const MINUTE_MS = 60_000

/** Why a promise is due when it is, kept true while somebody reads it. */
export function useExplanation(asked: () => { ticketId: string; metric: Metric }) {
  const { trpc } = useApi()
  const now = useNow()
  const key = () => ['sla', 'explain', asked().ticketId, asked().metric]
  const { data, error, asyncStatus } = useQuery(() => ({
    key: key(),
    query: () => trpc.sla.explain.query(asked()),
  }))
  const refetch = useFreshQuery(key, isStale)

  function isStale({ type, ticketId }: DeskEvent): boolean {
    return ticketId === asked().ticketId || /^(calendar|policy)\.|^sla\.recomputed$/.test(type)
  }

  // Time goes by while one reads; what has stopped stays as it is.
  watch(
    () => Math.floor(now.value / MINUTE_MS),
    () => data.value?.stoppedAt === null && void refetch(),
  )

  return {
    explanation: computed(() => data.value ?? null),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    isLoading: computed(() => asyncStatus.value === 'loading'),
    reload: refetch,
  }
}
