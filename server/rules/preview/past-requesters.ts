import type { Reader } from '../../store/reader.ts'
import type { ConditionField } from '../../conditions/contract.ts'
import type { Subject } from '../../conditions/subject.ts'

interface Requester {
  known: Subject
  /** When each of their tickets was in work. */
  spans: { id: string; createdAt: number; resolvedAt: number | null }[]
  /** When they wrote or called, in order. */
  contacts: number[]
}

/** Requesters kept at hand: a few megabytes at most. */
const KEPT = 50_000

/** What can be told of requesters in the past: their tickets and words then, their tier and organization as they are now. */
export class PastRequesters {
  readonly #atHand = new Map<string, Requester>()
  readonly #find: (id: string) => Requester
  readonly #isAsked: boolean

  constructor(reader: Reader, asked: ReadonlySet<ConditionField>) {
    const customers = reader.all<{ tierId: string | null; organizationId: string | null }>(
      'SELECT tierId, organizationId FROM customer WHERE id = ?',
    )
    const spans = reader.all<Requester['spans'][number]>(
      'SELECT id, createdAt, resolvedAt FROM ticket WHERE requesterId = ?',
    )
    const contacts = reader.all<{ createdAt: number }>(
      `SELECT m.createdAt FROM message m WHERE m.authorType = 'customer'
       AND m.ticketId IN (SELECT id FROM ticket WHERE requesterId = ? ORDER BY seq DESC LIMIT 50) ORDER BY m.createdAt`,
    )
    this.#isAsked = [...asked].some((field) => field.startsWith('customer.'))
    this.#find = (id) => {
      const [row] = customers(id)
      return {
        known: {
          'customer.tier': row?.tierId ?? null,
          'customer.organization': row?.organizationId ?? null,
        },
        spans: asked.has('customer.openTickets') ? spans(id) : [],
        contacts: asked.has('customer.lastContactAt') ? contacts(id).map(({ createdAt }) => createdAt) : [],
      }
    }
  }

  /** As conditions see the requester of a ticket at an instant. */
  at(requesterId: string, ticketId: string, instant: number): Subject {
    if (!this.#isAsked) return nothing
    const { known, spans, contacts } = this.#requester(requesterId)
    const isOpenThen = ({ id, createdAt, resolvedAt }: Requester['spans'][number]) =>
      id !== ticketId && createdAt <= instant && (resolvedAt === null || resolvedAt > instant)
    return {
      ...known,
      'customer.openTickets': spans.filter(isOpenThen).length,
      'customer.lastContactAt': contacts.findLast((contact) => contact < instant) ?? null,
    }
  }

  #requester(id: string): Requester {
    const known = this.#atHand.get(id)
    if (known) return known
    if (this.#atHand.size >= KEPT) this.#atHand.clear()
    const found = this.#find(id)
    this.#atHand.set(id, found)
    return found
  }
}

const nothing: Subject = {}
