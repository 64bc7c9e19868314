import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { fillStore } from '../bench/fill.ts'
import { startDesk } from '../support/crash-desk.ts'
import { startTestServer } from '../support/server.ts'

const LIMIT_MS = 120_000
const TICKETS = 2_000
const KILLS = 2
const tables = ['ticket_fact', 'ticket_reply', 'ticket_span']

it(
  'a server that is killed again and again while it folds its history has the same facts as one that was left alone',
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'balcao-reports-crash-'))
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
    const [killed, calm] = [join(dataDir, 'killed'), join(dataDir, 'calm')]
    await fillStore(killed, { tickets: TICKETS, open: 'few' })
    await cp(killed, calm, { recursive: true })
    const cursorOf = (folder: string) =>
      stored<{ seq: number }>(folder, 'SELECT seq FROM report_cursor')[0]?.seq ?? 0
    const [last] = stored<{ seq: number }>(killed, 'SELECT max(seq) AS seq FROM event')

    for (let kill = 0; kill < KILLS; kill++) {
      const before = cursorOf(killed)
      const server = await startDesk(killed)
      await expect.poll(() => cursorOf(killed), { timeout: LIMIT_MS, interval: 1 }).toBeGreaterThan(before)
      await server.kill()
    }
    expect(cursorOf(killed), 'it was never let finish').toBeLessThan(last?.seq ?? 0)

    for (const folder of [killed, calm]) {
      await using server = await startTestServer({ dataDir: folder })
      await server.services.facts.caughtUp()
    }
    expect(cursorOf(killed)).toBe(last?.seq)
    for (const table of tables) {
      const rows = stored(killed, `SELECT * FROM ${table} ORDER BY 1, 2`)
      expect(rows.length).toBeGreaterThanOrEqual(TICKETS / 2)
      expect(rows).toEqual(stored(calm, `SELECT * FROM ${table} ORDER BY 1, 2`))
    }
  },
  LIMIT_MS,
)

/** What the file says at this moment, whether or not a server has it open. */
function stored<Row>(folder: string, sql: string): Row[] {
  const database = new Sqlite(join(folder, 'balcao.db'), { readonly: true })
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}
