import type { PeopleSnapshot } from '../../access/people.ts'
import type { Book } from '../../sla/sla-book.ts'

type Booked = Book['calendars'] extends ReadonlyMap<string, infer Value> ? Value : never

/**
 * Whose hours and holidays the office goes by, for nothing says so outright: the calendar of most of the chosen teams; where they have
 * none, that of most promises; else the first there is. Null: there is no calendar.
 */
export function officeCalendar(
  { calendars, policies }: Book,
  { teams }: PeopleSnapshot,
  teamIds: readonly string[] | undefined,
): Booked | null {
  const chosen = [...teams.values()].filter(
    ({ id, archivedAt }) => archivedAt === null && (teamIds?.includes(id) ?? true),
  )
  const id = commonest(chosen) ?? commonest(policies)
  const inUse = id === null ? undefined : calendars.get(id)
  return inUse ?? [...calendars.values()].find(({ archived }) => !archived) ?? null
}

function commonest(users: readonly { calendarId: string | null }[]): string | null {
  const counts = new Map<string, number>()
  for (const { calendarId } of users)
    if (calendarId !== null) counts.set(calendarId, (counts.get(calendarId) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}
