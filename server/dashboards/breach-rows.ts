/** The deadlines that are nearest in a scope, those missed first. */
import { isOpen, type Clock } from '../sla/clock.ts'
import { readClocks } from '../sla/ticket-sla-rows.ts'
import type { Ask } from '../store/consistent-reader.ts'
import type { BreachLive } from './contract.ts'
import type { DeskFigures } from './desk-rows.ts'
import { isIn, type Scope } from './scope.ts'

const SHOWN = 20

interface Candidate {
  seq: number
  /** The deadline that it stands in the list by. */
  dueAt: number
  isBreached: boolean
}

interface TicketRow {
  seq: number
  id: string
  number: string
  subject: string
  customer: string
  teamId: string | null
  agentId: string | null
  priorityId: string
  dueAt: number | null
  clocks: string | null
}

/** Each ticket once, with the deadline that counts first. */
export function nearestBreaches(ask: Ask, desk: DeskFigures, scope: Scope): BreachLive[] {
  const candidates = nearestInTime(ask, desk.at, scope)
  const extended = desk.extended
    .filter(({ teamId }) => isIn(scope, teamId))
    .map(({ seq, missedAt }) => ({ seq, dueAt: missedAt, isBreached: true }))
  const again = new Set(extended.map(({ seq }) => seq))
  const first = [...candidates.filter(({ seq }) => !again.has(seq)), ...extended]
    .toSorted((a, b) => Number(b.isBreached) - Number(a.isBreached) || a.dueAt - b.dueAt || a.seq - b.seq)
    .slice(0, SHOWN)
  const rows = ticketsOf(ask, first)
  return first.flatMap((candidate) => {
    const row = rows.get(candidate.seq)
    return row ? [toBreach(row, candidate, desk.at)] : []
  })
}

/** More than are shown, for some of them stand elsewhere in the list. */
function nearestInTime(ask: Ask, now: number, { teamIds }: Scope): Candidate[] {
  const only =
    teamIds === null
      ? ''
      : `AND (teamId IN (SELECT value FROM json_each(?)) ${teamIds.includes(null) ? 'OR teamId IS NULL' : ''})`
  const rows = ask<{ seq: number; dueAt: number }>(
    `SELECT seq, dueAt FROM ticket INDEXED BY ticket_by_deadline
      WHERE active = 1 AND dueAt IS NOT NULL ${only} ORDER BY dueAt, seq LIMIT ${SHOWN * 2}`,
    ...(teamIds === null ? [] : [JSON.stringify(teamIds.filter((id) => id !== null))]),
  )
  return rows.map(({ seq, dueAt }) => ({ seq, dueAt, isBreached: dueAt < now }))
}

function ticketsOf(ask: Ask, candidates: readonly Candidate[]): Map<number, TicketRow> {
  const rows = ask<TicketRow>(
    `SELECT t.seq, t.id, t.number, t.subject, c.name AS customer, t.teamId, t.agentId, t.priorityId, t.dueAt, p.clocks
      FROM ticket t JOIN customer c ON c.id = t.requesterId LEFT JOIN ticket_sla p ON p.seq = t.seq
      WHERE t.seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(candidates.map(({ seq }) => seq)),
  )
  return new Map(rows.map((row) => [row.seq, row]))
}

function toBreach(row: TicketRow, { dueAt, isBreached }: Candidate, now: number): BreachLive {
  const open = readClocks(row.clocks ?? '[]').filter(isOpen)
  const clock = open.find((each) => deadlineOf(each, now) === dueAt) ?? open[0]
  return {
    ticketId: row.id,
    number: row.number,
    subject: row.subject,
    customer: row.customer,
    teamId: row.teamId,
    agentId: row.agentId,
    metric: clock?.metric ?? 'resolution',
    dueAt: new Date(dueAt).toISOString(),
    isBreached,
    priorityId: row.priorityId,
  }
}

/** The missed one stays what it was, whatever time was given since. */
const deadlineOf = ({ dueAt, breachedAt }: Clock, now: number) =>
  dueAt !== null && dueAt < now ? dueAt : (breachedAt ?? dueAt)
