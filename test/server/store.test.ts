import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { describe, expect, it } from 'vitest'
import { EventLog } from '../../server/events/event-log.ts'
import { Hub } from '../../server/events/hub.ts'
import { migrations } from '../../server/store/migrations/index.ts'
import { lockDataDir } from '../../server/store/data-dir-lock.ts'
import { openStore, type Store, type Tx } from '../../server/store/store.ts'
import { StoreError } from '../../server/store/upgrade.ts'
import { temporaryFolder, temporaryStore } from '../support/store.ts'

class Later1800000000000 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query('CREATE TABLE later (id INTEGER PRIMARY KEY)')
  }
  down() {
    return Promise.reject(new Error('not in this test'))
  }
}

class Broken1800000000001 extends Later1800000000000 {
  override up() {
    return Promise.reject(new Error('the disk is full'))
  }
}

const putSetting = (tx: Tx, key: string) =>
  tx.db.sql`INSERT INTO setting (key, value) VALUES (${key}, ${'1'})`

async function settings(store: Store): Promise<string[]> {
  const rows = await store.read.sql<{ key: string }[]>`SELECT key FROM setting ORDER BY key`
  return rows.map(({ key }) => key)
}

describe('the one writer', () => {
  it('runs two hundred overlapping writes, a third of them failing, without mixing or losing a row', async () => {
    const store = await temporaryStore()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        store.write(async (tx) => {
          await putSetting(tx, `first-${i}`)
          if (i % 3 === 0) throw new Error(`refused ${i}`)
          await putSetting(tx, `second-${i}`)
          return i
        }),
      ),
    )
    const acknowledged = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    )
    expect(acknowledged).toEqual(Array.from({ length: 200 }, (_, i) => i).filter((i) => i % 3 !== 0))
    expect(await settings(store)).toEqual(acknowledged.flatMap((i) => [`first-${i}`, `second-${i}`]).sort())
  })

  it('lets nobody see a write before it is committed, and everybody after it is acknowledged', async () => {
    const store = await temporaryStore()
    await store.write(async (tx) => {
      await putSetting(tx, 'half-done')
      expect(await settings(store)).toEqual([])
    })
    expect(await settings(store)).toEqual(['half-done'])
  })

  it('a write inside a write joins it, and undoes only itself when it fails', async () => {
    const store = await temporaryStore()
    await store.write(async (tx) => {
      await putSetting(tx, 'outer')
      await store.write((inner) => putSetting(inner, 'inner'))
      await store
        .write(async (inner) => {
          await putSetting(inner, 'refused')
          throw new Error('no')
        })
        .catch(() => undefined)
    })
    expect(await settings(store)).toEqual(['inner', 'outer'])
  })

  it('a write inside a write that is rolled back is rolled back with it', async () => {
    const store = await temporaryStore()
    const outer = store.write(async () => {
      await store.write((inner) => putSetting(inner, 'inner'))
      throw new Error('the whole thing off')
    })
    await expect(outer).rejects.toThrow('the whole thing off')
    expect(await settings(store)).toEqual([])
  })

  it('what was to follow the commit of a write three deep is forgotten when the one around it fails', async () => {
    const store = await temporaryStore()
    const followed: string[] = []
    await store.write(async (tx) => {
      tx.afterCommit(() => followed.push('outer'))
      await store
        .write(async () => {
          await store.write((innermost) =>
            Promise.resolve(innermost.afterCommit(() => followed.push('innermost'))),
          )
          throw new Error('no')
        })
        .catch(() => undefined)
    })
    expect(followed).toEqual(['outer'])
  })

  it('finishes the writes in hand when the store is closed and refuses later ones', async () => {
    const folder = await temporaryFolder()
    const options = { file: join(folder, 'balcao.db'), entities: [], now: 0 }
    const store = await openStore(options)
    const writes = Array.from({ length: 20 }, (_, i) => store.write((tx) => putSetting(tx, `key-${i}`)))
    await store.close()
    await Promise.all(writes)
    await expect(store.write((tx) => putSetting(tx, 'late'))).rejects.toMatchObject({
      reason: 'store.closed',
    })
    const reopened = await openStore(options)
    expect(await settings(reopened)).toHaveLength(20)
    await reopened.close()
  })
})

