import { useQuery } from '@pinia/colada'
import { computed, ref } from 'vue'
import type { RuleTrace } from '../../../../server/rules/contract.ts'
import { toFailure } from '../../../api/errors.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'

/** As many happenings as one reads, and as many as the server tells at once. */
const FIRST = 20
const MOST = 100

/** How rules fared with a ticket, the newest happening first, kept true while somebody reads it. */
export function useTrace(ticketId: () => string) {
  const { trpc } = useApi()
  const limit = ref(FIRST)
  const key = () => ['rules', 'trace', ticketId(), limit.value]
  const { data, error } = useQuery<RuleTrace[]>(() => ({
    key: key(),
    // Both sides of a change are there, be it as null; the types of JSON can't know.
    query: async () =>
      (await trpc.rules.trace.query({ ticketId: ticketId(), limit: limit.value })) as RuleTrace[],
  }))
  const reload = useFreshQuery(key, (event) => event.ticketId === ticketId())

  return {
    traces: computed(() => data.value?.toSorted((a, b) => b.eventSeq - a.eventSeq) ?? null),
    failure: computed(() => (error.value ? toFailure(error.value) : null)),
    reload,
    hasMore: computed(() => limit.value < MOST && (data.value?.length ?? 0) >= limit.value),
    showMore: () => (limit.value = MOST),
  }
}
