/** Everything reports say, counted again in the most obvious way: from the log's lines, minute by minute, with no regard for time. */
import type { StatusClass } from '../../server/catalog/contract.ts'
import type { BusinessTime } from '../../server/sla/calendar.ts'

const MINUTE = 60_000

/** What must be there. */
export function sure<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Something that must be there is not.')
  return value
}

export interface Line {
  at: number
  type: string
  actorType: string
  actorId: string | null
  data: string
}

export interface Rules {
  /** The class of each status, and `cancelled` for the one that calls off. */
  phases: ReadonlyMap<string, StatusClass | 'cancelled'>
  time: BusinessTime
  pauseOn: readonly StatusClass[]
  pauseNextResponseOn: readonly StatusClass[]
}

/** What the data of the lines that are looked at may hold. */
interface Said {
  statusId?: string
  agentId?: string | null
  channel?: string
  sourceId?: string
  kind?: string
  authorType?: string
  version?: number
  changes?: Partial<Record<'statusId' | 'teamId' | 'agentId', { from: string | null; to: string | null }>>
  fact?: { type: string; owedSince: number | null; owedBefore: number | null }
}

interface Reply {
  at: number
  agentId: string | null
  askedAt: number | null
  businessMs: number | null
}

type State = StatusClass | 'cancelled'
const isOver = (state: State | undefined) =>
  state === 'resolved' || state === 'closed' || state === 'cancelled'

/** One ticket's life. All instants lie on whole minutes. */
export function recount(ticketId: string, lines: readonly Line[], rules: Rules) {
  const said = lines.map((line) => ({ ...line, ...(JSON.parse(line.data) as Said) }) as Line & Said)
  const created = said[0]
  if (created?.type !== 'ticket.created') throw new Error('It begins with its creation.')
  const states: { at: number; state: State }[] = [
    { at: created.at, state: sure(rules.phases.get(sure(created.statusId))) },
  ]
  const stateNow = () => sure(states.at(-1)).state
  const byAgent = (line: Line) => (line.actorType === 'agent' ? line.actorId : null)
  const replies: Reply[] = []
  let agentId: string | null = created.agentId ?? null
  let firstAnsweredAt: number | null = null
  let firstAnsweredBy: string | null = null
  let owed: number | null = null
  let [merged, reopened, transfers, handovers, customerMessages, notes] = [false, 0, 0, 0, 0, 0]
  let whoEnded: string | null = null
  if (created.channel === 'phone' && created.actorType !== 'system') {
    firstAnsweredAt = created.at
    firstAnsweredBy = byAgent(created)
  }
  const stateAt = (at: number) => states.findLast((each) => each.at <= at)?.state
  const worked = (from: number, to: number, pausedIn: readonly StatusClass[]) => {
    let ms = 0
    for (let at = from; at < to; at += MINUTE) {
      const state = stateAt(at)
      if (rules.time.isOpen(at) && !isOver(state) && !(pausedIn as readonly State[]).includes(sure(state)))
        ms += MINUTE
    }
    return ms
  }
  const rounds: { reply: Reply }[] = []
  for (const line of said) {
    if (line.type === 'ticket.merged' && line.sourceId === ticketId) merged = true
    if (line.type === 'ticket.unmerged' && line.sourceId === ticketId) merged = false
    if (line.type === 'message.created') {
      if (line.kind === 'note') notes += 1
      else if (line.authorType === 'customer') {
        customerMessages += 1
        if (line.version !== 1 && firstAnsweredAt !== null) owed ??= line.at
      } else if (line.authorType === 'agent') {
        const reply: Reply = { at: line.at, agentId: byAgent(line), askedAt: owed, businessMs: null }
        replies.push(reply)
        if (owed !== null) rounds.push({ reply })
        if (firstAnsweredAt === null) [firstAnsweredAt, firstAnsweredBy] = [line.at, byAgent(line)]
        owed = null
      }
    }
    if (line.type !== 'ticket.updated') continue
    const { statusId, teamId, agentId: handed } = line.changes ?? {}
    if (teamId?.from && teamId.to) transfers += 1
    if (handed?.from && handed.to) handovers += 1
    if (handed) agentId = handed.to
    const before = stateNow()
    const fact = line.fact
    if (fact?.type === 'merged') {
      if (!isOver(before)) states.push({ at: line.at, state: 'cancelled' })
    } else if (fact?.type === 'unmerged') states.push({ at: line.at, state: sure(states.at(-2)).state })
    else if (statusId) {
      const state = sure(rules.phases.get(sure(statusId.to)))
      if (isOver(before) && !isOver(state)) reopened += 1
      if (isOver(state)) owed = null
      if (state !== before) states.push({ at: line.at, state })
    }
    if (!isOver(before) && isOver(stateNow())) whoEnded = agentId
    if (
      fact?.type === 'absorbed' &&
      !isOver(stateNow()) &&
      firstAnsweredAt !== null &&
      fact.owedSince !== null
    )
      owed = Math.min(owed ?? Infinity, fact.owedSince)
    if (fact?.type === 'released' && fact.owedSince !== null && owed === fact.owedSince)
      owed = fact.owedBefore
  }
  for (const { reply } of rounds)
    reply.businessMs = worked(sure(reply.askedAt), reply.at, rules.pauseNextResponseOn)
  const lastLived = states.findLastIndex(({ state }) => !isOver(state))
  const end = states[lastLived + 1]
  const resolvedAt = end && end.state !== 'cancelled' ? end.at : null
  return {
    createdAt: created.at,
    firstAnsweredAt,
    firstAnsweredBy,
    firstResponseBusinessMs: firstAnsweredAt === null ? null : worked(created.at, firstAnsweredAt, []),
    resolvedAt,
    resolvedBy: resolvedAt === null ? null : whoEnded,
    resolutionBusinessMs: resolvedAt === null ? null : worked(created.at, resolvedAt, rules.pauseOn),
    cancelledAt: end?.state === 'cancelled' ? end.at : null,
    ...{ reopened, transfers, handovers, customerMessages, notes, merged },
    replies: replies.length,
    oneTouch: resolvedAt !== null && reopened === 0 && replies.length <= 1,
    answers: replies,
    /** Was it in work in the last moment before `at`? */
    isOpenBefore: (at: number) => created.at < at && !isOver(stateAt(at - 1)),
  }
}
export type Recounted = ReturnType<typeof recount>

