import { useDocumentVisibility, useElementVisibility, useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, watch, type Ref } from 'vue'
import type { AlertView } from '../../../server/alerts/contract.ts'
import { useAlertsStore } from '../../stores/alerts.ts'

/** A glance takes this long. */
const GLANCE_MS = 800
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/**
 * Reports alerts as seen once `element` has been on a visible screen for a glance and somebody there moved a hand: a screen in an
 * empty room shows things that nobody sees.
 */
export function useSeen(element: Readonly<Ref<HTMLElement | null>>, shown: () => readonly AlertView[]): void {
  const alerts = useAlertsStore()
  const page = useDocumentVisibility()
  const isOnScreen = useElementVisibility(element)
  const isShown = computed(() => page.value === 'visible' && isOnScreen.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGlance = false

  watch(
    [
      isShown,
      () =>
        shown()
          .map(({ id }) => id)
          .join(),
    ],
    () => {
      clearTimeout(timer)
      isGlance = false
      if (isShown.value) timer = setTimeout(() => (isGlance = true), GLANCE_MS)
    },
    { immediate: true },
  )

  for (const sign of SIGNS) {
    useEventListener(document, sign, () => isGlance && alerts.report('seen', shown()), { passive: true })
  }
  onScopeDispose(() => clearTimeout(timer))
}
