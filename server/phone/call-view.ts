import type { People } from '../access/people.ts'
import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import type { Db } from '../store/store.ts'
import { mergedInto } from '../tickets/survivors.ts'
import type { TicketList } from '../tickets/ticket-list.ts'
import type { TicketRow } from '../tickets/ticket.entity.ts'
import { activeClasses } from '../tickets/filter.contract.ts'
import { extensionOf, shapeOf, type CallFacts } from './call-facts.ts'
import { customersNamed, customersWith, linesOf, type LineRow } from './call-rows.ts'
import type {
  CallCustomer,
  CallPop,
  CallRef,
  CallRole,
  CallTicket,
  CallView,
  PhoneOptions,
} from './contract.ts'
import type { CallRow } from './entities.ts'
import { shownNumber } from './numbers.ts'

/** Open tickets that a pop shows. */
const MOST_TICKETS = 10
/** Where it must be done it stays this long at most: nobody wraps up the calls of last week. */
const REQUIRED_WRAP_UP_MS = 12 * 60 * 60_000

export interface ViewDeps {
  read: Db
  people: Pick<People, 'current'>
  tickets: Pick<TicketList, 'page'>
}

/** Calls as this viewer may see them, in the order given. */
export async function viewsOf(
  deps: ViewDeps,
  db: Db,
  viewer: Viewer,
  rows: readonly CallRow[],
): Promise<CallView[]> {
  if (rows.length === 0) return []
  const { agents } = await deps.people.current()
  const lines = Map.groupBy(
    await linesOf(
      db,
      rows.map(({ seq }) => seq),
    ),
    ({ callSeq }) => callSeq,
  )
  const customers = await customersNamed(db, unique(rows.map(({ customerId }) => customerId)))
  const numbers = await customersByNumber(
    db,
    unique(rows.map(({ customerId, e164 }) => (customerId ? null : e164))),
  )
  const tickets = await ticketsNamed(db, viewer, unique(rows.map(({ ticketId }) => ticketId)))
  const codes = await codesNamed(db, unique(rows.map(({ wrapUpCodeId }) => wrapUpCodeId)))
  const nameOf = (id: string | null): CallRef | null => {
    const agent = id === null ? undefined : agents.get(id)
    return agent ? { id: agent.id, name: agent.name } : null
  }
  return rows.map((row) => {
    const own = lines.get(row.seq) ?? []
    const agentAt = new Map(own.map(({ line, agentId }) => [line, agentId]))
    const { ringing } = shapeOf(JSON.parse(row.facts) as CallFacts, row.direction)
    const alike = row.e164 === null ? [] : (numbers.get(row.e164) ?? [])
    const [only] = alike
    return {
      ...{ id: row.id, direction: row.direction, state: row.state, e164: row.e164, extension: row.extension },
      number: shownNumber({ given: row.number, e164: row.e164 }),
      agent: nameOf(row.agentId),
      ringsAt: ringing.map((line) => ({
        extension: extensionOf(line),
        agent: nameOf(agentAt.get(line) ?? null),
      })),
      isUnclaimed: row.isUnclaimed === 1,
      customer: (row.customerId ? customers.get(row.customerId) : alike.length === 1 && only) || null,
      candidates: alike.length > 1 ? alike : [],
      ticket: (row.ticketId && tickets.get(row.ticketId)) || null,
      startedAt: toIso(row.startedAt),
      answeredAt: row.answeredAt === null ? null : toIso(row.answeredAt),
      endedAt: row.endedAt === null ? null : toIso(row.endedAt),
      isEndAssumed: row.isEndAssumed === 1,
      recordingUrl: tookPart(viewer, row, own) ? row.recordingUrl : null,
      wrapUp:
        row.wrapUpAt === null
          ? null
          : {
              code: (row.wrapUpCodeId && codes.get(row.wrapUpCodeId)) || null,
              note: row.wrapUpNote ?? '',
              ms: row.wrapUpMs ?? 0,
              at: toIso(row.wrapUpAt),
            },
      isTest: row.isTest === 1,
    }
  })
}

/** With everything that a pop shows. */
export async function popOf(
  deps: ViewDeps,
  db: Db,
  viewer: Viewer,
  row: CallRow,
  options: PhoneOptions,
  now: number,
): Promise<CallPop> {
  const { wrapUp } = options
  const [view] = await viewsOf(deps, db, viewer, [row])
  if (!view) throw new Error(`Call ${row.id} was there a moment ago.`)
  const role = roleOf(viewer, row, await linesOf(db, [row.seq]), options, now)
  const customerIds = [...(view.customer ? [view.customer] : []), ...view.candidates].map(({ id }) => id)
  return {
    ...view,
    role,
    ...(await openTickets(deps, viewer, customerIds)),
    wrapUpUntil:
      role === 'wrapUp' && !wrapUp.required && row.endedAt !== null
        ? toIso(row.endedAt + wrapUp.seconds * 1_000)
        : null,
  }
}

