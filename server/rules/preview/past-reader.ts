import type { FieldValues } from '../../catalog/contract.ts'
import type { Reader } from '../../store/reader.ts'
import type { TicketRow } from '../../tickets/ticket.entity.ts'
import type { ConditionField } from '../../conditions/contract.ts'
import { fieldsOf } from '../../conditions/conditions.ts'
import type { RuleDefinition } from '../contract.ts'
import { pastOf, toldTypes, type PastEvent, type PastTicket } from './history.ts'
import { languageOf } from '../../text/language.ts'
import { PastRequesters } from './past-requesters.ts'
import type { PastFacts } from './replay.ts'
import type { Subject } from '../../conditions/subject.ts'

export type PastRow = Pick<
  TicketRow,
  | 'seq'
  | 'id'
  | 'number'
  | 'channel'
  | 'createdAt'
  | 'subject'
  | 'requesterId'
  | 'typeId'
  | 'categoryId'
  | 'statusId'
  | 'priorityId'
  | 'urgency'
  | 'impact'
  | 'teamId'
  | 'agentId'
  | 'manualDueAt'
  | 'fields'
>

/** One ticket, its past, and what else is to be known for asking a rule about it. */
export interface PastStory {
  row: PastRow
  ticket: PastTicket
  facts: PastFacts
}

type OfTicket<Row> = Row & { ticketId: string }

const COLUMNS = `seq, id, number, channel, createdAt, subject, requesterId, typeId, categoryId, statusId, priorityId, urgency, impact,
  teamId, agentId, manualDueAt, fields`
/** The tickets of a page, by their ids as JSON: one statement for all of them costs a third of one for each. */
const OF_PAGE = 'ticketId IN (SELECT value FROM json_each(?))'
const textFields: readonly ConditionField[] = ['message', 'message.attachment', 'message.language']

/** Reads tickets' past out of the store, as far as one rule asks about it. */
export class PastReader {
  readonly #from: number
  readonly #asked: ReadonlySet<ConditionField>
  readonly #countsHours: boolean
  readonly #requesters: PastRequesters
  readonly #counts: (from: number) => { count: number }[]
  readonly #pages: (before: number, from: number, limit: number) => PastRow[]
  readonly #events: (ids: string) => OfTicket<PastEvent>[]
  readonly #messages: (ids: string, from: number) => OfTicket<{ id: string; text: string; files: number }>[]
  readonly #policies: (ids: string) => OfTicket<{ policyId: string | null }>[]

  constructor(reader: Reader, { rule, from }: { rule: RuleDefinition; from: number }) {
    this.#from = from
    this.#asked = rule.when ? fieldsOf(rule.when) : new Set()
    const waits = rule.on.includes('time')
    this.#countsHours = waits || rule.then.some(({ do: what }) => what === 'setDue')
    const types = toldTypes(rule.on).map((type) => `'${type}'`)
    const files = this.#asked.has('message.attachment')
      ? '(SELECT count(*) FROM file WHERE messageId = message.id)'
      : '0'
    const kinds =
      rule.on.includes('note.added') || rule.on.includes('ticket.created') ? '' : "AND kind = 'public'"
    this.#requesters = new PastRequesters(reader, this.#asked)
    // What time brings about needs nobody to touch the ticket; everything else leaves its mark on it.
    const untouched = waits || rule.on.some((trigger) => trigger.startsWith('sla.'))
    const where = untouched ? 'updatedAt >= min(?, 0)' : 'updatedAt >= ?'
    this.#counts = reader.all(`SELECT count(*) AS count FROM ticket WHERE ${where}`)
    this.#pages = reader.all(
      `SELECT ${COLUMNS} FROM ticket WHERE seq < ? AND ${where} ORDER BY seq DESC LIMIT ?`,
    )
    this.#events = reader.all(
      `SELECT ticketId, at, type, actorType, actorId, data FROM event WHERE ${OF_PAGE} AND type IN (${types.join(', ')})
       ORDER BY ticketId, seq`,
    )
    this.#messages = reader.all(
      `SELECT ticketId, id, text, ${files} AS files FROM message WHERE ${OF_PAGE} AND createdAt >= ? ${kinds}`,
    )
    this.#policies = reader.all(`SELECT ticketId, policyId FROM ticket_sla WHERE ${OF_PAGE}`)
  }

  /** How many tickets may matter. */
  count(): number {
    return this.#counts(this.#from)[0]?.count ?? 0
  }

  /** The next of them, the newest first: the rows, and the stories of those whose beginning is known. */
  async page(before: number, limit: number): Promise<{ rows: PastRow[]; stories: PastStory[] }> {
    const rows = this.#pages(before, this.#from, limit)
    const ids = JSON.stringify(rows.map(({ id }) => id))
    const events = Map.groupBy(this.#events(ids), ({ ticketId }) => ticketId)
    const texts = await this.#textsOf(ids)
    const policies = new Map(
      (this.#countsHours ? this.#policies(ids) : []).map(({ ticketId, policyId }) => [ticketId, policyId]),
    )
    const stories = rows.flatMap((row) => {
      const { manualDueAt: dueAt, fields, ...state } = row
      const ticket = pastOf(
        row,
        { ...state, dueAt, tagIds: [], ...pastFields(fields) },
        events.get(row.id) ?? [],
      )
      if (!ticket) return []
      const facts: PastFacts = {
        messages: texts.get(row.id) ?? noTexts,
        policyId: policies.get(row.id) ?? null,
        requester: ({ requesterId }, at) => this.#requesters.at(requesterId, row.id, at),
      }
      return [{ row, ticket, facts }]
    })
    return { rows, stories }
  }

  /** By ticket, then by message; of those that may have given rise to something. */
  async #textsOf(ids: string): Promise<Map<string, Map<string, Subject>>> {
    const texts = new Map<string, Map<string, Subject>>()
    if (!textFields.some((field) => this.#asked.has(field))) return texts
    const wantsLanguage = this.#asked.has('message.language')
    for (const { ticketId, id, text, files } of this.#messages(ids, this.#from)) {
      const ofTicket = texts.get(ticketId) ?? new Map<string, Subject>()
      texts.set(ticketId, ofTicket)
      ofTicket.set(id, {
        message: text,
        'message.attachment': files > 0 ? 'yes' : 'no',
        ...(wantsLanguage && { 'message.language': await languageOf(text) }),
      })
    }
    return texts
  }
}

const pastFields = (json: string) =>
  Object.fromEntries(
    Object.entries(JSON.parse(json) as FieldValues).map(([key, value]) => [`fields.${key}`, value]),
  )

const noTexts: PastFacts['messages'] = new Map()
