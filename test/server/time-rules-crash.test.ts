import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clientOf, setUpDesk, startDesk } from '../support/crash-desk.ts'
import { inspectStore } from '../support/crash-inspection.ts'
import type { ServerProcess } from '../support/server-process.ts'

const LIMIT_MS = 180_000
const PATIENCE_MS = 45_000
const TICKETS = 120
/** At the least; as many more as it takes until the rule has acted on all of them. */
const KILLS = 4

let dataDir: string
let scratchDir: string
let server: ServerProcess | undefined
let token: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'balcao-waits-crash-'))
  scratchDir = await mkdtemp(join(tmpdir(), 'balcao-waits-crash-copy-'))
  token = await setUpDesk((await start()).url)
})

afterEach(async () => {
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
  await rm(scratchDir, { recursive: true, force: true })
})

const start = async () => (server = await startDesk(dataDir))
const desk = () => clientOf(server?.url ?? '', token)

/** Works on the file at this moment, whether or not a server has it open. */
function inFile<Row>(sql: string): Row[] {
  const database = new Sqlite(join(dataDir, 'balcao.db'))
  try {
    const statement = database.prepare<[], Row>(sql)
    return statement.reader ? statement.all() : (statement.run(), [])
  } finally {
    database.close()
  }
}

const acts = () =>
  inFile<{ count: number }>(`SELECT count(*) AS count FROM message WHERE authorType = 'rule'`)[0]?.count ?? 0

it(
  `a time rule that finds ${TICKETS} tickets in its state acts once on each, though the server is killed again and again meanwhile`,
  async () => {
    for (let made = 0; made < TICKETS; made += 5)
      await Promise.all(
        Array.from({ length: 5 }, () =>
          desk().tickets.create.mutate({
            ...{ id: randomUUID(), subject: 'Impressora parada', body: 'Parou hoje cedo.' },
            ...{ requester: { name: 'Rosa Esteves' }, channel: 'email' },
          }),
        ),
      )
    await server?.kill()
    inFile(`UPDATE ticket SET createdAt = createdAt - 3600000`)
    await start()
    const { id } = await desk().rules.create.mutate({
      name: 'Velhos',
      on: ['time'],
      when: { field: 'statusClass', op: 'is', value: 'new' },
      after: { minutes: 10, since: 'created' },
      then: [
        { do: 'addNote', value: 'Há tempo demais sem resposta.' },
        { do: 'remind', value: { after: { minutes: 60 }, to: ['supervisors'], text: 'Ainda aí' } },
      ],
    })
    await desk().rules.setEnabled.mutate({ id, enabled: true, backlog: 'act' })

    let interrupted = 0
    for (let kills = 0; kills < KILLS || acts() < TICKETS; kills++) {
      // Sometimes before it has done anything, sometimes in the middle of it.
      const enough = Math.min(TICKETS, acts() + Math.floor(Math.random() * 2 * (TICKETS / KILLS)))
      await vi.waitFor(() => expect(acts()).toBeGreaterThanOrEqual(enough), {
        timeout: PATIENCE_MS,
        interval: 5,
      })
      await server?.kill()
      if (acts() > 0 && acts() < TICKETS) interrupted += 1
      expect(inspectStore(dataDir, scratchDir, []), `after kill ${kills + 1}`).toEqual([])
      await start()
    }
    expect(interrupted, 'kills in the middle of it').toBeGreaterThan(0)
    await server?.stop()

    expect(
      inFile(`
        SELECT acts, reminders, count(*) AS tickets FROM (
          SELECT (SELECT count(*) FROM message WHERE ticketId = ticket.id AND authorType = 'rule') AS acts,
            (SELECT count(*) FROM reminder WHERE ticketId = ticket.id) AS reminders FROM ticket
        ) GROUP BY acts, reminders`),
    ).toEqual([{ acts: 1, reminders: 1, tickets: TICKETS }])
    expect(inFile(`SELECT count FROM rule_tally`)).toEqual([{ count: TICKETS }])
  },
  LIMIT_MS,
)
