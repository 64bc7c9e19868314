import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The first desk: people, customers, tickets and their words, the event log, the job list. Instants are UTC milliseconds. */
export class Desk1790000000000 implements MigrationInterface {
  name = 'Desk1790000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...office, ...people, ...customers, ...configuration, ...tickets, ...log])
      await runner.query(statement)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The first migration has nothing to go back to.'))
  }
}

const office = [`CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`]

const people = [
  `CREATE TABLE team (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE agent (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, passwordHash TEXT NOT NULL,
    role TEXT NOT NULL, locale TEXT, active INTEGER NOT NULL DEFAULT 1, createdAt INTEGER NOT NULL
  )`,
  `CREATE TABLE agent_team (
    agentId TEXT NOT NULL REFERENCES agent(id), teamId TEXT NOT NULL REFERENCES team(id), PRIMARY KEY (agentId, teamId)
  ) WITHOUT ROWID`,
  `CREATE INDEX agent_team_by_team ON agent_team (teamId)`,
  `CREATE TABLE session (
    id TEXT PRIMARY KEY, tokenHash TEXT NOT NULL UNIQUE, agentId TEXT NOT NULL REFERENCES agent(id),
    createdAt INTEGER NOT NULL, lastSeenAt INTEGER NOT NULL, expiresAt INTEGER NOT NULL,
    device TEXT NOT NULL, address TEXT NOT NULL
  )`,
  `CREATE INDEX session_by_agent ON session (agentId)`,
  `CREATE TABLE agent_invitation (
    agentId TEXT PRIMARY KEY REFERENCES agent(id), tokenHash TEXT NOT NULL UNIQUE, createdAt INTEGER NOT NULL, expiresAt INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE command (
    id TEXT NOT NULL, agentId TEXT NOT NULL, procedure TEXT NOT NULL, inputHash TEXT NOT NULL, response TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (agentId, id)
  ) WITHOUT ROWID`,
  `CREATE INDEX command_by_age ON command (at)`,
]

const customers = [
  `CREATE TABLE customer_tier (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT NOT NULL, weight INTEGER NOT NULL, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE organization (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, sortName TEXT NOT NULL, document TEXT, notes TEXT NOT NULL,
    version INTEGER NOT NULL, fieldVersions TEXT NOT NULL, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL
  )`,
  `CREATE INDEX organization_by_name ON organization (sortName, id)`,
  // sortName is the name without accents and capitals: what lists are ordered by.
  `CREATE TABLE customer (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sortName TEXT NOT NULL, document TEXT,
    tierId TEXT REFERENCES customer_tier(id), organizationId TEXT REFERENCES organization(id), notes TEXT NOT NULL,
    version INTEGER NOT NULL, fieldVersions TEXT NOT NULL, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL
  )`,
  `CREATE INDEX customer_by_document ON customer (document)`,
  `CREATE INDEX customer_by_organization ON customer (organizationId, sortName, seq)`,
  `CREATE INDEX customer_by_name ON customer (sortName, seq)`,
  `CREATE TABLE customer_email (
    customerId TEXT NOT NULL REFERENCES customer(id), address TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (customerId, address)
  ) WITHOUT ROWID`,
  `CREATE INDEX customer_email_by_address ON customer_email (address)`,
  `CREATE TABLE customer_phone (
    customerId TEXT NOT NULL REFERENCES customer(id), e164 TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (customerId, e164)
  ) WITHOUT ROWID`,
  `CREATE INDEX customer_phone_by_number ON customer_phone (e164)`,
  // Names and e-mails by word and prefix; document and phone digits by any three in a row.
  `CREATE VIRTUAL TABLE customer_words USING fts5(
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3')`,
  `CREATE VIRTUAL TABLE customer_digits USING fts5(digits, content='', contentless_delete=1, tokenize='trigram')`,
]

const configuration = [
  `CREATE TABLE ticket_type (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT NOT NULL, icon TEXT, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE category (
    id TEXT PRIMARY KEY, parentId TEXT REFERENCES category(id), name TEXT NOT NULL, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE status (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT NOT NULL, class TEXT NOT NULL, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE priority (
    id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT NOT NULL, weight INTEGER NOT NULL, color TEXT NOT NULL, position INTEGER NOT NULL,
    archivedAt INTEGER
  )`,
  `CREATE TABLE priority_matrix (
    urgency TEXT NOT NULL, impact TEXT NOT NULL, priorityId TEXT NOT NULL REFERENCES priority(id), PRIMARY KEY (urgency, impact)
  ) WITHOUT ROWID`,
  `CREATE TABLE tag (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, color TEXT NOT NULL, public INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE custom_field (
    id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, options TEXT NOT NULL,
    position INTEGER NOT NULL, archivedAt INTEGER
  )`,
  `CREATE TABLE saved_view (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, ownerId TEXT REFERENCES agent(id), filter TEXT NOT NULL, sort TEXT NOT NULL,
    position INTEGER NOT NULL, createdAt INTEGER NOT NULL
  )`,
]

