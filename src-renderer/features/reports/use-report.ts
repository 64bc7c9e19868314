import { computed, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Report, ReportEntry, RunReport } from '../../../server/reports/contract.ts'
import { toFailure } from '../../api/errors.ts'
import { useApi } from '../../api/provide.ts'
import { useConnectionStore } from '../../stores/connection.ts'

/** Faster answers need no word about waiting. */
const PATIENCE_MS = 1_000

/**
 * Asks the server for what `question` says, whenever it changes and when the network is back; the latest question counts, and can be
 * taken back. What can be asked at all comes into `entries` first.
 */
export function useReport(
  question: Readonly<Ref<RunReport>>,
  entries: ShallowRef<readonly ReportEntry[] | null>,
) {
  const { trpc } = useApi()
  const answer = shallowRef<Report | null>(null)
  const answeredAt = ref<number | null>(null)
  /** What `answer` answers. */
  const answered = shallowRef<RunReport | null>(null)
  const failure = shallowRef<unknown>(null)
  const isCancelled = ref(false)
  const isRunning = ref(false)
  /** Whole seconds that the question under way has taken. */
  const seconds = ref(0)
  let running: AbortController | null = null
  let ticking: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    running?.abort()
    running = null
    isRunning.value = false
    clearInterval(ticking)
  }

  async function run(): Promise<void> {
    stop()
    failure.value = null
    isCancelled.value = false
    const attempt = new AbortController()
    running = attempt
    isRunning.value = true
    seconds.value = 0
    ticking = setInterval(() => (seconds.value += 1), PATIENCE_MS)
    try {
      entries.value ??= await trpc.reports.catalog.query(undefined, { signal: attempt.signal })
      const asked = question.value
      const report = await trpc.reports.run.query(asked, { signal: attempt.signal })
      if (running !== attempt) return
      answer.value = report
      answered.value = asked
      answeredAt.value = Date.now()
    } catch (error) {
      if (running === attempt) failure.value = error
    } finally {
      if (running === attempt) stop()
    }
  }

  function cancel(): void {
    stop()
    isCancelled.value = true
  }

  watch(() => JSON.stringify(question.value), run, { immediate: true })
  useConnectionStore().onBack(() => {
    if (failure.value && toFailure(failure.value).kind === 'offline') void run()
  })
  onScopeDispose(stop)

  /** False while the last answer is shown and another is on its way. */
  const isCurrent = computed(() => JSON.stringify(answered.value) === JSON.stringify(question.value))
  return { answer, answeredAt, failure, isCancelled, isRunning, isCurrent, seconds, run, cancel }
}
