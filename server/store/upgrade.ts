import { existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** The store can't be opened; the message says why in a line that a person at the terminal can act on. */
export class StoreError extends Error {
  override name = 'StoreError'
}

/** @throws StoreError when the file is damaged, belongs to another program, or to a newer version of this one. */
export function assertReadable(file: string, known: readonly string[]): void {
  const applied = appliedMigrations(file)
  const unknown = applied.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new StoreError(
      `${file} was written by a newer version of Balcão (${unknown.join(', ')}). Update the server.`,
    )
}

/** Copies a database that is about to be upgraded to `<file>.before-<time>.bak`, once, while nobody else has it open. */
export async function backupBeforeMigration(
  file: string,
  known: readonly string[],
  now: number,
): Promise<void> {
  const applied = appliedMigrations(file)
  if (applied.length === 0 || applied.length === known.length) return
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
  const database = new Sqlite(file)
  try {
    await database.backup(`${file}.before-${stamp}.bak`)
  } finally {
    database.close()
  }
}

function appliedMigrations(file: string): string[] {
  if (!existsSync(file) || statSync(file).size === 0) return []
  let database: Sqlite.Database | undefined
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true })
    const tables = database
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
      .all()
    if (!tables.some(({ name }) => name === 'migrations')) {
      if (tables.length === 0) return []
      throw new StoreError(`${file} is a database of another program.`)
    }
    return database
      .prepare<[], { name: string }>('SELECT name FROM migrations ORDER BY id')
      .all()
      .map(({ name }) => name)
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    database?.close()
  }
}
