/** An office whose screens show what stands. */
import { onTestFinished, vi, expect } from 'vitest'
import type { DashboardInput, LiveScope, LiveSnapshot, Tile } from '../../server/dashboards/contract.ts'
import { newId } from '../../server/ids.ts'
import { aClock, type TestClock } from './desk-clock.ts'
import { startTestServer, type Client, type TestServer } from './server.ts'

export interface DashboardOffice {
  clock: TestClock
  server: TestServer
  admin: Client
  token: string
}

export async function aDashboardOffice(clock = aClock(), dataDir?: string): Promise<DashboardOffice> {
  const server = await startTestServer({ clock, ...(dataDir ? { dataDir } : {}) })
  onTestFinished(() => server[Symbol.asyncDispose]())
  const token = await server.setup()
  return { clock, server, token, admin: server.client(token) }
}

export const openTicket = (api: Client, teamId?: string) =>
  api.tickets.create.mutate({
    ...{
      subject: 'Impressora',
      body: 'Parou',
      bodyKind: 'public',
      channel: 'email',
      requester: { name: 'José' },
    },
    ...(teamId ? { teamId } : {}),
  })

export const aTile = (parts: Partial<Tile> = {}): Tile => ({
  ...{ id: newId(), kind: 'waiting', x: 0, y: 0, w: 3, h: 2, teamIds: null, threshold: null },
  ...parts,
})

export const aDashboard = (parts: Partial<DashboardInput> = {}): DashboardInput => ({
  ...{ name: 'Operação', audience: 'personal', teamIds: null, tiles: [aTile()] },
  ...parts,
})

/** What a subscription over real HTTP was given. */
export function watching(
  subscribe: (on: { onData: (snapshot: LiveSnapshot) => void; onComplete: () => void }) => {
    unsubscribe: () => void
  },
) {
  const pushed: LiveSnapshot[] = []
  let ended = false
  const feed = subscribe({
    onData: (snapshot) => void pushed.push(snapshot),
    onComplete: () => (ended = true),
  })
  onTestFinished(() => feed.unsubscribe())
  return {
    pushed,
    last: () => pushed.at(-1),
    hasEnded: () => ended,
    stop: () => feed.unsubscribe(),
    atLeast: (count: number) =>
      vi.waitFor(() => expect(pushed.length).toBeGreaterThanOrEqual(count), { timeout: 10_000 }),
  }
}

export const watchDesk = (api: Client, scope: LiveScope = {}) =>
  watching((on) => api.dashboard.watch.subscribe(scope, on))
