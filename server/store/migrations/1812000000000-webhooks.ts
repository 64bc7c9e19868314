import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What leaves the house, and where the desk reports to. Instants are UTC milliseconds. */
export class Webhooks1812000000000 implements MigrationInterface {
  name = 'Webhooks1812000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // Nothing has ever been written into the first one, which knew no order.
  `DROP TABLE job`,
  // Jobs of one lane run one after another, by seq. `fails` counts since `since`, `attempts` for ever.
  `CREATE TABLE job (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, lane TEXT NOT NULL,
    payload TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, fails INTEGER NOT NULL, since INTEGER NOT NULL,
    runAt INTEGER NOT NULL, createdAt INTEGER NOT NULL, finishedAt INTEGER
  )`,
  `CREATE INDEX job_open ON job (lane, seq) WHERE finishedAt IS NULL`,
  `CREATE INDEX job_by_lane ON job (lane, seq)`,
  `CREATE INDEX job_by_end ON job (finishedAt) WHERE finishedAt IS NOT NULL`,
  // Each try of a job, for whoever looks after what is sent.
  `CREATE TABLE job_try (
    jobId TEXT NOT NULL REFERENCES job(id), attempt INTEGER NOT NULL, at INTEGER NOT NULL, ms INTEGER NOT NULL, ok INTEGER NOT NULL,
    status INTEGER, problem TEXT, message TEXT, PRIMARY KEY (jobId, attempt)
  ) WITHOUT ROWID`,
  // The secret is kept as it is: signatures are made with it.
  `CREATE TABLE webhook (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL, version INTEGER NOT NULL, createdAt INTEGER NOT NULL,
    archivedAt INTEGER, goneAt INTEGER, lastAt INTEGER, lastOk INTEGER, lastStatus INTEGER, lastProblem TEXT
  )`,
]
