import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What the desk does when a state has lasted, and what it was asked to remember. */
export class Waits1811000000000 implements MigrationInterface {
  name = 'Waits1811000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // One row for each ticket in a state that a time rule waits for; `firedAt` keeps it from firing twice in the same state. `wakeAt` is
  // when to look at it next: `dueAt`, or later when a look has failed; none once it has fired.
  `CREATE TABLE rule_wait (
    ruleId TEXT NOT NULL REFERENCES rule(id), ticketId TEXT NOT NULL REFERENCES ticket(id), since INTEGER NOT NULL,
    dueAt INTEGER NOT NULL, firedAt INTEGER, wakeAt INTEGER, PRIMARY KEY (ruleId, ticketId)
  ) WITHOUT ROWID`,
  `CREATE INDEX rule_wait_by_wake ON rule_wait (wakeAt) WHERE wakeAt IS NOT NULL`,
  `CREATE INDEX rule_wait_by_ticket ON rule_wait (ticketId)`,
  // How far the background look for tickets that already are in the state has come, and what it does with those it finds.
  `CREATE TABLE rule_scan (
    ruleId TEXT PRIMARY KEY REFERENCES rule(id), cursor INTEGER NOT NULL, mode TEXT NOT NULL, startedAt INTEGER NOT NULL
  ) WITHOUT ROWID`,
  // `afterSeq` is the last event before it was made: what the customer writes later comes after it, whatever clocks say.
  `CREATE TABLE reminder (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, ticketId TEXT NOT NULL REFERENCES ticket(id), kind TEXT NOT NULL, dueAt INTEGER NOT NULL,
    recipients TEXT NOT NULL, text TEXT NOT NULL, createdByType TEXT NOT NULL, createdById TEXT, createdAt INTEGER NOT NULL,
    afterSeq INTEGER NOT NULL, wakeAt INTEGER, doneAt INTEGER, outcome TEXT
  )`,
  `CREATE INDEX reminder_by_wake ON reminder (wakeAt) WHERE wakeAt IS NOT NULL`,
  `CREATE INDEX reminder_by_ticket ON reminder (ticketId)`,
]
