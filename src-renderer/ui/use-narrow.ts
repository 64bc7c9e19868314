import { useMediaQuery } from '@vueuse/core'
import type { Ref } from 'vue'

/** Whether the window is as narrow as a phone, where one thing at a time is the page; the same width as in the styles. */
export const useNarrow = (): Ref<boolean> => useMediaQuery('(width <= 720px)')
