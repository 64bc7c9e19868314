import type { Db } from '../store/store.ts'
import type { CalendarDefinition, CalendarView } from './calendar.contract.ts'
import type { CalendarRevisionRow, CalendarRow } from './entities.ts'
import { toDefinition } from './sla-book.ts'

type SavedRow = CalendarRow & Pick<CalendarRevisionRow, 'timezone' | 'hours' | 'holidays'>

interface Use {
  calendarId: string
  name: string
  kind: 'policies' | 'teams'
}

/** Every calendar as it is now, by name, retired ones included. */
export async function findCalendars(db: Db): Promise<CalendarView[]> {
  const rows = await db.sql<SavedRow[]>`
    SELECT c.id, c.name, c.version, c.archivedAt, r.timezone, r.hours, r.holidays
    FROM calendar c JOIN calendar_revision r ON r.id = c.revisionId ORDER BY c.name, c.id`
  const uses = await db.sql<Use[]>`
    SELECT calendarId, name, 'policies' AS kind, position FROM sla_policy WHERE calendarId IS NOT NULL AND archivedAt IS NULL
    UNION ALL
    SELECT calendarId, name, 'teams' AS kind, position FROM team WHERE calendarId IS NOT NULL AND archivedAt IS NULL
    ORDER BY position, name`
  return rows.map((row) => {
    const own = uses.filter(({ calendarId }) => calendarId === row.id)
    const named = (kind: Use['kind']) => own.filter((use) => use.kind === kind).map(({ name }) => name)
    return {
      id: row.id,
      name: row.name,
      version: row.version,
      archived: row.archivedAt !== null,
      ...toDefinition(row),
      usedBy: { policies: named('policies'), teams: named('teams') },
    }
  })
}

/** Ids of the calendars that any policy or team goes by, retired ones included: tickets may still run by them. */
export async function findCalendarsInUse(db: Db): Promise<Set<string>> {
  const rows = await db.sql<{ calendarId: string }[]>`
    SELECT calendarId FROM sla_policy WHERE calendarId IS NOT NULL
    UNION SELECT calendarId FROM team WHERE calendarId IS NOT NULL`
  return new Set(rows.map(({ calendarId }) => calendarId))
}

/** As it stands in a revision's columns. */
export const toColumns = ({ timezone, hours, holidays }: CalendarDefinition) => ({
  timezone,
  hours: JSON.stringify(hours),
  holidays: JSON.stringify(holidays),
})
