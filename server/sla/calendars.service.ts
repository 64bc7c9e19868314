import type { Viewer } from '../access/viewer.ts'
import { foldName } from '../catalog/fold-name.ts'
import type { Clock } from '../clock.ts'
import { AppError, invalid, notFound } from '../errors.ts'
import type { EventLog } from '../events/event-log.ts'
import { newId } from '../ids.ts'
import type { Store, Tx } from '../store/store.ts'
import { findCalendars, findCalendarsInUse, toColumns } from './calendar-rows.ts'
import type {
  CalendarChanges,
  CalendarDefinition,
  CalendarView,
  NewCalendar,
  OpenStretches,
  Preview,
  PreviewAnswer,
} from './calendar.contract.ts'
import { compileCalendar, type BusinessTime } from './calendar.ts'
import { CalendarEntity, CalendarRevisionEntity } from './entities.ts'
import type { SlaBook } from './sla-book.ts'

export interface CalendarsDeps {
  store: Store
  events: EventLog
  clock: Clock
  book: SlaBook
  /** Reckons the promises that run by it anew. */
  onCalendarChanged(tx: Tx, calendarId: string): Promise<void>
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** What screens count down lies within; further ahead they show the date alone. */
const DAYS_AHEAD = 60

/**
 * When the office works. What a calendar says is kept in revisions, for promises that were kept or missed are explained by what
 * it said then; so one is retired, never deleted, and goes on counting for those who use it.
 */
export class Calendars {
  readonly #deps: CalendarsDeps

  constructor(deps: CalendarsDeps) {
    this.#deps = deps
  }

  /** By name, retired ones included. */
  list(): Promise<CalendarView[]> {
    return findCalendars(this.#deps.store.read)
  }

  create(viewer: Viewer, { name, ...definition }: NewCalendar): Promise<CalendarView> {
    const createdAt = this.#deps.clock.now()
    return this.#deps.store.write(async (tx) => {
      await requireFreeName(tx, name)
      requireOpenTime(definition, createdAt)
      const [id, revisionId] = [newId(), newId()]
      await tx.db.insert(CalendarEntity, { id, name, revisionId, version: 1, createdAt, archivedAt: null })
      await tx.db.insert(CalendarRevisionEntity, {
        id: revisionId,
        calendarId: id,
        createdAt,
        ...toColumns(definition),
      })
      return this.#changed(tx, viewer, 'calendar.created', id, { name, ...definition })
    })
  }

