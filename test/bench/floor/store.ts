import Sqlite, { type Database, type Transaction } from 'better-sqlite3'

interface NewTicket {
  id: string
  messageId: string
  subject: string
  body: string
  requesterId: string
  teamId: string
}

interface NewReply {
  id: string
  ticketId: string
  body: string
}

const ITEM =
  'id, number, subject, statusId, priorityId, teamId, agentId, requesterId, dueAt, createdAt, updatedAt'

/** Prepared statements on a copy of the desk's own store, with the same durability. */
export class FloorStore {
  readonly #database: Database
  readonly #insert: Transaction<(ticket: NewTicket) => { id: string; number: string }>
  readonly #append: Transaction<(reply: NewReply) => { id: string; seq: number }>
  readonly #query: Record<'due' | 'priority' | 'ticket' | 'messages' | 'search' | 'counts', Sqlite.Statement>

  constructor(file: string) {
    this.#database = new Sqlite(file)
    this.#database.pragma('journal_mode = WAL')
    this.#database.pragma('synchronous = FULL')
    this.#database.pragma('cache_size = -32000')
    this.#insert = this.#database.transaction(this.#ticketWriter())
    this.#append = this.#database.transaction(this.#replyWriter())
    this.#query = this.#queries()
  }

  create(ticket: NewTicket) {
    return this.#insert.immediate(ticket)
  }

  reply(reply: NewReply) {
    return this.#append.immediate(reply)
  }

  listByDue(): unknown[] {
    return this.#query.due.all()
  }

  listByPriority(): unknown[] {
    return this.#query.priority.all()
  }

  open(id: string) {
    return { ticket: this.#query.ticket.get(id), messages: this.#query.messages.all(id) }
  }

  search(text: string): unknown[] {
    return this.#query.search.all(text)
  }

  counts(): unknown[] {
    return this.#query.counts.all()
  }

  close(): void {
    this.#database.close()
  }

  #queries() {
    const prepare = (sql: string) => this.#database.prepare(sql)
    return {
      due: prepare(
        `SELECT ${ITEM} FROM ticket WHERE active = 1 ORDER BY COALESCE(dueAt, 9007199254740991), seq LIMIT 50`,
      ),
      priority: prepare(
        `SELECT ${ITEM} FROM ticket WHERE active = 1 ORDER BY priorityWeight DESC, seq LIMIT 50`,
      ),
      ticket: prepare('SELECT * FROM ticket WHERE id = ?'),
      messages: prepare(
        'SELECT id, kind, authorId, html, createdAt FROM message WHERE ticketId = ? ORDER BY seq',
      ),
      search: prepare(
        `SELECT ticket.id, ticket.number, ticket.subject FROM ticket_words JOIN ticket ON ticket.seq = ticket_words.rowid
         WHERE ticket_words MATCH ? ORDER BY ticket_words.rowid DESC LIMIT 20`,
      ),
      counts: prepare('SELECT teamId, count(*) AS count FROM ticket WHERE active = 1 GROUP BY teamId'),
    }
  }

  #ticketWriter() {
    const preset = (table: string) =>
      this.#database.prepare<[], { id: string }>(`SELECT id FROM ${table} ORDER BY position LIMIT 1`).get()
        ?.id
    const [statusId, priorityId] = [preset('status'), preset('priority')]
    const countUp = this.#database.prepare<[number], { last: number }>(
      `INSERT INTO ticket_counter (year, last) VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last`,
    )
    const insertTicket = this.#database.prepare(
      `INSERT INTO ticket (id, number, subject, requesterId, channel, statusId, statusClass, active, priorityId, priorityWeight,
         teamId, fields, version, fieldVersions, createdAt, updatedAt, lastMessageAt)
       VALUES (@id, @number, @subject, @requesterId, 'phone', @statusId, 'new', 1, @priorityId, 20, @teamId, '{}', 1, '{}', @now, @now, @now)`,
    )
    const { insertMessage, insertEvent } = this.#messageStatements()
    return (ticket: NewTicket) => {
      const now = Date.now()
      const year = new Date(now).getUTCFullYear()
      const number = `${year}-${String(countUp.get(year)?.last).padStart(6, '0')}`
      insertTicket.run({ ...ticket, number, statusId, priorityId, now })
      insertMessage.run({ id: ticket.messageId, ticketId: ticket.id, body: ticket.body, now })
      insertEvent.run({ type: 'ticket.created', ticketId: ticket.id, data: `{"number":"${number}"}`, now })
      return { id: ticket.id, number }
    }
  }

  #replyWriter() {
    const touch = this.#database.prepare(
      'UPDATE ticket SET version = version + 1, updatedAt = ?, lastMessageAt = ? WHERE id = ?',
    )
    const { insertMessage, insertEvent } = this.#messageStatements()
    return ({ id, ticketId, body }: NewReply) => {
      const now = Date.now()
      insertMessage.run({ id, ticketId, body, now })
      touch.run(now, now, ticketId)
      const event = insertEvent.run({ type: 'message.created', ticketId, data: `{"messageId":"${id}"}`, now })
      return { id, seq: Number(event.lastInsertRowid) }
    }
  }

  #messageStatements() {
    return {
      insertMessage: this.#database.prepare(
        `INSERT INTO message (id, ticketId, kind, authorType, channel, html, text, createdAt)
         VALUES (@id, @ticketId, 'public', 'agent', 'phone', @body, @body, @now)`,
      ),
      insertEvent: this.#database.prepare(
        `INSERT INTO event (at, actorType, type, ticketId, data) VALUES (@now, 'agent', @type, @ticketId, @data)`,
      ),
    }
  }
}
