import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What the desk does by itself: rules, how often they fired, and why each ticket was touched or left alone. */
export class Rules1810000000000 implements MigrationInterface {
  name = 'Rules1810000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  `CREATE TABLE rule (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, enabled INTEGER NOT NULL, triggers TEXT NOT NULL, conditions TEXT,
    actions TEXT NOT NULL, after TEXT, stop INTEGER NOT NULL, version INTEGER NOT NULL, createdAt INTEGER NOT NULL, archivedAt INTEGER,
    faultReason TEXT, faultAt INTEGER
  )`,
  // Apart from the rule, so that firing changes nothing that is kept in memory.
  `CREATE TABLE rule_tally (
    ruleId TEXT PRIMARY KEY REFERENCES rule(id), count INTEGER NOT NULL, lastAt INTEGER NOT NULL
  ) WITHOUT ROWID`,
  // The rules as they stood when a ticket was looked at: runs point here, so that an old answer stays explainable.
  `CREATE TABLE rule_set (id TEXT PRIMARY KEY, rules TEXT NOT NULL, createdAt INTEGER NOT NULL)`,
  `CREATE TABLE rule_run (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, ticketId TEXT NOT NULL REFERENCES ticket(id), eventSeq INTEGER NOT NULL, at INTEGER NOT NULL,
    trigger TEXT NOT NULL, actorType TEXT NOT NULL, actorId TEXT, setId TEXT NOT NULL REFERENCES rule_set(id), facts TEXT NOT NULL,
    verdicts TEXT NOT NULL
  )`,
  `CREATE INDEX rule_run_by_ticket ON rule_run (ticketId, seq)`,
  `CREATE INDEX rule_run_by_age ON rule_run (at)`,
]
