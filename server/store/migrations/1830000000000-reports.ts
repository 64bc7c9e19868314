import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What reports add up: folded from the log, and to be had from it again. Instants are UTC milliseconds, durations milliseconds. */
export class Reports1830000000000 implements MigrationInterface {
  name = 'Reports1830000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // `seq` is the ticket's; `foldedSeq` is the last of its events that is in the row.
  `CREATE TABLE ticket_fact (
    seq INTEGER PRIMARY KEY REFERENCES ticket(seq), foldedSeq INTEGER NOT NULL, createdAt INTEGER NOT NULL, firstAnsweredAt INTEGER,
    firstAnsweredBy TEXT, firstResponseBusinessMs INTEGER, resolvedAt INTEGER, resolvedBy TEXT, resolutionBusinessMs INTEGER,
    cancelledAt INTEGER, phase TEXT NOT NULL, reopened INTEGER NOT NULL, transfers INTEGER NOT NULL, handovers INTEGER NOT NULL,
    replies INTEGER NOT NULL, customerMessages INTEGER NOT NULL, notes INTEGER NOT NULL, oneTouch INTEGER NOT NULL,
    merged INTEGER NOT NULL
  )`,
  `CREATE INDEX ticket_fact_by_creation ON ticket_fact (createdAt) WHERE merged = 0`,
  `CREATE INDEX ticket_fact_by_answer ON ticket_fact (firstAnsweredAt) WHERE merged = 0 AND firstAnsweredAt IS NOT NULL`,
  `CREATE INDEX ticket_fact_by_resolution ON ticket_fact (resolvedAt) WHERE merged = 0 AND resolvedAt IS NOT NULL`,
  `CREATE INDEX ticket_fact_by_cancelling ON ticket_fact (cancelledAt) WHERE merged = 0 AND cancelledAt IS NOT NULL`,
  // Every answer that the customer could read; `askedAt` when it answered something further.
  `CREATE TABLE ticket_reply (
    seq INTEGER NOT NULL REFERENCES ticket(seq), n INTEGER NOT NULL, at INTEGER NOT NULL, agentId TEXT, askedAt INTEGER,
    businessMs INTEGER, PRIMARY KEY (seq, n)
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_reply_by_time ON ticket_reply (at, agentId, askedAt, businessMs)`,
  // From when to when it was in work; without an end it still is.
  `CREATE TABLE ticket_span (
    seq INTEGER NOT NULL REFERENCES ticket(seq), fromAt INTEGER NOT NULL, toAt INTEGER, PRIMARY KEY (seq, fromAt)
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_span_by_end ON ticket_span (COALESCE(toAt, 9007199254740991), fromAt)`,
  // One row: the last event that all of the above knows of.
  `CREATE TABLE report_cursor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL)`,
  `INSERT INTO report_cursor (id, seq) VALUES (1, 0)`,
]
