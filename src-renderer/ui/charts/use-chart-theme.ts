import { useMediaQuery, useMutationObserver } from '@vueuse/core'
import { onMounted, shallowRef, watch, type Ref } from 'vue'
import { readTheme, type ChartTheme } from './chart-theme.ts'

/** The colours in force at `host`; they follow the page's scheme and contrast, and the system's, at once. */
export function useChartTheme(host: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<ChartTheme | null>> {
  const theme = shallowRef<ChartTheme | null>(null)
  const read = (): void => {
    if (host.value) theme.value = readTheme(host.value)
  }
  onMounted(read)
  useMutationObserver(() => document.documentElement, read, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-contrast', 'style', 'class'],
  })
  const system = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']
  watch(
    system.map((query) => useMediaQuery(query)),
    read,
    { flush: 'post' },
  )
  return theme
}
