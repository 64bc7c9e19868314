import { existsSync, statSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { v7 } from 'uuid'
import { createApp } from '../../server/app.ts'
import { foldName } from '../../server/catalog/fold-name.ts'
import { systemClock } from '../../server/clock.ts'
import { customerTerms, nothingKnown } from '../../server/customers/customer-rows.ts'
import { BulkWriter, type StatusIds } from './bulk-writer.ts'
import { seedBenchOffice } from './office.ts'
import { Progress } from './progress.ts'
import type { PromisingOffice } from './promised.ts'
import { Random } from './random.ts'
import { HISTORY_MS, tellStory, type Cast, type Telling } from './story.ts'
import { personName, phoneNumber } from './text.ts'

const SEED = 2_026
const BATCH = 1_000
/** Of so many customers, one has a contract. */
const VIP_EVERY = 25
const TICKETS_PER_CUSTOMER = 5

export const databaseFile = (dataDir: string) => join(dataDir, 'balcao.db')
const marker = (dataDir: string, tickets: number) => join(dataDir, `filled-${tickets}`)

/** In an older store the first agreed dates have come. */
const FRESH_MS = 20 * 24 * 3_600_000

export function isFilled(dataDir: string, tickets: number): boolean {
  const file = marker(dataDir, tickets)
  return existsSync(file) && systemClock.now() - statSync(file).mtimeMs < FRESH_MS
}

export interface Filling {
  tickets: number
  open: Telling['open']
  historyMs?: number
}

/** Makes a store with an office of 5 teams and 100 agents and `tickets` tickets of three messages, one customer to five tickets. */
export async function fillStore(
  dataDir: string,
  { tickets, open, historyMs = HISTORY_MS }: Filling,
): Promise<void> {
  const now = systemClock.now()
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const office = await seedBenchOffice(dataDir)
  const database = new Sqlite(databaseFile(dataDir))
  try {
    // A crash while filling costs nothing but filling again.
    database.pragma('synchronous = OFF')
    database.pragma('cache_size = -256000')
    const random = new Random(SEED)
    const customers = fillCustomers(
      database,
      random,
      Math.ceil(tickets / TICKETS_PER_CUSTOMER),
      now - historyMs - 1,
    )
    const cast = { ...readCast(database), customers }
    fillTickets(database, { random, cast, office, telling: { total: tickets, now, open, historyMs } })
  } finally {
    database.close()
  }
  // Opened and closed once as a server would, so that the store's own upkeep has been done.
  await (await createApp({ dataDir }, systemClock)).store.close()
  await writeFile(marker(dataDir, tickets), '')
}

interface Material {
  random: Random
  cast: Cast
  office: PromisingOffice
  telling: Telling
}

function fillTickets(database: Database, { random, cast, office, telling }: Material): void {
  const { total } = telling
  const progress = new Progress(`Filling ${total.toLocaleString('en')} tickets`, total)
  const writer = new BulkWriter(database, readStatusIds(database), office)
  const writeBatch = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index++) writer.write(tellStory(random, cast, index, telling))
  })
  for (let from = 0; from < total; from += BATCH) {
    writeBatch(from, Math.min(total, from + BATCH))
    progress.advanceTo(from)
  }
  writer.finish()
  progress.finish()
}

function fillCustomers(database: Database, random: Random, total: number, at: number): Cast['customers'] {
  const progress = new Progress(`Filling ${total.toLocaleString('en')} customers`, total)
  const row = database.prepare(
    `INSERT INTO customer (id, name, sortName, tierId, notes, version, fieldVersions, createdAt, updatedAt)
     VALUES (@id, @name, @sortName, @tierId, '', 1, '{}', @at, @at)`,
  )
  const email = database.prepare(
    'INSERT INTO customer_email (customerId, address, position) VALUES (?, ?, 0)',
  )
  const phone = database.prepare('INSERT INTO customer_phone (customerId, e164, position) VALUES (?, ?, 0)')
  const words = database.prepare('INSERT INTO customer_words (rowid, words) VALUES (?, ?)')
  const digits = database.prepare('INSERT INTO customer_digits (rowid, digits) VALUES (?, ?)')
  const event = database.prepare(
    `INSERT INTO event (at, actorType, actorId, type, data) VALUES (?, 'agent', ?, 'customer.created', ?)`,
  )
  const adminId = database.prepare<[], { id: string }>(`SELECT id FROM agent WHERE role = 'admin'`).get()?.id
  const tier = database.prepare<[string], { id: string }>('SELECT id FROM customer_tier WHERE key = ?')
  const [vip, standard] = ['vip', 'standard'].map((key) => tier.get(key)?.id ?? null)
  const customers: Cast['customers'] = []
  const writeBatch = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index++) {
      const id = v7({ msecs: at })
      const name = personName(random)
      const address = `${foldName(name).replaceAll(' ', '.')}.${index}@correio.example`
      const number = phoneNumber(index)
      const tierId = (index % VIP_EVERY === 0 ? vip : standard) ?? null
      const { lastInsertRowid } = row.run({ id, name, sortName: foldName(name), tierId, at })
      email.run(id, address)
      phone.run(id, number)
      const terms = customerTerms({ ...nothingKnown, name, emails: [address], phones: [number] })
      words.run(lastInsertRowid, terms.words)
      digits.run(lastInsertRowid, terms.digits)
      event.run(at, adminId, JSON.stringify({ id, version: 1 }))
      customers.push({ id, name, tierId })
    }
  })
  for (let from = 0; from < total; from += BATCH) {
    writeBatch(from, Math.min(total, from + BATCH))
    progress.advanceTo(from)
  }
  progress.finish()
  return customers
}

function readStatusIds(database: Database): StatusIds {
  const rows = database
    .prepare<[], { key: string; id: string }>('SELECT key, id FROM status WHERE key IS NOT NULL')
    .all()
  return Object.fromEntries(rows.map(({ key, id }) => [key, id])) as StatusIds
}

function readCast(database: Database): Omit<Cast, 'customers'> {
  const ids = (sql: string, ...parameters: string[]) =>
    database
      .prepare<string[], { id: string }>(sql)
      .all(...parameters)
      .map(({ id }) => id)
  return {
    teams: ids('SELECT id FROM team ORDER BY position').map((id) => ({
      id,
      agentIds: ids('SELECT agentId AS id FROM agent_team WHERE teamId = ?', id),
    })),
    typeIds: ids('SELECT id FROM ticket_type ORDER BY position'),
    priorities: database
      .prepare<[], { id: string; weight: number }>('SELECT id, weight FROM priority ORDER BY weight')
      .all(),
    tagIds: ids('SELECT id FROM tag ORDER BY name'),
  }
}
