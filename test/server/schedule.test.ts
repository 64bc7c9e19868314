import { join } from 'node:path'
import { createTRPCClient, httpLink } from '@trpc/client'
import { expect, it, vi } from 'vitest'
import type { AppRouter } from '../../server/api/root.ts'
import type { NewAlert } from '../../server/alerts/raise-alert.ts'
import { systemClock } from '../../server/clock.ts'
import { aClock } from '../support/desk-clock.ts'
import { startServerProcess } from '../support/server-process.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const HOUR = 3_600_000

/** Alerts for the administrator alone, one for each instant, to be told then. */
async function holdUntil({ services }: TestServer, instants: number[]): Promise<void> {
  const alert: Omit<NewAlert, 'key' | 'tellAt'> = {
    ...{
      ticket: null,
      severity: 'info',
      reason: 'rule.alert',
      data: {},
      lateMs: null,
      notify: ['supervisors'],
    },
  }
  await services.store.write(async (tx) => {
    for (const [i, tellAt] of instants.entries())
      await services.alerts.raise(tx, { ...alert, key: `key:${i}`, tellAt })
  })
}

/** Which alerts were told, by key, and when. */
async function told({ services }: TestServer): Promise<{ key: string; at: number }[]> {
  const rows = await services.store.read.sql<{ at: number; data: string }[]>`
    SELECT at, data FROM event WHERE type = 'alert.raised' ORDER BY seq`
  return rows.map(({ at, data }) => ({ at, key: (JSON.parse(data) as { key: string }).key }))
}

const keysOf = async (server: TestServer) => (await told(server)).map(({ key }) => key)

it('a desk on which nothing is to come has no alarm set, and one for a thousand things to come', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  await server.setup()
  // Whoever set it up has gone home without opening a screen.
  clock.advance({ minutes: 5 })
  await server.services.schedule.settled()
  expect(clock.alarms).toBe(0)
  await holdUntil(
    server,
    Array.from({ length: 1_000 }, (_, i) => clock.now() + HOUR + i),
  )
  expect(clock.alarms).toBe(1)
})

it('hundreds due at the same instant are done once each, in the order they were made', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  await server.setup()
  await holdUntil(
    server,
    Array.from({ length: 300 }, () => clock.now() + HOUR),
  )
  clock.advance({ minutes: 60 })
  await server.services.schedule.settled()
  expect(await keysOf(server)).toEqual(Array.from({ length: 300 }, (_, i) => `key:${i}`))
})

it('a jump of the clock does what was jumped over once, the longest overdue first', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  await server.setup()
  await holdUntil(
    server,
    [3, 1, 2, 50].map((hours) => clock.now() + hours * HOUR),
  )
  clock.advance({ days: 1 })
  await server.services.schedule.settled()
  expect(await keysOf(server)).toEqual(['key:1', 'key:2', 'key:0'])
  clock.advance({ days: -1 })
  await server.services.schedule.settled()
  clock.advance({ days: 3 })
  await server.services.schedule.settled()
  expect(await keysOf(server)).toEqual(['key:1', 'key:2', 'key:0', 'key:3'])
})

it('by the real clock a deadline wakes the server when it comes, not when somebody looks', async () => {
  await using server = await startTestServer({ clock: systemClock })
  await server.setup()
  const due = Date.now() + 700
  await holdUntil(server, [due])
  expect(await told(server)).toEqual([])
  await vi.waitFor(async () => expect(await told(server)).toHaveLength(1), { timeout: 20_000, interval: 50 })
  const [{ at } = { at: 0 }] = await told(server)
  expect(at).toBeGreaterThanOrEqual(due)
  // Only a busy machine needs more than milliseconds; a server that polled would need its round.
  expect(at - due).toBeLessThan(5_000)
})

it('work that can’t be done now is done later, and the server answers meanwhile', async () => {
  const clock = aClock()
  await using server = await startTestServer({ clock })
  const token = await server.setup()
  await holdUntil(server, [clock.now() + HOUR, clock.now() + HOUR])
  const { people } = server.services
  const broken = vi.spyOn(people, 'current').mockRejectedValueOnce(new Error('the disk is full'))
  clock.advance({ minutes: 60 })
  await server.services.schedule.settled()
  expect(await keysOf(server)).toEqual(['key:1'])
  expect((await server.client(token).alerts.list.query({})).items).toHaveLength(1)
  broken.mockRestore()
  clock.advance({ ms: 1_000 })
  await server.services.schedule.settled()
  expect(await keysOf(server)).toEqual(['key:1', 'key:0'])
})

it('a server process does once, late, what fell due while it was off, whatever killed it', async () => {
  const clock = aClock(Date.now() - 2 * HOUR)
  await using server = await startTestServer({ clock })
  const token = await server.setup()
  await holdUntil(server, [clock.now() + HOUR, clock.now() + 24 * HOUR])
  await server.stop()
  for (const end of ['kill', 'stop', 'stop'] as const) {
    const running = await startServerProcess([join(import.meta.dirname, '../../server/main.ts')], {
      BALCAO_DATA_DIR: server.dataDir,
      BALCAO_PORT: '0',
    })
    const client = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${running.url}/trpc`, headers: { authorization: `Bearer ${token}` } })],
    })
    await vi.waitFor(async () => expect((await client.alerts.list.query({})).items).toHaveLength(1), 20_000)
    await running[end]()
    if (end === 'stop') expect(running.exitCode()).toBe(0)
  }
  await using after = await startTestServer({ clock, dataDir: server.dataDir })
  expect(await keysOf(after)).toEqual(['key:0'])
})
