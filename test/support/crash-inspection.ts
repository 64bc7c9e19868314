import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Command } from './crash-outbox.ts'

/**
 * Everything that is wrong with the store that a killed server left behind, in words; nothing when it is sound. Works on a
 * copy, so that the next server finds exactly what the last one left.
 */
export function inspectStore(
  dataDir: string,
  scratchDir: string,
  acknowledged: readonly Command[],
): string[] {
  for (const suffix of ['', '-wal']) {
    const file = join(dataDir, `balcao.db${suffix}`)
    if (existsSync(file)) copyFileSync(file, join(scratchDir, `copy.db${suffix}`))
  }
  const database = new Sqlite(join(scratchDir, 'copy.db'))
  try {
    return [
      ...damage(database),
      ...lostOrDoubled(database, acknowledged),
      ...disagreements.flatMap(({ says, sql }) => {
        const rows = database.prepare(sql).all()
        return rows.length === 0 ? [] : [`${says}: ${JSON.stringify(rows.slice(0, 3))}`]
      }),
    ]
  } finally {
    database.close()
  }
}

function damage(database: Database): string[] {
  const problems: string[] = []
  const integrity = database.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') problems.push(`the database file is damaged: ${String(integrity)}`)
  const dangling = database.pragma('foreign_key_check') as unknown[]
  if (dangling.length > 0) problems.push(`rows point nowhere: ${JSON.stringify(dangling.slice(0, 3))}`)
  try {
    for (const index of ['ticket_words', 'ticket_heads'])
      database.exec(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`)
  } catch (error) {
    problems.push(`the search index is damaged: ${String(error)}`)
  }
  return problems
}

/** Each acknowledged command left its token exactly once where it belongs. */
function lostOrDoubled(database: Database, acknowledged: readonly Command[]): string[] {
  const traces = {
    'tickets.create': database.prepare<[string], { count: number }>(
      `SELECT count(*) AS count FROM message WHERE instr(text, ?) > 0 AND authorType = 'customer'`,
    ),
    'tickets.reply': database.prepare<[string], { count: number }>(
      `SELECT count(*) AS count FROM message WHERE instr(text, ?) > 0 AND authorType = 'agent'`,
    ),
    'tickets.update': database.prepare<[string], { count: number }>(
      `SELECT count(*) AS count FROM event WHERE type = 'ticket.updated' AND instr(data, ?) > 0`,
    ),
  }
  return acknowledged.flatMap(({ procedure, token }) => {
    const count = traces[procedure].get(token)?.count ?? 0
    return count === 1 ? [] : [`an acknowledged ${procedure} is there ${count} times`]
  })
}

/** Queries that find rows only where two records of the same thing disagree. */
const disagreements = [
  {
    says: 'numbers are not 1 to n without a gap',
    sql: `SELECT substr(number, 1, 4) AS year, count(*) AS tickets, max(CAST(substr(number, 6) AS INTEGER)) AS highest
          FROM ticket GROUP BY 1 HAVING tickets <> highest OR count(DISTINCT number) <> tickets`,
  },
  {
    says: 'the counter is not at the highest number',
    sql: `SELECT year, last FROM ticket_counter
          WHERE last <> (SELECT count(*) FROM ticket WHERE substr(number, 1, 4) = CAST(year AS TEXT))`,
  },
  {
    says: 'a message and its event don’t come in pairs',
    sql: `SELECT message.id FROM message LEFT JOIN event
            ON event.ticketId = message.ticketId AND event.type = 'message.created'
            AND json_extract(event.data, '$.messageId') = message.id
          GROUP BY message.id HAVING count(event.seq) <> 1`,
  },
  {
    says: 'an event speaks of a message that is not there',
    sql: `SELECT seq FROM event WHERE type = 'message.created'
            AND json_extract(data, '$.messageId') NOT IN (SELECT id FROM message)`,
  },
  {
    says: 'a ticket and its creation don’t come in pairs',
    sql: `SELECT ticket.id FROM ticket LEFT JOIN event ON event.ticketId = ticket.id AND event.type = 'ticket.created'
          GROUP BY ticket.id HAVING count(event.seq) <> 1`,
  },
  {
    says: 'a ticket’s version is not that of its last event',
    sql: `SELECT ticket.id, ticket.version FROM ticket JOIN event ON event.ticketId = ticket.id
          GROUP BY ticket.id HAVING max(json_extract(event.data, '$.version')) <> ticket.version`,
  },
  {
    says: 'a ticket and its search document don’t come in pairs',
    sql: `SELECT rowid FROM ticket_words WHERE rowid NOT IN (SELECT seq FROM ticket)
          UNION ALL SELECT seq FROM ticket WHERE seq NOT IN (SELECT rowid FROM ticket_words)
          UNION ALL SELECT rowid FROM ticket_heads WHERE rowid NOT IN (SELECT seq FROM ticket)
          UNION ALL SELECT seq FROM ticket WHERE seq NOT IN (SELECT rowid FROM ticket_heads)`,
  },
  {
    says: 'the kept counts are not those of a recount',
    sql: `SELECT * FROM (
            SELECT teamId, agentId, statusId, count FROM ticket_tally WHERE count <> 0
            UNION ALL
            SELECT COALESCE(teamId, ''), COALESCE(agentId, ''), statusId, -count(*) FROM ticket GROUP BY 1, 2, 3)
          GROUP BY teamId, agentId, statusId HAVING sum(count) <> 0`,
  },
  {
    says: 'one caller became several customers',
    sql: `SELECT e164, count(*) AS customers FROM customer_phone GROUP BY e164 HAVING customers > 1`,
  },
  {
    says: 'a ticket is not due when the nearest of its promises is',
    sql: `SELECT ticket.id, ticket.dueAt FROM ticket LEFT JOIN ticket_sla ON ticket_sla.seq = ticket.seq
          WHERE ticket.dueAt IS NOT (
            SELECT min(clock.value ->> 'dueAt') FROM json_each(ticket_sla.clocks) AS clock
            WHERE clock.value ->> 'outcome' IS NULL)`,
  },
  {
    says: 'what became of a promise is written down more than once',
    sql: `SELECT ticketId, metric, cycle FROM sla_result WHERE reopenedAt IS NULL GROUP BY 1, 2, 3 HAVING count(*) > 1`,
  },
  {
    says: 'a breach and its event don’t come in pairs',
    sql: `SELECT sla_result.id FROM sla_result LEFT JOIN event ON event.ticketId = sla_result.ticketId
            AND event.type = 'sla.breached' AND event.data ->> 'metric' = metric AND event.data ->> 'cycle' = cycle
          WHERE outcome = 'breached' GROUP BY sla_result.id HAVING count(event.seq) <> 1`,
  },
  {
    says: 'an alert tells of a level that its clock knows nothing of',
    sql: `SELECT alert.key FROM alert JOIN ticket_sla USING (ticketId)
          WHERE alert.reason LIKE 'sla.%' AND NOT EXISTS (
            SELECT 1 FROM json_each(ticket_sla.clocks) AS clock
            WHERE clock.value -> 'fired' ->> (alert.data ->> 'level') IS NOT NULL)`,
  },
]