/** How long after its end a call may be wrapped up, in milliseconds. */
export const wrapUpMs = ({ required, seconds }: PhoneOptions['wrapUp']): number =>
  required ? REQUIRED_WRAP_UP_MS : seconds * 1_000

export function roleOf(
  viewer: Pick<Viewer, 'agentId' | 'teamIds'>,
  row: CallRow,
  lines: readonly LineRow[],
  { wrapUp, unclaimed }: Pick<PhoneOptions, 'wrapUp' | 'unclaimed'>,
  now: number,
): CallRole | null {
  if (row.isUnclaimed === 1) return mayClaim(viewer, row, unclaimed) ? 'unclaimed' : null
  const isMine = row.agentId === viewer.agentId
  if (row.state === 'answered') return isMine ? 'talking' : null
  if (row.state === 'ringing') {
    const { ringing } = shapeOf(JSON.parse(row.facts) as CallFacts, row.direction)
    return lines.some(({ line, agentId }) => agentId === viewer.agentId && ringing.includes(line))
      ? 'rings'
      : null
  }
  const isToWrapUp = isMine && row.answeredAt !== null && row.wrapUpAt === null && row.isTest === 0
  return isToWrapUp && row.endedAt !== null && now < row.endedAt + wrapUpMs(wrapUp) ? 'wrapUp' : null
}

/** Whether a call of nobody's is shown to this viewer, who may then take it. */
export const mayClaim = (
  { teamIds }: Pick<Viewer, 'teamIds'>,
  { isUnclaimed }: Pick<CallRow, 'isUnclaimed'>,
  { show, teamId }: PhoneOptions['unclaimed'],
): boolean => isUnclaimed === 1 && show && (teamId === null || teamIds.includes(teamId))

/** Had the call, or it rang at their phone; or oversees the desk. */
export const tookPart = (viewer: Viewer, row: CallRow, lines: readonly LineRow[]): boolean =>
  viewer.permissions.has('tickets.readAll') ||
  row.agentId === viewer.agentId ||
  lines.some(({ agentId }) => agentId === viewer.agentId)

/** The ticket and all that were merged into it. */
export async function ticketWithMerged(db: Db, ticketId: string): Promise<string[]> {
  return [ticketId, ...(await mergedInto(db, ticketId)).map(({ id }) => id)]
}

async function openTickets(
  { tickets }: ViewDeps,
  viewer: Viewer,
  requesterIds: string[],
): Promise<Pick<CallPop, 'openTickets' | 'hasMoreTickets'>> {
  if (requesterIds.length === 0) return { openTickets: [], hasMoreTickets: false }
  const { items, nextCursor } = await tickets.page(viewer, {
    filter: { requesterIds, statusClass: [...activeClasses] },
    sort: { by: 'updatedAt', dir: 'desc' },
    limit: MOST_TICKETS,
  })
  return {
    openTickets: items.map(({ id, number, subject, requester }) => ({
      ...{ id, number, subject, requesterId: requester.id },
    })),
    hasMoreTickets: nextCursor !== null,
  }
}

async function customersByNumber(db: Db, numbers: readonly string[]): Promise<Map<string, CallCustomer[]>> {
  const found = new Map<string, CallCustomer[]>()
  for (const e164 of numbers) found.set(e164, await customersWith(db, e164))
  return found
}

async function ticketsNamed(
  db: Db,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, CallTicket>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql<TicketRow[]>`SELECT * FROM ticket WHERE id IN (${() => [...ids]})`
  return new Map(
    rows
      .filter((row) => maySeeTicket(viewer, row))
      .map(({ id, number, subject, requesterId }) => [id, { id, number, subject, requesterId }]),
  )
}

async function codesNamed(db: Db, ids: readonly string[]): Promise<Map<string, CallRef>> {
  if (ids.length === 0) return new Map()
  const rows = await db.sql<CallRef[]>`SELECT id, name FROM wrap_up_code WHERE id IN (${() => [...ids]})`
  return new Map(rows.map((row) => [row.id, row]))
}

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.flatMap((id) => id ?? []))]

const toIso = (at: number) => new Date(at).toISOString()
