import { useQuery } from '@pinia/colada'
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { computed } from 'vue'
import type { ScreenView } from '../../../server/alerts/screens.contract.ts'
import { useApi } from '../../api/provide.ts'
import { usePresenceStore } from '../../stores/presence.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useFreshQuery } from '../../stores/use-fresh-query.ts'
import { blockedAtWork } from './screen-state.ts'

const KEY = ['screens']
/** The desk tells when a computer is blocked or free; how much each showed is asked. */
const FIGURES_EVERY_MS = 60_000

/** The computers that show alerts, for those who oversee the desk; none for others. */
export function useScreens() {
  const { trpc } = useApi()
  const session = useSessionStore()
  const presence = usePresenceStore()
  const isOverseer = computed(() => session.can('tickets.readAll'))
  const query = useQuery<ScreenView[]>({
    key: KEY,
    query: () => trpc.screens.list.query(),
    enabled: isOverseer,
  })
  useFreshQuery(KEY, ({ type }) => /^(screen|agent)\./.test(type) || type === 'alert.not_shown')
  const page = useDocumentVisibility()
  useIntervalFn(() => {
    if (isOverseer.value && page.value === 'visible') void query.refetch()
  }, FIGURES_EVERY_MS)

  const screens = computed(() => query.data.value ?? null)
  return {
    screens,
    blocked: computed(() => blockedAtWork(screens.value ?? [], presence.stateOf)),
    error: computed(() => query.error.value),
    refetch: () => query.refetch(),
  }
}
