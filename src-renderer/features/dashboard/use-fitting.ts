import { useResizeObserver } from '@vueuse/core'
import { computed, nextTick, ref, watch, type Ref } from 'vue'
import { useBoardPlace } from './board-place.ts'
import { rowsThatFit } from './fitting.ts'

function innerHeight(element: HTMLElement): number {
  const { paddingTop, paddingBottom } = getComputedStyle(element)
  return element.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)
}

/**
 * On a wall nobody scrolls: shows as many rows as `place` has room for. Rows are its `[data-row]` elements, all of one height; what
 * stands above them counts as `[data-head]`.
 */
export function useFitting<T>(place: Ref<HTMLElement | null>, rows: Ref<readonly T[]>) {
  const { kind } = useBoardPlace()
  const fit = ref(Infinity)

  function measure(): void {
    const row = place.value?.querySelector<HTMLElement>('[data-row]')
    if (kind !== 'wall' || !place.value || !row) return
    const head = place.value.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0
    fit.value = rowsThatFit(rows.value.length, innerHeight(place.value) - head, row.offsetHeight)
  }

  useResizeObserver(place, measure)
  watch(
    () => rows.value.length,
    () => void nextTick(measure),
    { immediate: true },
  )

  return {
    shown: computed(() => rows.value.slice(0, fit.value)),
    left: computed(() => Math.max(0, rows.value.length - fit.value)),
  }
}
