import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What each person wants to be told, on which computers alerts are shown, and how far an urgent one has climbed. */
export class Screens1820000000000 implements MigrationInterface {
  name = 'Screens1820000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // Only what differs from the defaults; nobody has a row who never chose.
  `CREATE TABLE alert_preferences (
    agentId TEXT PRIMARY KEY REFERENCES agent(id), cells TEXT NOT NULL, quiet TEXT
  ) WITHOUT ROWID`,
  // A computer, and whoever used it last.
  `CREATE TABLE alert_screen (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, platform TEXT NOT NULL, version TEXT NOT NULL, agentId TEXT NOT NULL REFERENCES agent(id),
    lastSeenAt INTEGER NOT NULL, blocked TEXT, blockedSince INTEGER
  ) WITHOUT ROWID`,
  // `reason` says why it was not shown; null: it was. With the computer's name, for it is told of longer than the computer is known.
  `CREATE TABLE alert_showing (
    alertId TEXT NOT NULL REFERENCES alert(id), agentId TEXT NOT NULL REFERENCES agent(id), screenId TEXT NOT NULL, way TEXT NOT NULL,
    screen TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL, PRIMARY KEY (alertId, agentId, screenId, way)
  ) WITHOUT ROWID`,
  `CREATE INDEX alert_showing_by_screen ON alert_showing (screenId, at)`,
  // The ladder of urgent alerts: how far it went, which rungs it may take, when it was first and last told, when to look.
  `ALTER TABLE alert ADD COLUMN rung INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE alert ADD COLUMN ladder TEXT NOT NULL DEFAULT '["team","supervisors"]'`,
  `ALTER TABLE alert ADD COLUMN calledAt INTEGER`,
  `ALTER TABLE alert ADD COLUMN spokeAt INTEGER`,
  `ALTER TABLE alert ADD COLUMN climbAt INTEGER`,
  `CREATE INDEX alert_by_climb ON alert (climbAt) WHERE climbAt IS NOT NULL`,
]
