import Sqlite from 'better-sqlite3'

/** Rows of a filled store that the requests name, spread evenly over the whole of it. */
export interface Landmarks {
  anyTickets: string[]
  activeTickets: string[]
  customers: string[]
  teams: string[]
}

const HOW_MANY = 2_000

export function readLandmarks(file: string): Landmarks {
  const database = new Sqlite(file, { readonly: true })
  try {
    const ids = (sql: string) =>
      database
        .prepare<[], { id: string }>(sql)
        .all()
        .map(({ id }) => id)
    // A multiplicative hash of the row's place: looks random, and is the same in every run.
    const scattered = (table: string, where: string) =>
      ids(`SELECT id FROM ${table} WHERE ${where} ORDER BY (seq * 2654435761) % 4294967296 LIMIT ${HOW_MANY}`)
    return {
      anyTickets: scattered('ticket', 'true'),
      activeTickets: scattered('ticket', 'active = 1'),
      customers: scattered('customer', 'true'),
      teams: ids('SELECT id FROM team ORDER BY position'),
    }
  } finally {
    database.close()
  }
}
