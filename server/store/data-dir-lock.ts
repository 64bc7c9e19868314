import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { StoreError } from './upgrade.ts'

export interface DataDirLock {
  release(): void
}

/**
 * Makes the folder when it is missing, and this process the only server on a data folder. The lock is the operating system's own, held through an open
 * transaction on a small database beside the real one, so a killed server never leaves a stale one behind.
 * @throws StoreError when another server holds it, or the folder can't be written to.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  try {
    mkdirSync(dataDir, { recursive: true })
    const database = new Sqlite(join(dataDir, 'server.lock'), { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    return { release: () => void database.close() }
  } catch (error) {
    const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
    const why = isBusy
      ? 'another Balcão server is using it'
      : error instanceof Error
        ? error.message
        : String(error)
    throw new StoreError(`The data folder ${dataDir} can't be used: ${why}.`)
  }
}
