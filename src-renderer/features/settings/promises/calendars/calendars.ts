import type {
  CalendarChanges,
  CalendarView,
  NewCalendar,
} from '../../../../../server/sla/calendar.contract.ts'
import type { Command } from '../../../../outbox/command.ts'

export interface ExpectedCalendar extends CalendarView {
  /** Something about it is still on its way to the server. */
  pending: boolean
}

/** What the calendars will be when the outbox is empty. */
export function expectedCalendars(
  calendars: readonly CalendarView[],
  waiting: readonly Command[],
): ExpectedCalendar[] {
  return waiting
    .filter(({ procedure }) => procedure.startsWith('calendars.'))
    .reduce<ExpectedCalendar[]>(
      withCommand,
      calendars.map((calendar) => ({ ...calendar, pending: false })),
    )
}

function withCommand(
  calendars: ExpectedCalendar[],
  { id: commandId, procedure, input }: Command,
): ExpectedCalendar[] {
  if (procedure === 'calendars.create') {
    const { name, timezone, hours, holidays } = input as NewCalendar
    const calendar = { id: commandId, name, timezone, hours, holidays: holidays ?? [] }
    return [
      ...calendars,
      { ...calendar, version: 1, archived: false, usedBy: { policies: [], teams: [] }, pending: true },
    ]
  }
  const { id, changes = {} } = input as Partial<CalendarChanges>
  const archived = { 'calendars.archive': true, 'calendars.restore': false }[procedure as string]
  return calendars.map((calendar) =>
    calendar.id === id
      ? {
          ...calendar,
          ...(changes as Partial<CalendarView>),
          archived: archived ?? calendar.archived,
          pending: true,
        }
      : calendar,
  )
}

export interface CalendarConflict {
  commandId: string
  /** What the desk has now. */
  current: CalendarView
  /** What the author of the refused edit wanted. */
  changes: CalendarChanges['changes']
}

/** Edits that met somebody else's and wait for a choice. */
export const calendarConflicts = (refused: readonly Command[]): CalendarConflict[] =>
  refused.flatMap(({ id, procedure, input, failure }) => {
    const current = failure?.details['current'] as CalendarView | undefined
    if (procedure !== 'calendars.update' || failure?.code !== 'CONFLICT' || !current) return []
    return { commandId: id, current, changes: (input as CalendarChanges).changes }
  })

/** Is it open now, and when does that change within what is known? Null when its hours are not known at all. */
export function openState(
  stretches: readonly (readonly [from: number, until: number])[] | undefined,
  knownUntilMs: number,
  nowMs: number,
): { isOpen: boolean; changesAt: number | null } | null {
  if (!stretches) return null
  const ahead = stretches.filter(([, until]) => until > nowMs)
  const [first] = ahead
  if (!first) return { isOpen: false, changesAt: null }
  if (first[0] > nowMs) return { isOpen: false, changesAt: first[0] }
  // A shift over midnight may come in two.
  const end = ahead.slice(1).reduce((until, [from, next]) => (from === until ? next : until), first[1])
  return { isOpen: true, changesAt: end < knownUntilMs ? end : null }
}
