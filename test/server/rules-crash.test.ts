import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clientOf, setUpDesk, startDesk } from '../support/crash-desk.ts'
import { inspectStore } from '../support/crash-inspection.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import type { ServerProcess } from '../support/server-process.ts'

const LIMIT_MS = 180_000
const PATIENCE_MS = 60_000
const TICKETS = 40
const KILLS = 3

let dataDir: string
let scratchDir: string
let server: ServerProcess | undefined
let receiver: Receiver
let token: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'balcao-rules-crash-'))
  scratchDir = await mkdtemp(join(tmpdir(), 'balcao-rules-crash-copy-'))
  receiver = await startReceiver()
  token = await setUpDesk((await start()).url)
})

afterEach(async () => {
  await server?.kill()
  await receiver[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true, force: true })
  await rm(scratchDir, { recursive: true, force: true })
})

const start = async () => (server = await startDesk(dataDir))
const desk = () => clientOf(server?.url ?? '', token)

const arrived = () =>
  receiver.received.map(({ headers, body }) => ({
    id: String(headers['balcao-delivery']),
    ticketId: (JSON.parse(body) as { ticket: { id: string } }).ticket.id,
  }))

function stored<Row>(sql: string): Row[] {
  const database = new Sqlite(join(dataDir, 'balcao.db'), { readonly: true })
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}

async function addRule(): Promise<void> {
  const { webhook } = await desk().webhooks.create.mutate({ name: 'Painel', url: receiver.url })
  await desk().rules.create.mutate({
    ...{ name: 'Avisar o painel', on: ['ticket.created'], enabled: true },
    then: [
      { do: 'setPriority', value: 'high' },
      { do: 'addNote', value: 'Avisado.' },
      { do: 'raiseAlert', value: { severity: 'info', to: ['supervisors'], text: 'Chegou.' } },
      { do: 'webhook', value: webhook.id },
    ],
  })
}

/** A client that is never answered asks again with the same id, as the outbox does. */
async function open(id: string): Promise<void> {
  await vi.waitFor(
    () =>
      desk().tickets.create.mutate({
        ...{ id, subject: `Pedido ${id}`, body: 'Por favor.', channel: 'email' },
        requester: { name: 'Rosa Esteves', email: 'rosa@esteves.example' },
      }),
    { timeout: PATIENCE_MS, interval: 20 },
  )
}

it(
  `what a rule does to each of ${TICKETS} tickets it does once, and every report arrives under one id, though the server is killed again and again`,
  async () => {
    await addRule()
    const ids = Array.from({ length: TICKETS }, () => randomUUID())
    const opened = ids.reduce((before, id) => before.then(() => open(id)), Promise.resolve())
    for (let kill = 1; kill <= KILLS; kill++) {
      // In the middle of it: between a commit and its delivery, or between a delivery and its note.
      const enough = Math.floor((kill * TICKETS) / (KILLS + 1))
      await vi.waitFor(
        () => expect(new Set(arrived().map(({ id }) => id)).size).toBeGreaterThanOrEqual(enough),
        {
          timeout: PATIENCE_MS,
          interval: 3,
        },
      )
      await server?.kill()
      expect(inspectStore(dataDir, scratchDir, []), `after kill ${kill}`).toEqual([])
      await start()
    }
    await opened
    await vi.waitFor(() => expect(new Set(arrived().map(({ ticketId }) => ticketId)).size).toBe(TICKETS), {
      timeout: PATIENCE_MS,
      interval: 20,
    })
    await server?.stop()

    const pairs = new Set(arrived().map(({ id, ticketId }) => `${ticketId} ${id}`))
    expect(pairs.size, 'a report that comes twice has the same id').toBe(TICKETS)
    const once = { tickets: TICKETS, notes: TICKETS, alerts: TICKETS, changes: TICKETS, jobs: TICKETS }
    expect(
      stored(`SELECT (SELECT count(*) FROM ticket) AS tickets,
        (SELECT count(*) FROM message WHERE authorType = 'rule') AS notes,
        (SELECT count(*) FROM alert WHERE reason = 'rule.raised') AS alerts,
        (SELECT count(*) FROM event WHERE type = 'ticket.updated' AND actorType = 'rule') AS changes,
        (SELECT count(*) FROM job WHERE state = 'done') AS jobs`),
    ).toEqual([once])
    expect(stored(`SELECT count AS times FROM rule_tally`)).toEqual([{ times: TICKETS }])
  },
  LIMIT_MS,
)
