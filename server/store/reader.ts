import Sqlite from 'better-sqlite3'
import { addFunctions } from './functions.ts'
import type { StoreOptions } from './store.ts'

type Value = string | number | null

/** A connection of one's own that only reads: for work in another thread, which must share nothing with the server's. */
export interface Reader {
  /** A statement made ready, with what to put in for each `?`. */
  all<Row>(sql: string): (...values: Value[]) => Row[]
  /** Rows one by one, as their values in the order of the columns; `named` are the values of `:name`s. */
  each(sql: string, named: Readonly<Record<string, unknown>>): Iterable<Value[]>
  /** What `work` reads is the store as it was at one moment, whatever is committed meanwhile. */
  atOnce<T>(work: () => T): T
  close(): void
}

/**
 * Opens a store that a server of this release has opened before; it sees what is committed at each statement. `functions` are those
 * that the store was opened with, where queries need them.
 */
export function openReader(file: string, functions: NonNullable<StoreOptions['functions']> = {}): Reader {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 5000')
  database.pragma('cache_size = -32000')
  addFunctions(database, functions)
  return {
    all<Row>(sql: string) {
      const statement = database.prepare<Value[], Row>(sql)
      return (...values: Value[]) => statement.all(...values)
    },
    each: (sql, named) => database.prepare<[object], Value[]>(sql).raw().iterate(named),
    atOnce(work) {
      database.exec('BEGIN DEFERRED')
      try {
        return work()
      } finally {
        database.exec('COMMIT')
      }
    },
    close: () => void database.close(),
  }
}
