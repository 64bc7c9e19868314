/** The figures of a dashboard, counted the slow and obvious way: one ticket after the other, as anybody would with the list in hand. */
import type { BreachLive, LiveSnapshot, QueueLive } from '../../server/dashboards/contract.ts'
import type { StatusClass } from '../../server/catalog/contract.ts'
import type { Clock } from '../../server/sla/clock.ts'
import type { Db } from '../../server/store/store.ts'

const HOUR = 60 * 60_000

interface Row {
  id: string
  teamId: string | null
  agentId: string | null
  statusClass: StatusClass
  createdAt: number
  waitingSince: number | null
  resolvedAt: number | null
  mergedIntoId: string | null
  clocks: string | null
}

type Counted = Pick<LiveSnapshot, 'total' | 'queues' | 'satisfaction'> & {
  breaches: Pick<BreachLive, 'ticketId' | 'isBreached'>[]
  loads: Record<string, [load: number, breached: number]>
  today: { arrived: number; resolved: number; byHour: number[] }
  unacknowledged: number
}

const iso = (at: number) => new Date(at).toISOString()
const wall = (at: number, timezone: string) => {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)
  const [day = '', time = ''] = parts.split(' ')
  return { day, hour: Number(time.slice(0, 2)) }
}

/** Of the teams of `scope`, null among them the triage; of all when it is null. */
export async function recount(
  db: Db,
  now: number,
  scope: readonly (string | null)[] | null,
): Promise<Counted> {
  const isIn = (teamId: string | null) => scope === null || scope.includes(teamId)
  const all = await db.sql<
    Row[]
  >`SELECT t.*, p.clocks FROM ticket t LEFT JOIN ticket_sla p ON p.ticketId = t.id ORDER BY t.seq`
  const teams = await db.sql<{ id: string; name: string }[]>`SELECT id, name FROM team ORDER BY position, id`
  const alerts = await db.sql<{ teamId: string | null; ticketId: string | null }[]>`
    SELECT t.teamId, a.ticketId FROM alert a LEFT JOIN ticket t ON t.id = a.ticketId WHERE a.acknowledgedAt IS NULL`
  const told = await db.sql<
    { ticketId: string; teamId: string | null; kind: string; score: number; at: number }[]
  >`SELECT * FROM feedback`
  const merged = new Set(all.flatMap(({ id, mergedIntoId }) => (mergedIntoId === null ? [] : [id])))
  const answers = told.filter(
    ({ ticketId, teamId, kind, at }) =>
      isIn(teamId) && kind === 'csat' && at > now - 30 * 24 * HOUR && !merged.has(ticketId),
  )
  const tickets = all.filter(({ teamId }) => isIn(teamId))
  const today = wall(now, 'America/Sao_Paulo').day
  const isToday = (at: number | null) => at !== null && wall(at, 'America/Sao_Paulo').day === today
  const hands = Map.groupBy(all, ({ agentId }) => agentId)
  const loads = Object.fromEntries(
    [...hands].flatMap(([agentId, own]) => {
      const [load, missed] = [own.filter(isAtWork).length, own.filter((row) => isMissed(row, now)).length]
      return agentId === null || load + missed === 0 ? [] : [[agentId, [load, missed] as [number, number]]]
    }),
  ) as Counted['loads']
  const solved = tickets.filter((row) => row.mergedIntoId === null)
  const queues = [{ id: null, name: null }, ...teams].filter(({ id }) => isIn(id))
  return {
    total: figures(tickets, now),
    queues: queues.map(({ id, name }) => ({
      ...{ teamId: id, name },
      ...figures(
        tickets.filter(({ teamId }) => teamId === id),
        now,
      ),
    })),
    breaches: tickets
      .flatMap((row) => {
        const at = shownDeadline(row, now)
        return at === null ? [] : [{ ticketId: row.id, isBreached: isMissed(row, now), at }]
      })
      .toSorted((a, b) => Number(b.isBreached) - Number(a.isBreached) || a.at - b.at)
      .slice(0, 20)
      .map(({ ticketId, isBreached }) => ({ ticketId, isBreached })),
    loads,
    today: {
      arrived: tickets.filter(({ createdAt }) => isToday(createdAt)).length,
      resolved: solved.filter(({ resolvedAt }) => isToday(resolvedAt)).length,
      byHour: Array.from(
        { length: 24 },
        (_, hour) =>
          tickets.filter(
            (row) => isToday(row.createdAt) && wall(row.createdAt, 'America/Sao_Paulo').hour === hour,
          ).length,
      ),
    },
    satisfaction: {
      share: answers.length > 0 ? answers.filter(({ score }) => score >= 4).length / answers.length : null,
      answers: answers.length,
    },
    unacknowledged: alerts.filter(
      ({ teamId, ticketId }) => scope === null || (ticketId !== null && isIn(teamId)),
    ).length,
  }
}

const isAtWork = ({ statusClass }: Row) => statusClass === 'new' || statusClass === 'open'
const isParked = ({ statusClass }: Row) => statusClass === 'waiting' || statusClass === 'hold'
const isActive = (row: Row) => isAtWork(row) || isParked(row)
const openClocks = ({ clocks }: Row) =>
  (JSON.parse(clocks ?? '[]') as Clock[]).filter(({ outcome }) => outcome === null)
const isMissedClock = ({ breachedAt, dueAt }: Clock, now: number) =>
  breachedAt !== null || (dueAt !== null && dueAt < now)
const isMissed = (row: Row, now: number) =>
  isActive(row) && openClocks(row).some((clock) => isMissedClock(clock, now))

function shownDeadline(row: Row, now: number): number | null {
  if (!isActive(row)) return null
  const clocks = openClocks(row)
  const due = clocks.flatMap(({ dueAt }) => dueAt ?? [])
  const overdue = due.filter((at) => at < now)
  const missed = clocks.flatMap(({ breachedAt }) => breachedAt ?? [])
  const [first] = [overdue, missed, due].filter((each) => each.length > 0)
  return first ? Math.min(...first) : null
}

function figures(tickets: readonly Row[], now: number): Omit<QueueLive, 'teamId' | 'name'> {
  const [longest] = tickets
    .filter((row) => isAtWork(row) && row.waitingSince !== null)
    .toSorted((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0))
  return {
    waiting: tickets.filter((row) => isAtWork(row) && row.agentId === null).length,
    inWork: tickets.filter((row) => isAtWork(row) && row.agentId !== null).length,
    parked: tickets.filter(isParked).length,
    oldestWaitingSince: longest?.waitingSince ? iso(longest.waitingSince) : null,
    oldestWaitingTicketId: longest?.id ?? null,
    breached: tickets.filter((row) => isMissed(row, now)).length,
    arrivedLastHour: tickets.filter(({ createdAt }) => createdAt > now - HOUR).length,
    resolvedLastHour: tickets.filter(
      ({ resolvedAt, mergedIntoId }) =>
        mergedIntoId === null && resolvedAt !== null && resolvedAt > now - HOUR,
    ).length,
  }
}
