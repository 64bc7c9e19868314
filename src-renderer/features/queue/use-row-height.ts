import { useMediaQuery } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import { useAppearance } from '../../appearance.ts'

/** The height of a row with two lines, in pixels: by the density, and roomier for a finger. */
export function useRowHeight(): ComputedRef<number> {
  const { density } = useAppearance()
  const coarse = useMediaQuery('(pointer: coarse)')
  return computed(() => (coarse.value ? 64 : density.value === 'compact' ? 48 : 56))
}