/** A ticket without a deadline sorts after every ticket with one. */
const DUE_ORDER = `COALESCE(dueAt, 9007199254740991)`

const tickets = [
  `CREATE TABLE ticket_counter (year INTEGER PRIMARY KEY, last INTEGER NOT NULL)`,
  `CREATE TABLE ticket (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,
    requesterId TEXT NOT NULL REFERENCES customer(id), channel TEXT NOT NULL, typeId TEXT REFERENCES ticket_type(id),
    categoryId TEXT REFERENCES category(id), statusId TEXT NOT NULL REFERENCES status(id), statusClass TEXT NOT NULL, active INTEGER NOT NULL,
    priorityId TEXT NOT NULL REFERENCES priority(id), priorityWeight INTEGER NOT NULL, urgency TEXT, impact TEXT,
    teamId TEXT REFERENCES team(id), agentId TEXT REFERENCES agent(id), fields TEXT NOT NULL, dueAt INTEGER,
    version INTEGER NOT NULL, fieldVersions TEXT NOT NULL, createdBy TEXT, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL,
    lastMessageAt INTEGER NOT NULL, waitingSince INTEGER, resolvedAt INTEGER, closedAt INTEGER
  )`,
  `CREATE INDEX ticket_by_due ON ticket (active, ${DUE_ORDER}, seq)`,
  `CREATE INDEX ticket_by_priority ON ticket (active, priorityWeight DESC, seq)`,
  `CREATE INDEX ticket_by_creation ON ticket (active, seq)`,
  `CREATE INDEX ticket_by_update ON ticket (active, updatedAt, seq)`,
  `CREATE INDEX ticket_by_team_due ON ticket (teamId, active, ${DUE_ORDER}, seq)`,
  `CREATE INDEX ticket_by_team_priority ON ticket (teamId, active, priorityWeight DESC, seq)`,
  `CREATE INDEX ticket_by_agent_due ON ticket (agentId, active, ${DUE_ORDER}, seq)`,
  `CREATE INDEX ticket_by_requester ON ticket (requesterId, seq)`,
  // Exact counts of any queue without reading its tickets, kept in the transaction that changes a ticket.
  `CREATE TABLE ticket_tally (
    teamId TEXT NOT NULL, agentId TEXT NOT NULL, statusId TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (teamId, agentId, statusId)
  ) WITHOUT ROWID`,
  `CREATE TABLE ticket_tag (
    ticketId TEXT NOT NULL REFERENCES ticket(id), tagId TEXT NOT NULL REFERENCES tag(id), PRIMARY KEY (ticketId, tagId)
  ) WITHOUT ROWID`,
  `CREATE INDEX ticket_tag_by_tag ON ticket_tag (tagId, ticketId)`,
  `CREATE TABLE message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, ticketId TEXT NOT NULL REFERENCES ticket(id), kind TEXT NOT NULL,
    authorType TEXT NOT NULL, authorId TEXT, channel TEXT NOT NULL, html TEXT NOT NULL, text TEXT NOT NULL, createdAt INTEGER NOT NULL
  )`,
  `CREATE INDEX message_by_ticket ON message (ticketId, seq)`,
  `CREATE TABLE file (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, type TEXT NOT NULL,
    uploadedBy TEXT NOT NULL, messageId TEXT REFERENCES message(id), createdAt INTEGER NOT NULL
  )`,
  `CREATE INDEX file_by_message ON file (messageId)`,
  `CREATE INDEX file_by_content ON file (sha256)`,
  // One document per ticket, so that words from different messages and from the customer's name meet in one search.
  `CREATE VIRTUAL TABLE ticket_words USING fts5(
    words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2")`,
  // What stands in a ticket's head, small enough to be found by unfinished words.
  `CREATE VIRTUAL TABLE ticket_heads USING fts5(
    number, subject, requester, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3 4')`,
]

const log = [
  `CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actorType TEXT NOT NULL, actorId TEXT, type TEXT NOT NULL,
    ticketId TEXT, audience TEXT, data TEXT NOT NULL
  )`,
  `CREATE INDEX event_by_ticket ON event (ticketId, seq) WHERE ticketId IS NOT NULL`,
  `CREATE TABLE job (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, runAt INTEGER NOT NULL, lastError TEXT, createdAt INTEGER NOT NULL, finishedAt INTEGER
  )`,
  `CREATE INDEX job_by_time ON job (state, runAt)`,
]
