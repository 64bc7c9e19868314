import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Report, ReportEntry, RunReport } from '../../../server/reports/contract.ts'
import { useApi } from '../../api/provide.ts'

/** Faster answers need no word about waiting. */
const PATIENCE_MS = 1_000

/** Asks the server for what `question` says, whenever it changes; the latest question counts, and can be taken back. */
export function useReport(question: Readonly<Ref<RunReport | null>>) {
  const { trpc } = useApi()
  const entries = shallowRef<readonly ReportEntry[] | null>(null)
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
    const asked = question.value
    stop()
    failure.value = null
    isCancelled.value = false
    if (!asked) return
    const attempt = new AbortController()
    running = attempt
    isRunning.value = true
    seconds.value = 0
    ticking = setInterval(() => (seconds.value += 1), PATIENCE_MS)
    try {
      entries.value ??= await trpc.reports.catalog.query(undefined, { signal: attempt.signal })
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
  onScopeDispose(stop)

  /** False while the last answer is shown and another is on its way. */
  const isCurrent = computed(() => JSON.stringify(answered.value) === JSON.stringify(question.value))
  return { entries, answer, answeredAt, failure, isCancelled, isRunning, isCurrent, seconds, run, cancel }
}