  /** @throws CONFLICT `calendar.changed_meanwhile` with `current` when somebody else changed it since `version`. */
  update(viewer: Viewer, { id, version, changes }: CalendarChanges): Promise<CalendarView> {
    const createdAt = this.#deps.clock.now()
    return this.#deps.store.write(async (tx) => {
      const before = await requireCalendar(tx, id)
      if (version !== undefined && version !== before.version)
        throw new AppError('CONFLICT', 'calendar.changed_meanwhile', { details: { current: before } })
      const changed = differences(before, changes)
      if (Object.keys(changed).length === 0) return before
      const { name, ...redefined } = changed
      if (name !== undefined) {
        if (!before.archived) await requireFreeName(tx, name, id)
        await tx.db.update(CalendarEntity, { id }, { name })
      }
      if (Object.keys(redefined).length > 0) {
        const definition = { ...before, ...redefined }
        requireOpenTime(definition, createdAt)
        const revisionId = newId()
        const revision = { id: revisionId, calendarId: id, createdAt, ...toColumns(definition) }
        await tx.db.insert(CalendarRevisionEntity, revision)
        await tx.db.update(CalendarEntity, { id }, { revisionId })
        await this.#deps.onCalendarChanged(tx, id)
      }
      await tx.db.update(CalendarEntity, { id }, { version: before.version + 1 })
      return this.#changed(tx, viewer, 'calendar.updated', id, changed)
    })
  }

  /** Takes it out of the choices; those who use it go on by it. */
  archive(viewer: Viewer, { id }: { id: string }): Promise<CalendarView> {
    return this.#deps.store.write(async (tx) => {
      const before = await requireCalendar(tx, id)
      if (before.archived) return before
      const archivedAt = this.#deps.clock.now()
      await tx.db.update(CalendarEntity, { id }, { archivedAt, version: before.version + 1 })
      return this.#changed(tx, viewer, 'calendar.updated', id, { archived: true })
    })
  }

  restore(viewer: Viewer, { id }: { id: string }): Promise<CalendarView> {
    return this.#deps.store.write(async (tx) => {
      const before = await requireCalendar(tx, id)
      if (!before.archived) return before
      await requireFreeName(tx, before.name, id)
      await tx.db.update(CalendarEntity, { id }, { archivedAt: null, version: before.version + 1 })
      return this.#changed(tx, viewer, 'calendar.updated', id, { archived: false })
    })
  }

  /** @throws VALIDATION `calendar.out_of_range` at `minutes` when these years don't hold so much open time. */
  async preview({ calendarId, calendar, from, minutes, to }: Preview): Promise<PreviewAnswer> {
    const time = calendar ? compileCalendar(calendar) : await this.#timeOf(calendarId)
    const start = Date.parse(from)
    if (to !== undefined) return { minutes: time.between(start, Date.parse(to)) / MINUTE_MS }
    const dueAt = time.add(start, Math.round((minutes ?? 0) * MINUTE_MS))
    if (dueAt === null) throw invalid('minutes', 'calendar.out_of_range')
    return { dueAt: new Date(dueAt).toISOString() }
  }

  /** From yesterday to 60 days ahead, of every calendar in use. */
  async stretches(): Promise<OpenStretches> {
    const inUse = await findCalendarsInUse(this.#deps.store.read)
    const { calendars } = await this.#deps.book.current()
    const now = this.#deps.clock.now()
    const [from, until] = [now - DAY_MS, now + DAYS_AHEAD * DAY_MS]
    return {
      from,
      until,
      calendars: Object.fromEntries(
        [...calendars.values()]
          .filter(({ id }) => inUse.has(id))
          .map(({ id, time }) => [id, openStretches(time, from, until)]),
      ),
    }
  }

  async #timeOf(calendarId: string | undefined): Promise<BusinessTime> {
    const { calendars } = await this.#deps.book.current()
    const booked = calendarId === undefined ? undefined : calendars.get(calendarId)
    if (!booked) throw notFound('calendar')
    return booked.time
  }

  async #changed(tx: Tx, viewer: Viewer, type: string, id: string, changes: object): Promise<CalendarView> {
    const actor = { type: 'agent', id: viewer.agentId } as const
    this.#deps.book.changedIn(tx)
    await this.#deps.events.record(tx, { type, actor, audience: null, data: { id, changes } })
    return requireCalendar(tx, id)
  }
}

async function requireCalendar(tx: Tx, id: string): Promise<CalendarView> {
  const calendar = (await findCalendars(tx.db)).find((each) => each.id === id)
  if (!calendar) throw notFound('calendar')
  return calendar
}

/** Two calendars of one name can't be told apart where one is chosen. */
async function requireFreeName(tx: Tx, name: string, id?: string): Promise<void> {
  const calendars = await tx.db.find(CalendarEntity)
  const isTaken = calendars.some(
    (other) => other.id !== id && other.archivedAt === null && foldName(other.name) === foldName(name),
  )
  if (isTaken) throw invalid('name', 'calendar.name_taken')
}

/** Windows alone don't make open time: holidays may cover them all. */
function requireOpenTime(definition: CalendarDefinition, now: number): void {
  if (compileCalendar(definition).nextOpen(now) === null) throw invalid('hours', 'calendar.never_open')
}

function differences(before: CalendarView, changes: CalendarChanges['changes']): CalendarChanges['changes'] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  return Object.fromEntries(
    Object.entries(changes).filter(([field, value]) => !same(value, before[field as keyof typeof changes])),
  )
}

const openStretches = (time: BusinessTime, from: number, until: number): [from: number, until: number][] =>
  time.stretches(from, until).flatMap(({ from: start, to, state }) => (state === 'open' ? [[start, to]] : []))
