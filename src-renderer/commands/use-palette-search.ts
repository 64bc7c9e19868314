import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { paletteSources, type PaletteItem, type PaletteSource } from './palette.ts'

const TYPING_PAUSE_MS = 120
const MIN_LENGTH = 2

/** What the palette's sources find for `query`, source by source as they answer. */
export function usePaletteSearch(query: Ref<string>) {
  const found = shallowRef<readonly { source: PaletteSource; items: readonly PaletteItem[] }[]>([])
  const searching = ref(false)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(source: PaletteSource, text: string, signal: AbortSignal): Promise<void> {
    // A source that fails must not take the others with it; its screen says what is wrong.
    const items = await source.search(text, signal).catch(() => [])
    if (signal.aborted || items.length === 0) return
    // In the sources' own order, whichever answers first.
    const order = paletteSources()
    found.value = [...found.value, { source, items }].sort(
      (one, other) => order.indexOf(one.source) - order.indexOf(other.source),
    )
  }

  async function search(text: string): Promise<void> {
    const { signal } = abort
    found.value = []
    await Promise.all(paletteSources().map((source) => ask(source, text, signal)))
    if (!signal.aborted) searching.value = false
  }

  function stop(): void {
    clearTimeout(timer)
    abort.abort()
  }

  watch(query, (value) => {
    stop()
    abort = new AbortController()
    const text = value.trim()
    searching.value = text.length >= MIN_LENGTH && paletteSources().length > 0
    if (searching.value) timer = setTimeout(() => void search(text), TYPING_PAUSE_MS)
    else found.value = []
  })
  onScopeDispose(stop)

  return { found, searching }
}
