import { onScopeDispose, shallowRef } from 'vue'
import type { RecomputeProgress } from '../../../../../server/sla/contract.ts'
import { useApi } from '../../../../api/provide.ts'
import { useConnectionStore } from '../../../../stores/connection.ts'

/** While it runs there is something to see; nothing is asked for otherwise. */
const LOOK_AGAIN_MS = 700

/** How far the recalculation of running clocks is; null while none runs. */
export function useRecompute() {
  const { trpc } = useApi()
  const connection = useConnectionStore()
  const progress = shallowRef<RecomputeProgress | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const now = await trpc.sla.progress.query().catch(() => null)
    clearTimeout(timer)
    progress.value = now?.running ? now : null
    if (progress.value) timer = setTimeout(look, LOOK_AGAIN_MS)
  }

  connection.onEvent(({ type }) => {
    if (/^(policy|calendar)\./.test(type) || type === 'sla.recomputed') void look()
  })
  connection.onBack(look)
  onScopeDispose(() => clearTimeout(timer))
  void look()

  return progress
}
