import { defineAsyncComponent, type Component } from 'vue'
import UiPartMissing from './UiPartMissing.vue'
import UiSkeleton from './UiSkeleton.vue'

/** A skeleton that blinks is worse than a moment of nothing. */
const DELAY_MS = 150

type Loader<Part extends Component> = () => Promise<{ default: Part }>
const loaders: Loader<Component>[] = []

/** A part of a screen in a file of its own, fetched when it is first shown, or before that by {@link fetchParts}. */
export function lazyPart<Part extends Component>(loader: Loader<Part>): Part {
  loaders.push(loader)
  return defineAsyncComponent({
    loader: () => loader().then((module) => module.default),
    loadingComponent: UiSkeleton,
    errorComponent: UiPartMissing,
    delay: DELAY_MS,
  }) as unknown as Part
}

/**
 * Fetches every part that a screen fetched so far is made of, one after the other: it is then there without a network too.
 * @returns how many could not be fetched
 */
export async function fetchParts(): Promise<number> {
  let missing = 0
  for (const loader of loaders) await loader().catch(() => missing++)
  return missing
}
