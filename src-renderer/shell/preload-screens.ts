import type { Router } from 'vue-router'
import { fetchParts } from '../ui/lazy-part.ts'

/** The name of the mark on the page's timeline that says since when every screen can be opened without a network. */
export const SCREENS_READY = 'balcao:screens-ready'

/** Fetches the screens that were not visited yet, one after the other: they then open at once, and even without a network. */
export async function preloadScreens(router: Pick<Router, 'getRoutes'>): Promise<void> {
  const screens = router.getRoutes().flatMap(({ components }) => Object.values(components ?? {}))
  let missing = 0
  for (const screen of screens) {
    // A screen that is still a function has not been fetched.
    if (typeof screen === 'function') await (screen as () => Promise<unknown>)().catch(() => missing++)
  }
  // Screens that are fetched make their parts known.
  missing += await fetchParts()
  if (missing === 0) performance.mark(SCREENS_READY)
}
