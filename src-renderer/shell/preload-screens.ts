import type { Router } from 'vue-router'

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
  if (missing === 0) performance.mark(SCREENS_READY)
}
