import type { People, PeopleSnapshot } from '../../access/people.ts'
import { alwaysOpen, type BusinessTime } from '../../sla/calendar.ts'
import type { SlaBook } from '../../sla/sla-book.ts'
import { findKeptByTicket } from '../../sla/ticket-sla-rows.ts'
import type { Db } from '../../store/store.ts'
import type { Delay, RuleAction } from '../action.contract.ts'

const MINUTE_MS = 60_000

export interface DelayDeps {
  /** What sees the ticket as it is now: the transaction's own, inside one. */
  db: Db
  people: Pick<People, 'current'>
  book: Pick<SlaBook, 'current'>
}

/** What says whose hours count. */
export interface DelayedTicket {
  id: string
  teamId: string | null
}

/** When a delay that begins at `from` is over (milliseconds UTC). Where no open time is left to count, plain time counts. */
export async function delayEnd(
  { db, people, book }: DelayDeps,
  ticket: DelayedTicket,
  delay: Delay,
  from: number,
): Promise<number> {
  if (!delay.business) return from + delay.minutes * MINUTE_MS
  const kept = await findKeptByTicket(db, ticket.id)
  const whose = { teamId: ticket.teamId, policyId: kept?.policyId ?? null }
  return endOf(delay, from, hoursFor(await book.current(), await people.current(), whose, delay))
}

/** When the delays of these actions are over that all begin at `from`, with the ticket in whatever team they put it. */
export async function delayEnds(
  db: Db,
  { people, book }: { people: Pick<PeopleSnapshot, 'teams'>; book: HoursBook },
  { ticketId, from, actions }: { ticketId: string; from: number; actions: readonly RuleAction[] },
): Promise<(delay: Delay, teamId: string | null) => number> {
  const isCounted = actions.some((action) => action.do === 'setDue' && action.value?.after.business)
  const policyId = isCounted ? ((await findKeptByTicket(db, ticketId))?.policyId ?? null) : null
  return (delay, teamId) => endOf(delay, from, hoursFor(book, people, { teamId, policyId }, delay))
}

/** The same by hours that are known. */
export function endOf({ minutes, business }: Delay, from: number, hours: BusinessTime): number {
  const ms = minutes * MINUTE_MS
  return (business ? hours.add(from, ms) : null) ?? from + ms
}

/** What of the book says when somebody works. */
export interface HoursBook {
  calendars: ReadonlyMap<string, { id: string; archived: boolean; time: BusinessTime }>
  policyById: ReadonlyMap<string, { calendarId: string | null }>
}

/** The hours of the ticket's team, else of its promise, else those that the delay names, else the office's. */
export function hoursFor(
  { calendars, policyById }: HoursBook,
  { teams }: Pick<PeopleSnapshot, 'teams'>,
  { teamId, policyId }: { teamId: string | null; policyId: string | null },
  delay: Pick<Delay, 'calendarId'>,
): BusinessTime {
  const named = [
    teamId === null ? undefined : teams.get(teamId)?.calendarId,
    policyId === null ? undefined : policyById.get(policyId)?.calendarId,
    delay.calendarId,
    [...calendars.values()].find(({ archived }) => !archived)?.id,
  ]
  const booked = named.flatMap((id) => (id ? (calendars.get(id) ?? []) : []))
  return booked[0]?.time ?? alwaysOpen
}