type Value = number | string | null

/** Figures of rows by the names of the columns, each reckoned from scratch. */
export function figuresOf(
  rows: readonly Record<string, Value | undefined>[],
  columns: Record<string, [how: string, of: string]>,
) {
  return Object.fromEntries(
    Object.entries(columns).map(([key, [how, of]]) => {
      const values = rows.map((row) => row[of] ?? null).filter((value) => value !== null)
      const numbers = (values as number[]).toSorted((a, b) => a - b)
      const sum = numbers.reduce((total, value) => total + Number(value), 0)
      if (how === 'sum') return [key, sum]
      if (how === 'distinct') return [key, new Set(values).size]
      if (numbers.length === 0) return [key, null]
      if (how === 'share') return [key, sum / numbers.length]
      if (how === 'average') return [key, Math.round(sum / numbers.length)]
      if (how === 'p90')
        return [
          key,
          numbers.find((value) => numbers.filter((each) => each <= value).length >= numbers.length * 0.9) ??
            null,
        ]
      const middle = numbers.length / 2
      return [key, Math.round((sure(numbers[Math.ceil(middle) - 1]) + sure(numbers[Math.floor(middle)])) / 2)]
    }),
  )
}

export const spreadOf = (name: string): Record<string, [string, string]> => ({
  [`${name}Median`]: ['median', name],
  [`${name}P90`]: ['p90', name],
  [`${name}Average`]: ['average', name],
})

/** What the wall shows, asked of `Intl` each time. */
export function wallKey(grouping: string, at: number, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' } as const),
  }).formatToParts(at)
  const part = (type: string) => sure(parts.find((each) => each.type === type)).value
  const date = `${part('year')}-${part('month')}-${part('day')}`
  const weekday = ((new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7) + 1
  if (grouping === 'day') return date
  if (grouping === 'month') return date.slice(0, 7)
  if (grouping === 'hour') return part('hour')
  if (grouping === 'weekday') return String(weekday)
  if (grouping === 'hourOfWeek') return `${weekday}-${part('hour')}`
  return new Date(Date.parse(`${date}T12:00Z`) - (weekday - 1) * 86_400_000).toISOString().slice(0, 10)
}
