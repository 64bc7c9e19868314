import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What live dashboards are read by, the dashboards that people arrange, and the screens on the wall. Instants are UTC milliseconds. */
export class Dashboards1831000000000 implements MigrationInterface {
  name = 'Dashboards1831000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // Each answers its question from the index alone, so that it costs what is active, not what there ever was.
  `CREATE INDEX ticket_by_wait ON ticket (teamId, waitingSince)
    WHERE active = 1 AND waitingSince IS NOT NULL AND statusClass IN ('new', 'open')`,
  `CREATE INDEX ticket_by_deadline ON ticket (dueAt, teamId, agentId, active) WHERE active = 1 AND dueAt IS NOT NULL`,
  `CREATE INDEX ticket_by_arrival ON ticket (createdAt, teamId)`,
  `CREATE INDEX ticket_by_resolution ON ticket (resolvedAt, teamId, mergedIntoId) WHERE resolvedAt IS NOT NULL AND mergedIntoId IS NULL`,
  `CREATE INDEX sla_result_unkept ON sla_result (ticketId) WHERE outcome = 'breached' AND stoppedAt IS NULL`,
  // Since when somebody only helps out in a team; null belongs to it.
  `ALTER TABLE agent_team ADD COLUMN lentAt INTEGER`,
  // teamIds and tiles are JSON in the contract's shapes. A removed one can be brought back.
  `CREATE TABLE dashboard (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, audience TEXT NOT NULL, ownerId TEXT NOT NULL REFERENCES agent(id), teamIds TEXT,
    tiles TEXT NOT NULL, version INTEGER NOT NULL, fieldVersions TEXT NOT NULL, createdAt INTEGER NOT NULL, removedAt INTEGER
  )`,
  `CREATE INDEX dashboard_by_owner ON dashboard (ownerId)`,
  // Of the link's secret only its hash is kept.
  `CREATE TABLE wall (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, dashboardIds TEXT NOT NULL, rotateSeconds INTEGER NOT NULL,
    hideCustomers INTEGER NOT NULL, theme TEXT NOT NULL, version INTEGER NOT NULL, fieldVersions TEXT NOT NULL,
    createdAt INTEGER NOT NULL, createdBy TEXT NOT NULL REFERENCES agent(id), lastSeenAt INTEGER, revokedAt INTEGER
  )`,
]
