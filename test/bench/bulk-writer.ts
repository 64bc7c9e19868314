import type { Database, Statement } from 'better-sqlite3'
import { v7 } from 'uuid'
import { audienceOfTickets } from '../../server/access/viewer.ts'
import type { EventRow } from '../../server/events/event.entity.ts'
import { liveIn } from '../../server/tickets/lifecycle.ts'
import type { ResultRow, TicketSlaRow } from '../../server/sla/entities.ts'
import { formatNumber } from '../../server/tickets/numbering.ts'
import type { MessageRow, TicketRow } from '../../server/tickets/ticket.entity.ts'
import { promisedTo, type Promised, type PromisingOffice } from './promised.ts'
import type { Story } from './story.ts'

/** São Paulo's time, which has had no summer time since 2019. */
const OFFICE_OFFSET_MS = -3 * 3_600_000

export const DUE_REASON = 'Combinado com o cliente'

type NewTicket = Omit<TicketRow, 'seq'>
type NewMessage = Omit<MessageRow, 'seq'>
type NewEvent = Omit<EventRow, 'seq'>
export type StatusIds = Record<Story['ending'], string>

/**
 * Writes stories as the rows that the tickets' services would leave, without the services' work. Prepared statements on a
 * connection of its own, while no server has the store open; `bench-fill.test.ts` holds the two against each other.
 */
export class BulkWriter {
  readonly #statusIds: StatusIds
  readonly #office: PromisingOffice
  readonly #ticket: Statement
  readonly #message: Statement
  readonly #event: Statement
  readonly #tag: Statement
  readonly #promises: Statement
  readonly #result: Statement
  readonly #words: Statement
  readonly #head: Statement
  readonly #tally: Statement
  readonly #counter: Statement
  readonly #lastNumbers = new Map<number, number>()
  readonly #queues = new Map<string, { teamId: string; agentId: string; statusId: string; count: number }>()