describe('the event log', () => {
  it('keeps no event of a failed write and wakes nobody for it', async () => {
    const store = await temporaryStore()
    const hub = new Hub()
    const heard: string[] = []
    hub.listen((event) => heard.push(event.type))
    const log = new EventLog(hub, { now: () => 1_000 })
    const event = (type: string) => ({ type, actor: { type: 'system' }, audience: null, data: {} }) as const
    await Promise.allSettled([
      store.write((tx) => log.record(tx, event('kept.one'))),
      store.write(async (tx) => {
        await log.record(tx, event('lost'))
        throw new Error('no')
      }),
      store.write((tx) => log.record(tx, event('kept.two'))),
    ])
    const rows = await store.read.sql<{ type: string }[]>`SELECT type FROM event ORDER BY seq`
    expect(rows.map(({ type }) => type)).toEqual(['kept.one', 'kept.two'])
    expect(heard).toEqual(['kept.one', 'kept.two'])
  })

  it('wakes listeners only once the event is on disk', async () => {
    const store = await temporaryStore()
    const hub = new Hub()
    const seen: Promise<unknown[]>[] = []
    hub.listen(() => seen.push(store.read.sql`SELECT seq FROM event`))
    const log = new EventLog(hub, { now: () => 1_000 })
    await store.write((tx) =>
      log.record(tx, { type: 'x', actor: { type: 'system' }, audience: null, data: {} }),
    )
    expect(await seen[0]).toHaveLength(1)
  })
})

describe('opening a store', () => {
  const file = (folder: string) => join(folder, 'balcao.db')
  const open = (folder: string) => openStore({ file: file(folder), entities: [], now: Date.UTC(2026, 0, 2) })

  it('refuses a store of a newer version and leaves it untouched', async () => {
    const folder = await temporaryFolder()
    await (await open(folder)).close()
    const database = new Sqlite(file(folder))
    database.exec(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`,
    )
    database.close()
    const before = await readFile(file(folder))
    await expect(open(folder)).rejects.toThrow(StoreError)
    await expect(open(folder)).rejects.toThrow(/newer version/)
    expect(await readFile(file(folder))).toEqual(before)
  })

  it('refuses a file that is no database and leaves it untouched', async () => {
    const folder = await temporaryFolder()
    await writeFile(file(folder), 'the accounts of last year, not a database at all')
    await expect(open(folder)).rejects.toThrow(StoreError)
    expect(await readFile(file(folder), 'utf8')).toBe('the accounts of last year, not a database at all')
  })

  it("refuses another program's database", async () => {
    const folder = await temporaryFolder()
    const database = new Sqlite(file(folder))
    database.exec('CREATE TABLE recipe (id INTEGER PRIMARY KEY)')
    database.close()
    await expect(open(folder)).rejects.toThrow(/another program/)
  })

  it('makes a backup before it upgrades an older store, and none otherwise', async () => {
    const folder = await temporaryFolder()
    const backups = async () => (await readdir(folder)).filter((name) => name.endsWith('.bak'))
    await (await open(folder)).close()
    await (await open(folder)).close()
    expect(await backups()).toEqual([])

    const upgrade = {
      file: file(folder),
      entities: [],
      now: Date.UTC(2026, 0, 2),
      migrations: [...migrations, Later1800000000000],
    }
    await (await openStore(upgrade)).close()
    await (await openStore(upgrade)).close()
    expect(await backups()).toEqual(['balcao.db.before-2026-01-02T00-00-00-000Z.bak'])
    const backup = new Sqlite(join(folder, 'balcao.db.before-2026-01-02T00-00-00-000Z.bak'), {
      readonly: true,
    })
    expect(backup.prepare(`SELECT count(*) AS count FROM sqlite_master WHERE name = 'later'`).get()).toEqual({
      count: 0,
    })
    backup.close()
  })

  it('leaves an older store as it was when the upgrade fails', async () => {
    const folder = await temporaryFolder()
    await (await open(folder)).close()
    const broken = {
      file: file(folder),
      entities: [],
      now: 0,
      migrations: [...migrations, Later1800000000000, Broken1800000000001],
    }
    await expect(openStore(broken)).rejects.toThrow(StoreError)
    const database = new Sqlite(file(folder), { readonly: true })
    expect(
      database.prepare(`SELECT count(*) AS count FROM sqlite_master WHERE name = 'later'`).get(),
    ).toEqual({ count: 0 })
    database.close()
  })

  it('lets one server at a time have a data folder', async () => {
    const folder = await temporaryFolder()
    const lock = lockDataDir(folder)
    expect(() => lockDataDir(folder)).toThrow(/another Balcão server/)
    lock.release()
    lockDataDir(folder).release()
  })

  it('searches without accents', async () => {
    const store = await temporaryStore()
    await store.write(async (tx) => {
      await tx.db.sql`INSERT INTO ticket_words (rowid, words) VALUES (1, 'Instalação')`
    })
    const found = await store.read.sql`SELECT rowid FROM ticket_words WHERE ticket_words MATCH 'instalacao'`
    expect(found).toHaveLength(1)
  })
})
