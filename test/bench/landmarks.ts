import Sqlite from 'better-sqlite3'

/** Rows of a filled store that the requests name, spread evenly over the whole of it. */
export interface Landmarks {
  anyTickets: string[]
  activeTickets: string[]
  customers: string[]
  teams: string[]
}

/** Open tickets with promises, old enough that warnings before a date of today go out at once, and how many there are in all. */
export interface PromisedLandmarks {
  tickets: PromisedTicket[]
  /** The calendar that most of them go by. */
  calendarId: string
  openTickets: number
  runningClocks: number
}

export interface PromisedTicket {
  id: string
  version: number
}

export function readPromised(file: string, count: number): PromisedLandmarks {
  const database = new Sqlite(file, { readonly: true })
  try {
    const number = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0
    const calendarId = database.prepare<[], string>('SELECT id FROM calendar').pluck().get() ?? ''
    return {
      calendarId,
      openTickets: number('SELECT count(*) FROM ticket WHERE active = 1'),
      runningClocks: number(
        `SELECT count(*) FROM ticket_sla, json_each(clocks) AS clock
         WHERE clock.value ->> 'outcome' IS NULL AND clock.value ->> 'pausedSince' IS NULL`,
      ),
      tickets: database
        .prepare<[string, number], PromisedTicket>(
          `SELECT ticket.id, ticket.version FROM ticket JOIN ticket_sla USING (seq)
           JOIN sla_policy ON sla_policy.id = ticket_sla.policyId
           WHERE ticket.active = 1 AND manualDueAt IS NULL AND agentId IS NOT NULL AND calendarId = ?
             AND ticket.createdAt < (SELECT max(createdAt) FROM ticket) - 30 * 86400000
           ORDER BY (seq * 2654435761) % 4294967296 LIMIT ?`,
        )
        .all(calendarId, count),
    }
  } finally {
    database.close()
  }
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
