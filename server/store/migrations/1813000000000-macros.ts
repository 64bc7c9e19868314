import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Ready answers, and what became of their use. */
export class Macros1813000000000 implements MigrationInterface {
  name = 'Macros1813000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  `CREATE TABLE macro (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, folder TEXT NOT NULL, body TEXT NOT NULL, actions TEXT NOT NULL, shortcut TEXT,
    teamIds TEXT NOT NULL, position INTEGER NOT NULL, version INTEGER NOT NULL, createdAt INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE macro_use (
    id TEXT PRIMARY KEY, macroId TEXT NOT NULL REFERENCES macro(id), ticketId TEXT NOT NULL REFERENCES ticket(id), agentId TEXT NOT NULL,
    at INTEGER NOT NULL, characters INTEGER NOT NULL
  )`,
  `CREATE INDEX macro_use_by_macro ON macro_use (macroId, at)`,
  `CREATE INDEX macro_use_by_ticket ON macro_use (ticketId)`,
]