  constructor(database: Database, statusIds: StatusIds, office: PromisingOffice) {
    this.#statusIds = statusIds
    this.#office = office
    this.#ticket = database.prepare(insert('ticket', ticketColumns))
    this.#message = database.prepare(insert('message', messageColumns))
    this.#event = database.prepare(insert('event', eventColumns))
    this.#tag = database.prepare('INSERT INTO ticket_tag (ticketId, tagId) VALUES (?, ?)')
    this.#promises = database.prepare(insert('ticket_sla', promisesColumns))
    this.#result = database.prepare(insert('sla_result', resultColumns))
    this.#words = database.prepare('INSERT INTO ticket_words (rowid, words) VALUES (?, ?)')
    this.#head = database.prepare(
      'INSERT INTO ticket_heads (rowid, number, subject, requester) VALUES (?, ?, ?, ?)',
    )
    this.#tally = database.prepare(
      `INSERT INTO ticket_tally (teamId, agentId, statusId, count) VALUES (@teamId, @agentId, @statusId, @count)
       ON CONFLICT (teamId, agentId, statusId) DO UPDATE SET count = ticket_tally.count + @count`,
    )
    this.#counter = database.prepare(
      `INSERT INTO ticket_counter (year, last) VALUES (@year, @last) ON CONFLICT (year) DO UPDATE SET last = @last`,
    )
    const counters = database
      .prepare<[], { year: number; last: number }>('SELECT year, last FROM ticket_counter')
      .all()
    for (const { year, last } of counters) this.#lastNumbers.set(year, last)
  }

  write(story: Story): void {
    const promised = promisedTo(story, this.#statusIds.new, this.#office)
    const ticket = this.#ticketOf(story, promised.dueAt)
    const { lastInsertRowid } = this.#ticket.run(ticket)
    this.#keep(Number(lastInsertRowid), ticket.id, promised)
    for (const tagId of story.tagIds) this.#tag.run(ticket.id, tagId)
    const messages = messagesOf(story)
    for (const message of messages) this.#message.run(message)
    for (const event of eventsOf(story, ticket, messages, this.#statusIds)) this.#event.run(event)
    const number = `${ticket.number} ${Number(ticket.number.split('-')[1])}`
    const head = [number, ticket.subject, story.requester.name]
    this.#head.run(lastInsertRowid, ...head)
    this.#words.run(lastInsertRowid, [...head, ...messages.map(({ text }) => text)].join('\n'))
    this.#countIn(ticket)
  }

  /** Writes the counts of the queues and the numbers given so far. */
  finish(): void {
    for (const queue of this.#queues.values()) this.#tally.run(queue)
    for (const [year, last] of this.#lastNumbers) this.#counter.run({ year, last })
    this.#queues.clear()
  }

  #keep(seq: number, ticketId: string, { kept, results }: Promised): void {
    if (kept) {
      const { policyId, facts, clocks, wakeAt } = kept
      const row: TicketSlaRow = {
        ...{ seq, ticketId, policyId, wakeAt },
        facts: JSON.stringify(facts),
        clocks: JSON.stringify(clocks),
      }
      this.#promises.run(row)
    }
    for (const result of results)
      this.#result.run({ ...result, ticketId, id: v7({ msecs: result.decidedAt }) })
  }

  #ticketOf(story: Story, dueAt: number | null): NewTicket {
    const { ending, createdAt, answeredAt } = story
    const year = new Date(createdAt + OFFICE_OFFSET_MS).getUTCFullYear()
    const count = (this.#lastNumbers.get(year) ?? 0) + 1
    this.#lastNumbers.set(year, count)
    const isAnswered = ending !== 'new'
    const before = {
      statusClass: 'new',
      active: 1,
      resolvedAt: null,
      closedAt: null,
      waitingSince: isAnswered ? null : createdAt,
    } as const
    return {
      id: story.id,
      number: formatNumber(year, count),
      subject: story.text.subject,
      requesterId: story.requester.id,
      channel: story.channel,
      typeId: story.typeId,
      categoryId: null,
      ...liveIn({ id: this.#statusIds[ending], class: ending }, before, answeredAt),
      priorityId: story.priority.id,
      priorityWeight: story.priority.weight,
      urgency: null,
      impact: null,
      teamId: story.teamId,
      agentId: story.agentId,
      fields: '{}',
      dueAt,
      manualDueAt: story.manualDueAt,
      dueReason: story.manualDueAt === null ? null : DUE_REASON,
      mergedIntoId: null,
      version: isAnswered ? 4 : 3,
      fieldVersions: isAnswered ? '{"statusId":4}' : '{}',
      createdBy: story.writerId,
      createdAt,
      updatedAt: answeredAt,
      lastMessageAt: answeredAt,
    }
  }

  #countIn({ teamId, agentId, statusId }: NewTicket): void {
    const queue = { teamId: teamId ?? '', agentId: agentId ?? '', statusId }
    const key = Object.values(queue).join(' ')
    const known = this.#queues.get(key)
    if (known) known.count += 1
    else this.#queues.set(key, { ...queue, count: 1 })
  }
}

function messagesOf({
  id: ticketId,
  text,
  channel,
  requester,
  writerId,
  ending,
  ...story
}: Story): NewMessage[] {
  const message = (
    createdAt: number,
    kind: MessageRow['kind'],
    words: { html: string; text: string },
  ): NewMessage => ({
    id: v7({ msecs: createdAt }),
    ticketId,
    kind,
    authorType: 'agent',
    authorId: writerId,
    channel: kind === 'note' ? 'manual' : channel,
    ...words,
    createdAt,
  })
  return [
    { ...message(story.createdAt, 'public', text.request), authorType: 'customer', authorId: requester.id },
    message(story.notedAt, 'note', text.note),
    message(story.answeredAt, ending === 'new' ? 'note' : 'public', text.reply),
  ]
}

function eventsOf(story: Story, ticket: NewTicket, messages: NewMessage[], statusIds: StatusIds): NewEvent[] {
  const audience = JSON.stringify(audienceOfTickets(ticket))
  const event = (at: number, type: string, data: Record<string, unknown>): NewEvent => ({
    at,
    actorType: 'agent',
    actorId: story.writerId,
    type,
    ticketId: ticket.id,
    audience,
    data: JSON.stringify(data),
  })
  const created = event(story.createdAt, 'ticket.created', {
    version: 1,
    number: ticket.number,
    subject: ticket.subject,
    requesterId: ticket.requesterId,
    channel: ticket.channel,
    typeId: ticket.typeId,
    categoryId: ticket.categoryId,
    statusId: statusIds.new,
    statusClass: 'new',
    priorityId: ticket.priorityId,
    teamId: ticket.teamId,
    agentId: ticket.agentId,
    ...(ticket.manualDueAt !== null && { dueAt: ticket.manualDueAt, dueReason: ticket.dueReason }),
    tagIds: story.tagIds,
  })
  const said = messages.map(({ id, kind, channel, authorType, createdAt }, place) =>
    event(createdAt, 'message.created', { messageId: id, kind, channel, authorType, version: place + 1 }),
  )
  if (story.ending === 'new') return [created, ...said]
  const changes = { statusId: { from: statusIds.new, to: ticket.statusId } }
  return [
    created,
    ...said,
    event(story.answeredAt, 'ticket.updated', { version: 4, statusClass: story.ending, changes }),
  ]
}

const insert = (table: string, columns: readonly string[]) =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`

const ticketColumns: readonly (keyof NewTicket)[] = [
  ...([
    'id',
    'number',
    'subject',
    'requesterId',
    'channel',
    'typeId',
    'categoryId',
    'statusId',
    'statusClass',
    'active',
  ] as const),
  ...([
    'priorityId',
    'priorityWeight',
    'urgency',
    'impact',
    'teamId',
    'agentId',
    'fields',
    'dueAt',
    'manualDueAt',
    'dueReason',
    'version',
  ] as const),
  ...([
    'fieldVersions',
    'createdBy',
    'createdAt',
    'updatedAt',
    'lastMessageAt',
    'waitingSince',
    'resolvedAt',
    'closedAt',
  ] as const),
]
const promisesColumns: readonly (keyof TicketSlaRow)[] = [
  'seq',
  'ticketId',
  'policyId',
  'facts',
  'clocks',
  'wakeAt',
]
const resultColumns: readonly (keyof ResultRow)[] = [
  ...(['id', 'ticketId', 'metric', 'cycle', 'policyId', 'priorityId', 'teamId', 'agentId'] as const),
  ...(['outcome', 'decidedAt', 'month', 'targetMs', 'usedMs', 'stoppedAt', 'reopenedAt'] as const),
]
const messageColumns: readonly (keyof NewMessage)[] = [
  ...(['id', 'ticketId', 'kind', 'authorType', 'authorId', 'channel', 'html', 'text', 'createdAt'] as const),
]
const eventColumns: readonly (keyof NewEvent)[] = [
  'at',
  'actorType',
  'actorId',
  'type',
  'ticketId',
  'audience',
  'data',
]
