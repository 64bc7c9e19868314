import { maySeeTicket, type Viewer } from '../access/viewer.ts'
import { phoneTwins } from '../customers/phones.ts'
import { AppError, notFound } from '../errors.ts'
import type { Db } from '../store/store.ts'
import { decodeCursor, encodeCursor } from '../tickets/cursor.ts'
import { findTicket } from '../tickets/ticket-rows.ts'
import { ticketWithMerged, viewsOf, type ViewDeps } from './call-view.ts'
import type { CallPage, ListCalls } from './contract.ts'
import type { CallRow } from './entities.ts'

/** @throws FORBIDDEN `auth.forbidden` for all calls, NOT_FOUND `ticket.not_found` */
export async function listCalls(deps: ViewDeps, viewer: Viewer, wanted: ListCalls): Promise<CallPage> {
  const before = wanted.cursor ? decodeCursor(wanted.cursor)[1] : Number.MAX_SAFE_INTEGER
  const rows = await select(deps.read, viewer, wanted, before)
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  return {
    items: await viewsOf(deps, deps.read, viewer, page),
    nextCursor: rows.length > wanted.limit && last ? encodeCursor([last.seq, last.seq]) : null,
  }
}

async function select(read: Db, viewer: Viewer, wanted: ListCalls, before: number): Promise<CallRow[]> {
  const { customerId, ticketId, scope, state = null, limit } = wanted
  const most = limit + 1
  if (ticketId !== undefined) {
    const ticket = await findTicket(read, ticketId)
    if (!ticket || !maySeeTicket(viewer, ticket)) throw notFound('ticket')
    const ids = await ticketWithMerged(read, ticketId)
    return read.sql<CallRow[]>`
      SELECT * FROM call WHERE ticketId IN (${() => ids}) AND seq < ${before} AND (${state} IS NULL OR state = ${state})
      ORDER BY seq DESC LIMIT ${most}`
  }
  if (customerId !== undefined) {
    const numbers = await numbersOf(read, customerId)
    return read.sql<CallRow[]>`
      SELECT * FROM call WHERE seq < ${before} AND (${state} IS NULL OR state = ${state}) AND isTest = 0
        AND (customerId = ${customerId} OR (customerId IS NULL AND e164 IN (${() => numbers})))
      ORDER BY seq DESC LIMIT ${most}`
  }
  if (scope === 'all') {
    if (!viewer.permissions.has('tickets.readAll')) throw new AppError('FORBIDDEN', 'auth.forbidden')
    return read.sql<CallRow[]>`
      SELECT * FROM call WHERE seq < ${before} AND (${state} IS NULL OR state = ${state})
      ORDER BY seq DESC LIMIT ${most}`
  }
  const { agentId } = viewer
  return read.sql<CallRow[]>`
    SELECT call.* FROM (SELECT DISTINCT callSeq FROM call_line WHERE agentId = ${agentId}) mine
      JOIN call ON call.seq = mine.callSeq
    WHERE seq < ${before} AND (${state} IS NULL OR state = ${state}) ORDER BY seq DESC LIMIT ${most}`
}

/** How many missed calls that rang at the viewer's phone nobody has taken care of: those that the list of one's own shows first. */
export async function missedToHandle(read: Db, { agentId }: Viewer): Promise<number> {
  const [row] = await read.sql<{ count: number }[]>`
    SELECT count(*) AS count FROM (SELECT DISTINCT callSeq FROM call_line WHERE agentId = ${agentId}) mine
      JOIN call ON call.seq = mine.callSeq
    WHERE call.state = 'missed' AND call.wrapUpAt IS NULL`
  return row?.count ?? 0
}

async function numbersOf(read: Db, customerId: string): Promise<string[]> {
  const rows = await read.sql<
    { e164: string }[]
  >`SELECT e164 FROM customer_phone WHERE customerId = ${customerId}`
  // An empty list is no list to SQL.
  return ['', ...rows.flatMap(({ e164 }) => phoneTwins(e164))]
}
