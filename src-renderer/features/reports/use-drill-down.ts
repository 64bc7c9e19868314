import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { FeedbackView } from '../../../server/feedback/contract.ts'
import type { DrillDown, ReportTickets } from '../../../server/reports/contract.ts'
import { toFailure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useConnectionStore } from '../../stores/connection.ts'

export interface DrilledTicket {
  /** The ticket's. */
  id: string
  ticket: ReportTickets['items'][number]['ticket']
  value: number | null
  /** What the customer said of it; only where the report is about that. */
  feedback: readonly FeedbackView[]
}

/** The tickets behind a figure, page by page; from the beginning with another question, or with figures that are newer. */
export function useDrillDown(question: Readonly<Ref<DrillDown | null>>, asOf: () => number | null) {
  const { trpc } = useApi()
  const items = shallowRef<readonly DrilledTicket[]>([])
  const total = ref(0)
  const failure = shallowRef<unknown>(null)
  const isLoading = ref(false)
  let cursor: string | null = null
  let running: AbortController | null = null

  async function load(): Promise<void> {
    const asked = question.value
    if (!asked || isLoading.value) return
    const attempt = new AbortController()
    running = attempt
    isLoading.value = true
    failure.value = null
    try {
      const page = await trpc.reports.tickets.query(
        { ...asked, ...(cursor ? { cursor } : {}) },
        { signal: attempt.signal },
      )
      const told = asked.report === 'satisfaction' ? await feedbackOf(page, attempt.signal) : []
      if (running !== attempt) return
      const rows = page.items.map(({ ticket, value }, index) => ({
        ...{ id: ticket.id, ticket, value },
        feedback: told[index] ?? [],
      }))
      items.value = [...items.value, ...rows]
      total.value = page.total
      cursor = page.nextCursor
    } catch (error) {
      if (running === attempt) failure.value = error
    } finally {
      if (running === attempt) isLoading.value = false
    }
  }

  /** Travels as one request. */
  const feedbackOf = (page: ReportTickets, signal: AbortSignal): Promise<FeedbackView[][]> =>
    Promise.all(
      page.items.map(({ ticket }) => trpc.feedback.ofTicket.query({ ticketId: ticket.id }, { signal })),
    )

  function restart(): void {
    running?.abort()
    running = null
    isLoading.value = false
    cursor = null
    items.value = []
    total.value = 0
    void load()
  }

  const next = (): void => {
    if (cursor && !failure.value) void load()
  }

  watch(() => JSON.stringify([question.value, asOf()]), restart, { immediate: true })
  useConnectionStore().onBack(() => {
    if (failure.value && toFailure(failure.value).kind === 'offline') void load()
  })
  onScopeDispose(() => running?.abort())
  return { items, total, failure, isLoading, next, retry: load }
}
