import type { Grouping, ReportName } from '../../server/reports/contract.ts'
import type { ReportHistory } from './report-history.ts'
import { spreadOf, sure, wallKey, type figuresOf } from './report-recount.ts'

const ZONE = 'America/Sao_Paulo'

type Row = Record<string, number | string | null | undefined>

/** When, whose, and what it adds. */
export type Entry = Row & { at: number; ticketId: string; agentId: string | null }

/** What each report is made of, told from the recounted lives. */
export const sources: Partial<Record<ReportName, (history: ReportHistory) => Entry[]>> = {
  volume: ({ counted }) =>
    counted().flatMap(({ id: ticketId, agentId, life }) => [
      { at: life.createdAt, ticketId, agentId, created: 1 },
      ...(life.resolvedAt === null
        ? []
        : [{ at: life.resolvedAt, ticketId, agentId: life.resolvedBy, resolved: 1 }]),
      ...(life.cancelledAt === null ? [] : [{ at: life.cancelledAt, ticketId, agentId, cancelled: 1 }]),
    ]),
  firstResponse: ({ counted }) =>
    counted().flatMap(({ id: ticketId, life }) => {
      const {
        firstAnsweredAt: at,
        firstAnsweredBy: agentId,
        firstResponseBusinessMs: firstResponse,
        createdAt,
      } = life
      return at === null
        ? []
        : [{ at, ticketId, agentId, answered: 1, firstResponse, firstResponseElapsed: at - createdAt }]
    }),
  nextResponse: ({ counted }) =>
    counted().flatMap(({ id: ticketId, life }) =>
      life.answers.flatMap(({ at, agentId, askedAt, businessMs }) =>
        askedAt === null
          ? []
          : [
              {
                at,
                ticketId,
                agentId,
                answered: 1,
                nextResponse: businessMs,
                nextResponseElapsed: at - askedAt,
              },
            ],
      ),
    ),
  resolution: ({ counted }) =>
    counted().flatMap(({ id: ticketId, life }) => {
      const { resolvedAt: at, resolvedBy: agentId, resolutionBusinessMs: resolution, createdAt } = life
      return at === null
        ? []
        : [{ at, ticketId, agentId, resolved: 1, resolution, resolutionElapsed: at - createdAt }]
    }),
  rework: ({ counted }) =>
    counted().flatMap(({ id: ticketId, life }) => {
      const { resolvedAt: at, resolvedBy: agentId, reopened, transfers, handovers, replies } = life
      const flags = {
        wasReopened: +(reopened > 0),
        wasTransferred: +(transfers > 0),
        wasHandedOver: +(handovers > 0),
        oneTouch: +life.oneTouch,
      }
      return at === null
        ? []
        : [{ at, ticketId, agentId, resolved: 1, ...{ reopened, transfers, handovers, replies, ...flags } }]
    }),
  attainment: ({ stored, tickets }) =>
    stored<Row & { at: number; ticketId: string; agentId: string; outcome: string; metric: string }>(
      `SELECT *, decidedAt AS at FROM sla_result WHERE reopenedAt IS NULL`,
    ).flatMap(({ outcome, metric, ...row }) => {
      if (tickets.find(({ id }) => id === row.ticketId)?.life.merged) return []
      const kept = +(outcome === 'met')
      const lateness =
        outcome === 'breached' && row['usedMs'] !== null
          ? Number(row['usedMs']) - Number(row['targetMs'])
          : null
      return [{ ...row, kept, missed: 1 - kept, [`${metric}Kept`]: kept, lateness }]
    }),
  handling: ({ tickets }) =>
    tickets.flatMap(({ id: ticketId, life }) =>
      life.answers.map(({ at, agentId }) => ({ at, ticketId, agentId, replies: 1 })),
    ),
}

/** Each report's columns, as the slow count makes them. */
export const columns: Partial<Record<ReportName, Parameters<typeof figuresOf>[1]>> = {
  volume: { created: ['sum', 'created'], resolved: ['sum', 'resolved'], cancelled: ['sum', 'cancelled'] },
  firstResponse: {
    answered: ['sum', 'answered'],
    ...spreadOf('firstResponse'),
    ...spreadOf('firstResponseElapsed'),
  },
  nextResponse: {
    answered: ['sum', 'answered'],
    ...spreadOf('nextResponse'),
    ...spreadOf('nextResponseElapsed'),
  },
  resolution: { resolved: ['sum', 'resolved'], ...spreadOf('resolution'), ...spreadOf('resolutionElapsed') },
  rework: {
    resolved: ['sum', 'resolved'],
    reopenedShare: ['share', 'wasReopened'],
    transferredShare: ['share', 'wasTransferred'],
    handedOverShare: ['share', 'wasHandedOver'],
    oneTouchShare: ['share', 'oneTouch'],
    reopened: ['sum', 'reopened'],
    transfers: ['sum', 'transfers'],
    handovers: ['sum', 'handovers'],
    repliesAverage: ['share', 'replies'],
  },
  attainment: {
    keptShare: ['share', 'kept'],
    kept: ['sum', 'kept'],
    missed: ['sum', 'missed'],
    firstResponseKeptShare: ['share', 'firstResponseKept'],
    nextResponseKeptShare: ['share', 'nextResponseKept'],
    resolutionKeptShare: ['share', 'resolutionKept'],
    ...spreadOf('lateness'),
  },
  handling: { replies: ['sum', 'replies'], tickets: ['distinct', 'ticketId'] },
}

/** The rows of a report that something counts in. */
export function groupsOf(
  { tickets, categoryIds }: ReportHistory,
  grouping: Grouping,
  row: Entry,
): (string | null)[] {
  const ticket = sure(tickets.find(({ id }) => id === row.ticketId))
  if (grouping === 'agent') return [row.agentId]
  if (grouping === 'team') return ['teamId' in row ? (row['teamId'] as string | null) : ticket.teamId]
  if (grouping === 'channel') return [ticket.channel]
  if (grouping === 'category') return ticket.categoryId === categoryIds[1] ? categoryIds : [ticket.categoryId]
  if (grouping === 'tag') return ticket.tags.length > 0 ? ticket.tags : [null]
  return [wallKey(grouping, row.at, ZONE)]
}
