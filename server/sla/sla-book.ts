import { fieldsOf } from '../conditions/conditions.ts'
import { Snapshot } from '../store/snapshot.ts'
import type { Db, Tx } from '../store/store.ts'
import type { CalendarDefinition, Holiday, Hours } from './calendar.contract.ts'
import { alwaysOpen, compileCalendar, type BusinessTime } from './calendar.ts'
import type { Terms } from './clock.ts'
import type { Level } from './contract.ts'
import { CalendarEntity, PolicyEntity, type CalendarRevisionRow } from './entities.ts'
import { parsePolicy, targetsOf, type Policy } from './policy.ts'

interface BookedCalendar {
  id: string
  name: string
  revisionId: string
  archived: boolean
  definition: CalendarDefinition
  time: BusinessTime
}

/** Everything promises are reckoned by, ready for use. Immutable. */
export interface Book {
  /** In their order, retired ones included. */
  policies: readonly Policy[]
  policyById: ReadonlyMap<string, Policy>
  calendars: ReadonlyMap<string, BookedCalendar>
  /** What conditions of policies ask about tickets; a change of anything else changes no promise. */
  fields: ReadonlySet<string>
  /** Ids of policies that can't be read and so promise nothing: to be told to whoever looks after the server. */
  unreadable: readonly string[]
}

/** Policies and calendars as last committed, compiled once. */
export class SlaBook {
  readonly #snapshot: Snapshot<Book>

  constructor(read: Db) {
    this.#snapshot = new Snapshot(() => loadBook(read))
  }

  current(): Promise<Book> {
    return this.#snapshot.current()
  }

  /** To be called by every transaction that changes calendars or policies. */
  changedIn(tx: Tx): void {
    this.#snapshot.changedIn(tx)
  }
}

/** What a policy promises to tickets of this priority. */
export function termsOf(book: Book, policy: Policy, priorityId: string): Terms {
  const { id, calendarId, pauseOn, pauseNextResponseOn } = policy
  return {
    policyId: id,
    calendarId,
    revisionId: calendarId === null ? null : (book.calendars.get(calendarId)?.revisionId ?? null),
    targets: targetsOf(policy, priorityId),
    // A first answer never waits, or tickets would be parked unanswered.
    pauseOn: { firstResponse: [], nextResponse: pauseNextResponseOn, resolution: pauseOn },
  }
}

/** The hours that count under these terms. */
export const timeOf = (book: Book, { calendarId }: { calendarId: string | null }): BusinessTime =>
  (calendarId === null ? undefined : book.calendars.get(calendarId)?.time) ?? alwaysOpen

export const levelsOf = (book: Book, policyId: string | null): readonly Level[] =>
  (policyId === null ? undefined : book.policyById.get(policyId)?.escalations) ?? []

export const toDefinition = ({
  timezone,
  hours,
  holidays,
}: Pick<CalendarRevisionRow, 'timezone' | 'hours' | 'holidays'>): CalendarDefinition => ({
  timezone,
  hours: JSON.parse(hours) as Hours,
  holidays: JSON.parse(holidays) as Holiday[],
})

async function loadBook(db: Db): Promise<Book> {
  const calendars = await db.find(CalendarEntity, { order: { name: 'ASC', id: 'ASC' } })
  const current = await db.sql<CalendarRevisionRow[]>`
    SELECT r.* FROM calendar_revision r JOIN calendar c ON c.revisionId = r.id`
  const definitions = new Map(current.map((revision) => [revision.id, toDefinition(revision)]))
  const rows = await db.find(PolicyEntity, { order: { position: 'ASC', id: 'ASC' } })
  const policies = rows.flatMap((row) => parsePolicy(row) ?? [])
  const policyById = new Map(policies.map((policy) => [policy.id, policy]))
  return {
    policies,
    policyById,
    unreadable: rows.flatMap(({ id }) => (policyById.has(id) ? [] : [id])),
    calendars: new Map(
      calendars.flatMap(({ id, name, revisionId, archivedAt }) => {
        const definition = definitions.get(revisionId)
        if (!definition) return []
        const booked = { id, name, revisionId, archived: archivedAt !== null, definition }
        return [[id, { ...booked, time: compileCalendar(definition) }] as const]
      }),
    ),
    fields: new Set(policies.flatMap(({ when }) => (when ? [...fieldsOf(when)] : []))),
  }
}
