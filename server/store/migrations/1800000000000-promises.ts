import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What the desk promises and who is told when it is late: calendars, policies, running clocks, alerts. */
export class Promises1800000000000 implements MigrationInterface {
  name = 'Promises1800000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...promises, ...tickets, ...alerts]) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const promises = [
  `CREATE TABLE calendar (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, revisionId TEXT NOT NULL, version INTEGER NOT NULL, createdAt INTEGER NOT NULL,
    archivedAt INTEGER
  )`,
  // What a calendar said when a clock was reckoned by it; stopped clocks are explained by theirs for ever.
  `CREATE TABLE calendar_revision (
    id TEXT PRIMARY KEY, calendarId TEXT NOT NULL REFERENCES calendar(id), timezone TEXT NOT NULL, hours TEXT NOT NULL,
    holidays TEXT NOT NULL, createdAt INTEGER NOT NULL
  )`,
  `CREATE TABLE sla_policy (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, conditions TEXT, calendarId TEXT REFERENCES calendar(id),
    targets TEXT NOT NULL, pauseOn TEXT NOT NULL, pauseNextResponseOn TEXT NOT NULL, escalations TEXT NOT NULL,
    version INTEGER NOT NULL, createdAt INTEGER NOT NULL, archivedAt INTEGER
  )`,
  // Keyed by the ticket's seq, so that lists join it by row number.
  `CREATE TABLE ticket_sla (
    seq INTEGER PRIMARY KEY, ticketId TEXT NOT NULL UNIQUE REFERENCES ticket(id), policyId TEXT REFERENCES sla_policy(id),
    facts TEXT NOT NULL, clocks TEXT NOT NULL, wakeAt INTEGER
  )`,
  `CREATE INDEX ticket_sla_by_wake ON ticket_sla (wakeAt) WHERE wakeAt IS NOT NULL`,
  `CREATE INDEX ticket_sla_by_policy ON ticket_sla (policyId)`,
  // What became of each promise, written when it happens: reports add up and never recompute.
  `CREATE TABLE sla_result (
    id TEXT PRIMARY KEY, ticketId TEXT NOT NULL REFERENCES ticket(id), metric TEXT NOT NULL, cycle INTEGER NOT NULL,
    policyId TEXT, priorityId TEXT NOT NULL, teamId TEXT, agentId TEXT, outcome TEXT NOT NULL, decidedAt INTEGER NOT NULL,
    month TEXT NOT NULL,    targetMs INTEGER, usedMs INTEGER, stoppedAt INTEGER, reopenedAt INTEGER
  )`,
  `CREATE INDEX sla_result_by_time ON sla_result (decidedAt)`,
  `CREATE INDEX sla_result_by_ticket ON sla_result (ticketId, metric, cycle)`,
  // Background recalculation after a calendar or a policy changed; survives a restart.
  `CREATE TABLE sla_recompute (
    id TEXT PRIMARY KEY, scope TEXT NOT NULL, cursor INTEGER NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL,
    startedAt INTEGER NOT NULL, finishedAt INTEGER
  )`,
  `ALTER TABLE team ADD COLUMN calendarId TEXT REFERENCES calendar(id)`,
  `ALTER TABLE priority ADD COLUMN criteria TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE priority ADD COLUMN procedure TEXT NOT NULL DEFAULT ''`,
]

const tickets = [
  // dueAt becomes the nearest of all the ticket's deadlines; what a person set stands beside it.
  `ALTER TABLE ticket ADD COLUMN manualDueAt INTEGER`,
  `ALTER TABLE ticket ADD COLUMN dueReason TEXT`,
  `UPDATE ticket SET manualDueAt = dueAt WHERE dueAt IS NOT NULL`,
  // What is done owes nothing any more.
  `UPDATE ticket SET dueAt = NULL WHERE dueAt IS NOT NULL AND active = 0`,
  // Dates that people set before there were clocks get theirs at the first start.
  `INSERT INTO sla_recompute (id, scope, cursor, done, total, startedAt)
    SELECT 'upgrade', '{}', 0, 0, COUNT(*), 0 FROM ticket WHERE active = 1 HAVING COUNT(*) > 0`,
]

const alerts = [
  // Under one key an alert is raised once, whatever is retried.
  `CREATE TABLE alert (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL UNIQUE, ticketId TEXT REFERENCES ticket(id),
    severity TEXT NOT NULL, reason TEXT NOT NULL, data TEXT NOT NULL, raisedAt INTEGER NOT NULL, lateMs INTEGER, level INTEGER NOT NULL,
    wakeAt INTEGER, acknowledgedAt INTEGER, acknowledgedByType TEXT, acknowledgedById TEXT
  )`,
  `CREATE INDEX alert_open ON alert (seq) WHERE acknowledgedAt IS NULL`,
  `CREATE INDEX alert_by_ticket ON alert (ticketId) WHERE acknowledgedAt IS NULL`,
  `CREATE INDEX alert_by_end ON alert (acknowledgedAt) WHERE acknowledgedAt IS NOT NULL`,
  `CREATE INDEX alert_by_wake ON alert (wakeAt) WHERE wakeAt IS NOT NULL`,
  // Who was told, from which level on, and how far the word got. Not told yet (toldAt is null): held until opening time.
  `CREATE TABLE alert_recipient (
    alertId TEXT NOT NULL REFERENCES alert(id), agentId TEXT NOT NULL REFERENCES agent(id), level INTEGER NOT NULL,
    tellAt INTEGER NOT NULL, toldAt INTEGER, deliveredAt INTEGER, seenAt INTEGER, snoozedUntil INTEGER, PRIMARY KEY (alertId, agentId)
  ) WITHOUT ROWID`,
  `CREATE INDEX alert_recipient_by_agent ON alert_recipient (agentId, alertId)`,
]
