import Sqlite from 'better-sqlite3'

type Value = string | number | null

/** A connection of one's own that only reads: for work in another thread, which must share nothing with the server's. */
export interface Reader {
  /** A statement made ready, with what to put in for each `?`. */
  all<Row>(sql: string): (...values: Value[]) => Row[]
  close(): void
}

/** Opens a store that a server of this release has opened before; it sees what is committed at each statement. */
export function openReader(file: string): Reader {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 5000')
  database.pragma('cache_size = -32000')
  return {
    all<Row>(sql: string) {
      const statement = database.prepare<Value[], Row>(sql)
      return (...values: Value[]) => statement.all(...values)
    },
    close: () => void database.close(),
  }
}
