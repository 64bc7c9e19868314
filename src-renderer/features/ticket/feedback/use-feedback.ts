import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { FeedbackKind, FeedbackView } from '../../../../server/feedback/contract.ts'
import { useApi } from '../../../api/provide.ts'
import { useFreshQuery } from '../../../stores/use-fresh-query.ts'
import { useSubmit } from '../../../stores/use-submit.ts'

/** What the customer thought of a ticket, and writing it down. */
export function useFeedback(ticketId: MaybeRefOrGetter<string>) {
  const { trpc } = useApi()
  const cache = useQueryCache()
  const submit = useSubmit()
  const key = () => ['feedback', toValue(ticketId)]
  const query = useQuery<FeedbackView[]>({
    key,
    query: () => trpc.feedback.ofTicket.query({ ticketId: toValue(ticketId) }),
  })
  useFreshQuery(
    key,
    ({ type, ticketId: about }) => type.startsWith('feedback.') && about === toValue(ticketId),
  )

  /** False when no answer came in time: the write is safe and waits. */
  function keep(answer: FeedbackView[] | null): boolean {
    if (answer) cache.setQueryData(key(), answer)
    return answer !== null
  }

  return {
    answers: computed(() => query.data.value ?? null),
    error: query.error,
    refetch: query.refetch,
    record: async (kind: FeedbackKind, score: number, comment: string) =>
      keep(await submit('feedback.record', { ticketId: toValue(ticketId), kind, score, comment })),
    remove: async (kind: FeedbackKind) =>
      keep(await submit('feedback.remove', { ticketId: toValue(ticketId), kind })),
  }
}
