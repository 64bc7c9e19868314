import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { guardRoutes, type GuardDeps } from '../../src-renderer/route-guard.ts'

interface Situation {
  status?: GuardDeps['session']['status']
  serverUrl?: string | null
  /** Null: the server does not answer. */
  needed?: boolean | null
}

/** Where somebody in this situation arrives who asks for `path`. */
async function arrival(
  path: string,
  { status = 'signedOut', serverUrl = 'http://desk', needed = false }: Situation,
) {
  const page = { component: { template: '' } }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/connect', name: 'connect', meta: { open: true }, ...page },
      { path: '/setup', name: 'setup', meta: { open: true }, ...page },
      { path: '/login', name: 'login', meta: { open: true }, ...page },
      { path: '/join', name: 'join', meta: { open: true }, ...page },
      { path: '/queue', name: 'queue', ...page },
      { path: '/ticket/:id', name: 'ticket', ...page },
    ],
  })
  const query = () =>
    needed === null ? Promise.reject(new Error('offline')) : Promise.resolve({ needed, tokenRequired: false })
  const api = { trpc: { setup: { status: { query } } } } as unknown as GuardDeps['api']
  guardRoutes(router, { api, session: { status, serverUrl } })
  await router.push(path)
  return router.currentRoute.value.fullPath
}

test('without a server the desktop asks for its address, wherever one wanted to go', async () => {
  expect(await arrival('/ticket/7', { serverUrl: null })).toBe('/connect')
  expect(await arrival('/login', { serverUrl: null })).toBe('/connect')
})

test('a desk that nobody has set up begins with the first run', async () => {
  expect(await arrival('/queue', { needed: true })).toBe('/setup?to=/queue')
  expect(await arrival('/login', { needed: true })).toBe('/setup')
})

test('whoever is not logged in logs in first and then goes where they wanted', async () => {
  expect(await arrival('/ticket/7', {})).toBe('/login?to=/ticket/7')
  expect(await arrival('/setup', {})).toBe('/login')
})

test('a server that does not answer leads to the log-in, which says so', async () => {
  expect(await arrival('/queue', { needed: null })).toBe('/login?to=/queue')
})

test('an invitation opens without a session', async () => {
  expect(await arrival('/join#secret', {})).toBe('/join#secret')
})

test('whoever is logged in goes where they want, and the entrance leads on to work', async () => {
  expect(await arrival('/ticket/7', { status: 'signedIn' })).toBe('/ticket/7')
  expect(await arrival('/login', { status: 'signedIn' })).toBe('/queue')
  expect(await arrival('/setup', { status: 'signedIn' })).toBe('/queue')
})

test('an expired session keeps its screen', async () => {
  expect(await arrival('/ticket/7', { status: 'expired' })).toBe('/ticket/7')
})
