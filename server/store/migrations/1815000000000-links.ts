import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Tickets that belong together: links, merges, floods of one cause. */
export class Links1815000000000 implements MigrationInterface {
  name = 'Links1815000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  `CREATE TABLE ticket_link (
    parentId TEXT NOT NULL REFERENCES ticket(id), childId TEXT NOT NULL REFERENCES ticket(id), kind TEXT NOT NULL, at INTEGER NOT NULL,
    byId TEXT, PRIMARY KEY (parentId, childId)
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_link_by_child ON ticket_link (childId)`,
  // The ticket that another went on in; its own messages stay where they were said.
  `ALTER TABLE ticket ADD COLUMN mergedIntoId TEXT REFERENCES ticket(id)`,
  `CREATE INDEX ticket_by_survivor ON ticket (mergedIntoId) WHERE mergedIntoId IS NOT NULL`,
  `CREATE TABLE flood (
    id TEXT PRIMARY KEY, parentId TEXT NOT NULL REFERENCES ticket(id), words TEXT NOT NULL, state TEXT NOT NULL, startedAt INTEGER NOT NULL,
    lastAt INTEGER NOT NULL, decidedAt INTEGER, decidedBy TEXT
  )`,
  `CREATE INDEX flood_open ON flood (state, lastAt)`,
  `CREATE TABLE flood_ticket (
    floodId TEXT NOT NULL REFERENCES flood(id), ticketId TEXT NOT NULL UNIQUE REFERENCES ticket(id), at INTEGER NOT NULL,
    PRIMARY KEY (floodId, ticketId)
  ) WITHOUT ROWID`,
]
