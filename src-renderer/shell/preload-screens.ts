import type { Router } from 'vue-router'

/** Fetches the screens that were not visited yet, one after the other: they then open at once, and even without a network. */
export async function preloadScreens(router: Pick<Router, 'getRoutes'>): Promise<void> {
  const screens = router.getRoutes().flatMap(({ components }) => Object.values(components ?? {}))
  for (const screen of screens) {
    // A screen that is still a function has not been fetched.
    if (typeof screen === 'function') await (screen as () => Promise<unknown>)().catch(() => undefined)
  }
}
