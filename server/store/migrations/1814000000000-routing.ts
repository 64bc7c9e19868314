import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Who is on duty, how much each can take, and what waits to be given out. */
export class Routing1814000000000 implements MigrationInterface {
  name = 'Routing1814000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // `state` is what an agent chose (`chosenAt`) or came to by logging in (null); `effective` is what was last told of them.
  `CREATE TABLE agent_presence (
    agentId TEXT PRIMARY KEY REFERENCES agent(id), state TEXT NOT NULL, chosenAt INTEGER, leftAt INTEGER, effective TEXT NOT NULL,
    since INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE agent_routing (
    agentId TEXT PRIMARY KEY REFERENCES agent(id), receives INTEGER NOT NULL, capacity INTEGER, channelCapacity TEXT NOT NULL,
    skills TEXT NOT NULL, languages TEXT NOT NULL, tierIds TEXT NOT NULL, version INTEGER NOT NULL
  ) WITHOUT ROWID`,
  // Whose turn it is survives a restart.
  `CREATE TABLE routing_turn (agentId TEXT PRIMARY KEY REFERENCES agent(id), turn INTEGER NOT NULL) WITHOUT ROWID`,
  // Tickets that wait for somebody who can take them. `nobody`: there is none on duty, free or not.
  `CREATE TABLE routing_queue (
    ticketId TEXT PRIMARY KEY REFERENCES ticket(id), request TEXT NOT NULL, ruleId TEXT, depth INTEGER NOT NULL, teamId TEXT,
    language TEXT, lastAgentId TEXT, priorityWeight INTEGER NOT NULL, queuedAt INTEGER NOT NULL, refusals TEXT NOT NULL,
    retryAt INTEGER, nobody INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX routing_queue_by_turn ON routing_queue (priorityWeight DESC, queuedAt)`,
  `CREATE INDEX routing_queue_by_retry ON routing_queue (retryAt) WHERE retryAt IS NOT NULL`,
  `CREATE TABLE routing_offer (
    ticketId TEXT PRIMARY KEY REFERENCES ticket(id), agentId TEXT NOT NULL REFERENCES agent(id), offeredAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE INDEX routing_offer_by_end ON routing_offer (expiresAt)`,
  `CREATE INDEX routing_offer_by_agent ON routing_offer (agentId)`,
]
