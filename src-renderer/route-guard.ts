import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router'
import type { Api } from './api/client.ts'
import type { useSessionStore } from './stores/session.ts'

export interface GuardDeps {
  api: Pick<Api, 'trpc'>
  session: Pick<ReturnType<typeof useSessionStore>, 'status' | 'serverUrl'>
}

/** Leads everybody to where they can do something: the server's address, the first run, the log-in, or their work. */
export function guardRoutes(router: Router, { api, session }: GuardDeps): void {
  async function needsSetup(): Promise<boolean> {
    // Without an answer the log-in says what is wrong, and tries again.
    const status = await api.trpc.setup.status.query().catch(() => null)
    return status?.needed ?? false
  }

  async function entrance(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
    if (to.name === 'join' || to.name === 'connect') return true
    const name = (await needsSetup()) ? 'setup' : 'login'
    if (to.name === name) return true
    return to.meta.open ? { name } : { name, query: { to: to.fullPath } }
  }

  router.beforeEach(async (to) => {
    if (!session.serverUrl) return to.name === 'connect' || { name: 'connect' }
    // Neither a session nor a log-in concerns a screen on the wall.
    if (to.name === 'wall') return true
    // An expired session keeps its screen; logging in again happens over it.
    const isIn = session.status === 'signedIn' || session.status === 'expired'
    if (!isIn) return entrance(to)
    return !to.meta.open || to.name === 'connect' || to.name === 'join' || { name: 'queue' }
  })
}
