import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What forecasts read the past by, and which recurring matters were said to be no problem. */
export class Outlook1835000000000 implements MigrationInterface {
  name = 'Outlook1835000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  `CREATE INDEX event_by_presence ON event (at) WHERE type = 'presence.changed'`,
  `CREATE INDEX event_by_gathering ON event (ticketId) WHERE type = 'problem.gathered'`,
  // By its words, for the tickets that make it up change every day.
  `CREATE TABLE hidden_problem (
    id TEXT PRIMARY KEY, words TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, byId TEXT NOT NULL REFERENCES agent(id)
  )`,
]
