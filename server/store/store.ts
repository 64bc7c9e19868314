import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { DataSource, type EntityManager, type EntitySchema, type MigrationInterface } from 'typeorm'
import { addFunctions } from './functions.ts'
import { assertReadable, backupBeforeMigration, StoreError } from './upgrade.ts'
import { ConsistentReader } from './consistent-reader.ts'
import { migrations as released } from './migrations/index.ts'
import { Writer, type Tx } from './writer.ts'

export type { Tx } from './writer.ts'
/** What queries run on: the reader, or a transaction's manager. */
export type Db = EntityManager

export interface Store {
  /** Sees only what is committed and never waits for the writer. */
  readonly read: Db
  /** For figures that have to fit each other. */
  readonly consistent: ConsistentReader
  /** The only way to change anything; see {@link Writer.write}. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Finishes the writes in hand, folds the write-ahead log into the database file and closes it. */
  close(): Promise<void>
}

export interface StoreOptions {
  /** The database file; its folder is made when missing. */
  file: string
  entities: EntitySchema[]
  /** Those of this release unless a test brings its own. */
  migrations?: (new () => MigrationInterface)[]
  /** Functions on texts that queries may use beside SQLite's own, by name. They must not depend on anything but the text. */
  functions?: Readonly<Record<string, (text: string) => string>>
  /** For naming the backup made before an upgrade, milliseconds UTC. */
  now: number
}

/**
 * Opens the store, upgrading an older one in one transaction after a backup.
 * @throws StoreError when the file is not ours, is damaged, or was written by a newer version; nothing is touched then.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  try {
    return await open(options)
  } catch (error) {
    // What the disk or the database file refuses has a code; anything else is a fault of ours and keeps its stack.
    if (error instanceof StoreError || !(error instanceof Error) || !('code' in error)) throw error
    throw new StoreError(`${options.file} can't be opened: ${error.message}`)
  }
}

async function open({
  file,
  entities,
  now,
  migrations = released,
  functions = {},
}: StoreOptions): Promise<Store> {
  await mkdir(dirname(file), { recursive: true })
  const known = migrations.map(({ name }) => name)
  assertReadable(file, known)
  await backupBeforeMigration(file, known, now)
  const writeSource = await new DataSource({
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    entities,
    migrations,
    migrationsTransactionMode: 'all',
    statementCacheSize: 400,
    prepareDatabase(database: Database) {
      prepareForWriting(database)
      addFunctions(database, functions)
    },
  }).initialize()
  try {
    await writeSource.runMigrations()
  } catch (error) {
    await writeSource.destroy()
    throw new StoreError(
      `${file} could not be upgraded and is as it was: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const readSource = await new DataSource({
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    entities,
    readonly: true,
    statementCacheSize: 400,
    prepareDatabase(database: Database) {
      prepareForReading(database)
      addFunctions(database, functions)
    },
  }).initialize()
  const writer = new Writer(writeSource)
  const consistent = new ConsistentReader(file)
  return {
    read: readSource.manager,
    consistent,
    write: (work) => writer.write(work),
    async close() {
      await writer.close()
      await readSource.destroy()
      consistent.close()
      // Both only tidy up: what was acknowledged is on disk without them, and on a full disk they fail.
      await writeSource.query('PRAGMA optimize').catch(() => undefined)
      await writeSource.query('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined)
      await writeSource.destroy()
    },
  }
}

function prepareForWriting(database: Database): void {
  database.pragma('journal_mode = WAL')
  // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits in a power cut, and they were acknowledged.
  database.pragma('synchronous = FULL')
  database.pragma('busy_timeout = 5000')
  // 48 MiB: index pages are changed in random places, and reading them back from the system costs more than the write.
  database.pragma('cache_size = -48000')
  // Checkpoints wait for the disk too; four times SQLite's usual distance makes them rare and lets them skip rewritten pages.
  database.pragma('wal_autocheckpoint = 4000')
  database.pragma('journal_size_limit = 67108864')
}

function prepareForReading(database: Database): void {
  database.pragma('busy_timeout = 5000')
  database.pragma('cache_size = -16000')
  database.pragma('mmap_size = 0')
}
