import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Where the desk reports to. */
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
  `CREATE TABLE webhook (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL, version INTEGER NOT NULL, createdAt INTEGER NOT NULL,
    archivedAt INTEGER
  )`,
  // Each try of a job, for whoever looks after what is sent.
  `CREATE TABLE job_try (
    jobId TEXT NOT NULL REFERENCES job(id), attempt INTEGER NOT NULL, at INTEGER NOT NULL, ms INTEGER NOT NULL, ok INTEGER NOT NULL,
    status INTEGER, message TEXT, PRIMARY KEY (jobId, attempt)
  ) WITHOUT ROWID`,
  `CREATE INDEX job_by_end ON job (finishedAt) WHERE finishedAt IS NOT NULL`,
]
