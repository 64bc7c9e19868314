import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NewLevel } from '../../server/sla/contract.ts'
import { clientOf, setUpDesk, startDesk } from '../support/crash-desk.ts'
import { inspectStore } from '../support/crash-inspection.ts'
import type { Client } from '../support/server.ts'
import type { ServerProcess } from '../support/server-process.ts'

const LIMIT_MS = 180_000
const PATIENCE_MS = 45_000
const TICKETS = 150
/** At the least; as many more as it takes until all are told. */
const KILLS = 6

let dataDir: string
let scratchDir: string
let server: ServerProcess | undefined
let token: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'balcao-promises-crash-'))
  scratchDir = await mkdtemp(join(tmpdir(), 'balcao-promises-crash-copy-'))
  token = await setUpDesk((await start()).url)
})

afterEach(async () => {
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
  await rm(scratchDir, { recursive: true, force: true })
})

const start = async () => (server = await startDesk(dataDir))
const desk = (): Client => clientOf(server?.url ?? '', token)

/** Warns, tells of the breach, and climbs one step further, where it leaves a note. */
const ladder: NewLevel[] = [
  { metric: 'resolution', atPercent: 50, notify: ['supervisors'] },
  { metric: 'resolution', atPercent: 100, notify: ['supervisors'] },
  {
    metric: 'resolution',
    atPercent: 110,
    notify: ['supervisors'],
    actions: [{ do: 'addNote', value: 'O prazo passou e ninguém assumiu.' }],
  },
]

const promise = (escalations: NewLevel[]) =>
  desk().sla.policies.create.mutate({
    name: '24×7',
    targets: ['urgent', 'high', 'normal', 'low'].map((priority) => ({ priority, resolutionMinutes: 600 })),
    escalations,
  })

const openTicket = async (dueAt?: number): Promise<string> => {
  const { id } = await desk().tickets.create.mutate({
    id: randomUUID(),
    subject: 'Impressora fiscal parada',
    body: 'Parou hoje cedo.',
    // One customer's tickets, however alike, are no flood.
    requester: { name: 'Rosa Esteves', email: 'rosa@esteves.example' },
    channel: 'email',
    ...(dueAt !== undefined && {
      dueAt: new Date(dueAt).toISOString(),
      dueReason: 'Combinado com a cliente',
    }),
  })
  return id
}

/** What the file says at this moment, whether or not a server has it open. */
function stored<Row>(sql: string): Row[] {
  const database = new Sqlite(join(dataDir, 'balcao.db'), { readonly: true })
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}

it(
  'a deadline that passes while the server lies dead is told of once, however often it is started again',
  async () => {
    await promise([{ metric: 'resolution', atPercent: 100, notify: ['supervisors'] }])
    const dueAt = Date.now() + 3_000
    const ticketIds = [await openTicket(dueAt), await openTicket(dueAt), await openTicket(dueAt)].sort()
    await server?.kill()
    expect(
      stored(`SELECT * FROM event WHERE type IN ('sla.warning', 'sla.breached')`),
      'the kill came before the deadline',
    ).toEqual([])
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(dueAt), LIMIT_MS)

    for (const end of ['kill', 'stop'] as const) {
      await start()
      await expect.poll(async () => (await desk().alerts.list.query({})).items.length).toBe(ticketIds.length)
      // What falls due later is told of later: nothing else is on its way any more.
      const sentinel = await openTicket(Date.now() + 300)
      await expect
        .poll(async () => (await desk().alerts.list.query({})).items.length)
        .toBe(ticketIds.length + 1)
      await desk().tickets.update.mutate({
        ticketId: sentinel,
        version: 1,
        changes: { statusId: 'resolved' },
      })

      const { items } = await desk().alerts.list.query({})
      expect(items.map(({ ticketId }) => ticketId).sort()).toEqual(ticketIds)
      for (const { reason, level } of items)
        expect({ reason, level }).toEqual({ reason: 'sla.breached', level: 1 })
      for (const id of ticketIds) {
        const { timeline, sla } = await desk().tickets.get.query({ id })
        const told = timeline.map(({ type }) => type).filter((type) => /^(sla|alert)\./.test(type))
        expect(told).toEqual(['sla.breached', 'alert.raised'])
        expect(sla).toMatchObject([
          { metric: 'resolution', status: 'breached', breachedAt: new Date(dueAt).toISOString() },
        ])
      }
      await server?.[end]()
      expect(inspectStore(dataDir, scratchDir, [])).toEqual([])
    }
  },
  LIMIT_MS,
)

it(
  `of ${TICKETS} deadlines in one second every level is climbed exactly once, though the server is killed again and again meanwhile`,
  async () => {
    await promise(ladder)
    const begun = Date.now()
    await openTicket()
    // As far ahead as this machine needs to write the others, and not much further.
    const dueAt = Date.now() + 2_000 + TICKETS * Math.min(20, Date.now() - begun)
    const ticketIds: string[] = []
    while (ticketIds.length < TICKETS)
      ticketIds.push(...(await Promise.all([1, 2, 3, 4].map(() => openTicket(dueAt)))))

    const steps = () =>
      stored<{ count: number }>(
        `SELECT count(*) AS count FROM event WHERE type IN ('sla.warning', 'sla.breached', 'alert.escalated')`,
      )[0]?.count ?? 0
    const all = ticketIds.length * 3
    let interrupted = 0
    for (let kills = 0; kills < KILLS || steps() < all; kills++) {
      // Sometimes before it has done anything, sometimes in the middle of it.
      const enough = Math.min(all, steps() + Math.floor(Math.random() * 2 * (all / KILLS)))
      await vi.waitFor(() => expect(steps()).toBeGreaterThanOrEqual(enough), {
        timeout: PATIENCE_MS,
        interval: 5,
      })
      await server?.kill()
      const done = steps()
      if (done > 0 && done < all) interrupted += 1
      expect(inspectStore(dataDir, scratchDir, []), `after kill ${kills + 1}`).toEqual([])
      await start()
    }
    expect(interrupted, 'kills in the middle of it').toBeGreaterThan(0)
    await server?.stop()
    expect(inspectStore(dataDir, scratchDir, [])).toEqual([])

    const told = stored<{ ticketId: string; what: string; times: number }>(
      `SELECT ticketId, type || coalesce(' ' || json_extract(data, '$.reason'), '') AS what, count(*) AS times FROM event
       WHERE type LIKE 'sla.%' OR type LIKE 'alert.%' OR (type = 'message.created' AND actorType = 'system') GROUP BY 1, 2`,
    )
    const once = [
      'alert.escalated sla.breached',
      'alert.raised sla.breached',
      'alert.raised sla.warning',
      'message.created',
    ]
    for (const id of ticketIds)
      expect(
        told
          .filter(({ ticketId }) => ticketId === id)
          .map(({ what, times }) => `${what} ×${times}`)
          .sort(),
      ).toEqual([...once, 'sla.breached', 'sla.warning'].map((what) => `${what} ×1`))
    expect(
      stored(`SELECT level, count(*) AS alerts FROM alert WHERE reason = 'sla.breached' GROUP BY level`),
    ).toEqual([{ level: 2, alerts: ticketIds.length }])
  },
  LIMIT_MS,
)
