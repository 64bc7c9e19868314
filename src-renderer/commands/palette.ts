import { onScopeDispose, ref, shallowRef, type Component } from 'vue'

/** One thing found by a source, such as a ticket or a customer. */
export interface PaletteItem {
  id: string
  title: string
  hint?: string
  icon?: Component
  run: () => void | Promise<void>
}

/** Finds things by what is typed into the palette. */
export interface PaletteSource {
  id: string
  /** An i18n key: the heading over what it finds. */
  title: string
  /** Answers a handful, best first; `signal` aborts when the text has changed since. */
  search: (text: string, signal: AbortSignal) => Promise<readonly PaletteItem[]>
}

export const paletteOpen = ref(false)
export const shortcutSheetOpen = ref(false)

const sources = shallowRef<readonly PaletteSource[]>([])

export function paletteSources(): readonly PaletteSource[] {
  return sources.value
}

/** Adds a source until the returned function is called. */
function registerPaletteSource(source: PaletteSource): () => void {
  sources.value = [...sources.value, source]
  return () => {
    sources.value = sources.value.filter((each) => each !== source)
  }
}

/** Adds a source for as long as the calling component lives. */
export function usePaletteSource(source: PaletteSource): void {
  onScopeDispose(registerPaletteSource(source))
}
