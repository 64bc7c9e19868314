import { onScopeDispose, ref, shallowRef } from 'vue'
import type { RuleDefinition, RulePreview } from '../../../../../server/rules/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { newId } from '../../../../outbox/new-id.ts'

const ASK_EVERY_MS = 400

/** Runs a rule over the past without changing anything; it can be watched and called off. */
export function useRulePreview() {
  const { trpc } = useApi()
  const preview = shallowRef<RulePreview | null>(null)
  const running = ref(false)
  /** From 0 to 1; null while nothing is known. */
  const progress = ref<number | null>(null)
  let current: AbortController | null = null

  function cancel(): void {
    current?.abort()
    current = null
    running.value = false
  }

  /** Answers whether it ran to its end. @throws what the server refuses */
  async function run(rule: RuleDefinition, days: number): Promise<boolean> {
    cancel()
    const own = new AbortController()
    current = own
    running.value = true
    progress.value = null
    const runId = newId()
    const timer = setInterval(() => void look(runId, own), ASK_EVERY_MS)
    try {
      const found = await trpc.rules.preview.query({ rule, days, runId }, { signal: own.signal })
      if (current !== own) return false
      // Both sides of a change are there, be it as null; the types of JSON can't know.
      preview.value = found as RulePreview
      return true
    } catch (error) {
      if (current !== own) return false
      throw error
    } finally {
      clearInterval(timer)
      if (current === own) cancel()
    }
  }

  async function look(runId: string, own: AbortController): Promise<void> {
    const seen = await trpc.rules.previewProgress.query({ runId }).catch(() => null)
    if (current === own && seen && seen.total > 0) progress.value = seen.done / seen.total
  }

  onScopeDispose(cancel)
  return { preview, running, progress, run, cancel, forget: () => (preview.value = null) }
}
