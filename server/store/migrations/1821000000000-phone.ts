import type { MigrationInterface, QueryRunner } from 'typeorm'
import { v7 } from 'uuid'

/** Calls as the telephone exchange tells of them, who sits at which phone, and how calls end. Instants are UTC milliseconds. */
export class Phone1821000000000 implements MigrationInterface {
  name = 'Phone1821000000000'

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
    await seedCodes(runner)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Restore the backup that was made before this migration.'))
  }
}

const statements = [
  // What was told is in facts; all else follows from it, but for links and what people add.
  `CREATE TABLE call (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, externalId TEXT NOT NULL,
    direction TEXT NOT NULL, number TEXT NOT NULL, numberKey TEXT NOT NULL, e164 TEXT, state TEXT NOT NULL, extension TEXT,
    agentId TEXT REFERENCES agent(id), isUnclaimed INTEGER NOT NULL, customerId TEXT REFERENCES customer(id),
    ticketId TEXT REFERENCES ticket(id), startedAt INTEGER NOT NULL, answeredAt INTEGER, endedAt INTEGER,
    isEndAssumed INTEGER NOT NULL, recordingUrl TEXT, wrapUpCodeId TEXT, wrapUpNote TEXT, wrapUpMs INTEGER, wrapUpAt INTEGER,
    isTest INTEGER NOT NULL, facts TEXT NOT NULL, checkAt INTEGER, settleAt INTEGER, missedOf TEXT,
    UNIQUE (source, externalId)
  )`,
  `CREATE INDEX call_open ON call (checkAt) WHERE checkAt IS NOT NULL`,
  `CREATE INDEX call_to_settle ON call (settleAt) WHERE settleAt IS NOT NULL`,
  `CREATE INDEX call_to_wrap_up ON call (agentId, endedAt) WHERE wrapUpAt IS NULL AND answeredAt IS NOT NULL`,
  `CREATE INDEX call_by_number ON call (numberKey, startedAt)`,
  `CREATE INDEX call_by_e164 ON call (e164, seq) WHERE e164 IS NOT NULL`,
  `CREATE INDEX call_by_customer ON call (customerId, seq) WHERE customerId IS NOT NULL`,
  `CREATE INDEX call_by_ticket ON call (ticketId, seq) WHERE ticketId IS NOT NULL`,
  `CREATE INDEX call_by_missed ON call (missedOf) WHERE missedOf IS NOT NULL`,
  `CREATE INDEX call_by_start ON call (startedAt)`,
  // The phones that took part, with whoever sat there then.
  `CREATE TABLE call_line (
    callSeq INTEGER NOT NULL REFERENCES call(seq), line TEXT NOT NULL, agentId TEXT REFERENCES agent(id), PRIMARY KEY (callSeq, line)
  ) WITHOUT ROWID`,
  `CREATE INDEX call_line_by_agent ON call_line (agentId, callSeq) WHERE agentId IS NOT NULL`,
  `CREATE TABLE phone_extension (
    agentId TEXT PRIMARY KEY REFERENCES agent(id), extension TEXT NOT NULL UNIQUE
  ) WITHOUT ROWID`,
  // Of a key only its hash is kept.
  `CREATE TABLE phone_key (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, hint TEXT NOT NULL, createdAt INTEGER NOT NULL,
    createdBy TEXT NOT NULL REFERENCES agent(id), lastUsedAt INTEGER, revokedAt INTEGER
  )`,
  `CREATE TABLE wrap_up_code (
    id TEXT PRIMARY KEY, key TEXT, name TEXT NOT NULL, position INTEGER NOT NULL, archivedAt INTEGER
  )`,
]

/** An office that is there already gets the codes that a new one starts with, in its language. */
async function seedCodes(runner: QueryRunner): Promise<void> {
  const [row] = (await runner.query(`SELECT value FROM setting WHERE key = 'office'`)) as { value: string }[]
  if (!row) return
  const { locale } = JSON.parse(row.value) as { locale?: string }
  const language = locale === 'en' ? 1 : locale === 'es' ? 2 : 0
  for (const [position, [key, ...names]] of codes.entries())
    await runner.query(`INSERT INTO wrap_up_code (id, key, name, position) VALUES (?, ?, ?, ?)`, [
      ...[v7(), key, names[language], position],
    ])
}

/** Key, then its name in Portuguese, English and Spanish. As they were: a migration changes with nothing else. */
const codes: readonly [string, string, string, string][] = [
  ['resolved', 'Resolvido na ligação', 'Resolved on the call', 'Resuelto en la llamada'],
  ['callback', 'Retornar ao cliente', 'Call the customer back', 'Devolver la llamada'],
  ['follow_up', 'Segue em atendimento', 'Goes on as a ticket', 'Sigue en atención'],
  ['information', 'Pedido de informação', 'Asked for information', 'Pedido de información'],
  ['billing', 'Cobrança', 'Billing', 'Cobranza'],
  ['wrong_number', 'Engano', 'Wrong number', 'Número equivocado'],
  ['dropped', 'A ligação caiu', 'The call dropped', 'Se cortó la llamada'],
]
