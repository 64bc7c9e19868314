import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What customers thought of it, and reports that go out by themselves. Instants are UTC milliseconds. */
export class FeedbackAndMailing1832000000000 implements MigrationInterface {
  name = 'FeedbackAndMailing1832000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // One answer of a kind for each ticket. `teamId` and `agentId` are whose ticket it was when the customer answered.
  `CREATE TABLE feedback (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ticketId TEXT NOT NULL REFERENCES ticket(id),
    kind TEXT NOT NULL CHECK (kind IN ('csat', 'nps')), score INTEGER NOT NULL, comment TEXT, at INTEGER NOT NULL,
    changedAt INTEGER, source TEXT NOT NULL, recordedBy TEXT REFERENCES agent(id), teamId TEXT, agentId TEXT,
    UNIQUE (ticketId, kind)
  )`,
  `CREATE INDEX feedback_by_time ON feedback (at, kind)`,
  // The question, its schedule, recipients and formats are JSON. `nextAt` is the next due moment, for the scheduler alone.
  `CREATE TABLE saved_report (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, ownerId TEXT NOT NULL REFERENCES agent(id), shared INTEGER NOT NULL,
    question TEXT NOT NULL, schedule TEXT, recipients TEXT NOT NULL, formats TEXT NOT NULL, version INTEGER NOT NULL,
    createdAt INTEGER NOT NULL, archivedAt INTEGER, nextAt INTEGER
  )`,
  `CREATE INDEX saved_report_due ON saved_report (nextAt) WHERE nextAt IS NOT NULL`,
  `CREATE INDEX saved_report_by_owner ON saved_report (ownerId)`,
  // What went out, once for each due moment.
  `CREATE TABLE report_sending (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, savedId TEXT NOT NULL REFERENCES saved_report(id),
    key TEXT NOT NULL UNIQUE, dueAt INTEGER NOT NULL, at INTEGER NOT NULL, byAgentId TEXT REFERENCES agent(id), state TEXT NOT NULL,
    mails INTEGER NOT NULL, sent INTEGER NOT NULL, failed INTEGER NOT NULL, problem TEXT
  )`,
  `CREATE INDEX report_sending_by_report ON report_sending (savedId, seq)`,
]
